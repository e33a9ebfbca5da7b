//! Messages about the shape of a sheet.

use super::messages;

messages! {
    Error "feuille-absente" missing_sheet(name: &str)
        "la feuille « {name} » manque"
        cause "Le classeur n’a pas de feuille de ce nom."
        cure "Renommer la feuille, ou la reprendre d’un classeur créé par `liasse init`.";
    Warning "feuille-inconnue" unknown_sheet(name: &str)
        "la feuille « {name} » n’est pas lue"
        cause "Le classeur contient une feuille que liasse ne connaît pas."
        cure "Rien à faire si c’est voulu ; sinon corriger son nom.";
    Warning "colonne-declaree-absente" missing_own_column(heading: &str)
        "« {heading} » est déclarée dans territoire.toml et n’est pas dans la feuille"
        cause "Une colonne de son cru se lit sous son intitulé ; sans elle, ce qu’un gabarit en attend reste vide."
        cure "Ajouter la colonne à la feuille, ou corriger « intitule » dans territoire.toml.";
    Error "intitule-absent" missing_heading(heading: &str)
        "la colonne « {heading} » manque"
        cause "La ligne 1 n’a pas l’intitulé d’une colonne nécessaire."
        cure "Rétablir l’intitulé dans la ligne 1.";
    Warning "intitule-inconnu" unknown_heading(heading: &str)
        "la colonne « {heading} » n’est pas lue"
        cause "Un intitulé de la ligne 1 n’est celui d’aucune colonne connue."
        cure "Corriger l’intitulé, ou ignorer l’avertissement si la colonne est une note personnelle.";
    Error "intitule-en-double" duplicate_heading(heading: &str)
        "deux colonnes s’appellent « {heading} »"
        cause "Le même intitulé figure deux fois dans la ligne 1."
        cure "N’en garder qu’une.";
    Error "intitules-sur-deux-lignes" headings_below(row: u32)
        "les intitulés sont à la ligne {row} au lieu de la ligne 1"
        cause "Les intitulés sont répartis sur deux lignes."
        cure "Mettre les intitulés en ligne 1 et la première donnée en ligne 2.";
    Warning "titre-au-dessus" title_above(row: u32)
        "les intitulés sont à la ligne {row} : ce qui est au-dessus n’est pas lu"
        cause "Un titre précède le tableau."
        cure "Rien à faire ; sans titre, les intitulés sont en ligne 1.";
    Warning "ligne-de-total" total_row(row: u32)
        "la ligne {row} ressemble à une ligne de total : elle n’est pas comptée"
        cause "Une ligne dit « Total » là où les autres nomment une dépense, une recette ou une action."
        cure "La supprimer : l’outil fait les totaux ; si c’est une vraie ligne, lui donner un autre nom.";
    Warning "note-sous-le-tableau" note_below(found: &str)
        "« {found} » : ce texte, sous le tableau, n’est pas lu"
        cause "Après une ligne vide, une seule cellule est remplie : c’est une note et non une ligne du tableau."
        cure "Rien à faire si c’est une note ; sinon remplir le reste de la ligne, et supprimer la ligne vide.";
    Error "cellules-fusionnees" merged_cells(range: &str)
        "cellules fusionnées : {range}"
        cause "Une fusion cache les valeurs des cellules qu’elle couvre."
        cure "Annuler la fusion et remplir chaque cellule.";
    Warning "ligne-masquee" hidden_row(row: u32)
        "la ligne {row} est masquée : elle est lue comme les autres"
        cause "Une ligne masquée, par un filtre ou à la main, compte dans tous les documents."
        cure "L’afficher, ou la supprimer si elle ne doit plus compter.";
    Warning "colonne-masquee" hidden_column(heading: &str)
        "la colonne « {heading} » est masquée : elle est lue comme les autres"
        cause "Une colonne masquée compte dans tous les documents."
        cure "L’afficher, pour voir ce qui est publié.";
    Warning "ligne-vide" blank_row(row: u32)
        "la ligne {row} est vide au milieu du tableau"
        cause "Des données suivent une ligne vide ; elles sont lues."
        cure "Supprimer la ligne vide.";
    Error "second-tableau" second_table(row: u32)
        "un second tableau commence à la ligne {row}"
        cause "Les intitulés se répètent sous le tableau : deux tableaux dans une feuille."
        cure "Réunir les lignes dans un seul tableau, sans ligne d’intitulés au milieu.";
    Error "feuille-vide" empty_sheet()
        "la feuille est vide : sa ligne 1 doit porter les intitulés"
        cause "Aucune cellule n’est remplie."
        cure "Reprendre la feuille d’un classeur créé par `liasse init`, puis y mettre les données s’il y en a.";
    Error "feuille-sans-fin" endless_sheet(rows: &str, most: &str)
        "la feuille a {rows} lignes, au plus {most}"
        cause "Chaque ligne de cette feuille s’imprime : il y en a bien plus que personne n’en tient, le plus souvent par une recopie vers le bas."
        cure "Supprimer les lignes en trop.";
    Warning "cellule-hors-tableau" stray_cell(found: &str)
        "« {found} » est écrit dans une colonne sans intitulé : la colonne n’est pas lue"
        cause "Une cellule est remplie à côté du tableau, sous une ligne 1 vide."
        cure "Donner un intitulé à la colonne, ou vider la cellule.";
}
