//! Messages about acts: what keeps a draft from being one, and rows of Délibérations and Séances that contradict each other.

use super::messages;

messages! {
    Warning "acte-incomplet" act_stays_draft(reason: &str)
        "l’acte reste un projet : {reason}"
        cause "Un acte définitif a un numéro, un appel complet, le quorum, un président et un secrétaire présents, et des voix qui font le nombre des votants."
        cure "Compléter la cellule désignée : l’acte, son dépôt et ses données ouvertes suivent ; les annexes et la note se font sans attendre.";
    Warning "depot-incomplet" no_deposit(reason: &str)
        "pas de dépôt en préfecture : {reason}"
        cause "L’identifiant et le message ACTES demandent la matière, le département et le SIREN."
        cure "Compléter la cellule désignée.";
    Error "envoi-de-projet" sent_draft(heading: &str, reason: &str)
        "« {heading} » est rempli, mais l’acte n’est qu’un projet : {reason}"
        cause "Un projet n’est ni transmis, ni publié (CRPA, art. L. 311-2) : il lui manque son numéro, son vote ou ce que nomme le message."
        cure "Compléter l’acte, ou vider la date.";
    Error "resultat-contredit" outcome_contradicts(outcome: &str, votes: &str)
        "« {outcome} », mais les voix disent autre chose : {votes}"
        cause "Un acte est adopté à la majorité des suffrages exprimés ; en cas de partage, la voix du président de séance l’emporte, sauf au scrutin secret (CGCT, art. L. 2121-20)."
        cure "Corriger « Résultat » ou les voix.";
    Error "voix-sans-vote" votes_without_vote(outcome: &str)
        "des voix sont comptées pour un point « {outcome} »"
        cause "Un point retiré ou ajourné, et celui dont l’assemblée prend acte, ne sont pas mis aux voix."
        cure "Vider les voix, ou corriger « Résultat ».";
    Error "noms-au-secret" names_in_secret_ballot()
        "des noms pour un scrutin secret"
        cause "Au scrutin secret, personne ne sait qui a voté quoi (CGCT, art. L. 2121-21)."
        cure "Vider la cellule, ou corriger « Scrutin ».";
    Error "noms-en-trop" more_names_than_votes(names: &str, votes: &str)
        "{names} pour {votes}"
        cause "Il y a plus de noms que de voix de ce sens."
        cure "Corriger les noms ou les voix.";
    Error "annexe-en-double" annex_twice(annex: &str)
        "l’annexe « {annex} » est nommée deux fois"
        cause "Chaque annexe est jointe une fois."
        cure "N’écrire chaque annexe qu’une fois.";
    Error "rectification-impossible" impossible_rectification(reason: &str)
        "« Rectifie » : {reason}"
        cause "Un acte en rectifie un autre de la même assemblée, adopté et numéroté, d’une séance antérieure ou de la même."
        cure "Corriger le code de la délibération rectifiée.";
    Error "chiffres-apres" figures_too_late(figures: &str, what: &str)
        "des chiffres arrêtés au {figures}, après {what}"
        cause "Ce qui est envoyé au conseil ne dit que ce qui était connu le jour de l’envoi."
        cure "Avancer « Chiffres arrêtés au », ou vider la cellule : la veille de la première convocation.";
    Error "arretes-differents" two_figure_days(figures: &str, other: &str, cell: &str)
        "chiffres arrêtés au {figures}, mais au {other} à la cellule {cell}"
        cause "Les délibérations d’une même décision commune ont les mêmes annexes, donc les mêmes chiffres."
        cure "Écrire la même date partout, ou la vider.";
    Error "annexes-differentes" other_annexes(cell: &str)
        "d’autres annexes, convention ou exercice que la délibération de la même décision commune, cellule {cell}"
        cause "Les délibérations d’une même décision commune portent sur le même texte : mêmes annexes, dans le même ordre, même convention, même exercice."
        cure "Reprendre les mêmes valeurs, ou un autre mot dans « Décision commune ».";
    Error "exercice-hors-convention" year_outside_convention(year: &str, convention: &str, span: &str)
        "l’exercice {year} n’est pas dans la convention « {convention} », {span}"
        cause "Une délibération engage une participation pour un exercice que sa convention couvre."
        cure "Corriger l’exercice ou la convention.";
    Error "departement-invalide" invalid_department(found: &str)
        "département « {found} » : trois caractères ACTES ne s’en tirent pas"
        cause "L’identifiant ACTES porte le département : 059, 02A, 971."
        cure "Écrire le numéro du département : 59, 2A, 971.";
    Error "code-prefecture-invalide" invalid_prefecture(found: &str)
        "code de préfecture « {found} »"
        cause "Le jeu de données SCDL écrit PREF et trois caractères, ou SPREF et quatre : PREF059, SPREF0591."
        cure "Corriger le code, ou vider la cellule.";
    Warning "forme-avec-de" unlikely_form(found: &str, name: &str)
        "« {found} » n’est pas une forme de « {name} » avec « de »"
        cause "La forme avec « de » se lit dans les phrases, à la suite d’un nom : participation du Val-d’Aval."
        cure "Écrire le nom usuel derrière de, d’, du, des, de la ou de l’.";
    Warning "lieu-a-preciser" unplaced_sitting(convened: &str)
        "convocation du {convened}, et le lieu de la séance n’est pas dit"
        cause "Une convocation dit où l’assemblée se réunit, et l’acte où elle s’est réunie ; sans lieu, l’acte reste un projet."
        cure "Écrire le lieu dans « Lieu », comme il se lit après « réuni ».";
    Warning "secretaire-sorti" secretary_away(name: &str)
        "{name} est secrétaire de séance et signe l’acte, mais n’était pas là pour ce point (« Absent pour »)"
        cause "Le secrétaire signe l’acte : il est de ceux qui ont pris part au vote."
        cure "Nommer un autre secrétaire de séance, ou corriger « Absent pour » dans l’appel.";
    Warning "president-absent" absent_officer(name: &str, part: &str)
        "{name} {part} sans être présent à l’appel"
        cause "Le président de séance, le secrétaire et le rapporteur sont des membres présents."
        cure "Corriger l’appel, « Absent pour » ou le nom ; « Présidé par » nomme qui préside ce point à sa place.";
}
