//! Messages about rows that contradict each other.

use super::messages;

messages! {
    Error "article-sans-lettre" article_without_letter(number: &str)
        "aucune lettre ne porte le numéro {number}"
        cause "Un article est rangé dans une lettre qui n’est pas dans la feuille Lettres."
        cure "Corriger le numéro, ou ajouter la lettre au calendrier.";
    Error "cloture-avant-ouverture" closing_before_opening(opening: &str, closing: &str)
        "l’appel ferme le {closing}, avant d’ouvrir le {opening}"
        cause "Les deux dates d’un appel à projets sont inversées."
        cure "Corriger l’une des deux dates.";
    Error "fin-avant-debut" end_before_start(start: &str, end: &str)
        "la fin ({end}) vient avant le début ({start})"
        cause "Deux dates ou deux heures d’une même ligne sont inversées."
        cure "Corriger l’une des deux.";
    Error "plusieurs-une" several_leads(number: &str, first: &str)
        "la lettre {number} a déjà un article à la une, cellule {first}"
        cause "Une lettre n’a qu’un article principal."
        cure "N’écrire oui que pour un article.";
    Warning "opposition-abonnee" objection_still_listed(name: &str)
        "opposition de {name} enregistrée, mais « Lettre » dit oui : la lettre ne lui est pas envoyée"
        cause "L’opposition (RGPD, article 21) l’emporte sur l’inscription."
        cure "Mettre « Lettre » à non.";
    Warning "contact-non-informe" not_informed(name: &str)
        "rien ne dit que {name} a été informé d’être sur la liste"
        cause "Une personne dont l’adresse vient d’ailleurs que d’elle doit en être informée au plus tard dans le mois (RGPD, article 14)."
        cure "L’informer, puis noter le jour sous « Informé le ».";
    Warning "conservation-depassee" kept_too_long(name: &str, months: &str, letter: &str)
        "dernier échange avec {name} : plus de {months} mois avant la lettre n° {letter}, qui ne lui est pas envoyée"
        cause "Les mentions de la lettre disent combien de temps une adresse est gardée après le dernier échange."
        cure "Retirer la personne, ou noter sous « Dernier échange » un échange plus récent.";
    Error "adresse-en-double" duplicate_address(found: &str, first: &str)
        "l’adresse « {found} » figure déjà à la cellule {first}"
        cause "Deux contacts ont la même adresse : l’un recevrait la lettre deux fois, ou malgré son opposition."
        cure "Réunir les deux lignes, ou corriger une adresse.";
    Warning "nom-derive" drifting_name(found: &str, canonical: &str)
        "« {found} » s’écrit d’ordinaire « {canonical} »"
        cause "Le nom d’un partenaire est écrit autrement que dans la feuille Partenaires."
        cure "Reprendre l’orthographe de la feuille Partenaires."
        hint "vouliez-vous dire « {canonical} » ?";
    Error "signataire-absent" no_signatory(partner: &str, date: &str)
        "aucun représentant signataire {partner} au {date}"
        cause "Le partenaire n’a pas de représentant en fonction à la date demandée."
        cure "Ajouter la ligne à la feuille Représentants, ou corriger ses dates.";
    Error "coordonnees-bancaires-absentes" no_bank_details()
        "territoire.toml ne dit pas sur quel compte payer"
        cause "Une demande d’acompte porte le titulaire et l’IBAN du compte ; la section « demandes » ne les a pas."
        cure "Remplir « titulaire » et « iban » dans la section « demandes »."
        hint "section « demandes » : titulaire, iban, bic, siret, tva, delai_jours";
    Warning "financeur-hors-dates" funder_outside(partner: &str, what: &str)
        "{partner} paie, mais n’est pas partenaire {what}"
        cause "Les dates « Depuis » et « Jusqu’au » du partenaire ne comprennent pas l’exercice, ou la date de référence de sa convention."
        cure "Corriger les dates de la feuille Partenaires, ou retirer la recette.";
    Warning "seance-hors-dates" sitting_outside(partner: &str)
        "{partner} n’est pas partenaire le jour de la séance"
        cause "Les dates « Depuis » et « Jusqu’au » du partenaire ne comprennent pas la séance."
        cure "Corriger les dates de la feuille Partenaires, ou celle de la séance.";
    Warning "appel-superieur" called_above(called: &str, share: &str)
        "appelé : {called}, plus que la part de {share}"
        cause "La demande porterait sur plus que ce que le financeur doit."
        cure "Corriger « Appelé », ou le vider : la demande porte alors sur la part.";
    Warning "encaissement-superieur" received_above(received: &str, called: &str)
        "encaissé : {received}, plus que les {called} appelés"
        cause "Il a été encaissé plus que demandé."
        cure "Corriger « Encaissé » ou « Appelé ».";
    Warning "encaissement-incomplet" incomplete_receipt(missing: &str)
        "un encaissement sans « {missing} »"
        cause "Un encaissement a un montant et une date."
        cure "Remplir « Encaissé » et « Encaissé le », ou vider les deux.";
    Error "convocation-apres-seance" convened_after_sitting(convened: &str, sitting: &str)
        "convocation du {convened}, après la séance du {sitting}"
        cause "Une convocation précède la séance."
        cure "Corriger « Convocation » ou « Date ».";
    Error "lettres-desordonnees" letters_out_of_order(later: &str, later_date: &str, earlier: &str, earlier_date: &str)
        "la lettre {later} paraît le {later_date}, pas après la lettre {earlier} ({earlier_date})"
        cause "Les numéros suivent les dates de parution."
        cure "Corriger « Parution » ou « Numéro ».";
    Warning "exemple-laisse" example_left(what: &str, place: &str)
        "« {what} » est resté {place}"
        cause "Une adresse, un nom ou une place à remplir de l’exemple n’a pas été remplacé ; les documents l’impriment tel quel."
        cure "Écrire ce qui est vrai du territoire ; pour des données d’exemple, `exemple = true` dans territoire.toml.";
    Warning "lettre-non-envoyee" letter_not_sent(number: &str)
        "la lettre {number} n’a pas de date d’envoi, et une suivante en a une"
        cause "Seules les lettres envoyées comptent dans les bilans et les indicateurs."
        cure "Remplir « Envoyée le », ou laisser vide si elle n’est jamais partie.";
    Error "echeance-avant-appel" due_before_called(called: &str, due: &str)
        "échéance le {due}, avant l’appel du {called}"
        cause "Une échéance suit la demande qui la fixe."
        cure "Corriger « Échéance » ou « Appelé le ».";
    Warning "bureau-hors-appel" not_on_the_roll(name: &str)
        "« {name} » n’est pas à l’appel de la séance"
        cause "Le président de séance, le secrétaire et le rapporteur sont membres de l’assemblée."
        cure "Écrire le nom comme à l’appel, ou compléter la feuille Présences.";
    Error "laureat-sans-montant" laureate_without_amount()
        "dossier lauréat sans « Aide obtenue »"
        cause "Un dossier retenu doit dire combien il obtient."
        cure "Remplir le montant, ou corriger la décision.";
    Error "decision-sans-date" decision_without_date(decision: &str)
        "décision « {decision} » sans date"
        cause "Une décision se range dans un semestre : il faut sa date."
        cure "Remplir « Décidé le ».";
    Error "date-sans-decision" date_without_decision(date: &str)
        "décidé le {date}, mais la décision dit « En instruction »"
        cause "Un dossier en instruction n’a pas encore de date de décision."
        cure "Corriger la décision, ou vider la date.";
    Error "decision-avant-depot" decision_before_filing(filed: &str, decided: &str)
        "décision du {decided}, avant le dépôt du {filed}"
        cause "Les deux dates d’un dossier sont inversées."
        cure "Corriger l’une des deux dates.";
    Error "aide-superieure" aid_above_request(obtained: &str, requested: &str)
        "aide obtenue {obtained}, supérieure à l’aide demandée {requested}"
        cause "Un dossier n’obtient pas plus que ce qu’il demande."
        cure "Vérifier les deux montants.";
    Error "montant-sans-laureat" amount_without_award(decision: &str)
        "« Aide obtenue » remplie pour un dossier « {decision} »"
        cause "Seul un dossier lauréat obtient une aide."
        cure "Vider le montant, ou corriger la décision.";
    Error "entreprise-inconnue" unknown_firm(found: &str)
        "l’entreprise « {found} » n’est pas dans la feuille Entreprises"
        cause "Un accompagnement ou une aide désigne une entreprise qui n’est pas connue sous ce nom et ce site."
        cure "Corriger le nom, ou ajouter l’entreprise.";
    Error "site-ambigu" ambiguous_site(found: &str)
        "« {found} » a plusieurs sites : lequel ?"
        cause "L’entreprise a plusieurs lignes dans la feuille Entreprises ; il faut dire laquelle."
        cure "Remplir la colonne Site.";
    Error "budget-desequilibre" unbalanced_budget(year: &str, expenses: &str, resources: &str, expense_cells: &str, resource_cells: &str)
        "exercice {year} : dépenses {expenses}, recettes {resources}"
        cause "Les deux côtés du budget ne s’égalent pas au centime près."
        cure "Corriger une dépense ou une recette."
        hint "dépenses : {expense_cells} ; recettes : {resource_cells}";
    Error "arrondi-sans-ligne" rounding_without_line(carrier: &str, remainder: &str)
        "{carrier} porte l’écart d’arrondi ({remainder}) mais n’a pas de recette dans l’exercice"
        cause "Le partage laisse des centimes, et le partenaire désigné pour les porter ne paie rien cette année-là."
        cure "Désigner un financeur de l’exercice, ou lui ajouter une recette.";
    Error "plafond-depasse" ceiling_exceeded(partner: &str, share: &str, ceiling: &str)
        "la part de {partner}, {share}, dépasse le plafond voté de {ceiling}"
        cause "L’assemblée du partenaire a voté un maximum ; la part calculée le dépasse."
        cure "Relever le plafond par un nouveau vote, ou baisser le budget.";
    Warning "plafond-depasse-tolere" ceiling_exceeded_tolerated(partner: &str, share: &str, ceiling: &str)
        "la part de {partner}, {share}, dépasse le plafond voté de {ceiling}"
        cause "L’assemblée du partenaire a voté un maximum ; la part calculée le dépasse (toléré par territoire.toml)."
        cure "Relever le plafond par un nouveau vote, ou baisser le budget.";
    Error "modes-melanges" mixed_modes(year: &str)
        "exercice {year} : ce qui reste se partage à la fois à parts égales et au prorata de la population"
        cause "Deux modes de partage du même reste se contredisent."
        cure "N’en garder qu’un dans la colonne « Mode » de l’exercice.";
    Warning "realise-different" actual_is_not_paid(stated: &str, paid: &str)
        "« Réalisé » dit {stated}, les paiements font {paid} : c’est leur somme qui compte"
        cause "La colonne « Réalisé » et la feuille Paiements ne disent pas la même chose."
        cure "Vider « Réalisé », ou compléter les paiements.";
    Warning "paiement-incomplet" incomplete_payment(missing: &str)
        "un paiement sans « {missing} »"
        cause "L’état des dépenses dit à qui et sur quelle pièce chaque somme a été payée."
        cure "Remplir la cellule : l’état porte « à compléter » d’ici là.";
    Error "exercices-chevauches" overlapping_years(other: &str)
        "l’exercice chevauche « {other} »"
        cause "Un jour appartiendrait à deux exercices."
        cure "Corriger les dates.";
    Error "date-hors-exercice" date_outside_year(date: &str, year: &str)
        "le {date} n’est pas dans l’exercice {year}"
        cause "Une date de la ligne tombe hors de l’exercice qu’elle désigne."
        cure "Corriger la date ou l’exercice.";
    Error "mode-sans-montant" mode_without_amount()
        "mode « Montant » sans « Prévu »"
        cause "Le mode Montant attend le montant dans la colonne Prévu."
        cure "Remplir « Prévu », ou choisir un autre mode.";
    Error "mode-sans-cle" mode_without_key()
        "mode « Quote-part » sans « Clé »"
        cause "Le mode Quote-part attend une part en pourcentage dans la colonne Clé."
        cure "Remplir « Clé ».";
    Error "montant-inutile" amount_without_mode(mode: &str)
        "« Prévu » est rempli alors que le mode est « {mode} »"
        cause "La part se calcule : un montant saisi la contredirait."
        cure "Vider « Prévu », ou choisir le mode Montant.";
    Error "cle-inutile" key_without_mode(mode: &str)
        "« Clé » est remplie alors que le mode est « {mode} »"
        cause "Une clé ne sert qu’au mode Quote-part : ici elle serait ignorée."
        cure "Vider « Clé », ou choisir le mode Quote-part.";
    Warning "encaissement-avant-appel" received_before_called(called: &str, received: &str)
        "encaissé le {received}, avant l’appel du {called}"
        cause "Un versement suit d’ordinaire la demande qui l’appelle : l’une des deux dates est sans doute fausse."
        cure "Corriger « Appelé le » ou « Encaissé le ».";
    Error "code-impropre" improper_code(code: &str, reason: &str)
        "le code « {code} » ne peut pas nommer un dossier : {reason}"
        cause "Le code nomme le dossier des documents dans out/ : un point au début ou à la fin, l’un des signes / \\ : * ? \" < > | et des noms comme CON ou LPT1 ne s’y écrivent pas partout."
        cure "Remplacer ces signes par un tiret, ces noms par un autre.";
    Error "noms-de-fichier-egaux" same_file_name(code: &str, other: &str, cell: &str)
        "« {code} » donne à ses fichiers le même nom que « {other} » ({cell})"
        cause "Les signes qu’un nom de fichier n’a pas partout y deviennent des tirets : deux codes qui ne diffèrent que par eux se confondraient, et un fichier remplacerait l’autre."
        cure "Changer l’un des deux codes, partout où il est écrit.";
    Error "cles-depassees" keys_above_whole(year: &str, sum: &str)
        "les quotes-parts de l’exercice {year} font {sum}, plus que le tout"
        cause "La somme des clés dépasse 100 %."
        cure "Corriger les clés.";
    Error "presence-incoherente" attendance_mismatch(sum: &str, members: &str)
        "{sum} membres à l’appel pour {members} en exercice"
        cause "Les lignes de présence d’une séance ne font pas le nombre de membres en exercice."
        cure "Compléter l’appel, ou corriger « Membres en exercice ».";
    Error "procuration-sans-mandataire" proxy_without_holder(name: &str)
        "la procuration de {name} ne dit pas à qui"
        cause "Une procuration nomme son mandataire."
        cure "Remplir « Mandataire » par le nom et le prénom.";
    Error "mandataire-inconnu" unknown_holder(found: &str)
        "le mandataire « {found} » n’est pas à l’appel de la séance"
        cause "Le mandataire doit être un membre de l’assemblée."
        cure "Écrire son nom comme à l’appel : NOM Prénom.";
    Error "mandataire-en-trop" holder_without_proxy(status: &str)
        "« Mandataire » est rempli pour un membre « {status} »"
        cause "Seule une procuration a un mandataire."
        cure "Vider la cellule, ou corriger le statut.";
    Error "votes-incoherents" votes_mismatch(cast: &str, voters: &str)
        "{cast} voix pour {voters} votants"
        cause "Pour, Contre et Abstentions dépassent les membres présents et représentés qui prennent part au vote ; s’ils ne les font pas tous, l’acte reste un projet."
        cure "Corriger le décompte.";
    Error "vote-incomplet" incomplete_vote()
        "le vote n’est compté qu’en partie"
        cause "Pour, Contre et Abstentions se remplissent ensemble."
        cure "Écrire 0 où il n’y a eu aucune voix.";
    Error "numero-incompatible" unusable_number(found: &str)
        "le numéro « {found} » ne peut pas devenir un numéro ACTES"
        cause "ACTES admet de 1 à 15 caractères parmi A-Z, 0-9 et _, sans _ au début ni à la fin."
        cure "Raccourcir le numéro.";
    Error "numero-en-double" duplicate_act_number(found: &str, first: &str)
        "le numéro d’acte « {found} » est déjà pris, cellule {first}"
        cause "Deux délibérations d’un même organisme portent le même numéro."
        cure "Corriger l’un des deux.";
    Error "dates-dacte" act_dates_out_of_order(earlier: &str, later: &str)
        "« {later} » vient avant « {earlier} »"
        cause "Un acte est voté, envoyé, reçu, puis publié : ses dates se suivent."
        cure "Corriger les dates.";
    Error "matiere-invalide" invalid_matter(found: &str)
        "la matière « {found} » n’est pas dans la liste nationale"
        cause "La matière s’écrit avec deux niveaux de la nomenclature ACTES : 8.4."
        cure "Écrire une matière de la liste : le chiffre, un point, le chiffre.";
    Error "annonces-sans-fin" endless_announcements(count: &str, most: &str)
        "{count} lauréats sont annoncés, au plus {most}"
        cause "Chaque lauréat annoncé s’imprime, un par ligne, dans l’annexe du bilan de la délibération."
        cure "Ne mettre oui dans « Annonce publique » que pour les aides annoncées.";
    Error "membre-inconnu" unknown_member(found: &str)
        "« {found} » n’est pas à l’appel de la séance"
        cause "Une personne nommée n’est pas membre présent à la séance."
        cure "Écrire son nom comme à l’appel.";
    Warning "siret-absent" missing_siret(partner: &str)
        "pas de SIRET pour {partner} : aucune ligne de données ouvertes pour ses délibérations"
        cause "Le schéma SCDL demande le SIRET de la collectivité : sans lui, le fichier deliberations-scdl.csv n’est pas fait."
        cure "Remplir la colonne SIRET.";
    Error "siren-absent" missing_siren(partner: &str)
        "pas de SIREN pour {partner}"
        cause "Un EPCI se désigne par son SIREN dans ACTES."
        cure "Remplir la colonne SIREN.";
    Error "siret-siren" siret_of_another(siret: &str, siren: &str)
        "le SIRET « {siret} » ne commence pas par le SIREN « {siren} »"
        cause "Les neuf premiers chiffres du SIRET sont le SIREN."
        cure "Corriger l’un des deux.";
    Error "operateur-inconnu" unknown_operator(found: &str)
        "l’opérateur « {found} » n’est pas un partenaire"
        cause "Le réglage « operateur » désigne un code de la feuille Partenaires."
        cure "Corriger le code.";
    Error "convention-en-boucle" convention_cycle(version: &str)
        "la convention « {version} » se remplace elle-même"
        cause "La colonne Remplace revient à la version de départ."
        cure "Corriger la colonne Remplace.";
    Error "periode-de-mandat" overlapping_mandates(name: &str, first: &str)
        "{name} est signataire en même temps qu’un autre, cellule {first}"
        cause "Deux signataires du même partenaire sont en fonction le même jour."
        cure "Fermer le premier mandat par « Jusqu’au ».";
}
