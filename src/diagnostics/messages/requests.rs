//! Messages about requests for money: what they rest on, where they are paid, to whom they go.

use super::messages;

messages! {
    Error "appel-sans-base" called_without_basis(reason: &str)
        "« Appelé le » est rempli, mais {reason}"
        cause "Une demande repose sur une délibération du financeur, adoptée et transmise, dont l’exercice et le plafond la couvrent."
        cure "Compléter la délibération, nommer la bonne dans « Délibération », ou vider « Appelé le » : la demande redevient un projet qui dit ce qui lui manque.";
    Warning "appel-sans-acte" called_without_act()
        "« Appelé le » est rempli, mais aucun acte de l’exercice n’est dans les feuilles"
        cause "Une demande repose sur une délibération du financeur ; celles de cet exercice ne sont pas tenues ici."
        cure "Ajouter la délibération à la feuille Délibérations, ou la nommer dans « Délibération ».";
    Error "appel-nul" called_for_nothing()
        "« Appelé le » est rempli pour 0,00 €"
        cause "Une demande porte sur une somme."
        cure "Corriger « Appelé » ou la part, ou vider « Appelé le ».";
    Error "coordonnees-fictives" placeholder_details(key: &str, reason: &str)
        "territoire.toml, section « demandes », {key} : {reason}"
        cause "Une demande est appelée, et le compte ou l’identifiant qu’elle imprime n’est pas un vrai."
        cure "Recopier le relevé d’identité bancaire et l’avis de situation."
        hint "section « demandes » : {key}";
    Warning "coordonnees-a-remplacer" details_to_replace(key: &str, reason: &str)
        "territoire.toml, section « demandes », {key} : {reason}"
        cause "Le compte ou l’identifiant que les demandes imprimeront n’est pas un vrai."
        cure "Recopier le relevé d’identité bancaire et l’avis de situation avant tout appel."
        hint "section « demandes » : {key}";
    Warning "destinataire-incomplet" incomplete_addressee(partner: &str, missing: &str)
        "demande appelée à {partner} : {missing} manque"
        cause "Une demande porte l’adresse complète et le SIRET de son destinataire ; Chorus Pro demande le SIRET."
        cure "Compléter la feuille Partenaires.";
    Warning "reference-chorus" improper_reference(found: &str)
        "« {found} » n’a pas la forme que Chorus Pro admet"
        cause "Un code service et un numéro d’engagement ont au plus 50 caractères : lettres, chiffres, _ - / et espace."
        cure "Recopier la référence donnée par le financeur.";
}
