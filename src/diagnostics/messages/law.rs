//! Warnings of law, each with its article: the secretariat decides, the tool never corrects.

use super::messages;

messages! {
    Warning "delai-de-convocation" short_notice(days: &str, required: &str, articles: &str)
        "convocation envoyée {days} avant la séance, au lieu de {required} ({articles})"
        cause "La convocation part cinq jours francs avant la séance, trois pour une commune de moins de 3 500 habitants et pour une seconde convocation, un en cas d’urgence."
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
    Warning "regle-inconnue" unknown_rule(date: &str)
        "règle de quorum et de procurations inconnue à cette date, le {date}"
        cause "Des lois d’urgence ont changé ces règles plusieurs fois avant le 1er octobre 2021 ; celle d’aujourd’hui n’est pas appliquée à leur place."
        cure "Vérifier le quorum et les procurations : l’acte dit les présents, sans citer de règle.";
    Warning "interet" interested_officer(name: &str, part: &str)
        "{name} ne prend pas part au vote, mais {part} (CGCT, art. L. 2131-11)"
        cause "Un membre personnellement intéressé ne préside pas le point, ne le rapporte pas et ne signe pas l’acte."
        cure "Nommer qui le remplace : « Présidé par » pour la présidence, « Rapporteur » pour le rapport.";
    Warning "secretaire-interesse" interested_secretary(name: &str)
        "{name} ne prend pas part au vote, mais est secrétaire de séance et signe l’acte (CGCT, art. L. 2131-11 et L. 2121-15)"
        cause "Le secrétaire signe l’acte : il est de ceux qui ont pris part au vote."
        cure "Nommer un autre secrétaire de séance, ou corriger « Ne prennent pas part ».";
    Warning "compte-preside" account_chaired_by_president(name: &str)
        "{name} préside le vote de son compte (CGCT, art. L. 2121-14)"
        cause "L’exécutif peut assister à la discussion de son compte, mais se retire au moment du vote ; un autre préside."
        cure "Remplir « Présidé par », et « Absent pour » à son nom dans l’appel.";
    Warning "seconde-convocation" no_first_sitting()
        "seconde convocation sans « Première séance » (CGCT, art. L. 2121-17)"
        cause "L’acte rappelle la séance qui n’avait pas le quorum : c’est elle qui dispense du quorum."
        cure "Écrire la date de la première séance.";
    Warning "noms-du-scrutin-public" missing_names(names: &str, votes: &str)
        "scrutin public : {names} pour {votes} (CGCT, art. L. 2121-21)"
        cause "Au scrutin public, le procès-verbal et l’acte disent le nom des votants et le sens de leur vote."
        cure "Compléter les noms.";
    Warning "signataire-change" other_signatory(name: &str, signed: &str, reference: &str)
        "{name} signait au {reference}, mais n’est plus en fonction le {signed}"
        cause "La convention nomme qui est en fonction à sa date de référence ; un autre l’était le jour de la signature."
        cure "Vérifier les dates de la feuille Représentants, ou la date de référence de la convention.";
    Warning "convention-anterieure" agreement_begins_before(start: &str, sitting: &str)
        "la convention commence le {start}, avant la séance du {sitting}"
        cause "Un acte ne dispose que pour l’avenir (jurisprudence administrative) : une convention qui commence avant le vote demande un mot."
        cure "Retarder le début de la convention, ou dire dans l’exposé pourquoi elle prend effet plus tôt.";
    Warning "signature-anticipee" signed_before_executory(signed: &str, reason: &str)
        "convention signée le {signed}, {reason} (CGCT, art. L. 2131-1)"
        cause "Un contrat signé avant que la délibération qui l’autorise soit exécutoire, c’est-à-dire transmise et publiée, est nul."
        cure "Attendre la transmission et la publication, ou vérifier les dates.";
}
