//! The documents that the program ships as templates, and those that live on the way of an act: what they say, for whom, and
//! reckoned from which day.

use std::fs;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use liasse::model::WORKBOOKS;
use liasse::papers;

use crate::books::unpacked;
use crate::fixture::Fixture;
use crate::mistakes::base::edited;
use crate::pdf;

/// Two councils, one of which has voted; a committee that follows another; a year whose shares leave cents.
fn territory() -> Fixture {
    Fixture::small()
        .settings("depuis = 2021-01-01", "depuis = 2021-01-01\narrete_au = 2022-03-20")
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN | Courriel du secrétariat
             CCI  | CCI  | Chambre d’essai | CCI d’Essai | de la CCI d’Essai | |
             AAA  | CC   | Communauté de communes d’Aval | Aval | d’Aval | 200030633 | aval@example.org
             BBB  | CC   | Communauté de communes d’Amont | Amont | d’Amont | 200042190 | amont@example.org
             ETAT | État | État | État | de l’État | |",
        )
        .table(
            "Représentants",
            "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis
             CCI | M. | Paul | UN | Président | 01/01/2020
             AAA | Mme | Jeanne | DEUX | Présidente | 01/01/2020
             BBB | M. | Luc | TROIS | Président | 01/01/2020",
        )
        .table(
            "Agenda",
            "Code | Date | Heure | Intitulé | Type | Dans la lettre | Participants | Annulé
             COTECH-1 | 10/01/2022 | 14:00 | Premier comité | COTECH | non | 8 | non
             COPIL-1 | 10/03/2022 | 10:00 | Comité local | COPIL | non | 12 | non
             COTECH-2 | 12/04/2022 | 14:00 | Second comité | COTECH | non | | non",
        )
        .table(
            "Ordres du jour",
            "Événement | Point | Intitulé | Décision | Responsable | Échéance | Fait le
             COTECH-1 | 1 | Bilan | Le bilan est adopté. | Paul UN | 01/02/2022 | 25/01/2022
             COTECH-1 | 2 | Visites | Trois visites se préparent. | Jeanne DEUX | 01/03/2022 |
             COTECH-1 | 3 | Lettre | La lettre change de jour. | Paul UN | 01/06/2022 | 05/04/2022
             COPIL-1 | 1 | Budget | Le budget est proposé. | Luc TROIS | 30/04/2022 |
             COTECH-2 | 1 | Suites | | | |",
        )
        .table(
            "Participants",
            "Événement | Nom | Organisation | Partenaire | Présent
             COPIL-1 | Zoé Aval | Mairie d’Aval | AAA | oui",
        )
        .table(
            "Séances",
            "Code | Partenaire | Date | Heure | Lieu | Convocation | Membres en exercice | Président de séance | Qualité du président | Secrétaire | Urgence | Seconde convocation
             A-1 | AAA | 01/03/2022 | 18:00 | en mairie d’Aval | 18/02/2022 | 3 | Jeanne DEUX | Présidente | Yves SIX | |
             A-2 | AAA | 07/07/2022 | 18:00 | en mairie d’Aval | 20/06/2022 | 3 | Jeanne DEUX | Présidente | | |
             B-1 | BBB | 28/03/2022 | 19:00 | au siège d’Amont | 21/03/2022 | 4 | Luc TROIS | Président | | |",
        )
        .table(
            "Présences",
            "Séance | Nom | Prénom | Statut
             A-1 | ÉPI | Guy | Présent
             A-1 | DEUX | Jeanne | Présent
             A-1 | SIX | Yves | Présent",
        )
        .table(
            "Conventions",
            "Version | Date de référence | Début | Fin | Exercice
             2022 | 01/03/2022 | 01/04/2022 | 31/12/2022 | 2022",
        )
        .table(
            "Délibérations",
            "Code | Séance | Numéro | Objet | Matière | Exercice | Annexes | Convention | Scrutin | Pour | Contre | Abstentions | Transmis au secrétariat le | Envoyé le
             A-12 | A-1 | 2022/12 | Convention de partenariat | 8.4 | 2022 | convention | 2022 | Main levée | 3 | 0 | 0 | 10/02/2022 |
             B-TI | B-1 | | Convention de partenariat | 8.4 | 2022 | convention | 2022 | | | | | |",
        )
        .table(
            "Exercices",
            "Code | Début | Fin | Écart d'arrondi à la charge de
             2022 | 01/01/2022 | 31/12/2022 | AAA",
        )
        .table(
            "Dépenses",
            "Exercice | Nature | Prévu | Réalisé
             2022 | Salaire et charges | 80,00 |
             2022 | Déplacements | 10,00 |
             2022 | Fournitures | 10,00 | 3,00",
        )
        .table(
            "Paiements",
            "Exercice | Nature | Montant | Acquittée le | Bénéficiaire | Justificatif | Mois
             2022 | Salaire et charges | 10,00 | 31/01/2022 | Le chef de projet | Bulletin de janvier | 2022-01
             2022 | Déplacements | 0,01 | 02/02/2022 | | Billet 7 |",
        )
        .table(
            "Recettes",
            "Exercice | Financeur | Mode | Prévu | Apport
             2022 | ETAT | Montant | 33,33 | numéraire
             2022 | AAA | Part égale du reste à charge | | numéraire
             2022 | BBB | Part égale du reste à charge | | numéraire",
        )
}

