//! Messages about statistical secrecy: what readers can learn of firms from what is printed.

use super::messages;

messages! {
    Warning "editions-voisines" near_editions(documents: &str)
        "l’édition déjà faite et celle d’aujourd’hui ne diffèrent que par une ou deux entreprises : {documents}"
        cause "Qui tient les deux éditions lit dans leur différence ce qui est de ces entreprises seules."
        cure "Si la première a été remise, garder la seconde jusqu’à ce que d’autres lignes changent ; sinon, rien à faire.";
}
