//! A small territory that fills every sheet and every column, and has nothing wrong: each mistake is one edit of it.

use std::sync::Mutex;

use crate::fixture::{Fixture, problems};

/// A problem as a test expects it: its code, its sheet and its cell; empty where there is none.
pub(super) type Told = (String, String, String);

/// One edit: the sheet, what stands there once, what stands there instead.
pub(crate) type Edit<'a> = (&'static str, &'a str, &'a str);

/// A picture that opens.
const PICTURE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#12365b"/></svg>"##;

/// The sheets, with their rows.
pub(crate) const SHEETS: &[(&str, &str)] = &[
    (
        "Partenaires",
        "Code | Type | Nom officiel | Nom usuel | Forme avec de | Sigle | Assemblée | SIREN | SIRET | Adresse | Code postal | Ville | Département | Sous-préfecture | Code préfecture | Tribunal administratif | Communes | Population | Millésime | Courriel du secrétariat | Logo | Texte de remplacement du logo | Case | Depuis | Jusqu'au
         CCI | CCI | Chambre de commerce d’Essai | CCI d’Essai | de la CCI d’Essai | CCI | | | | 1 quai du Port | 59031 | Essai cedex | 59 | | | Lille | | | | cci@example.org | | | | 01/01/2020 |
         ETAT | État | État | État | de l’État | | | | | | | Lille | 59 | | | | | | | | | | | |
         REG | Région | Région d’Essai | Région d’Essai | de la Région d’Essai | | | | | | | Lille | 59 | | | | | | | | | | | |
         CCVA | CC | Communauté de communes du Val-d’Aval | Val-d’Aval | du Val-d’Aval | CCVA | conseil communautaire | 200030633 | 20003063300016 | 2 rue Haute | 59400 | Aval | 59 | Amont | PREF059 | Lille | 12 | 24 000 | 2022 | val@example.org | four.svg | Le four de la communauté | A1 | 01/01/2020 |
         CUBM | CU | Communauté urbaine de Bord-de-Mer | Bord-de-Mer | de Bord-de-Mer | CUBM | conseil de communauté | 200042190 | 20004219000013 | 3 rue Basse | 59140 | Mer | 59 | Mer | PREF059 | Lille | 8 | 60 000 | 2022 | mer@example.org | | | B1 | 01/01/2020 | 31/12/2029",
    ),
    (
        "Représentants",
        "Partenaire | Civilité | Prénom | Nom | Qualité | Rôle | Portrait | Depuis | Jusqu'au
         CCI | M. | Paul | UN | Président | Signataire | | 01/01/2020 |
         CCVA | M. | Marc | ANCIEN | Président | Signataire | | 01/01/2020 | 30/06/2021
         CCVA | Mme | Jeanne | DEUX | Présidente | Signataire | four.svg | 01/07/2021 |
         CUBM | M. | Luc | TROIS | Président | Signataire | | 01/01/2020 | 31/12/2029
         CUBM | Mme | Zoé | PAIRE | Directrice de site | Binôme industriel | | 01/01/2021 |",
    ),
    (
        "Contacts",
        "Prénom | Nom | Organisation | Fonction | Courriel | Partenaire | Collège | Lettre | Opposition | Source | Informé le | Dernier échange
         Ada | Atelier | Forge d’Aval | Directrice | ada@example.org | | Industriel | oui | | Salon de mai | 02/05/2021 | 03/05/2021
         Bob | Bureau | Filature du Nord | | bob@example.org | CUBM | Industriel | non | 01/02/2022 | Salon de juin | | 04/06/2021
         Cléo | Conseil | Val-d’Aval | Élue | cleo@example.org | CCVA | Élu | oui | | Réunion | 05/07/2021 |",
    ),
    (
        "Entreprises",
        "Raison sociale | Site | SIRET | Partenaire | Commune | Filière | Effectif
         Forge d’Aval | | 73282932000017 | CCVA | Aval | Métallurgie | 85
         Filature du Nord | Aval | | CCVA | Aval | Textile | 40
         Filature du Nord | Mer | | CUBM | Mer | Textile | 22
         Conserverie du Port | | | CUBM | Mer | Agroalimentaire | 31",
    ),
    (
        "Lettres",
        "Numéro | Parution | Objet | Éditorial | Signataire | Envoyée le
         1 | 17/01/2022 | La lettre du Val | Bonjour à tous, **bienvenue**. | Paul Un |
         2 | 15/03/2022 | La lettre de mars | Le printemps arrive. | Paul Un |",
    ),
    (
        "Articles",
        "Lettre | Rubrique | Ordre | À la une | Titre | Chapô | Texte | Source | Lien | Image | Cadrage | Texte de remplacement | Crédit
         1 | Actualités locales | 1 | oui | La forge rallume | Trois jours de fête. | La forge a rallumé son four. | Forge | https://example.org/forge | four.svg | haut | Un four allumé. | P. Un
         1 | Boîte à outils | 2 | non | Le diagnostic | | Pour qui : les ateliers\\nQuoi : une visite\\n\\nUne visite d’une heure. | | | | | |
         2 | Actualité nationale | 1 | oui | La réforme | | La loi change en avril. | | https://example.org/loi | | | |",
    ),
    (
        "Agenda",
        "Code | Date | Heure | Date de fin | Heure de fin | Intitulé | Type | Lieu | Partenaire | Participants | Dans la lettre | Annulé | Inscription | Convoqué le | Lien
         ATELIER-1 | 25/01/2022 | 9 h 30 | | 12:00 | Atelier chaleur | Atelier | Salle des fêtes d’Aval | CCVA | 24 | oui | | https://example.org/inscription | 11/01/2022 | https://example.org/atelier
          | 22/03/2022 | | 23/03/2022 | | Salon des ateliers | Salon | Mer | CUBM | | oui | non | | |
         COTECH-1 | 10/02/2022 | 14 h | | 16:00 | Premier comité technique | COTECH | Aval | | 5 | non | | | |",
    ),
    (
        "Participants",
        "Événement | Nom | Organisation | Partenaire | Présent
         COTECH-1 | Jeanne DEUX | Val-d’Aval | CCVA | oui
         COTECH-1 | Ada Atelier | Forge d’Aval | | non",
    ),
    (
        "Ordres du jour",
        "Événement | Point | Intitulé | Rapporteur | Durée | Décision | Responsable | Échéance | Fait le
         COTECH-1 | 1 | Bilan de l’année | Paul UN | 20 | Le bilan est adopté. | Paul UN | 01/03/2022 | 25/02/2022
         COTECH-1 | 2 | Budget | | | | | |",
    ),
    (
        "Appels à projets",
        "Intitulé | Opérateur | Nature | Dispositif | Thème | Ouverture | Clôture | Relèves | Vérifié le | Lien
         Chaleur des ateliers | Agence de l’énergie | AAP | Fonds Chaleur | Bas carbone | 03/01/2022 | 29/04/2022 | 01/02/2022; 1er mars 2022 | 05/01/2022 | https://example.org/chaleur
         Machines | Agence des machines | Guichet | | Industrie 4.0 | | | | | https://example.org/machines",
    ),
    (
        "Accompagnements",
        "Date | Entreprise | Site | Niveau | Thème | EPCI présent | Heures | Suite | Relance le
         10/01/2022 | Forge d’Aval | | Prise de contact | Bas carbone | oui | 2,5 | Envoyer la fiche | 10/02/2022
         11/01/2022 | Filature du Nord | Aval | Accompagnement renforcé | Industrie 4.0 | non | 3 | |
         12/01/2022 | Conserverie du Port | | Sensibilisation et information | Bas carbone | x | 1 h | |",
    ),
    (
        "Communication",
        "Mois | Abonnés | Publications | Vues
         2022-01 | 120 | 4 | 3 200
         février 2022 | 131 | 5 | 3 900",
    ),
    (
        "Actions",
        "Code | Axe | Intitulé | Objectif | Porteur | Partenaires | État | Début | Fin | Budget | Financeurs | Emplois prévus | Indicateur | Point de départ | Cible | Réalisé | Prochaine étape | Échéance | Publique
         E1 | Entreprises | Visiter les ateliers | Connaître leurs projets. | CCI | CCVA; CUBM | En cours | 01/01/2022 | 31/12/2022 | 4 000,00 | ETAT; CCVA | 12 | visites | 10 | 40 | 21 | Trois visites en avril | 30/04/2022 | oui
         T1 | Territoire | Une lettre commune | | CCI | | À lancer | | | | | | | | | | | | non",
    ),
    (
        "Séances",
        "Code | Partenaire | Date | Heure | Lieu | Convocation | Membres en exercice | Président de séance | Qualité du président | Secrétaire | Urgence | Seconde convocation | Première séance
         VAL-1 | CCVA | 01/03/2022 | 18 h | en mairie d’Aval | 22/02/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX | non | non |
         MER-1 | CUBM | 03/10/2022 | 18:30 | à l’hôtel communautaire | 26/09/2022 | 5 | Luc TROIS | Président | Ida NEUF | | |",
    ),
    (
        "Présences",
        "Séance | Nom | Prénom | Statut | Mandataire | Absent pour
         VAL-1 | DEUX | Jeanne | Présent | |
         VAL-1 | SIX | Yves | Présent | |
         VAL-1 | SEPT | Guy | Suppléant présent | |
         VAL-1 | HUIT | Hal | Procuration | DEUX Jeanne |
         VAL-1 | VINGT | Val | Procuration | DEUX Jeanne |
         VAL-1 | TRENTE | Théo | Excusé | | VAL-12
         MER-1 | TROIS | Luc | Présent | |
         MER-1 | NEUF | Ida | Présent | |
         MER-1 | DIX | Noé | Présent | |
         MER-1 | ONZE | Lou | Procuration | Ida NEUF |
         MER-1 | DOUZE | Zoé | Présent | |",
    ),
    (
        "Conventions",
        "Version | Date de référence | Début | Fin | Remplace | Exercice
         2020 | 01/07/2020 | 01/01/2021 | 31/12/2021 | | 2021
         2022 | 01/03/2022 | 15/03/2022 | 31/12/2022 | 2020 | 2022",
    ),
    (
        "Délibérations",
        "Code | Séance | Numéro | Objet | Rapporteur | Matière | Exercice | Annexes | Convention | Décision commune | Chiffres arrêtés au | Ne prennent pas part | Scrutin | Résultat | Pour | Contre | Abstentions | Ont voté contre | Se sont abstenus | Rectifie | Transmis au secrétariat le | Signée le | Envoyé le | Reçu le | Publié le | Présidé par | Adresse de publication
         VAL-12 | VAL-1 | 2022/12 | Renouvellement de la convention | Yves SIX | 8.4 | 2022 | bilan; convention | 2022 | Renouvellement | 15/02/2022 | | Main levée | Adoptée | 4 | 0 | 1 | | HUIT Hal | | 20/02/2022 | 08/03/2022 | 02/03/2022 | 03/03/2022 | 04/03/2022 | | https://example.org/actes/12
         MER-7 | MER-1 | 7-B | Participation au programme | | 7.5 | 2022 | feuille-de-route | 2022 | | | DIX Noé | | | 3 | 1 | 0 | TROIS Luc | | | | | 04/10/2022 | | | |",
    ),
    (
        "Exercices",
        "Code | Début | Fin | Écart d'arrondi à la charge de
         2021 | 01/01/2021 | 31/12/2021 | CCI
         2022 | 01/01/2022 | 31/12/2022 | CCI",
    ),
    (
        "Dépenses",
        "Exercice | Nature | Prévu | Réalisé
         2021 | Salaire | 60 000,00 € | 59 999,50
         2022 | Salaires et charges | 65 000,00 |
         2022 | Déplacements | 1 234,51 | 1 200",
    ),
    (
        "Paiements",
        "Exercice | Nature | Montant | Acquittée le | Bénéficiaire | Justificatif | Mois
         2022 | Salaires et charges | 5 400,00 | 31/01/2022 | Le chef de projet | Bulletin de janvier | 2022-01
         2021 | Salaire | 59 999,50 | 31/12/2021 | Le chef de projet | État annuel |",
    ),
    (
        "Recettes",
        "Exercice | Financeur | Mode | Prévu | Clé | Apport | Plafond voté | Délibération | N° de demande | Appelé | Appelé le | Échéance | Encaissé | Encaissé le | Code service | N° d'engagement
         2021 | CCI | Montant | 60 000,00 | | numéraire | | | | | | | | | |
         2022 | ETAT | Montant | 30 000,00 | | numéraire | | | | | | | | | |
         2022 | CCI | Part égale du reste à charge | | | valorisé | | | | | | | | | |
         2022 | CCVA | Part égale du reste à charge | | | numéraire | 15 000,00 | VAL-12 | 2022-7 | 13 587,94 | 05/03/2022 | 17/03/2022 | 13 587,94 | 16/03/2022 | FACTURES | ENG-1
         2022 | CUBM | Quote-part | | 25 % | numéraire | 10 000,00 | | | | | | | | |",
    ),
    (
        "Aides",
        "Entreprise | Site | Dispositif | Plan | Déposé le | Décision | Décidé le | Investissement | Aide demandée | Aide obtenue | Forme | Accompagné | Emplois créés | Emplois maintenus | Annonce publique
         Forge d’Aval | | Fonds Chaleur | France Relance | 15/02/2021 | Lauréat | 17/05/2021 | 1 200 000,00 | 300 000,00 | 250 000,00 | subvention | oui | 6 | 79 | oui
         Filature du Nord | Mer | Fonds Machines | Région | 16/02/2021 | Refusé | 18/05/2021 | 90 000,00 | 20 000,00 | | subvention | non | | | non
         Conserverie du Port | | Fonds Chaleur | France 2030 | 12/01/2022 | En instruction | | 80 000,00 | 19 000,00 | | avance | oui | | | non",
    ),
];

