//! Makes workspaces of any size: territories that nobody has, with the shape of real ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use liasse::intake::WORKBOOKS;
use rust_xlsxwriter::Workbook;

/// The rows of a workspace by sheet: each row is its cells by heading.
pub(crate) struct Territory {
    name: String,
    sheets: BTreeMap<&'static str, Vec<Vec<(&'static str, String)>>>,
}

/// How large a territory is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    /// Councils that pay and deliberate.
    pub councils: usize,
    /// Contacts, firms, exchanges and applications together.
    pub rows: usize,
    /// Members of each council.
    pub members: usize,
}

/// A number with nine digits and a valid key, as a SIREN.
fn siren(seed: usize) -> String {
    let body = format!("{:08}", 20_000_000 + seed % 70_000_000);
    let sum: usize = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let digit = usize::from(digit - b'0') * if index % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

impl Territory {
    /// A territory; equal seeds give equal ones.
    pub(crate) fn new(seed: usize, size: Size) -> Self {
        let mut territory = Self { name: format!("Pays {seed}"), sheets: BTreeMap::new() };
        territory.partners(seed, size.councils);
        territory.people(size);
        territory.activity(size);
        territory.budget(size.councils);
        territory.acts(size);
        territory.letters();
        territory
    }

    fn add(&mut self, sheet: &'static str, row: &[(&'static str, &str)]) {
        let row = row.iter().map(|(heading, text)| (*heading, (*text).to_owned())).collect();
        self.sheets.entry(sheet).or_default().push(row);
    }

    fn partners(&mut self, seed: usize, councils: usize) {
        self.add(
            "Partenaires",
            &[
                ("Code", "CCI"),
                ("Type", "CCI"),
                ("Nom officiel", "Chambre de commerce et d’industrie"),
                ("Nom usuel", "CCI"),
                ("Forme avec de", "de la CCI"),
                ("Adresse", "1 rue du Port"),
                ("Code postal", "59000"),
                ("Ville", "Lille"),
            ],
        );
        for index in 0..councils {
            let name = format!("Canton {}", index + 1);
            self.add(
                "Partenaires",
                &[
                    ("Code", &format!("C{index:04}")),
                    ("Type", "CC"),
                    ("Nom officiel", &format!("Communauté de communes du {name}")),
                    ("Nom usuel", &name),
                    ("Forme avec de", &format!("du {name}")),
                    ("Assemblée", "conseil communautaire"),
                    ("SIREN", &siren(seed * 2_000 + index)),
                    ("Adresse", "2 place de l’Hôtel-de-Ville"),
                    ("Code postal", "59000"),
                    ("Ville", "Canton"),
                    ("Sous-préfecture", "Lille"),
                    ("Code préfecture", "PREF059"),
                    ("Tribunal administratif", "Lille"),
                    ("Communes", "40"),
                    ("Population", "60000"),
                    ("Millésime", "2022"),
                ],
            );
        }
        let codes = std::iter::once("CCI".to_owned()).chain((0..councils).map(|index| format!("C{index:04}")));
        for (index, code) in codes.enumerate() {
            self.add(
                "Représentants",
                &[
                    ("Partenaire", &code),
                    ("Civilité", if index % 2 == 0 { "Mme" } else { "M." }),
                    ("Prénom", "Camille"),
                    ("Nom", &format!("EXEMPLE-{index}")),
                    ("Qualité", if index % 2 == 0 { "Présidente" } else { "Président" }),
                    ("Depuis", "15/07/2020"),
                ],
            );
        }
    }

    fn people(&mut self, size: Size) {
        for index in 0..size.rows / 3 {
            self.add(
                "Contacts",
                &[
                    ("Prénom", "Dominique"),
                    ("Nom", &format!("Nom{index}")),
                    ("Organisation", &format!("Atelier {}", index % 400)),
                    ("Fonction", "Directrice de site"),
                    ("Courriel", &format!("personne{index}@example.org")),
                    ("Collège", ["Industriel", "Élu", "État", "Autre"][index % 4]),
                    ("Lettre", if index % 5 == 0 { "non" } else { "oui" }),
                    ("Source", "Salon"),
                ],
            );
        }
        for index in 0..(size.rows / 6).max(1) {
            self.add(
                "Entreprises",
                &[
                    ("Raison sociale", &format!("Atelier {index}")),
                    ("Partenaire", &format!("C{:04}", index % size.councils)),
                    ("Commune", "Canton"),
                    ("Filière", ["Mécanique", "Textile", "Bois", "Chimie"][index % 4]),
                    ("Effectif", &(5 + index % 300).to_string()),
                ],
            );
        }
    }

    fn activity(&mut self, size: Size) {
        let firms = (size.rows / 6).max(1);
        let day = |index: usize| format!("{:02}/{:02}/{}", 1 + index % 28, 1 + index % 12, 2021 + index % 2);
        for index in 0..size.rows / 3 {
            self.add(
                "Accompagnements",
                &[
                    ("Date", &day(index)),
                    ("Entreprise", &format!("Atelier {}", index % firms)),
                    (
                        "Niveau",
                        ["Prise de contact", "Sensibilisation et information", "Accompagnement renforcé"][index % 3],
                    ),
                    ("Thème", ["Bas carbone", "Industrie 4.0"][index % 2]),
                    ("Heures", "1,5"),
                ],
            );
        }
        for index in 0..size.rows / 6 {
            let decision = ["Lauréat", "Refusé", "En instruction"][index % 3];
            let mut row = vec![
                ("Entreprise", format!("Atelier {}", index % firms)),
                ("Dispositif", ["Fonds Industrie", "Décarbonation"][index % 2].to_owned()),
                ("Plan", "France Relance".to_owned()),
                ("Déposé le", format!("{:02}/01/2021", 1 + index % 28)),
                ("Décision", decision.to_owned()),
                ("Investissement", "250000".to_owned()),
                ("Aide demandée", "80000".to_owned()),
                ("Accompagné", "oui".to_owned()),
                ("Annonce publique", if index < 3_000 { "oui" } else { "non" }.to_owned()),
            ];
            if decision != "En instruction" {
                row.push(("Décidé le", format!("{:02}/03/2021", 1 + index % 28)));
            }
            if decision == "Lauréat" {
                row.push(("Aide obtenue", "60000".to_owned()));
            }
            self.sheets.entry("Aides").or_default().push(row);
        }
        for month in 1..=12 {
            self.add(
                "Communication",
                &[
                    ("Mois", &format!("2021-{month:02}")),
                    ("Abonnés", &(100 + month * 10).to_string()),
                    ("Publications", "6"),
                    ("Vues", "4200"),
                ],
            );
        }
    }

    fn budget(&mut self, councils: usize) {
        self.add(
            "Exercices",
            &[
                ("Code", "2022-2023"),
                ("Début", "15/09/2022"),
                ("Fin", "14/09/2023"),
                ("Écart d'arrondi à la charge de", "C0000"),
            ],
        );
        self.add("Dépenses", &[("Exercice", "2022-2023"), ("Nature", "Salaire et charges"), ("Prévu", "100000")]);
        self.add(
            "Recettes",
            &[("Exercice", "2022-2023"), ("Financeur", "CCI"), ("Mode", "Montant"), ("Prévu", "40000")],
        );
        for index in 0..councils {
            self.add(
                "Recettes",
                &[
                    ("Exercice", "2022-2023"),
                    ("Financeur", &format!("C{index:04}")),
                    ("Mode", "Part égale du reste à charge"),
                    ("Échéance", "15/11/2022"),
                ],
            );
        }
    }

    fn acts(&mut self, size: Size) {
        if size.members == 0 {
            return;
        }
        self.add(
            "Conventions",
            &[
                ("Version", "2022"),
                ("Date de référence", "01/09/2022"),
                ("Début", "15/09/2022"),
                ("Fin", "14/09/2023"),
                ("Exercice", "2022-2023"),
            ],
        );
        for council in 0..size.councils {
            let (sitting, partner) = (format!("S{council:04}"), format!("C{council:04}"));
            self.add(
                "Séances",
                &[
                    ("Code", &sitting),
                    ("Partenaire", &partner),
                    ("Date", "06/07/2022"),
                    ("Heure", "18:00"),
                    ("Lieu", "Canton"),
                    ("Convocation", "29/06/2022"),
                    ("Membres en exercice", &size.members.to_string()),
                    ("Président de séance", "Camille EXEMPLE"),
                ],
            );
            for member in 0..size.members {
                self.add(
                    "Présences",
                    &[
                        ("Séance", &sitting),
                        ("Nom", &format!("MEMBRE{member}")),
                        ("Prénom", "Camille"),
                        ("Statut", if member % 9 == 0 { "Absent" } else { "Présent" }),
                    ],
                );
            }
            self.add(
                "Délibérations",
                &[
                    ("Code", &format!("{partner}-2022")),
                    ("Séance", &sitting),
                    ("Objet", "Reconduction du programme Territoires d’industrie"),
                    ("Exercice", "2022-2023"),
                    ("Annexes", "bilan ; feuille-de-route ; convention"),
                    ("Convention", "2022"),
                ],
            );
        }
    }

    fn letters(&mut self) {
        self.add("Lettres", &[("Numéro", "1"), ("Parution", "15/01/2022"), ("Éditorial", "Bonjour à tous.")]);
        self.add(
            "Articles",
            &[
                ("Lettre", "1"),
                ("Rubrique", "Actualités locales"),
                ("Titre", "Un début"),
                ("Texte", "Le premier texte de la première lettre."),
            ],
        );
    }

    /// Writes the territory's inputs into a folder.
    pub(crate) fn write(&self, inputs: &Path) {
        fs::create_dir_all(inputs).expect("a folder");
        let settings = format!(
            "[territoire]\nnom = \"{}\"\noperateur = \"CCI\"\ndepuis = 2021-01-01\nthemes = [\"Bas carbone\", \"Industrie 4.0\"]\n\
             [lettre]\npar_an = 6\nexpediteur = \"lettre@example.org\"\nnom_expediteur = \"{}\"\n\
             desinscription = \"https://example.org/stop\"\nmentions = \"Vos droits : dpo@example.org.\"\n\
             [demandes]\ntitulaire = \"CCI\"\niban = \"FR76 0000 0000 0000 0000 0000 097\"\nbic = \"XXXXFRP0XXX\"\n\
             siret = \"00000000000000\"\ntva = \"TVA non applicable.\"\ndelai_jours = 30\n\
             [actes]\ntype_piece = \"99_DE\"\nclassification = 2022-01-01\n",
            self.name, self.name
        );
        fs::write(inputs.join("territoire.toml"), settings).expect("settings");
        for declared in WORKBOOKS {
            let mut workbook = Workbook::new();
            for sheet in declared.sheets {
                let worksheet = workbook.add_worksheet();
                worksheet.set_name(sheet.name).expect("a name");
                for (column, declared) in (0..).zip(sheet.columns) {
                    worksheet.write_string(0, column, declared.heading).expect("a heading");
                }
                for (row, cells) in (1..).zip(self.sheets.get(sheet.name).into_iter().flatten()) {
                    for (heading, text) in cells {
                        let column = sheet.columns.iter().position(|column| column.heading == *heading);
                        let column = column.unwrap_or_else(|| panic!("{} has no {heading}", sheet.name));
                        worksheet.write_string(row, u16::try_from(column).expect("small"), text).expect("a cell");
                    }
                }
            }
            workbook.save(inputs.join(format!("{}.xlsx", declared.stem))).expect("a workbook");
        }
    }
}
