//! Messages about the value of one cell.

use super::messages;

messages! {
    Error "valeur-absente" missing_value(heading: &str)
        "« {heading} » n’est pas rempli"
        cause "Une cellule nécessaire est vide."
        cure "La remplir, ou supprimer la ligne entière.";
    Error "montant-illisible" unreadable_amount(found: &str)
        "montant illisible « {found} »"
        cause "La cellule n’est pas un montant en euros."
        cure "Écrire le montant en chiffres, par exemple 10 833,33.";
    Error "montant-ambigu" ambiguous_amount(found: &str)
        "montant ambigu « {found} » : milliers ou décimales ?"
        cause "Un point suivi de trois chiffres peut séparer des milliers ou des décimales."
        cure "Écrire 10 833 ou 10,833 sans point."
        hint "écrivez sans point : une espace pour les milliers, une virgule pour les centimes";
    Warning "montant-mixte" mixed_amount(found: &str, read: &str)
        "montant écrit « {found} », lu {read}"
        cause "Le montant mêle points et virgule, à l’allemande."
        cure "L’écrire avec des espaces : 10 833,33.";
    Warning "montant-hors-taxes" amount_before_tax(found: &str, read: &str)
        "montant écrit « {found} », lu {read}"
        cause "Le montant est dit hors taxes : l’outil ne connaît qu’un montant par ligne, sans taxe à y ajouter."
        cure "Écrire ce qui est payé, sans « HT » ; si la taxe est due, écrire le montant toutes taxes comprises.";
    Error "montant-trop-precis" too_precise_amount(found: &str)
        "montant à plus de deux décimales « {found} »"
        cause "Un montant s’arrête au centime ; le reste d’une division ne peut pas être payé."
        cure "Arrondir au centime, ou utiliser le mode « Part égale du reste à charge » qui partage au centime près.";
    Error "montant-trop-grand" too_large_amount(found: &str)
        "montant trop grand « {found} »"
        cause "Le montant dépasse ce que l’outil sait additionner sans perte."
        cure "Vérifier le nombre de zéros.";
    Error "montant-negatif" negative_amount(found: &str)
        "montant négatif « {found} »"
        cause "Une dépense, une recette ou une aide ne s’écrit pas avec un signe moins."
        cure "Écrire le montant sans signe.";
    Error "nombre-illisible" unreadable_number(found: &str)
        "nombre illisible « {found} »"
        cause "La cellule n’est pas un nombre."
        cure "Écrire le nombre en chiffres, sans unité.";
    Error "heures-negatives" negative_hours(found: &str)
        "« {found} » : un nombre d’heures n’est pas négatif"
        cause "La colonne compte le temps passé."
        cure "Écrire le nombre d’heures sans signe.";
    Error "case-illisible" unreadable_tile(found: &str)
        "« {found} » n’est pas une case de la carte"
        cause "La carte en carreaux a des colonnes (A, B, C) et des lignes (1, 2, 3)."
        cure "Écrire une lettre et un nombre : B2.";
    Error "nombre-non-entier" not_an_integer(found: &str)
        "« {found} » n’est pas un nombre entier"
        cause "La colonne attend un nombre sans décimales."
        cure "Arrondir le nombre.";
    Error "nombre-hors-bornes" out_of_bounds(found: &str, low: &str, high: &str)
        "« {found} » est hors de ce qui est permis ({low} à {high})"
        cause "Le nombre dépasse les bornes de la colonne."
        cure "Corriger le nombre.";
    Error "texte-trop-long" text_too_long(length: &str, most: &str)
        "{length} signes, {most} au plus"
        cause "Celui qui reçoit ce texte n’en prend pas plus : l’objet d’un acte, pour le service @CTES."
        cure "Dire l’essentiel dans la cellule, le reste dans un considérant.";
    Error "pourcentage-illisible" unreadable_percent(found: &str)
        "pourcentage illisible « {found} »"
        cause "La cellule n’est pas une part entre 0 et 100 %."
        cure "Écrire par exemple 12,5 %."
        hint "écrivez par exemple 12,5 %";
    Error "date-illisible" unreadable_date(found: &str)
        "date illisible « {found} »"
        cause "La cellule n’est pas une date."
        cure "Écrire la date en chiffres, jour d’abord : 06/07/2022."
        hint "écrivez jour/mois/année, par exemple 06/07/2022";
    Error "date-inexistante" no_such_date(found: &str, reason: &str)
        "la date « {found} » n’existe pas : {reason}"
        cause "Le jour ou le mois n’est pas au calendrier, ou le mois est écrit avant le jour."
        cure "Corriger la date, jour d’abord : 06/07/2022.";
    Error "jour-de-semaine-faux" wrong_weekday(found: &str, real: &str)
        "« {found} » : ce jour-là est un {real}"
        cause "Le jour de la semaine ne va pas avec la date : l’un des deux est faux."
        cure "Corriger la date ou le jour de la semaine.";
    Error "date-decalee" shifted_date(found: &str, meant: &str)
        "« {found} » est en temps universel : à Paris, c’est le {meant} à minuit"
        cause "Un export a écrit la date avec l’heure de Greenwich : lue telle quelle, elle serait de la veille."
        cure "Écrire la date seule, sans heure.";
    Error "date-ambigue" ambiguous_date(found: &str)
        "date ambiguë « {found} » : l’année n’a que deux chiffres"
        cause "Une année à deux chiffres peut être de deux siècles."
        cure "Écrire l’année avec quatre chiffres.";
    Error "date-invraisemblable" unlikely_date(found: &str)
        "date invraisemblable « {found} »"
        cause "La date est avant 1990 ou après 2100 : sans doute une faute de frappe ou un nombre mis au format date."
        cure "Corriger la date.";
    Error "mois-illisible" unreadable_month(found: &str)
        "mois illisible « {found} »"
        cause "La cellule n’est pas un mois."
        cure "Écrire par exemple 2022-06 ou juin 2022."
        hint "écrivez par exemple 2022-06 ou juin 2022";
    Error "heure-illisible" unreadable_time(found: &str)
        "heure illisible « {found} »"
        cause "La cellule n’est pas une heure."
        cure "Écrire par exemple 18:30 ou 18 h 30, de 0 h 00 à 23 h 59."
        hint "écrivez par exemple 18:30 ou 18 h 30, de 0 h 00 à 23 h 59";
    Error "heure-devenue-date" time_turned_date(found: &str)
        "l’heure est devenue la date « {found} »"
        cause "Le tableur a pris « 9-12 » ou « 9/12 » pour un jour."
        cure "Mettre la colonne au format Texte, puis saisir de nouveau l’heure : 9:00, et 12:00 dans la colonne de la fin.";
    Error "heure-hors-journee" time_beyond_day(found: &str)
        "la cellule compte plus de vingt-quatre heures (« {found} »)"
        cause "Un nombre entier au format Heure est un nombre de jours : 9 n’est pas 9 h."
        cure "Saisir l’heure avec ses minutes, 9:00, ou mettre la colonne au format Texte et écrire 9 h.";
    Error "oui-non-illisible" unreadable_yes_no(found: &str)
        "« {found} » n’est ni oui ni non"
        cause "La colonne attend oui ou non."
        cure "Écrire oui ou non."
        hint "écrivez oui ou non";
    Error "valeur-hors-liste" not_in_list(heading: &str, found: &str, allowed: &str)
        "« {found} » n’est pas une valeur de « {heading} » (attendu : {allowed})"
        cause "La cellule n’est pas une des valeurs de la liste."
        cure "Choisir dans la liste déroulante de la cellule.";
    Error "theme-inconnu" unknown_theme(found: &str)
        "thème inconnu « {found} »"
        cause "Le thème n’est pas dans la liste « themes » de territoire.toml."
        cure "Corriger le thème, ou l’ajouter à la liste.";
    Error "code-inconnu" unknown_code(found: &str, sheet: &str, column: &str)
        "« {found} » n’existe pas dans la colonne « {column} » de la feuille « {sheet} »"
        cause "Un renvoi ne trouve pas la ligne qu’il désigne."
        cure "Corriger le renvoi, ou ajouter la ligne manquante.";
    Error "code-devenu-date" code_turned_date(found: &str)
        "le code est devenu la date « {found} »"
        cause "Excel a pris un code tel que 2022-07 pour une date."
        cure "Mettre la cellule au format Texte, puis saisir de nouveau le code.";
    Error "code-devenu-nombre" code_turned_number(found: &str)
        "le code est devenu le nombre « {found} »"
        cause "Excel a pris un code tel que 2022E10 ou 1.10 pour un nombre : ce qui était écrit est perdu."
        cure "Mettre la colonne au format Texte, puis saisir de nouveau le code.";
    Warning "nombre-au-format-date" worded_number(found: &str)
        "« {found} » est lu comme un nombre : son format est fait de lettres que d’autres programmes prennent pour une date"
        cause "Le format de la cellule contient des lettres sans guillemets, par exemple 0 mois."
        cure "Mettre la cellule au format Nombre, ou les lettres du format entre guillemets.";
    Error "part-devenue-date" share_turned_date(found: &str)
        "la part est devenue la date « {found} »"
        cause "Le tableur a pris une fraction telle que 1/3 pour un jour."
        cure "Mettre la colonne au format Texte, puis saisir de nouveau la fraction, ou l’écrire en pourcentage.";
    Error "nombre-pour-date" number_for_date(found: &str, date: &str)
        "le nombre « {found} » à la place d’une date"
        cause "La cellule a perdu son format de date : on ne sait plus si c’est un jour ou un nombre."
        cure "Mettre la cellule au format Date et vérifier le jour affiché."
        hint "au format Date, la cellule afficherait {date}";
    Error "pourcentage-ambigu" ambiguous_percent(found: &str)
        "pourcentage ambigu « {found} » : part de 1 ou de 100 ?"
        cause "Un nombre d’au plus 1 sans le signe % peut se lire de deux façons."
        cure "Mettre la cellule au format Pourcentage, ou écrire le signe %.";
    Error "courriel-invalide" invalid_email(found: &str)
        "adresse électronique invalide « {found} »"
        cause "L’adresse ne peut pas recevoir de message."
        cure "Corriger l’adresse.";
    Error "lien-invalide" invalid_link(found: &str)
        "lien invalide « {found} »"
        cause "Un lien commence par https:// ou http:// et ne contient pas d’espace."
        cure "Copier l’adresse complète depuis le navigateur.";
    Error "siren-invalide" invalid_siren(found: &str)
        "SIREN invalide « {found} »"
        cause "Un SIREN a neuf chiffres, dont le dernier vérifie les autres (clé de Luhn)."
        cure "Vérifier le numéro sur l’annuaire des entreprises.";
    Error "siret-invalide" invalid_siret(found: &str)
        "SIRET invalide « {found} »"
        cause "Un SIRET a quatorze chiffres, dont le dernier vérifie les autres (clé de Luhn)."
        cure "Vérifier le numéro sur l’annuaire des entreprises.";
    Error "identifiant-arrondi" rounded_identifier(found: &str)
        "le nombre « {found} » a perdu des chiffres"
        cause "Excel arrondit les nombres de plus de quinze chiffres : l’identifiant n’est plus sûr."
        cure "Mettre la colonne au format Texte, puis saisir de nouveau l’identifiant.";
    Error "code-postal-invalide" invalid_postal_code(found: &str)
        "code postal invalide « {found} »"
        cause "Un code postal a cinq chiffres."
        cure "Corriger le code postal.";
    Error "image-absente" missing_image(found: &str)
        "image introuvable « {found} »"
        cause "Le fichier nommé n’est pas dans inputs/images/."
        cure "Y déposer l’image, ou corriger le nom.";
    Error "image-illisible" unreadable_image(found: &str, reason: &str)
        "image illisible « {found} » : {reason}"
        cause "Le fichier n’est pas une image SVG, PNG, JPEG, GIF ou WebP valide."
        cure "Enregistrer de nouveau l’image dans un de ces formats.";
    Error "annexe-absente" missing_enclosure(found: &str)
        "pas de fichier « {found} » dans inputs/annexes/"
        cause "Un nom en .pdf dans « Annexes » est celui d’un fichier de ce dossier, joint à l’acte tel quel."
        cure "Y déposer le fichier, ou corriger le nom.";
    Error "annexe-ambigue" ambiguous_enclosure(found: &str, names: &str)
        "« {found} » peut être {names}"
        cause "Plusieurs fichiers de inputs/annexes/ ne diffèrent que par une majuscule ou un accent."
        cure "Écrire le nom exact, ou renommer un des fichiers.";
    Error "annexe-hors-dossier" enclosure_elsewhere(found: &str)
        "« {found} » n’est pas un nom de fichier"
        cause "Une annexe se nomme par son seul nom : rien n’est lu hors de inputs/annexes/, ni dans ses sous-dossiers."
        cure "Copier le fichier dans inputs/annexes/ et n’écrire que son nom.";
    Error "annexe-inutilisable" unfit_enclosure(found: &str, reason: &str)
        "annexe inutilisable « {found} » : {reason}"
        cause "La télétransmission ne prend que des PDF lisibles, ni chiffrés ni verrouillés, sans programme ni fichier joint, de 150 Mio au plus."
        cure "Enregistrer de nouveau le document en PDF, sans mot de passe, ni script, ni fichier joint (en l’imprimant vers un PDF, par exemple), en allégeant ses images s’il est trop lourd.";
    Error "image-sans-texte" image_without_text(heading: &str)
        "l’image n’a pas de « {heading} »"
        cause "Une image sans texte de remplacement ne dit rien à qui ne la voit pas (RGAA 1.1)."
        cure "Décrire en une phrase ce que l’image montre.";
    Error "caractere-sans-dessin" missing_glyph(character: &str, code_point: &str)
        "le caractère « {character} » ({code_point}) n’existe dans aucune police des documents"
        cause "Émojis, idéogrammes et puces de Word n’ont pas de dessin dans les polices embarquées."
        cure "Remplacer le caractère par un mot ou un tiret.";
    Warning "mot-sans-fin" endless_word(start: &str, length: &str, most: &str)
        "« {start}… » est un mot de {length} signes, au plus {most} : il sortirait de la page"
        cause "Un mot sans espace ni trait d’union ne se coupe pas : un titre ou une colonne étroite ne le contient pas."
        cure "Y mettre une espace ou un trait d’union.";
    Error "caractere-interdit" control_character(code_point: &str)
        "la cellule contient le caractère invisible {code_point}"
        cause "Un caractère de commande, souvent venu d’un copier-coller, ne peut pas être imprimé."
        cure "Effacer la cellule et saisir de nouveau son texte.";
    Error "formule-sans-resultat" formula_without_value(formula: &str)
        "la formule « ={formula} » n’a pas de résultat enregistré"
        cause "Le programme qui a écrit le classeur n’a pas calculé ses formules."
        cure "Ouvrir le classeur dans Excel ou LibreOffice, recalculer, enregistrer."
        hint "ouvrez le classeur, recalculez (Ctrl+Maj+F9), enregistrez";
    Error "cellule-en-erreur" error_cell(found: &str)
        "la cellule affiche l’erreur {found}"
        cause "Une formule de la cellule n’a pas pu être calculée."
        cure "Corriger la formule, ou écrire la valeur.";
    Error "valeur-en-double" duplicate_key(heading: &str, found: &str, first: &str)
        "« {heading} » « {found} » figure déjà à la cellule {first}"
        cause "Deux lignes portent le même identifiant."
        cure "Changer l’un des deux, ou supprimer la ligne en trop.";
    Error "titre-de-markdown" heading_in_markdown(heading: &str)
        "le texte de « {heading} » contient un titre ou une image, qui ont leur propre colonne"
        cause "Un texte de cellule peut contenir des paragraphes, du gras, de l’italique, des liens et des listes."
        cure "Mettre le titre dans sa colonne ; l’image dans la colonne Image.";
}