/// The valid workspace, with edits; each edit replaces a text that stands once in its sheet.
pub(crate) fn edited(edits: &[Edit]) -> Fixture {
    let mut fixture = Fixture::small().file("inputs/images/four.svg", PICTURE);
    for (sheet, table) in SHEETS {
        fixture.set_table(sheet, table);
    }
    let mut tables: Vec<(&str, String)> = SHEETS.iter().map(|(sheet, table)| (*sheet, (*table).to_owned())).collect();
    for (sheet, from, to) in edits {
        let (_, table) =
            tables.iter_mut().find(|(name, _)| name == sheet).unwrap_or_else(|| panic!("no sheet {sheet}"));
        assert_eq!(table.matches(from).count(), 1, "{from:?} in {sheet}");
        *table = table.replace(from, to);
        fixture.set_table(sheet, table);
    }
    fixture
}

/// « D3 » of a sheet, or « Séances › G2 » of another, as the screen names a cell.
pub(super) fn told(sheet: &str, code: &str, place: &str) -> Told {
    let (sheet, cell) = place.split_once(" › ").unwrap_or((sheet, place));
    (code.to_owned(), sheet.to_owned(), cell.to_owned())
}

/// Runs a check on every case, two at a time, and tells all that do not give what they should.
pub(crate) fn each<T: Sync>(cases: &[T], check: impl Fn(&T) -> Result<(), String> + Sync) {
    let (next, faults) = (Mutex::new(0), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let index = {
                let mut next = next.lock().expect("a counter");
                *next += 1;
                *next - 1
            };
            let Some(case) = cases.get(index) else { return };
            if let Err(fault) = check(case) {
                faults.lock().expect("faults").push(fault);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(work);
        }
    });
    let faults = faults.into_inner().expect("faults");
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

#[test]
fn the_base_fills_every_column_and_has_nothing_wrong() {
    for sheet in liasse::intake::WORKBOOKS.iter().flat_map(|workbook| workbook.sheets) {
        let (_, table) = SHEETS.iter().find(|(name, _)| *name == sheet.name).expect("a table");
        let headings: Vec<&str> = table.lines().next().expect("headings").split('|').map(str::trim).collect();
        let declared: Vec<&str> = sheet.columns.iter().map(|column| column.heading).collect();
        assert_eq!(headings, declared, "{}", sheet.name);
    }
    assert_eq!(problems(&edited(&[])), []);
}
