//! Messages about statistical secrecy: what readers can learn of firms from what is printed.

use super::messages;

messages! {
    Error "secret-trop-peu" too_few(reader: &str, figures: &str, firms: &str, documents: &str)
        "ce que {reader} ne sait pas déjà dans {figures} se réduit à {firms} : {documents}"
        cause "Un chiffre qui, une fois ôtées les entreprises que son lecteur connaît, n’en compte plus assez dit ce qui est de chacune."
        cure "Retirer ce chiffre du gabarit ou l’étendre à d’autres entreprises ; si l’aide est déjà publique, l’écrire dans « Annonce publique ».";
    Error "secret-dominant" mostly_one(reader: &str, figures: &str, share: &str, documents: &str)
        "une entreprise fait plus de {share} % de ce que {reader} ne sait pas déjà dans {figures} : {documents}"
        cause "Un chiffre presque tout entier d’une seule entreprise dit ce qui est d’elle."
        cure "Retirer ce chiffre du gabarit ou l’étendre à d’autres entreprises ; si l’aide est déjà publique, l’écrire dans « Annonce publique ».";
    Error "secret-deduit" deduced(reader: &str, figures: &str, range: &str, documents: &str)
        "{reader} calcule que cette entreprise a {range}, en rapprochant {figures} : {documents}"
        cause "Des chiffres qui se tiennent chacun se recoupent : qui les tient tous approche à moins d’un dixième ce qui est d’une entreprise qu’il ne connaît pas."
        cure "Retirer l’un de ces chiffres du gabarit ; si l’aide est déjà publique, l’écrire dans « Annonce publique ».";
    Warning "editions-voisines" near_editions(documents: &str)
        "l’édition déjà faite et celle d’aujourd’hui ne diffèrent que par une ou deux entreprises : {documents}"
        cause "Qui tient les deux éditions lit dans leur différence ce qui est de ces entreprises seules."
        cure "Si la première a été remise, garder la seconde jusqu’à ce que d’autres lignes changent ; sinon, rien à faire.";
}
