//! Messages about a workbook as a file.

use super::messages;

messages! {
    Error "espace-absent" no_workspace(folder: &str)
        "« {folder} » n’est pas un espace de travail : ni territoire.toml, ni classeur"
        cause "La commande est lancée dans un autre dossier que celui des données."
        cure "Se placer dans le dossier qui contient « inputs », ou créer un espace de travail avec `liasse init`."
        hint "se placer dans le dossier qui contient « inputs », ou en créer un avec « liasse init »";
    Error "classeur-absent" missing_workbook(path: &str, other: &str)
        "le classeur « {path} » n’existe pas"
        cause "Un des trois classeurs n’est pas dans le dossier des données."
        cure "Remettre le classeur à sa place, ou en créer un vide avec `liasse init`."
        hint "« {other} » conviendrait aussi ; un classeur vide se crée avec « liasse init »";
    Error "classeur-en-double" two_workbooks(first: &str, second: &str)
        "« {first} » et « {second} » sont là tous les deux : lequel fait foi ?"
        cause "Le même classeur existe en .xlsx et en .ods."
        cure "N’en garder qu’un dans le dossier des données.";
    Error "classeur-au-loin" distant_workbook(path: &str, service: &str)
        "« {path} » n’est pas sur cette machine : {service} n’en a laissé que la marque"
        cause "Le service de synchronisation garde le classeur ailleurs et ne l’apporte que si on le demande."
        cure "Clic droit sur le fichier, « Toujours garder sur cet appareil » (ou « Télécharger »), puis recommencer."
        hint "clic droit sur le fichier, puis « Toujours garder sur cet appareil »";
    Warning "copie-de-classeur" copied_workbook(name: &str)
        "« {name} » ressemble à ce classeur et n’est pas lu"
        cause "Un téléchargement ou une synchronisation a laissé une copie à côté du classeur."
        cure "Si la copie est la bonne, lui donner le nom du classeur ; sinon la ranger ailleurs.";
    Warning "texte-recode" recoded_text(encoding: &str)
        "le fichier est enregistré en {encoding} : il est lu ainsi"
        cause "Un éditeur a enregistré le texte dans un autre codage que l’UTF-8."
        cure "L’enregistrer en UTF-8 (Bloc-notes : Enregistrer sous › Encodage).";
    Error "classeur-illisible" unreadable_workbook(reason: &str)
        "classeur illisible : {reason}"
        cause "Le fichier est endommagé, incomplet, ou n’est pas un classeur."
        cure "Rouvrir le classeur dans Excel ou LibreOffice et l’enregistrer de nouveau.";
    Error "classeur-protege" encrypted_workbook()
        "classeur protégé par un mot de passe"
        cause "Le fichier est chiffré : rien n’en peut être lu."
        cure "Dans Excel : Fichier › Informations › Protéger le classeur › Chiffrer avec mot de passe, puis vider le champ."
        hint "retirez le mot de passe, puis enregistrez";
    Error "classeur-ancien" legacy_workbook(format: &str)
        "le fichier est au format {format}"
        cause "Les formats .xls, .xlsb et .csv ne disent pas tout ce qu’il faut savoir d’une cellule."
        cure "Enregistrer sous le format « Classeur Excel (.xlsx) » ou « Classeur ODF (.ods) »."
        hint "enregistrez-le sous « Classeur Excel (.xlsx) »";
    Error "classeur-enorme" oversized_workbook(what: &str, limit: &str)
        "classeur trop grand : {what} (au plus {limit})"
        cause "Le contenu du fichier dépasse ce qu’un classeur de travail contient ; il peut être piégé."
        cure "Supprimer les lignes et colonnes inutiles, puis enregistrer de nouveau.";
    Warning "carte-illisible" unreadable_map(reason: &str)
        "la carte ne se lit pas : {reason} ; des carreaux la remplacent"
        cause "Le fichier carte.geojson n’est pas une collection de contours GeoJSON."
        cure "Reprendre le fichier, ou le retirer : la carte est alors faite de carreaux."
        hint "chaque contour porte une propriété « code » : le code ou le SIREN d’un partenaire";
    Warning "carte-code-inconnu" unknown_area(code: &str)
        "sur la carte, « {code} » n’est ni le code ni le SIREN d’un partenaire : ce contour n’est pas dessiné"
        cause "Un contour de carte.geojson ne correspond à aucune ligne de la feuille Partenaires."
        cure "Corriger la propriété « code » du contour, ou ajouter le partenaire.";
    Error "reglages-absents" missing_settings(path: &str)
        "le fichier de réglages « {path} » n’existe pas"
        cause "Le fichier territoire.toml n’est pas dans le dossier des données."
        cure "Le remettre à sa place, ou en créer un avec `liasse init`.";
    Error "reglages-illisibles" unreadable_settings(reason: &str)
        "réglage illisible : {reason}"
        cause "Une ligne de territoire.toml ne suit pas la syntaxe TOML, ou une valeur n’est pas du type attendu."
        cure "Corriger la ligne indiquée : un texte se met entre guillemets droits, une date s’écrit 2021-01-01.";
    Error "reglage-absent" missing_setting(key: &str)
        "le réglage « {key} » manque"
        cause "Un réglage nécessaire n’est pas dans territoire.toml."
        cure "L’ajouter à la section indiquée.";
    Warning "reglage-inconnu" unknown_setting(key: &str)
        "réglage inconnu « {key} » : il n’est pas lu"
        cause "Un nom de territoire.toml n’est pas un réglage de liasse."
        cure "Corriger le nom, ou retirer la ligne.";
    Error "reglage-invalide" invalid_setting(key: &str, reason: &str)
        "le réglage « {key} » ne va pas : {reason}"
        cause "La valeur d’un réglage est hors de ce qui est permis."
        cure "Corriger la valeur.";
    Error "contraste-insuffisant" low_contrast(key: &str, colour: &str, ratio: &str)
        "la couleur « {colour} » ({key}) se lit mal : contraste {ratio} avec le fond, il en faut 4,5"
        cause "Un texte de cette couleur n’aurait pas le contraste exigé par le RGAA (critère 3.2)."
        cure "Choisir une couleur plus foncée.";
}
