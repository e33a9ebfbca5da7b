//! Messages about the command line, the disk and the state of documents.

use super::messages;

messages! {
    Error "genre-impropre" improper_kind(name: &str, reason: &str)
        "« {name} » ne peut pas nommer un nouveau genre : {reason}"
        cause "Un genre s’écrit en minuscules sans accent, chiffres et traits d’union ; son nom n’est pas déjà pris."
        cure "Choisir un autre nom.";
    Error "depart-inconnu" unknown_start(name: &str, known: &str)
        "« {name} » n’est ni une famille ni un genre fait par un gabarit : {known}"
        cause "Un nouveau document part d’une famille, ou d’un document livré."
        cure "Choisir l’un de ces noms.";
    Error "depart-sans-gabarit" no_start(name: &str, label: &str, known: &str)
        "« {name} » ({label}) ne se copie pas : le programme le fait de plusieurs pages et calculs, et non d’un seul gabarit"
        cause "Un nouveau document part d’une famille, ou d’un document livré qu’un seul gabarit fait."
        cure "Partir d’un des noms qui se copient, ou changer les gabarits de ce genre dans le dossier des gabarits."
        hint "se copient : {known}";
    Error "genre-inconnu" unknown_kind(found: &str, known: &str)
        "aucun genre de document ne s’appelle « {found} »"
        cause "Le genre demandé n’existe pas."
        cure "Choisir un genre de la liste."
        hint "genres connus : {known}";
    Error "document-inconnu" unknown_document(kind: &str, found: &str, known: &str)
        "{kind} : aucun document « {found} »"
        cause "Le document demandé n’est pas connu : rien dans les feuilles ne l’annonce."
        cure "Choisir un des documents connus, ou ajouter la ligne qui l’annonce."
        hint "connus : {known}";
    Warning "rien-annonce" nothing_announced()
        "aucun document n’est encore annoncé dans les feuilles : pour une première lettre, il manque"
        cause "Les feuilles sont vides, ou ne portent que leurs lignes d’exemple."
        cure "Remplir les feuilles indiquées, une ligne au moins dans chacune.";
    Warning "genre-sans-document" nothing_of_kind(kind: &str, reason: &str)
        "aucun document « {kind} » à faire : {reason}"
        cause "Le genre demandé est connu, et rien dans les feuilles n’annonce encore un de ses documents."
        cure "Remplir ce qui manque, puis recommencer.";
    Error "document-vide" empty_document(reason: &str)
        "rien à mettre dans le document : {reason}"
        cause "Les feuilles n’ont pas encore de quoi faire le document."
        cure "Remplir les feuilles indiquées.";
    Error(Machine) "disque" disk_refused(action: &str, path: &str, reason: &str)
        "impossible {action} « {path} » : {reason}"
        cause "Le système refuse : droits, disque plein, fichier ouvert ailleurs."
        cure "Fermer le fichier s’il est ouvert, vérifier les droits et la place, puis recommencer.";
    Error(Machine) "fichier-tenu" held_file(action: &str, path: &str, holder: &str)
        "impossible {action} « {path} » : un autre programme tient ce fichier, sans doute {holder}"
        cause "Windows ne laisse pas remplacer un fichier qu’un autre programme tient ouvert ; liasse a essayé cinq fois."
        cure "Fermer le fichier dans ce programme, ou attendre la fin de la synchronisation, puis recommencer."
        hint "fermez-le dans ce programme, puis recommencez";
    Error(Machine) "fichier-refuse" denied_file(action: &str, path: &str, holder: &str)
        "impossible {action} « {path} » : le droit manque, ou un autre programme tient ce fichier, sans doute {holder}"
        cause "Windows répond « accès refusé » dans les deux cas ; liasse a essayé cinq fois."
        cure "Fermer le fichier dans ce programme ; sinon vérifier qu’il n’est pas en lecture seule et que le dossier vous appartient."
        hint "fermez-le dans ce programme ; sinon : clic droit › Propriétés, et décochez « Lecture seule »";
    Error(Machine) "fichier-au-loin" distant_file(action: &str, path: &str)
        "impossible {action} « {path} » : le service qui synchronise le dossier ne l’a pas encore apporté sur cette machine"
        cause "OneDrive et ses pareils ne gardent parfois sur la machine que le nom d’un fichier ; liasse a attendu dix secondes."
        cure "Vérifier la connexion et que le service est démarré, puis recommencer ; « Toujours conserver sur cet appareil » l’évite."
        hint "vérifiez la connexion ; puis clic droit sur le dossier › « Toujours conserver sur cet appareil »";
    Error(Machine) "autre-execution" another_run(path: &str)
        "une autre exécution de liasse travaille dans « {path} »"
        cause "Deux exécutions ne peuvent pas écrire en même temps."
        cure "Attendre la fin de l’autre, puis recommencer.";
    Warning "fichier-modifie" edited_by_hand(path: &str, backup: &str)
        "« {path} » a été modifié à la main : l’ancien est gardé sous « {backup} »"
        cause "Un fichier produit par liasse a changé depuis."
        cure "Reprendre la modification dans les feuilles ou les gabarits.";
    Warning "fichier-fige" frozen_file(path: &str, date: &str)
        "« {path} » est figé depuis son envoi le {date} : il n’est pas réécrit"
        cause "Ce qui a été envoyé ne change plus ; les données ont changé depuis."
        cure "Pour corriger, publier une nouvelle version.";
    Warning "annexe-commune" common_file(path: &str, document: &str, date: &str)
        "« {path} » est celui du premier dossier envoyé, {document}, le {date} : les données d’aujourd’hui en donneraient un autre"
        cause "Les délibérations d’une même décision ont les mêmes annexes : le premier dossier envoyé les fixe pour tous les autres."
        cure "Pour changer les annexes, prendre une nouvelle décision.";
    Error "envoi-altere" altered_evidence(path: &str, date: &str)
        "« {path} », envoyé le {date}, a été modifié depuis : il n’est plus ce qui a été envoyé"
        cause "Ce qui a été envoyé est une preuve : liasse en garde l’empreinte et la compare à chaque fois."
        cure "Remettre le fichier d’origine, ou le faire refaire par `liasse build --force` si les données n’ont pas changé.";
    Error "envoi-absent" missing_evidence(path: &str, date: &str)
        "« {path} », envoyé le {date}, n’est plus là"
        cause "Ce qui a été envoyé est une preuve : liasse en garde l’empreinte et la compare à chaque fois."
        cure "Remettre le fichier d’origine, ou le faire refaire par `liasse build --force` si les données n’ont pas changé.";
    Error "envoi-efface" cleared_evidence(path: &str, date: &str)
        "« {path} » a été envoyé le {date}, et les feuilles ne le disent plus : il n’est pas réécrit"
        cause "La date de l’envoi a été effacée, ou la ligne n’annonce plus ce fichier."
        cure "Rétablir la date ou la ligne ; pour corriger, publier une nouvelle version.";
    Error "envoi-double" second_set(path: &str)
        "« {path} » n’est pas écrit : ce document a déjà été envoyé sous d’autres noms"
        cause "Une date, un numéro ou un code qui entre dans le nom des fichiers a changé depuis l’envoi."
        cure "Rétablir la valeur d’origine ; pour corriger ce qui a été envoyé, une nouvelle ligne.";
    Error "envoi-orphelin" orphan_evidence(path: &str, date: &str)
        "« {path} » a été envoyé le {date}, et plus aucune ligne ne l’annonce"
        cause "La ligne du document a été retirée des feuilles, ou son code a changé."
        cure "Rétablir la ligne.";
    Warning "dossier-oublie" forgotten_folders(folders: &str)
        "plus aucune ligne n’annonce ce qui reste dans out : {folders}"
        cause "Le nom du document a changé, ou sa ligne n’est plus là ; liasse n’efface pas des fichiers qui ont pu être remis à quelqu’un."
        cure "Supprimer ces dossiers s’ils ne servent plus.";
    Warning "envoi-retabli" restored_evidence(path: &str)
        "« {path} » est rétabli tel qu’il a été envoyé"
        cause "`--force` refait un fichier envoyé quand les données donnent les mêmes octets."
        cure "Rien à faire ; le fichier altéré est gardé à côté, sous .bak.";
    Error "envoi-perdu" lost_evidence(path: &str, date: &str)
        "« {path} » ne peut pas être rétabli : les données d’aujourd’hui donnent un autre fichier que celui envoyé le {date}"
        cause "Les données, les textes ou le programme ont changé depuis l’envoi."
        cure "Remettre le fichier d’origine, depuis une sauvegarde ou le message envoyé.";
    Error "fichier-different" differing_file(path: &str)
        "« {path} » n’est pas ce que donnent les données d’aujourd’hui"
        cause "Le fichier a été modifié, ou les données, les textes ou les gabarits ont changé depuis."
        cure "Relancer `liasse build` ; `liasse why` dit ce qui a changé.";
    Error "fichier-absent" absent_file(path: &str)
        "« {path} » n’est pas là"
        cause "Le document n’a pas encore été fabriqué, ou le fichier a été retiré."
        cure "Relancer `liasse build`.";
    Error(Program) "chiffre-discordant" disagreeing_figure(name: &str, first: &str, second: &str)
        "« {first} » et « {second} » donnent deux valeurs à « {name} »"
        cause "Deux documents calculent un même chiffre différemment : c’est un défaut du programme."
        cure "Signaler le défaut avec les fichiers qui le montrent.";
    Error "fichier-present" existing_file(path: &str)
        "« {path} » existe déjà : rien n’est écrit"
        cause "Un nouvel espace de travail n’en recouvre pas un autre."
        cure "Choisir un dossier vide, ou un autre nom.";
    Error "copie-impossible" not_annotated(path: &str, reason: &str)
        "« {path} » ne se laisse pas copier avec ses remarques : {reason}"
        cause "Le classeur contient quelque chose que la copie ne sait pas garder."
        cure "Rouvrir le classeur, l’enregistrer de nouveau, puis recommencer.";
    Error "copie-sur-original" annotated_originals(path: &str)
        "les copies annotées ne vont pas dans « {path} », où sont les originaux"
        cause "Une copie y remplacerait son original."
        cure "Choisir un autre dossier.";
    Error "fichier-double" twice_in_document(file: &str, title: &str)
        "deux fichiers de « {title} » s’appelleraient « {file} »"
        cause "L’un remplacerait l’autre : le document n’est pas fait."
        cure "Donner à ce qui les nomme (code, numéro, image) des noms qui diffèrent par une lettre ou un chiffre.";
    Error "nom-de-fichier" improper_file(file: &str, title: &str, reason: &str)
        "un fichier de « {title} » ne peut pas s’appeler « {file} » : {reason}"
        cause "Ce qui nomme le fichier (code, numéro, image) ne donne pas un nom que tous les systèmes prennent."
        cure "Changer ce code, ce numéro ou ce nom d’image.";
    Warning "chemin-trop-long" long_path(path: &str, length: &str, most: &str)
        "« {path} » est au bout d’un chemin de {length} caractères : au-delà de {most}, Windows ou Excel ne l’ouvre pas"
        cause "Le fichier est écrit, mais les dossiers au-dessus ont des noms si longs que d’autres programmes ne l’atteignent pas."
        cure "Déplacer l’espace de travail dans un dossier plus court, par exemple C:\\liasse ou Documents\\liasse.";
    Error(Program) "bogue" internal_error(reason: &str)
        "erreur interne : {reason}"
        cause "Un défaut du programme."
        cure "Signaler le défaut avec les fichiers qui le montrent.";
    Warning "confidentialite-permise" allowed_phrase(phrase: &str, part: &str, reason: &str)
        "« {part} » contient « {phrase} », que territoire.toml permet : {reason}"
        cause "Le texte ressemble au nom d’une entreprise ou d’une personne, et une section « permis » des réglages dit qu’il peut rester."
        cure "Rien à faire si le motif tient toujours ; sinon retirer la section [[permis]].";
    Error "confidentialite" confidential_name(name: &str, part: &str)
        "« {part} » nomme « {name} », qui n’est pas public pour ses lecteurs"
        cause "Une entreprise d’un autre EPCI, dont l’aide n’est pas annoncée, ou une personne de la liste y apparaîtrait : par son nom, le mot qui la désigne, un numéro, une adresse."
        cure "Retirer le nom du texte, du lien ou de l’image, mettre « Annonce publique » à oui si c’est le cas, ou, si le texte ne désigne personne, l’ajouter à [[permis]] dans territoire.toml avec son motif.";
    Error "relecture-absente" missing_paper(path: &str)
        "« {path} » n’existe pas"
        cause "Le fichier à relire n’est pas là où la commande le cherche."
        cure "Corriger le chemin du fichier.";
    Error "relecture-illisible" unreadable_paper(reason: &str)
        "fichier illisible : {reason}"
        cause "Le fichier est endommagé, protégé, trop grand, ou n’est pas un fichier Word."
        cure "L’ouvrir dans Word ou LibreOffice et l’enregistrer au format Word (.docx), sans mot de passe.";
    Error "relecture-etrangere" foreign_paper(path: &str)
        "« {path} » n’est la copie d’aucun fichier Word de liasse"
        cause "Moins de quatre paragraphes sur dix d’un document de cet espace de travail s’y retrouvent."
        cure "Vérifier que le fichier vient bien de cet espace de travail, et que ses données sont celles du jour où il en est sorti.";
}
