//! Warnings of law, each with its article: the secretariat decides, the tool never corrects.

use super::messages;

messages! {
    Warning "delai-de-convocation" short_notice(days: &str, required: &str)
        "convocation envoyée {days} avant la séance, il en faut {required} (CGCT, art. L. 2121-12 et L. 5211-1)"
        cause "La convocation part cinq jours francs avant la séance, un jour franc en cas d’urgence."
        cure "Vérifier les dates ; en cas d’urgence, l’écrire dans la colonne Urgence.";
    Warning "quorum" no_quorum(present: &str, required: &str, rule: &str)
        "{present}, le quorum est de {required} ({rule})"
        cause "Les membres présents sont trop peu pour délibérer ; les procurations ne comptent pas."
        cure "Vérifier l’appel, ou dire « Seconde convocation ».";
    Warning "procurations-multiples" too_many_proxies(holder: &str, count: &str, allowed: &str)
        "{holder} détient {count} procurations, il en est permis {allowed} (CGCT, art. L. 2121-20)"
        cause "Un membre ne porte qu’une procuration ; deux étaient permises jusqu’au 31 juillet 2022 (loi n° 2021-1465, art. 10)."
        cure "Vérifier le mandataire.";
    Warning "mandataire-absent" absent_holder(holder: &str)
        "{holder} détient une procuration sans être présent (CGCT, art. L. 2121-20)"
        cause "Le mandataire vote pour un autre : il faut qu’il soit là."
        cure "Vérifier le mandataire ou son statut.";
    Warning "publication-avant-reception" published_before_received()
        "l’acte est publié avant d’être reçu (CGCT, art. L. 2131-1)"
        cause "Un acte est exécutoire une fois transmis et publié ; l’ordre usuel est réception puis publication."
        cure "Vérifier les dates.";
    Warning "secretaire-absent" missing_secretary()
        "pas de secrétaire de séance (CGCT, art. L. 2121-15)"
        cause "Le procès-verbal et les délibérations sont signés par le président et le secrétaire."
        cure "Remplir « Secrétaire ».";
}
