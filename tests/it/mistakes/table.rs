//! One line a mistake: the sheet, what stands there, what is written instead, what is told, and where.

use super::base::{Edit, Told, each, edited, told};
use crate::fixture::problems;

/// The sheet, what stands there once, what is written instead, the code, the cell, and the workspace of forty mistakes
/// that it is also part of, if any.
type Mistake = (&'static str, &'static str, &'static str, &'static str, &'static str, char);

#[rustfmt::skip]
const PARTNERS: &[Mistake] = &[
    ("Partenaires", "ETAT | État | État | État", "ETAT | État | État |", "contacts/valeur-absente", "D3", 'A'),
    ("Partenaires", "| B1 | 01/01/2020 | 31/12/2029", "| B1 | 01/01/2020 | 31/12/2029\nCCVA | Autre | Doublon | Doublon | du Doublon", "contacts/valeur-en-double", "A7", '-'),
    ("Partenaires", "CUBM | CU |", "CUBM | CV |", "contacts/valeur-hors-liste", "B6", 'A'),
    ("Partenaires", "| Communauté urbaine de Bord-de-Mer |", "| |", "contacts/valeur-absente", "C6", 'A'),
    ("Partenaires", "| du Val-d’Aval |", "| |", "contacts/valeur-absente", "E5", '-'),
    ("Partenaires", "| 200030633 |", "| 200030634 |", "contacts/siren-invalide", "H5", '-'),
    ("Partenaires", "| 200030633 |", "| 2OOO3O633 |", "contacts/siren-invalide", "H5", '-'),
    ("Partenaires", "| 200042190 |", "| |", "contacts/siren-absent", "H6", '-'),
    ("Partenaires", "20003063300016", "20003063300017", "contacts/siret-invalide", "I5", '-'),
    ("Partenaires", "20003063300016", "20004219000021", "contacts/siret-siren", "I5", '-'),
    ("Partenaires", "20003063300016", "", "contacts/siret-absent", "I5", '-'),
    ("Partenaires", "2 rue Haute", "2 rue Haute 🏭", "contacts/caractere-sans-dessin", "J5", '-'),
    ("Partenaires", "59400", "5940", "contacts/code-postal-invalide", "K5", '-'),
    ("Partenaires", "| 12 |", "| douze |", "contacts/nombre-illisible", "Q5", '-'),
    ("Partenaires", "| 12 |", "| 12,5 |", "contacts/nombre-non-entier", "Q5", '-'),
    ("Partenaires", "24 000", "0", "contacts/nombre-hors-bornes", "R5", '-'),
    ("Partenaires", "Essai cedex | 59 |", "Essai cedex | 5900 |", "contacts/departement-invalide", "M2", 'B'),
    ("Partenaires", "Aval | 59 | Amont | PREF059", "Aval | 59 | Amont | PREF59", "contacts/code-prefecture-invalide", "O5", '-'),
    ("Partenaires", "| du Val-d’Aval |", "| des Vals |", "contacts/forme-avec-de", "E5", '-'),
    ("Partenaires", "24 000 | 2022", "24 000 | 22", "contacts/nombre-hors-bornes", "S5", '-'),
    ("Partenaires", "val@example.org", "val@example", "contacts/courriel-invalide", "T5", '-'),
    ("Partenaires", "| A1 | 01/01/2020", "| A1 | 30/02/2020", "contacts/date-inexistante", "X5", 'B'),
    ("Partenaires", "31/12/2029", "31/12/2019", "contacts/fin-avant-debut", "Y6", 'B'),
    ("Représentants", "CUBM | Mme", "CUMB | Mme", "contacts/code-inconnu", "A6", 'A'),
    ("Représentants", "Mme | Jeanne", "Mlle | Jeanne", "contacts/valeur-hors-liste", "B4", 'A'),
    ("Représentants", "M. | Paul", "M. | ", "contacts/valeur-absente", "C2", 'A'),
    ("Représentants", "| UN |", "| |", "contacts/valeur-absente", "D2", '-'),
    ("Représentants", "Directrice de site", "", "contacts/valeur-absente", "E6", '-'),
    ("Représentants", "Binôme industriel", "Binôme des industries", "contacts/valeur-hors-liste", "F6", '-'),
    ("Représentants", "01/07/2021", "1/7/21", "contacts/date-ambigue", "H4", '-'),
    ("Représentants", "Signataire | four.svg | 01/07/2021", "Signataire | four.svg | 02/03/2022", "contacts/signataire-absent", "Partenaires › A5", '-'),
    ("Représentants", "30/06/2021", "30/06/2022", "contacts/periode-de-mandat", "H4", 'B'),
    ("Représentants", "31/12/2029", "31/12/2019", "contacts/fin-avant-debut", "I5", 'B'),
    ("Contacts", "Ada | Atelier", " | Atelier", "contacts/valeur-absente", "A2", 'A'),
    ("Contacts", "Filature du Nord", "", "contacts/valeur-absente", "C3", 'A'),
    ("Contacts", "Val-d’Aval", "Val d'Aval", "contacts/nom-derive", "C4", 'A'),
    ("Contacts", "ada@example.org", "ada(at)example.org", "contacts/courriel-invalide", "E2", '-'),
    ("Contacts", "bob@example.org", "ADA@example.org", "contacts/adresse-en-double", "E3", '-'),
    ("Contacts", "CUBM", "CUMB", "contacts/code-inconnu", "F3", '-'),
    ("Contacts", "| Élu |", "| Élus |", "contacts/valeur-hors-liste", "G4", '-'),
    ("Contacts", "Industriel | oui", "Industriel | peut-être", "contacts/oui-non-illisible", "H2", '-'),
    ("Contacts", "Industriel | non", "Industriel |", "contacts/valeur-absente", "H3", '-'),
    ("Contacts", "Industriel | non", "Industriel | oui", "contacts/opposition-abonnee", "H3", '-'),
    ("Contacts", "01/02/2022", "février", "contacts/date-illisible", "I3", '-'),
    ("Contacts", "Salon de mai", "", "contacts/valeur-absente", "J2", '-'),
    ("Contacts", "02/05/2021", "31/04/2021", "contacts/date-inexistante", "K2", 'B'),
    ("Contacts", "Salon de mai | 02/05/2021", "Salon de mai |", "contacts/contact-non-informe", "K2", '-'),
    ("Contacts", "03/05/2021", "03/05/2010", "contacts/conservation-depassee", "L2", '-'),
    ("Contacts", "03/05/2021", "03/05/0221", "contacts/date-invraisemblable", "L2", 'B'),
    ("Entreprises", "Agroalimentaire | 31", "Agroalimentaire | 31\n | | | CUBM | Mer | Bois | 4", "contacts/valeur-absente", "A6", '-'),
    ("Entreprises", "Agroalimentaire | 31", "Agroalimentaire | 31\nForge d'aval | | | CUBM | Mer | Bois | 4", "contacts/valeur-en-double", "A6", '-'),
    ("Entreprises", "73282932000017", "73282932000018", "contacts/siret-invalide", "C2", 'A'),
    ("Entreprises", "CUBM | Mer | Agroalimentaire", "CUBW | Mer | Agroalimentaire", "contacts/code-inconnu", "D5", 'A'),
    ("Entreprises", "CUBM | Mer | Agroalimentaire", " | Mer | Agroalimentaire", "contacts/valeur-absente", "D5", 'B'),
    ("Entreprises", "| 85", "| 85 salariés", "contacts/nombre-illisible", "G2", 'A'),
];

#[rustfmt::skip]
const EVENTS: &[Mistake] = &[
    ("Lettres", "La lettre de mars | Le printemps arrive. | Paul Un |", "La lettre de mars | Le printemps arrive. | Paul Un |\n1 | 16/05/2022", "evenements/valeur-en-double", "A4", '-'),
    ("Lettres", "La lettre de mars | Le printemps arrive. | Paul Un |", "La lettre de mars | Le printemps arrive. | Paul Un |\n0 | 16/05/2022", "evenements/nombre-hors-bornes", "A4", '-'),
    ("Lettres", "15/03/2022", "15 mars", "evenements/date-illisible", "B3", 'A'),
    ("Lettres", "15/03/2022", "17/01/2022", "evenements/lettres-desordonnees", "B3", '-'),
    ("Lettres", "Le printemps arrive.", "# Le printemps", "evenements/titre-de-markdown", "D3", 'A'),
    ("Lettres", "Le printemps arrive.", "Le printemps arrive 🌱", "evenements/caractere-sans-dessin", "D3", 'B'),
    ("Lettres", "bienvenue**. | Paul Un |", "bienvenue**. | Paul Un | hier", "evenements/date-illisible", "F2", 'B'),
    ("Articles", "2 | Actualité nationale", "7 | Actualité nationale", "evenements/code-inconnu", "A4", 'A'),
    ("Articles", "Boîte à outils", "Boite à outil", "evenements/valeur-hors-liste", "B3", 'A'),
    ("Articles", "| 2 | non |", "| deuxième | non |", "evenements/nombre-illisible", "C3", '-'),
    ("Articles", "| 2 | non |", "| 2 | oui |", "evenements/plusieurs-une", "D3", '-'),
    ("Articles", "| 2 | non |", "| 2 | faux. |", "evenements/oui-non-illisible", "D3", '-'),
    ("Articles", "| La réforme |", "| |", "evenements/valeur-absente", "E4", '-'),
    ("Articles", "| La loi change en avril. |", "| |", "evenements/valeur-absente", "G4", '-'),
    ("Articles", "Une visite d’une heure.", "\u{f0b7} Une visite d’une heure.", "evenements/caractere-sans-dessin", "G3", '-'),
    ("Articles", "La loi change en avril.", "![la loi](loi.png)", "evenements/titre-de-markdown", "G4", '-'),
    ("Articles", "https://example.org/loi", "www.example.org/loi", "evenements/lien-invalide", "I4", '-'),
    ("Articles", "https://example.org/loi", "https://example.org/la loi", "evenements/lien-invalide", "I4", '-'),
    ("Articles", "four.svg", "fuor.svg", "evenements/image-absente", "J2", 'B'),
    ("Articles", "Un four allumé.", "", "evenements/image-sans-texte", "L2", 'B'),
    ("Agenda", "25/01/2022", "mercredi 25 janvier 2022", "evenements/jour-de-semaine-faux", "B2", '-'),
    ("Agenda", "25/01/2022", "2022-01-24T23:00:00Z", "evenements/date-decalee", "B2", '-'),
    ("Agenda", "25/01/2022", "25/13/2022", "evenements/date-inexistante", "B2", 'A'),
    ("Agenda", "9 h 30", "9 h 75", "evenements/heure-illisible", "C2", 'A'),
    ("Agenda", "23/03/2022", "21/03/2022", "evenements/fin-avant-debut", "D3", '-'),
    ("Agenda", "12:00", "9:30", "evenements/fin-avant-debut", "E2", '-'),
    ("Agenda", "12:00", "à midi", "evenements/heure-illisible", "E2", '-'),
    ("Agenda", "Salon des ateliers", "", "evenements/valeur-absente", "F3", '-'),
    ("Agenda", "| Salon |", "| Foire |", "evenements/valeur-hors-liste", "G3", '-'),
    ("Agenda", "CCVA", "CCV", "evenements/code-inconnu", "I2", '-'),
    ("Agenda", "| 24 |", "| une vingtaine |", "evenements/nombre-illisible", "J2", '-'),
    ("Agenda", "| oui | non |", "| | non |", "evenements/valeur-absente", "K3", '-'),
    ("Agenda", "| oui | non |", "| oui | reporté |", "evenements/oui-non-illisible", "L3", '-'),
    ("Agenda", "https://example.org/inscription", "inscription@example.org", "evenements/lien-invalide", "M2", 'B'),
    ("Agenda", "https://example.org/atelier", "https//example.org/atelier", "evenements/lien-invalide", "O2", 'B'),
    ("Appels à projets", "Agence des machines", "", "evenements/valeur-absente", "B3", 'A'),
    ("Appels à projets", "Guichet", "Concours", "evenements/valeur-hors-liste", "C3", 'A'),
    ("Appels à projets", "Bas carbone", "Bas carbonne", "evenements/theme-inconnu", "E2", '-'),
    ("Appels à projets", "Industrie 4.0", "", "evenements/valeur-absente", "E3", '-'),
    ("Appels à projets", "03/01/2022", "03/01/1022", "evenements/date-invraisemblable", "F2", '-'),
    ("Appels à projets", "29/04/2022", "29/12/2021", "evenements/cloture-avant-ouverture", "G2", '-'),
    ("Appels à projets", "29/04/2022", "31/04/2022", "evenements/date-inexistante", "G2", '-'),
    ("Appels à projets", "1er mars 2022", "1er mras 2022", "evenements/date-illisible", "H2", 'B'),
    ("Appels à projets", "https://example.org/machines", "example.org/machines", "evenements/lien-invalide", "J3", 'B'),
    ("Accompagnements", "10/01/2022 |", " |", "evenements/valeur-absente", "A2", 'A'),
    ("Accompagnements", "Forge d’Aval", "Forges d’Aval", "evenements/entreprise-inconnue", "B2", 'A'),
    ("Accompagnements", "| Aval |", "| |", "evenements/site-ambigu", "C3", '-'),
    ("Accompagnements", "| Aval |", "| Avla |", "evenements/code-inconnu", "C3", '-'),
    ("Accompagnements", "Prise de contact", "Contact", "evenements/valeur-hors-liste", "D2", '-'),
    ("Accompagnements", "Industrie 4.0", "Industrie 5.0", "evenements/theme-inconnu", "E3", '-'),
    ("Accompagnements", "| x |", "| ? |", "evenements/oui-non-illisible", "F4", 'B'),
    ("Accompagnements", "2,5", "deux", "evenements/nombre-illisible", "G2", 'B'),
    ("Accompagnements", "10/02/2022", "10/02", "evenements/date-illisible", "I2", 'B'),
    ("Communication", "février 2022", "fevreir 2022", "evenements/mois-illisible", "A3", 'A'),
    ("Communication", "février 2022", "janvier 2022", "evenements/valeur-en-double", "A3", '-'),
    ("Communication", "| 131 |", "| |", "evenements/valeur-absente", "B3", 'A'),
    ("Communication", "| 4 |", "| -4 |", "evenements/nombre-hors-bornes", "C2", 'B'),
    ("Communication", "3 200", "3.200", "evenements/nombre-illisible", "D2", 'B'),
];

#[rustfmt::skip]
const ACTS: &[Mistake] = &[
    ("Séances", "Ida NEUF | | ", "Ida NEUF | | \nVAL-1 | CCVA | 01/04/2022 | 18 h | à Mer | 20/03/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX", "evenements/valeur-en-double", "A4", '-'),
    ("Séances", "MER-1 | CUBM", "MER-1 | CBUM", "evenements/code-inconnu", "B3", 'A'),
    ("Séances", "01/03/2022", "29/02/2022", "evenements/date-inexistante", "C2", 'A'),
    ("Séances", "18 h", "18 h du soir", "evenements/heure-illisible", "D2", 'B'),
    ("Séances", "en mairie d’Aval", "", "evenements/valeur-absente", "E2", 'B'),
    ("Séances", "22/02/2022", "25/02/2022", "evenements/delai-de-convocation", "F2", '-'),
    ("Séances", "22/02/2022", "02/03/2022", "evenements/convocation-apres-seance", "F2", '-'),
    ("Séances", "Luc TROIS | Président |", "Luc TROIX | Président |", "evenements/bureau-hors-appel", "H3", '-'),
    ("Séances", "Yves SIX", "Yves SEIZE", "evenements/bureau-hors-appel", "J2", '-'),
    ("Délibérations", "convention | Yves SIX", "convention | Yves SEIZE", "evenements/bureau-hors-appel", "E2", '-'),
    ("Séances", "| 5 |", "| cinq |", "evenements/nombre-illisible", "G3", '-'),
    ("Séances", "| 5 |", "| 6 |", "evenements/presence-incoherente", "G3", '-'),
    ("Séances", "Luc TROIS", "", "evenements/valeur-absente", "H3", '-'),
    ("Séances", "Yves SIX", "", "evenements/secretaire-absent", "J2", '-'),
    ("Séances", "| non | non", "| urgent | non", "evenements/oui-non-illisible", "K2", 'B'),
    ("Présences", "VAL-1 | TRENTE | Théo | Excusé | | VAL-12\n         ", "", "evenements/presence-incoherente", "Séances › G2", '-'),
    ("Présences", "| SEPT |", "| |", "evenements/valeur-absente", "B4", 'A'),
    ("Présences", "DOUZE | Zoé", "DIX | Noé", "evenements/valeur-en-double", "B12", 'A'),
    ("Présences", "| Lou |", "| |", "evenements/valeur-absente", "C11", '-'),
    ("Présences", "Suppléant présent", "Suppléante", "evenements/valeur-hors-liste", "D4", 'B'),
    ("Présences", "Ida NEUF", "", "evenements/procuration-sans-mandataire", "E11", '-'),
    ("Présences", "Ida NEUF", "Ida NEUFE", "evenements/mandataire-inconnu", "E11", '-'),
    ("Présences", "| NEUF | Ida | Présent |", "| NEUF | Ida | Présent | DIX Noé", "evenements/mandataire-en-trop", "E9", 'B'),
    ("Présences", "| VINGT | Val | Procuration | DEUX Jeanne", "| VINGT | Val | Procuration | TRENTE Théo", "evenements/mandataire-absent", "E6", '-'),
    ("Présences", "Excusé |", "Procuration | Jeanne DEUX", "evenements/procurations-multiples", "E7", '-'),
    ("Conventions", "| 2020 | 2022", "| 2020 | 2022\n2020 | 01/07/2020 | 01/01/2021 | 31/12/2021 | | 2021", "evenements/valeur-en-double", "A4", '-'),
    ("Conventions", "2022 | 01/03/2022", "2022 | ", "evenements/valeur-absente", "B3", 'A'),
    ("Conventions", "31/12/2021", "31/12/2020", "evenements/fin-avant-debut", "D2", 'A'),
    ("Conventions", "| 2020 | 2022", "| 2019 | 2022", "evenements/code-inconnu", "E3", '-'),
    ("Conventions", "| | 2021", "| 2022 | 2021", "evenements/convention-en-boucle", "E2", 'B'),
    ("Conventions", "| 2020 | 2022", "| 2020 | 2023", "evenements/code-inconnu", "F3", 'B'),
    ("Délibérations", "MER-7", "VAL-12", "evenements/valeur-en-double", "A3", 'A'),
    ("Délibérations", "MER-7", "../MER-7", "evenements/code-impropre", "A3", '-'),
    ("Délibérations", "MER-1", "MER-3", "evenements/code-inconnu", "B3", 'A'),
    ("Délibérations", "7-B", "7 – B", "evenements/numero-incompatible", "C3", '-'),
    ("Délibérations", "04/10/2022 | | | |", "04/10/2022 | | | |\nVAL-13 | VAL-1 | 2022-12 | Autre | | | 2022 | bilan", "evenements/numero-en-double", "C4", '-'),
    ("Délibérations", "Renouvellement de la convention", "", "evenements/valeur-absente", "D2", '-'),
    ("Délibérations", "8.4", "8", "evenements/matiere-invalide", "F2", '-'),
    ("Délibérations", "8.4", "8.99", "evenements/matiere-invalide", "F2", '-'),
    ("Délibérations", "8.4", "0.1", "evenements/matiere-invalide", "F2", '-'),
    ("Délibérations", "8.4", "", "evenements/depot-incomplet", "F2", '-'),
    ("Délibérations", "bilan; convention", "bilan; convention; bilan", "evenements/annexe-en-double", "H2", '-'),
    ("Délibérations", "Adoptée | 4 | 0 | 1", "Rejetée | 4 | 0 | 1", "evenements/resultat-contredit", "N2", '-'),
    ("Délibérations", "Main levée", "Secret", "evenements/noms-au-secret", "S2", '-'),
    ("Délibérations", "| TROIS Luc |", "| TROIS Luc; NEUF Ida |", "evenements/noms-en-trop", "R3", '-'),
    ("Délibérations", "15/02/2022", "23/02/2022", "evenements/chiffres-apres", "K2", '-'),
    ("Délibérations", "15/02/2022", "21/02/2022", "evenements/chiffres-apres", "K2", '-'),
    ("Délibérations", "08/03/2022", "03/03/2022", "evenements/signature-anticipee", "V2", '-'),
    ("Délibérations", "08/03/2022", "28/02/2022", "evenements/signature-anticipee", "V2", '-'),
    ("Conventions", "15/03/2022", "28/02/2022", "evenements/convention-anterieure", "Délibérations › I2", '-'),
    ("Séances", "| non | non |", "| non | oui |", "evenements/seconde-convocation", "M2", '-'),

    ("Délibérations", "| 7.5 | 2022 |", "| 7.5 | 2023 |", "evenements/code-inconnu", "G3", '-'),
    ("Délibérations", "bilan; convention", "bilan; convention; plan", "evenements/valeur-hors-liste", "H2", '-'),
    ("Délibérations", "feuille-de-route", "", "evenements/valeur-absente", "H3", '-'),
    ("Délibérations", "bilan; convention | 2022", "bilan; convention |", "evenements/valeur-absente", "I2", '-'),
    ("Délibérations", "feuille-de-route | 2022", "feuille-de-route | 2021", "evenements/code-inconnu", "I3", 'B'),
    ("Délibérations", "DIX Noé", "DIXE Noé", "evenements/membre-inconnu", "L3", '-'),
    ("Délibérations", "| 4 | 0 | 1 |", "| 5 | 0 | 1 |", "evenements/votes-incoherents", "O2", '-'),
    ("Délibérations", "| 4 | 0 | 1 |", "| unanimité | 0 | 1 |", "evenements/nombre-illisible", "O2", 'B'),
    ("Délibérations", "| 4 | 0 | 1 |", "| 4 | | 1 |", "evenements/vote-incomplet", "P2", '-'),
    ("Délibérations", "02/03/2022", "28/02/2022", "evenements/dates-dacte", "W2", '-'),
    ("Délibérations", "03/03/2022", "01/03/2022", "evenements/dates-dacte", "X2", '-'),
    ("Délibérations", "04/03/2022", "02/03/2022", "evenements/publication-avant-reception", "Y2", '-'),
    ("Délibérations", "https://example.org/actes/12", "actes/12", "evenements/lien-invalide", "AA2", 'B'),
];

#[rustfmt::skip]
const FINANCES: &[Mistake] = &[
    ("Exercices", "2022 | 31/12/2022 | CCI", "2022 | 31/12/2022 | CCI\n2021 | 01/01/2023 | 31/12/2023 | CCI", "finances/valeur-en-double", "A4", '-'),
    ("Exercices", "31/12/2022 | CCI", "31/12/2022 | CCI\n2023/24 | 01/01/2023 | 31/12/2023 | CCI", "finances/code-impropre", "A4", '-'),
    ("Exercices", "01/01/2022", "31/12/2021", "finances/exercices-chevauches", "B3", 'A'),
    ("Exercices", "31/12/2022", "31/12/2012", "finances/fin-avant-debut", "C3", '-'),
    ("Exercices", "31/12/2022 | CCI", "31/12/2022 | CII", "finances/code-inconnu", "D3", 'A'),
    ("Exercices", "31/12/2022 | CCI", "31/12/2022 | REG", "finances/arrondi-sans-ligne", "D3", 'B'),
    ("Dépenses", "2022 | Déplacements", "2020 | Déplacements", "finances/code-inconnu", "A4", 'A'),
    ("Dépenses", "60 000,00 €", "60 000,01 €", "finances/budget-desequilibre", "Exercices › A2", '-'),
    ("Dépenses", "| Déplacements |", "| |", "finances/valeur-absente", "B4", 'A'),
    ("Dépenses", "65 000,00", "65 OOO,00", "finances/montant-illisible", "C3", '-'),
    ("Dépenses", "65 000,00", "", "finances/valeur-absente", "C3", '-'),
    ("Dépenses", "1 234,51", "1.234", "finances/montant-ambigu", "C4", '-'),
    ("Dépenses", "1 234,51", "1.234,51", "finances/montant-mixte", "C4", 'B'),
    ("Dépenses", "1 234,51", "1 234,512", "finances/montant-trop-precis", "C4", '-'),
    ("Dépenses", "1 234,51", "-1 234,51", "finances/montant-negatif", "C4", '-'),
    ("Dépenses", "1 234,51", "99999999999999999999", "finances/montant-trop-grand", "C4", '-'),
    ("Dépenses", "1 234,51", "1 234,51 € HT", "finances/montant-hors-taxes", "C4", '-'),
    ("Dépenses", "Déplacements", "Frais de déplacement_et_de_représentation_au_titre_de_2022", "finances/mot-sans-fin", "B4", '-'),
    ("Dépenses", "1 234,51", "1234,51 $", "finances/montant-illisible", "C4", '-'),
    ("Dépenses", "59 999,50", "59 999,5O", "finances/montant-illisible", "D2", 'B'),
    ("Recettes", "2022 | ETAT", "2022 | ETTA", "finances/code-inconnu", "B3", 'A'),
    ("Recettes", "2022 | ETAT", " | ETAT", "finances/valeur-absente", "A3", '-'),
    ("Recettes", "FACTURES | ENG-1\n", "FACTURES | ENG-1\n2022 | ETAT | Montant | 0\n", "finances/valeur-en-double", "B6", '-'),
    ("Recettes", "| Quote-part |", "| Quotepart |", "finances/valeur-hors-liste", "C6", 'A'),
    ("Recettes", "30 000,00", "", "finances/mode-sans-montant", "D3", '-'),
    ("Recettes", "CCI | Part égale du reste à charge | |", "CCI | Part égale du reste à charge | 5,00 |", "finances/montant-inutile", "D4", '-'),
    ("Recettes", "CCI | Part égale du reste à charge | | |", "CCI | Part égale du reste à charge | | 10 % |", "finances/cle-inutile", "E4", '-'),
    ("Recettes", "25 %", "", "finances/mode-sans-cle", "E6", '-'),
    ("Recettes", "25 %", "125 %", "finances/pourcentage-illisible", "E6", '-'),
    ("Recettes", "25 %", "0,25", "finances/pourcentage-ambigu", "E6", '-'),
    ("Recettes", "CCI | Part égale du reste à charge | | |", "CCI | Quote-part | | 80 % |", "finances/cles-depassees", "Exercices › A3", '-'),
    ("Recettes", "valorisé", "en nature", "finances/valeur-hors-liste", "F4", '-'),
    ("Recettes", "15 000,00", "13 500,00", "finances/plafond-depasse", "G5", '-'),
    ("Recettes", "10 000,00 | | |", "10 000,00 | | 2022-7 |", "finances/valeur-en-double", "I6", 'B'),
    ("Recettes", "13 587,94 | 05/03/2022", "13 587,9O | 05/03/2022", "finances/montant-illisible", "J5", '-'),
    ("Recettes", "13 587,94 | 05/03/2022", "13 587,95 | 05/03/2022", "finances/appel-superieur", "J5", '-'),
    ("Recettes", "13 587,94 | 16/03/2022", "13 587,95 | 16/03/2022", "finances/encaissement-superieur", "M5", '-'),
    ("Recettes", "13 587,94 | 16/03/2022", "| 16/03/2022", "finances/encaissement-incomplet", "M5", '-'),
    ("Recettes", "17/03/2022", "14/02/2022", "finances/echeance-avant-appel", "L5", 'B'),
    ("Recettes", "13 587,94 | 16/03/2022", "13.587 | 16/03/2022", "finances/montant-ambigu", "M5", '-'),
    ("Recettes", "16/03/2022", "16/01/2022", "finances/encaissement-avant-appel", "N5", 'B'),
    ("Aides", "Forge d’Aval", "Forge Daval", "finances/entreprise-inconnue", "A2", 'A'),
    ("Aides", "| Mer |", "| |", "finances/site-ambigu", "B3", 'A'),
    ("Aides", "| Mer |", "| Montagne |", "finances/code-inconnu", "B3", '-'),
    ("Aides", "Fonds Machines", "", "finances/valeur-absente", "C3", '-'),
    ("Aides", "France 2030", "France 2050", "finances/valeur-hors-liste", "D4", '-'),
    ("Aides", "15/02/2021", "mi-février 2021", "finances/date-illisible", "E2", '-'),
    ("Aides", "| Refusé |", "| Rejeté |", "finances/valeur-hors-liste", "F3", '-'),
    ("Aides", "En instruction | |", "En instruction | 13/01/2022 |", "finances/date-sans-decision", "F4", '-'),
    ("Aides", "18/05/2021", "", "finances/decision-sans-date", "G3", '-'),
    ("Aides", "17/05/2021", "14/02/2021", "finances/decision-avant-depot", "G2", '-'),
    ("Aides", "1 200 000,00", "1,2 M€", "finances/montant-illisible", "H2", '-'),
    ("Aides", "250 000,00", "", "finances/laureat-sans-montant", "J2", '-'),
    ("Aides", "250 000,00", "300 000,01", "finances/aide-superieure", "J2", '-'),
    ("Aides", "20 000,00 | |", "20 000,00 | 1,00 |", "finances/montant-sans-laureat", "J3", '-'),
    ("Aides", "| avance |", "| don |", "finances/valeur-hors-liste", "K4", '-'),
    ("Aides", "| avance | oui |", "| avance | en partie |", "finances/oui-non-illisible", "L4", '-'),
    ("Aides", "| 6 |", "| 6 ou 7 |", "finances/nombre-illisible", "M2", 'B'),
    ("Aides", "| 79 | oui", "| 79 |", "finances/valeur-absente", "O2", 'B'),
    ("Aides", "| 79 |", "| 79,5 |", "finances/nombre-non-entier", "N2", 'B'),
];

/// What is wrong with the shape of a sheet.
#[rustfmt::skip]
const SHAPES: &[Mistake] = &[
    ("Contacts", "Fonction", "Poste", "contacts/intitule-inconnu", "D1", '-'),
    ("Contacts", "Courriel", "Couriel", "contacts/intitule-absent", "E1", '-'),
    ("Contacts", "| Fonction |", "| Nom |", "contacts/intitule-en-double", "D1", '-'),
    ("Contacts", "| Fonction |", "| |", "contacts/cellule-hors-tableau", "D2", '-'),
    ("Lettres", "\n         2 |", "\n\n         2 |", "evenements/ligne-vide", "A3", '-'),
    ("Communication", "février 2022", "Mois | Abonnés | Publications | Vues\nfévrier 2022", "evenements/second-tableau", "A3", '-'),
    ("Dépenses", "1 234,51 | 1 200", "1 234,51 | 1 200\n2022 | TOTAL 2022 | 66 234,51 | 1 200", "finances/ligne-de-total", "A5", '-'),
    ("Dépenses", "1 234,51 | 1 200", "1 234,51 | 1 200\n\n| Source : compte administratif", "finances/note-sous-le-tableau", "B6", '-'),
    ("Communication", "Mois | Abonnés", "Réseaux sociaux\nMois | Abonnés", "evenements/titre-au-dessus", "A2", '-'),
];

#[rustfmt::skip]
const COMMITTEES: &[Mistake] = &[
    ("Participants", "COTECH-1 | Ada Atelier", "COTECH-2 | Ada Atelier", "evenements/code-inconnu", "A3", 'A'),
    ("Participants", "Jeanne DEUX", "", "evenements/valeur-absente", "B2", '-'),
    ("Participants", "| CCVA |", "| CCV |", "evenements/code-inconnu", "D2", '-'),
    ("Participants", "| non", "| peut-être", "evenements/oui-non-illisible", "E3", 'B'),
    ("Ordres du jour", "COTECH-1 | 2", "ATELIER-9 | 2", "evenements/code-inconnu", "A3", '-'),
    ("Ordres du jour", "COTECH-1 | 2", "COTECH-1 | 1", "evenements/valeur-en-double", "B3", '-'),
    ("Ordres du jour", "COTECH-1 | 2", "COTECH-1 |", "evenements/valeur-absente", "B3", 'A'),
    ("Ordres du jour", "| 20 |", "| vingt minutes |", "evenements/nombre-illisible", "E2", 'B'),
    ("Ordres du jour", "01/03/2022", "31/02/2022", "evenements/date-inexistante", "H2", '-'),
    ("Agenda", "ATELIER-1", "COTECH-1", "evenements/valeur-en-double", "A4", '-'),
    ("Actions", "T1 | Territoire", "E1 | Territoire", "evenements/valeur-en-double", "A3", '-'),
    ("Actions", "Une lettre commune | | CCI", "Une lettre commune | | CCY", "evenements/code-inconnu", "E3", 'A'),
    ("Actions", "CCVA; CUBM", "CCVA; CUBN", "evenements/code-inconnu", "F2", '-'),
    ("Actions", "En cours", "Bientôt", "evenements/valeur-hors-liste", "G2", '-'),
    ("Actions", "4 000,00", "quatre mille", "evenements/montant-illisible", "J2", '-'),
    ("Actions", "Trois visites en avril | 30/04/2022 | oui", "Trois visites en avril | 30/04/2022 |", "evenements/valeur-absente", "S2", 'B'),
    ("Paiements", "| Bulletin de janvier |", "| |", "finances/paiement-incomplet", "F2", '-'),
    ("Paiements", "31/12/2021 | Le chef de projet", "31/12/2021 |", "finances/paiement-incomplet", "E3", '-'),
    ("Paiements", "2021 | Salaire |", "2021 | Salaires |", "finances/code-inconnu", "B3", '-'),
    ("Paiements", "5 400,00", "5 400,005", "finances/montant-trop-precis", "C2", 'A'),
    ("Paiements", "31/01/2022", "", "finances/valeur-absente", "D2", '-'),
    ("Paiements", "2022-01", "janvier", "finances/mois-illisible", "G2", 'B'),
    ("Partenaires", "| A1 |", "| B1 |", "contacts/valeur-en-double", "W6", '-'),
    ("Partenaires", "| A1 |", "| en haut |", "contacts/case-illisible", "W5", '-'),
    ("Présences", "| VAL-12", "| VAL-13", "evenements/code-inconnu", "F7", '-'),
    ("Délibérations", "Adoptée", "Adoptés", "evenements/valeur-hors-liste", "N2", '-'),
    ("Délibérations", "HUIT Hal", "NEUF Hal", "evenements/membre-inconnu", "S2", '-'),
    ("Recettes", "| VAL-12 |", "| VAL-21 |", "finances/code-inconnu", "H5", '-'),
    ("Accompagnements", "| 3 |", "| -3 |", "evenements/heures-negatives", "G3", '-'),
    ("Accompagnements", "| 3 |", "| −0,5 |", "evenements/heures-negatives", "G3", '-'),
];

/// Mistakes that break two things.
#[rustfmt::skip]
const DOUBLE: &[(Edit, [(&str, &str); 2])] = &[
    (("Recettes", "05/03/2022", "05/03/2021"), [("finances/date-hors-exercice", "K5"), ("finances/appel-avant-vote", "K5")]),
    (("Recettes", "05/03/2022", "05/03/2023"), [("finances/echeance-avant-appel", "L5"), ("finances/encaissement-avant-appel", "N5")]),
    (("Présences", "DOUZE | Zoé | Présent", "DOUZE | Zoé | Absent"), [("evenements/quorum", "Délibérations › B3"), ("evenements/votes-incoherents", "Délibérations › O3")]),
    (("Partenaires", "01/01/2020 | 31/12/2029", "01/01/2020 | 28/02/2022"), [("evenements/seance-hors-dates", "Séances › B3"), ("finances/financeur-hors-dates", "Recettes › B6")]),
    (("Délibérations", "| 4 | 0 | 1 |", "| 3 | 0 | 1 |"), [("evenements/acte-incomplet", "O2"), ("evenements/envoi-de-projet", "W2")]),
    (("Délibérations", "Adoptée | 4 | 0 | 1", "Retirée | 4 | 0 | 1"), [("evenements/voix-sans-vote", "O2"), ("finances/appel-sans-base", "Recettes › K5")]),
    (("Délibérations", "2022/12", ""), [("evenements/acte-incomplet", "C2"), ("evenements/envoi-de-projet", "W2")]),
    (("Présences", "MER-1 | DOUZE", "MER-2 | DOUZE"), [("evenements/code-inconnu", "A12"), ("evenements/presence-incoherente", "Séances › G3")]),
    (("Contacts", "Courriel", "Adresse mail"), [("contacts/intitule-absent", ""), ("contacts/intitule-inconnu", "E1")]),
];

#[track_caller]
fn check(mistakes: &[Mistake]) {
    each(mistakes, |(sheet, from, to, code, place, _)| expect(&[(*sheet, *from, *to)], &[told(sheet, code, place)]));
}

fn expect(edits: &[Edit], expected: &[Told]) -> Result<(), String> {
    let mut expected = expected.to_vec();
    let mut found = problems(&edited(edits));
    expected.sort();
    found.sort();
    if found == expected { Ok(()) } else { Err(format!("{edits:?}\n  expected {expected:?}\n  found    {found:?}")) }
}

#[test]
fn partners_contacts_and_firms() {
    check(PARTNERS);
}

#[test]
fn letters_events_and_supports() {
    check(EVENTS);
}

#[test]
fn committees_actions_and_payments() {
    check(COMMITTEES);
}

#[test]
fn sittings_and_acts() {
    check(ACTS);
}

#[test]
fn budgets_and_aids() {
    check(FINANCES);
}

#[test]
fn shapes_of_sheets() {
    check(SHAPES);
}

#[test]
fn mistakes_that_break_two_things_are_told_at_both() {
    each(DOUBLE, |(edit, told_there)| {
        let expected: Vec<Told> = told_there.iter().map(|(code, place)| told(edit.0, code, place)).collect();
        expect(&[*edit], &expected)
    });
}

/// The mistakes of one workspace of forty.
fn forty(workspace: char) -> impl Iterator<Item = &'static Mistake> {
    [PARTNERS, EVENTS, COMMITTEES, ACTS, FINANCES].into_iter().flatten().filter(move |mistake| mistake.5 == workspace)
}