/// The words of a PDF below `out/`, without white space.
fn words(fixture: &Fixture, path: &str) -> String {
    pdf::squeezed_text(&fixture.read(&format!("out/{path}")))
}

#[track_caller]
fn says(fixture: &Fixture, path: &str, wanted: &[&str], silent: &[&str]) {
    let found = words(fixture, path);
    for words in wanted {
        assert!(found.contains(&pdf::squeeze(words)), "{path}: « {words} » is not in {found}");
    }
    for words in silent {
        assert!(!found.contains(&pdf::squeeze(words)), "{path}: « {words} » is in {found}");
    }
}

#[test]
fn a_sitting_has_its_convocation_its_roll_and_its_list() {
    let fixture = territory();
    for kind in ["convocation-seance", "emargement-seance", "liste-deliberations"] {
        fixture.succeed(&format!("build {kind}"));
    }
    says(
        &fixture,
        "convocation-seance/B-1/convocation-seance.pdf",
        &[
            "lundi 28 mars 2022 à 19 h, au siège d’Amont",
            "Convention de partenariat",
            "2 membres présents sur 4",
            "Luc TROIS",
        ],
        // The name of a part never stands in the text, whatever line comes before it.
        &[":::", "Aval", "urgence", "seconde"],
    );
    // A sitting that has no roll yet convenes the members of the body's last one, by the alphabet.
    says(&fixture, "emargement-seance/A-2/emargement-seance.pdf", &["DEUX Jeanne ÉPI Guy SIX Yves"], &["à la main"]);
    says(&fixture, "emargement-seance/B-1/emargement-seance.pdf", &["à la main", "1. 2. 3. 4."], &["DEUX", "5."]);
    // The list is posted since 1 July 2022, of sittings that were held.
    let list = fixture.succeed("list").stdout;
    assert!(!list.contains("liste-deliberations"), "{list}");
}

#[test]
fn a_list_of_deliberations_is_posted_once_the_law_wants_it() {
    let mut fixture = territory().settings("arrete_au = 2022-03-20", "arrete_au = 2022-07-20");
    fixture.edit(
        "Séances",
        "01/03/2022 | 18:00 | en mairie d’Aval | 18/02/2022",
        "05/07/2022 | 18:00 | en mairie d’Aval | 20/06/2022",
    );
    fixture.succeed("build liste-deliberations A-1");
    says(
        &fixture,
        "liste-deliberations/A-1/liste-deliberations.pdf",
        &["2022/12", "Adoptée à l’unanimité", "au plus tard le 12 juillet 2022", "articles L. 2121-25 et L. 5211-1"],
        &["À compléter"],
    );
    // What the gate holds back is no decision, whatever its votes would make of it.
    fixture.edit("Délibérations", "2022/12", "");
    fixture.succeed("build liste-deliberations A-1");
    says(&fixture, "liste-deliberations/A-1/liste-deliberations.pdf", &["l’acte n’est pas définitif"], &["Adoptée"]);
}

