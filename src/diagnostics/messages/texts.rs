//! Messages about texts and templates.

use super::messages;

messages! {
    Error "gabarit-absent" missing_template(name: &str)
        "le gabarit « {name} » n’existe pas"
        cause "Un document demande un gabarit qui n’est ni dans templates/ ni dans le programme."
        cure "Rétablir le fichier, ou corriger le nom dans le gabarit qui l’appelle.";
    Error "gabarit-invalide" invalid_template(reason: &str)
        "faute dans le gabarit : {reason}"
        cause "Le gabarit ne suit pas la syntaxe de Typst ou de minijinja."
        cure "Corriger la ligne indiquée ; un gabarit du programme que l’on a copié se reprend en retirant sa copie de templates/.";
    Error "gabarit-calcule" computing_template(what: &str)
        "un gabarit ne calcule pas : {what}"
        cause "Une somme, une différence ou une comparaison de chiffres dans un gabarit échapperait à « explain » et aux contrôles."
        cure "Employer le chiffre qui existe déjà, ou un filtre ou un test du guide : compte, accord, pluriel, egal, plus_que, moins_que, calculable ; pour des dates : egal, avant, apres.";
    Error "mot-inconnu" undefined_name(reason: &str)
        "valeur inconnue dans le gabarit : {reason}"
        cause "Le gabarit nomme une valeur que le document n’a pas."
        cure "Corriger le nom entre accolades.";
    Error "filtre-inconnu" unknown_filter(reason: &str)
        "filtre ou fonction inconnus : {reason}"
        cause "Le gabarit emploie un filtre qui n’existe pas."
        cure "Utiliser un des filtres du guide (inputs/LISEZMOI.md).";
    Error "mise-en-page" layout_failed(reason: &str)
        "la mise en page a échoué : {reason}"
        cause "Typst refuse le document."
        cure "Corriger le gabarit à la ligne indiquée.";
    Error "en-tete-invalide" invalid_front(key: &str, reason: &str)
        "en-tête du gabarit, « {key} » : {reason}"
        cause "L’en-tête d’un gabarit, entre deux lignes « +++ », dit ce qu’il fait, pour quelles lignes et pour qui."
        cure "Corriger la ligne indiquée ; le guide (inputs/LISEZMOI.md) dit toutes les clés.";
    Error "partie-inconnue" unknown_part(name: &str, reason: &str)
        "partie « {name} » : {reason}"
        cause "Une ligne « ::: » ouvre une partie que la famille du gabarit connaît par son nom, ou la ferme."
        cure "Corriger le nom, ou ajouter la ligne « ::: » qui manque.";
    Error "document-sans-nom" nameless_document(kind: &str, id: &str)
        "{kind} : « {id} » ne peut pas nommer un document"
        cause "Un document se nomme d’après sa ligne : lettres, chiffres et traits d’union, 80 signes au plus."
        cure "Remplir la cellule, ou donner « id » dans l’en-tête du gabarit.";
    Error "document-double" same_document(kind: &str, id: &str)
        "{kind} : deux lignes font le document « {id} »"
        cause "Deux documents d’un genre ne portent pas le même nom."
        cure "Distinguer les lignes, ou donner dans l’en-tête du gabarit un « id » qui les distingue.";
    Warning "aucune-ligne" no_row(kind: &str, reason: &str)
        "{kind} : aucun document, car {reason}"
        cause "Aucune ligne ne dit ce que l’en-tête du gabarit demande, ou aucune n’est liée à une autre : rien n’est fait."
        cure "Corriger « quand », « quand_chaque » ou « chaque » ; rien à faire si la ligne viendra plus tard.";
    Error "document-sans-date" dateless_document(kind: &str)
        "{kind} : la date que portent les fichiers manque"
        cause "L’en-tête du gabarit prend la date du document dans cette cellule."
        cure "Remplir la cellule, ou nommer une autre colonne dans « date ».";
    Warning "gabarit-fragile" fragile_template(row: &str, reason: &str)
        "le gabarit échouerait sur une ligne {row} : {reason}"
        cause "Chaque gabarit est essayé sur trois lignes inventées : tout y est rempli, ou seul ce qui doit l’être, ou tout y est très long."
        cure "Prévoir la cellule vide par {% if … %} et {% endif %}, ou corriger la ligne indiquée ; rien à faire si une telle ligne ne viendra jamais.";
    Warning "gabarit-ignore" unread_template(name: &str)
        "aucun document ne lit « {name} »"
        cause "Un gabarit remplace celui du programme par son dossier et son nom, à la lettre près ; un autre fichier ne sert que si un gabarit l’appelle."
        cure "Corriger le nom, ou retirer le fichier de templates/.";
    Warning "mise-en-page-avis" layout_warning(reason: &str)
        "la mise en page avertit : {reason}"
        cause "Typst a fait le document mais signale un doute."
        cure "Regarder la page ; corriger le gabarit s’il le faut.";
    Error "pdf-refuse" export_failed(reason: &str)
        "le PDF ne serait pas accessible ou archivable : {reason}"
        cause "Une règle de PDF/UA-1 ou de PDF/A-2a n’est pas tenue."
        cure "Corriger le gabarit : texte de remplacement, niveau de titre, langue.";
    Error "zone-du-tampon" stamp_zone(pages: &str)
        "quelque chose occupe la zone du tampon de la préfecture, en haut à droite : page {pages}"
        cause "Le tampon de télétransmission se pose sur chaque page d’un acte et de ses annexes, dans un cadre de 235 × 50 points."
        cure "Descendre ou raccourcir ce que le gabarit met en haut à droite.";
    Error "courriel-trop-lourd" heavy_mail(size: &str)
        "le courriel pèse {size} ko, au plus 90"
        cause "Les messageries coupent les messages trop longs."
        cure "Raccourcir les articles.";
    Warning "courriel-abrege" shortened_mail(size: &str)
        "le courriel pèserait {size} ko, au plus 90 : les articles y sont abrégés, leur texte entier est dans le PDF joint"
        cause "Les messageries coupent les messages de plus de 100 ko."
        cure "Raccourcir les articles si le courriel doit tout contenir.";
    Error "word-refuse" not_for_word(file: &str, reason: &str)
        "« {file} » ne peut pas être fait : {reason}"
        cause "Un texte contient un caractère qu’un fichier Word ne peut pas contenir, ou une image est illisible."
        cure "Retaper le texte ou remplacer l’image.";
    Error "depot-trop-lourd" heavy_deposit(size: &str, limit: &str)
        "les pièces à déposer pèsent {size} Mio, au plus {limit}"
        cause "ACTES refuse un dépôt de plus de 150 Mio."
        cure "Alléger les images des annexes.";
    Warning "tampon-sur-annexe" stamped_enclosure(file: &str, pages: &str)
        "« {file} » : {pages} occupée en haut à droite, là où se pose le tampon de la préfecture"
        cause "Le tampon de télétransmission se pose sur chaque page d’un acte et de ses annexes, dans un cadre de 235 × 50 points ; un fichier joint tel quel n’est pas modifié."
        cure "Refaire le document avec cette zone vide, ou accepter que le tampon la recouvre.";
    Warning "annexe-non-cherchee" unsearched_enclosure(file: &str, pages: &str)
        "« {file} » : {pages} sans texte, où les noms confidentiels n’ont pas été cherchés"
        cause "Une page numérisée est une image : personne ne peut y chercher un nom, ni la lire à voix haute."
        cure "La relire soi-même, ou la remplacer par un PDF qui porte son texte.";
    Error "pages-sans-fin" endless_pages(file: &str, size: &str, limit: &str)
        "« {file} » aurait des centaines de pages : {size} ko de textes et de nombres, au plus {limit}"
        cause "Une feuille contient bien plus de lignes qu’un document n’en imprime, le plus souvent par une recopie vers le bas."
        cure "Supprimer les lignes en trop.";
    Error "message-refuse" invalid_message(reason: &str)
        "le message ne peut pas être composé : {reason}"
        cause "Une adresse ou un en-tête du message n’est pas valide."
        cure "Corriger l’expéditeur dans territoire.toml.";
}