#[test]
fn forty_mistakes_over_all_sheets_are_forty_messages() {
    for workspace in ['A', 'B'] {
        let edits: Vec<Edit> = forty(workspace).map(|(sheet, from, to, ..)| (*sheet, *from, *to)).collect();
        let expected: Vec<Told> =
            forty(workspace).map(|(sheet, _, _, code, place, _)| told(sheet, code, place)).collect();
        let mut sheets: Vec<&str> = edits.iter().map(|(sheet, ..)| *sheet).collect();
        sheets.sort_unstable();
        sheets.dedup();
        assert!(edits.len() >= 40, "{workspace} has {}", edits.len());
        assert_eq!(sheets.len(), super::base::SHEETS.len());
        assert_eq!(expect(&edits, &expected), Ok(()));
    }
}

/// The whole screen of a dozen mistakes of different kinds.
#[test]
fn screens_of_a_dozen_mistakes() {
    let dozen = [
        "contacts/courriel-invalide",
        "contacts/siren-invalide",
        "contacts/code-inconnu",
        "contacts/valeur-hors-liste",
        "contacts/intitule-absent",
        "contacts/date-ambigue",
        "evenements/procurations-multiples",
        "evenements/presence-incoherente",
        "evenements/delai-de-convocation",
        "finances/budget-desequilibre",
        "finances/montant-illisible",
        "finances/plafond-depasse",
    ];
    let all = || [PARTNERS, EVENTS, ACTS, FINANCES, SHAPES].into_iter().flatten();
    let screens = dozen.map(|code| {
        let (sheet, from, to, ..) = all().find(|mistake| mistake.3 == code).expect(code);
        let run = edited(&[(*sheet, *from, *to)]).run("check");
        format!("{sheet} : « {from} » devient « {to} »\n\n{}", crate::newsletter::without_time(&run.stderr))
    });
    insta::assert_snapshot!(screens.join(&format!("\n{}\n\n", "─".repeat(80))));
}