#[test]
fn a_convocation_says_the_emergency_and_the_second_of_its_kind() {
    let mut fixture = territory();
    fixture.edit("Séances", "Luc TROIS | Président | | |", "Luc TROIS | Président | | oui | oui");
    fixture.succeed("build convocation-seance B-1");
    says(
        &fixture,
        "convocation-seance/B-1/convocation-seance.pdf",
        &["en raison de l’urgence", "sans condition de quorum"],
        &["Quorum :"],
    );
}

#[test]
fn a_committee_takes_up_what_the_ones_before_it_decided() {
    let fixture = territory();
    for kind in ["releve", "emargement", "convocation"] {
        fixture.succeed(&format!("build {kind}"));
    }
    says(
        &fixture,
        "releve/COPIL-1/releve.pdf",
        &[
            "Le budget est proposé. Luc TROIS 30 avril 2022",
            "Fait le 25 janvier 2022",
            "En retard",
            // What was done after the day of the record is still to be done on it.
            "1er juin 2022 À faire",
        ],
        &["5 avril"],
    );
    // A committee without decisions has no record.
    assert!(!fixture.path("out/releve/COTECH-2").exists());
    // The next agenda starts from what is open: what was done by the committee before is no longer told.
    says(
        &fixture,
        "convocation/COTECH-2/convocation-AAA.pdf",
        &[
            "Décisions encore ouvertes",
            "Trois visites se préparent.",
            "échéance passée depuis le 1er mars 2022",
            "Le budget est proposé.",
        ],
        &["Le bilan est adopté.", "La lettre change de jour."],
    );
    // Who was entered signs; without rows, the representatives in office.
    says(&fixture, "emargement/COPIL-1/emargement.pdf", &["Zoé Aval"], &["Luc TROIS"]);
    says(&fixture, "emargement/COTECH-2/emargement.pdf", &["Jeanne DEUX Aval", "Luc TROIS Amont"], &["Zoé"]);
}

#[test]
fn the_follow_up_tells_what_is_late_by_which_rule_from_the_day_of_the_sheets() {
    let fixture = territory();
    fixture.succeed("build suivi 2022");
    fixture.succeed("build rappel");
    says(
        &fixture,
        "follow-up/2022/suivi.pdf",
        &[
            "situation au 20 mars 2022",
            "2 délibérations, 1 votée, aucune convention signée ; 1 en retard.",
            "en retard au plus tard le 16 mars 2022",
            "acte à transmettre à la préfecture, quinze jours après la séance (règle de la maison : la loi ne fixe pas de délai)",
            "convocation à envoyer au plus tard le 22 mars 2022, 5 jours francs avant la séance (CGCT, art. L. 2121-12 et L. 5211-1)",
            "texte à remettre au secrétariat au plus tard le 21 mars 2022",
        ],
        &[],
    );
    assert_eq!(pdf::pages(&fixture.read("out/follow-up/2022/suivi.pdf")), 1);
    assert!(fixture.path("out/follow-up/2022/suivi.xlsx").is_file());
    says(&fixture, "rappel/A-12/rappel.pdf", &["soit le 16 mars 2022", "Ce jour est passé"], &["Convocation", "Amont"]);
    says(
        &fixture,
        "rappel/B-TI/rappel.pdf",
        &["elle part au plus tard le 22 mars 2022", "prévue le 21 mars"],
        &["Ce jour"],
    );
    // A draft to the secretariat: nobody receives it before a person sends it.
    let message = fixture.text("out/rappel/A-12/rappel.eml");
    assert!(message.contains("X-Unsent: 1") && message.contains("\nTo: aval@example.org"), "{message}");
}

