//! Messages about persons: who is meant, and what of them is kept.

use super::messages;

messages! {
    Error "personne-inconnue" unknown(query: &str)
        "rien n’est gardé de « {query} »"
        cause "Ni les classeurs, ni les listes d’envoi, ni les documents ne portent ce nom ou cette adresse."
        cure "Donner l’adresse, ou le prénom et le nom, comme les feuilles les écrivent.";
    Error "personne-homonyme" several(query: &str, addresses: &str)
        "plusieurs adresses portent le nom « {query} » : {addresses}"
        cause "Deux personnes peuvent porter un même nom : remettre ou effacer les données de l’une toucherait celles de l’autre."
        cure "Recommencer avec l’adresse de la personne.";
}
