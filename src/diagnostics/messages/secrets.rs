//! Messages about statistical secrecy: what readers can learn of firms from what is printed.

use super::messages;

messages! {
    Warning "chiffre-devinable" guessed(reader: &str, figures: &str, documents: &str)
        "{reader} peut déduire cette valeur à 10 % près, par {figures} : {documents}"
        cause "Tout ce que ce lecteur tient, sommes et différences comprises, borne la valeur d’une entreprise qu’il ne connaît pas."
        cure "Retirer l’un de ces chiffres du gabarit, le compter sur une période ou une classe plus large, ou mettre « Annonce publique » à oui si c’est le cas.";
    Warning "editions-voisines" near_editions(documents: &str)
        "l’édition déjà faite et celle d’aujourd’hui ne diffèrent que par une ou deux entreprises : {documents}"
        cause "Qui tient les deux éditions lit dans leur différence ce qui est de ces entreprises seules."
        cure "Si la première a été remise, garder la seconde jusqu’à ce que d’autres lignes changent ; sinon, rien à faire.";
}