#[test]
fn what_is_late_moves_with_the_day_of_the_sheets_and_no_other() {
    let mut fixture = territory().settings("arrete_au = 2022-03-20", "arrete_au = 2022-03-25");
    fixture.succeed("build suivi 2022");
    // On 25 March nobody has handed the text over, and the members were convened without it.
    says(
        &fixture,
        "follow-up/2022/suivi.pdf",
        &["2 en retard", "texte à remettre au secrétariat au plus tard le 21 mars 2022"],
        &[],
    );
    fixture.edit("Séances", "au siège d’Amont | 21/03/2022", "au siège d’Amont | 26/03/2022");
    fixture.succeed("build suivi 2022");
    says(&fixture, "follow-up/2022/suivi.pdf", &["convocation à envoyer au plus tard le 22 mars 2022"], &[]);
    // An item that was withdrawn has nothing more to do.
    fixture.edit("Délibérations", "2022 | Main levée | 3 | 0 | 0 | 10/02/2022", "2022 | Main levée | | | | 10/02/2022");
    fixture.edit("Délibérations", "| Scrutin |", "| Résultat |");
    fixture.edit("Délibérations", "| Main levée |", "| Retirée |");
    fixture.succeed("build suivi 2022");
    says(
        &fixture,
        "follow-up/2022/suivi.pdf",
        &["sans objet", "2 délibérations, aucune votée", "retirée"],
        &["16 mars"],
    );
}

#[test]
fn statements_balance_to_the_cent_and_tell_what_is_missing_at_its_cell() {
    let fixture = territory();
    fixture.succeed("build etat-des-depenses");
    fixture.succeed("build etat-des-salaires");
    says(
        &fixture,
        "etat-des-depenses/2022/etat-des-depenses-ETAT.pdf",
        &[
            "Total 100,00 € 10,01 €",
            "État 33,33 € 33,3 % 3,33 €",
            // The carrier has the two cents that the rounding leaves.
            "Aval 33,34 € 33,3 % 3,35 €",
            "Amont 33,33 € 33,3 % 3,33 €",
            "2 février 2022 à compléter Billet 7 0,01 €",
            "« Fournitures » : la feuille Dépenses inscrit 3,00 €, sans paiement qui le justifie",
        ],
        &[],
    );
    says(
        &fixture,
        "etat-des-salaires/2022/etat-des-salaires-AAA.pdf",
        &["Bulletin de janvier 10,00 €", "prévus : 80,00 € ; versés : 10,00 €"],
        &["Amont", "Billet"],
    );
    assert!(fixture.path("out/etat-des-salaires/2022/etat-des-salaires-BBB.pdf").is_file());
    assert!(!fixture.path("out/etat-des-salaires/2022/etat-des-salaires-CCI.pdf").exists());
    let run = fixture.run("check");
    assert!(run.stderr.contains("paiement-incomplet") && run.stderr.contains("Paiements › E3"), "{}", run.stderr);
}

