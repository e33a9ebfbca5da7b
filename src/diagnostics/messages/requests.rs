//! Messages about requests for money: what they rest on, where they are paid, to whom they go.

use super::messages;

messages! {
    Error "appel-sans-base" called_without_basis(reason: &str)
        "« Appelé le » est rempli, mais {reason}"
        cause "Une demande repose sur une délibération du financeur, adoptée et transmise, dont l’exercice et le plafond la couvrent."
        cure "Compléter la délibération, nommer la bonne dans « Délibération », ou vider « Appelé le » : la demande redevient un projet qui dit ce qui lui manque.";
    Error "appel-avant-vote" called_before_vote(day: &str, act: &str, voted: &str)
        "demande appelée le {day}, avant la délibération {act} du {voted}"
        cause "Une demande repose sur un acte déjà adopté : elle ne peut pas porter une date antérieure au vote."
        cure "Corriger « Appelé le », ou nommer dans « Délibération » l’acte sur lequel la demande repose.";
    Warning "appel-avant-caractere-executoire" called_before_executory(day: &str, act: &str, since: &str)
        "demande appelée le {day}, alors que la délibération {act} n’est exécutoire que depuis le {since} (CGCT, art. L. 2131-1)"
        cause "Un acte est exécutoire une fois transmis et publié ; avant, le financeur ne peut pas payer."
        cure "Corriger « Appelé le », ou les dates de réception et de publication de l’acte.";
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