#[test]
fn a_statement_is_a_workbook_too_whose_totals_calculate() {
    let fixture = territory();
    fixture.succeed("build etat-des-depenses");
    fixture.succeed("build etat-des-salaires");
    let bytes = fixture.read("out/etat-des-depenses/2022/etat-des-depenses-ETAT.xlsx");
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    assert_eq!(names, ["Prévu et acquitté", "Part de chacun, aux taux", "Salaire et charges", "Déplacements"]);
    let mut last = |name: &str| {
        let values = book.worksheet_range(name).expect("a sheet");
        let formulas = book.worksheet_formula(name).expect("a sheet");
        let row = values.end().expect("cells").0;
        let cell = |column| values.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
        let formula = |column| formulas.get_value((row, column)).cloned().unwrap_or_default();
        (0..4).map(|column| (cell(column), formula(column))).collect::<Vec<_>>()
    };
    let total = |heading: &str, number: u8| format!("SUBTOTAL(109,Tableau{number}[{heading}])");
    let nothing = || (String::new(), String::new());
    let label = ("Total".to_owned(), String::new());
    // What the pages say, to the cent.
    assert_eq!(
        last("Prévu et acquitté")[..3],
        [label.clone(), ("100".into(), total("Prévu", 1)), ("10.01".into(), total("Acquitté", 1))]
    );
    assert_eq!(
        last("Part de chacun, aux taux"),
        [
            label.clone(),
            ("100".into(), total("Prévu", 2)),
            nothing(),
            ("10.01".into(), total("De la dépense acquittée", 2))
        ]
    );
    assert_eq!(last("Déplacements")[3], ("0.01".into(), total("Montant", 4)));
    assert!(fixture.path("out/etat-des-salaires/2022/etat-des-salaires-AAA.xlsx").is_file());
}

#[test]
fn every_paper_stands_in_word_beside_its_pages_and_says_the_same() {
    let fixture = territory().settings("arrete_au = 2022-03-20", "arrete_au = 2022-03-21");
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    for (kind, stem) in [
        ("convocation", "COTECH-2/convocation-AAA"),
        ("convocation-seance", "B-1/convocation-seance"),
        ("emargement", "COTECH-2/emargement"),
        ("emargement-seance", "B-1/emargement-seance"),
        ("releve", "COPIL-1/releve"),
        ("rappel", "A-12/rappel"),
        ("etat-des-depenses", "2022/etat-des-depenses-ETAT"),
        ("etat-des-salaires", "2022/etat-des-salaires-AAA"),
    ] {
        fixture.succeed(&format!("build {kind}"));
        let pages = letters(&words(&fixture, &format!("{kind}/{stem}.pdf")));
        let word = papers::read(&fixture.read(&format!("out/{kind}/{stem}.docx"))).expect("a text");
        let said = word.paragraphs.iter().map(|it| it.pieces.iter().map(|piece| &*piece.text).collect::<String>());
        let said: Vec<String> = said.map(|it| letters(&it)).filter(|it| !it.is_empty()).collect();
        assert!(said.len() > 4, "{kind}: {said:?}");
        for paragraph in &said {
            assert!(pages.contains(paragraph.as_str()), "{kind}: {paragraph} is not in {pages}");
        }
    }
    // A letter bears its day, and who signs has room to.
    let letter = fixture.read("out/rappel/A-12/rappel.docx");
    let (_, body) = unpacked(&letter).into_iter().find(|(name, _)| name == "word/document.xml").expect("a body");
    let body = String::from_utf8(body).expect("UTF-8");
    assert!(body.contains("Le 21\u{a0}mars 2022"), "{body}");
    assert!(body.contains("NomDuSignataire"), "{body}");
}

#[test]
fn a_plan_keeps_what_is_not_public_from_what_may_leave() {
    let fixture = territory().table(
        "Actions",
        "Code | Axe | Intitulé | Porteur | Partenaires | État | Début | Fin | Budget | Cible | Prochaine étape | Échéance | Publique
         E1 | Entreprises | Visiter les ateliers | CCI | AAA | En cours | 01/01/2022 | 31/12/2023 | 4 000,00 | 40 | Trois visites | 10/03/2022 | oui
         E2 | Entreprises | Un projet discret | AAA | | À lancer | 01/02/2022 | 31/12/2022 | 1 000,00 | | | | non",
    );
    fixture.succeed("build plan-actions");
    says(
        &fixture,
        "action-plan/2022/plan-actions.pdf",
        &["2 actions, dont 1 en cours ; 1 étape est en retard.", "Un projet discret", "en retard : 10 mars 2022"],
        &[],
    );
    says(&fixture, "action-plan/2022/plan-actions-public.pdf", &["Visiter les ateliers"], &["Un projet discret"]);
    says(
        &fixture,
        "action-plan/2023/plan-actions.pdf",
        &["1 action, dont 1 en cours", "situation au 20 mars 2022"],
        &["discret"],
    );
    assert_eq!(fixture.run("build plan-actions 2024").status, 1);
}

#[test]
fn a_condition_may_name_what_is_derived_from_a_row() {
    let fixture = territory();
    let write = |text: &str| {
        fs::create_dir_all(fixture.path("templates/essai")).expect("a folder");
        fs::write(fixture.path("templates/essai/essai.md.j2"), text).expect("written");
    };
    let template = "+++\ngenre = \"essai\"\npour = \"Séances\"\nquand = { tenue = \"oui\", limite_de_convocation = \"< 2022-03-10\" }\ndate = \"Séances.limite_de_convocation\"\nlecteurs = \"public\"\nfamille = \"note\"\nformats = [\"txt\"]\n+++\n# Essai\n\nLe {{ jour | date }}.\n";
    write(template);
    fixture.succeed("build essai");
    assert!(fixture.text("out/essai/A-1/essai.txt").contains("23\u{a0}février 2022"));
    assert!(!fixture.path("out/essai/B-1").exists());
    for (from, to) in
        [("tenue", "tenu"), ("\"oui\"", "\"peut-être\""), ("Séances.limite_de_convocation", "Séances.quorum")]
    {
        write(&template.replace(from, to));
        let run = fixture.run("check");
        assert!(run.status == 1 && run.stderr.contains("modeles/en-tete-invalide"), "{to}: {}", run.stderr);
    }
}

#[test]
fn no_template_for_one_council_reaches_the_rows_of_another() {
    let fixture = edited(&[]);
    let mut template = "+++\ngenre = \"tout\"\npour = \"Partenaires\"\nquand = { Type = [\"CC\", \"CU\"] }\ndate = \"situation\"\nlecteurs = \"partenaire\"\nfamille = \"note\"\nformats = [\"txt\"]\n+++\n# Tout\n".to_owned();
    for sheet in WORKBOOKS.iter().flat_map(|workbook| workbook.sheets) {
        let columns: Vec<String> =
            sheet.columns.iter().map(|column| format!("{{{{ r.{} }}}}", column.name())).collect();
        let columns = columns.join(" ; ");
        template.push_str(&format!("\n{{% for r in {} %}}\n- {columns}\n{{% endfor %}}\n", sheet.rows_name));
    }
    fs::create_dir_all(fixture.path("templates/tout")).expect("a folder");
    fs::write(fixture.path("templates/tout/tout.md.j2"), template).expect("written");
    fixture.succeed("build tout");
    let text = |code: &str| {
        fixture.text(&format!("out/tout/{code}/tout.txt")).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (first, second) = (text("CCVA"), text("CUBM"));
    // Firms that nobody announced, what was done for them, who takes part, who is on the list.
    for own in ["Filature du Nord ; Aval", "Envoyer la fiche", "Jeanne DEUX ; Val"] {
        assert!(first.contains(own) && !second.contains(own), "{own}\n{first}\n\n{second}");
    }
    for own in ["Conserverie du Port", "Filature du Nord ; Mer"] {
        assert!(second.contains(own) && !first.contains(own), "{own}\n{first}\n\n{second}");
    }
    for contact in ["ada@example.org", "bob@example.org", "cleo@example.org", "Ada Atelier"] {
        assert!(!first.contains(contact) && !second.contains(contact), "{contact}");
    }
}

#[test]
fn a_workspace_without_rows_has_none_of_these_documents_and_no_fault() {
    let fixture = Fixture::small();
    let list = fixture.succeed("list").stdout;
    for kind in ["seance", "emargement", "releve", "rappel", "etat-des", "follow-up", "action-plan", "liste-"] {
        assert!(!list.contains(kind), "{list}");
    }
    fixture.succeed("check");
}
