//! The budget and its payment requests: balanced to the cent, and the same in pages, workbook and letters.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use crate::attacks::sheet;
use crate::fixture::{Fixture, problems};
use crate::pdf::{pages, squeeze, squeezed_text};

/// The cells of a workbook's first sheet, by row.
fn cells(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let name = workbook.sheet_names()[0].clone();
    let range = workbook.worksheet_range(&name).expect("a sheet");
    let (height, width) = range.end().expect("cells");
    (0..=height)
        .map(|row| (0..=width).map(|column| range.get_value((row, column)).cloned().unwrap_or_default()).collect())
        .collect()
}

/// The row whose first cell says `label`.
fn row<'a>(cells: &'a [Vec<Data>], label: &str) -> &'a [Data] {
    cells
        .iter()
        .find(|row| row[0] == Data::String(label.to_owned()))
        .unwrap_or_else(|| panic!("no row « {label} » in {cells:?}"))
}

#[test]
fn the_real_budget_is_balanced_and_says_who_carries_the_cents() {
    let fixture = Fixture::shipped();
    fixture.succeed("build budget 2022-2023");
    let pdf = fixture.read("out/budget/2022-2023/budget.pdf");
    assert_eq!(pages(&pdf), 1);
    let text = squeezed_text(&pdf);
    assert_eq!(text.matches("74865,00€").count(), 3, "the total, once on its bar and once a side: {text}");
    assert!(text.contains("L'Étatseretire:chaqueintercommunalitéporte10833€,+35%"), "{text}");
    assert!(text.contains("6intercommunalités×10833,33€") && text.contains("6intercommunalités×8000,00€"), "{text}");
    for expected in [
        "9865,02€",
        "2centimes",
        "CCIHauts-de-Franceprendencharge(9865,02€aulieude9865,00€)",
        "97865,00€",
        "10833,33€paran",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    let sheet = cells(&fixture.read("out/budget/2022-2023/budget.xlsx"));
    assert_eq!(row(&sheet, "Total des dépenses")[2], Data::Float(74_865.0));
    assert_eq!(row(&sheet, "Total des recettes")[7], Data::Float(74_865.0));
    assert_eq!(row(&sheet, "CCI Hauts-de-France")[7], Data::Float(9_865.02));
    assert_eq!(row(&sheet, "Douaisis")[7], Data::Float(10_833.33));
    assert_eq!(row(&sheet, "Équilibre : dépenses moins recettes")[2], Data::Float(0.0));
}

#[test]
fn the_first_year_has_no_comparison_and_says_of_what_a_share_is_a_share() {
    let fixture = Fixture::shipped();
    fixture.succeed("build budget 2021-2022");
    let text = squeezed_text(&fixture.read("out/budget/2021-2022/budget.pdf"));
    assert!(text.contains("État(FNADT)40000,00€40,9%"), "{text}");
    assert!(text.contains("apportent49,0%del'ensembledubudget") && text.contains("Partdutout"), "{text}");
    assert!(!text.contains("2022-2023"), "{text}");
}

#[test]
fn letters_ask_for_what_the_budget_says() {
    let fixture = Fixture::shipped();
    let run = fixture.succeed("build payment-requests 2022-2023");
    assert_eq!(run.stdout.lines().count(), 7, "{}", run.stdout);
    // No draft carries a day before the vote that it rests on.
    for (rank, (code, name, day)) in [
        ("CAVM", "Laurent DEGALLAIX", "Lille, le 6 octobre 2022"),
        ("CAPH", "Aymeric ROBIN", "Lille, le 10 octobre 2022"),
        ("CAMVS", "Benjamin SAINT-HUILE", "Lille, le 29 septembre 2022"),
        ("CAC", "Nicolas SIEGLER", "Lille, le 26 septembre 2022"),
        ("CA2C", "Serge SIMEON", "Lille, le 15 septembre 2022"),
        ("CAD", "Christian POIRET", "Lille, le 30 septembre 2022"),
    ]
    .into_iter()
    .enumerate()
    {
        let pdf = fixture.read(&format!("out/payment-requests/2022-2023/demande-{code}.pdf"));
        assert_eq!(pages(&pdf), 1, "{code}");
        let text = squeezed_text(&pdf);
        let number = format!("n°2022-2023-{:02}", rank + 1);
        for expected in [
            name,
            &number,
            "10 833,33 €",
            "dix mille huit cent trente-trois euros et trente-trois centimes",
            "Monsieur le Président,",
            "Projet",
            "FR76",
            day,
            "30 jours à réception",
        ] {
            assert!(text.contains(&squeeze(expected)), "{code}: {expected} in {text}");
        }
        assert_eq!(text.contains("délibérationn°2022/70du6juillet2022"), code == "CA2C", "{code}: {text}");
    }
    let sheet = cells(&fixture.read("out/payment-requests/2022-2023/appels.xlsx"));
    assert_eq!(row(&sheet, "Total")[2], Data::Float(64_999.98));
}

#[test]
fn every_printed_amount_has_its_cells() {
    let fixture = Fixture::shipped();
    let run = fixture.succeed("explain budget 2022-2023 --format json");
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let figures = value["documents"][0]["chiffres"].as_array().expect("figures");
    let share = figures.iter().find(|figure| figure["nom"] == "budget.2022-2023.part.CAD").expect("the share of Douai");
    assert_eq!(share["imprime"], "10\u{202f}833,33\u{a0}€");
    assert!(
        share["cellules"].as_array().expect("cells").iter().any(|cell| cell == "inputs/finances.xlsx › Dépenses › C6"),
        "{share}"
    );
    // The letters print the same object.
    let letters = fixture.succeed("explain payment-requests 2022-2023 --format json");
    let value: serde_json::Value = serde_json::from_str(&letters.stdout).expect("JSON");
    let figures = value["documents"][0]["chiffres"].as_array().expect("figures");
    assert_eq!(figures.iter().find(|figure| figure["nom"] == "budget.2022-2023.part.CAD"), Some(share));
}

/// A year with unequal shares, an amount in kind, a State grant, an expense that nobody planned and a partner that leaves.
fn unequal() -> Fixture {
    Fixture::small()
        .settings("[lettre]", "[demandes]\ntitulaire = \"T\"\niban = \"FR7630006000011234567890189\"\ndelai_jours = 45\n[lettre]")
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN | Jusqu'au
             CCI | CCI | Chambre d’essai | CCI d’Essai | de la CCI d’Essai | |
             ETAT | État | État | État | de l’État | |
             AAA | CC | Communauté de communes d’Aval | Aval | d’Aval | 200030633 | 31/03/2023
             BBB | CU | Communauté urbaine de Bord | Bord | de Bord | 200042190 |
             CCC | Métropole | Métropole de Crête | Crête | de Crête | 200043396 |",
        )
        .table(
            "Représentants",
            "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis
             CCI | Mme | Ada | UN | Présidente | 01/01/2020
             AAA | Mme | Bea | DEUX | Présidente | 01/01/2020
             BBB | M. | Cid | TROIS | Président | 01/01/2020
             CCC | M. | Don | QUATRE | Président | 01/01/2020",
        )
        .table("Exercices", "Code | Début | Fin | Écart d'arrondi à la charge de\n2023 | 01/01/2023 | 31/12/2023 | CCI")
        .table(
            "Dépenses",
            "Exercice | Nature | Prévu | Réalisé
             2023 | Salaire | 100 000 000,00 | 99 999 999,99
             2023 | Timbre | 0,01 |
             2023 | Imprévu | | 12,50",
        )
        .table(
            "Recettes",
            "Exercice | Financeur | Mode | Prévu | Clé | Apport | Plafond voté | N° de demande | Appelé le | Appelé | Code service
             2023 | CCI | Montant | 10 000,00 | | valorisé | | | | |
             2023 | ETAT | Montant | 40 000 000,00 | | | | | | |
             2023 | AAA | Quote-part | | 33,33 % | | | F-7 | 15/01/2023 | 19 994 667,00 | SERV
             2023 | BBB | Part égale du reste à charge | | | | | | | |
             2023 | CCC | Part égale du reste à charge | | | | | | | |",
        )
}

#[test]
fn unequal_shares_of_any_partners_make_a_budget() {
    let fixture = unequal();
    fixture.succeed("build budget 2023");
    let sheet = cells(&fixture.read("out/budget/2023/budget.xlsx"));
    let amounts: Vec<f64> = ["CCI d’Essai", "État", "Aval", "Bord", "Crête"]
        .iter()
        .map(|name| match row(&sheet, name)[7] {
            Data::Float(amount) => amount,
            ref other => panic!("{name}: {other:?}"),
        })
        .collect();
    let cents: i64 = amounts.iter().map(|amount| format!("{:.0}", amount * 100.0).parse::<i64>().expect("cents")).sum();
    assert_eq!(cents, 10_000_000_001);
    let text = squeezed_text(&fixture.read("out/budget/2023/budget.pdf"));
    for expected in ["(valorisé)", "Réalisé", "12,50€", "Avalquitteleprogrammele31mars2023", "100000000,01€"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(text.contains("selonlaquote-partdechacun"), "{text}");
    // A part of a ten-thousandth is too narrow for its name, and has it at the end of a line.
    assert!(text.contains(&squeeze("10 000,01 € CCI d’Essai (apport valorisé)")), "{text}");
}

#[test]
fn a_letter_that_says_not_where_to_pay_is_not_made() {
    let fixture = crate::mistakes::base::edited(&[]);
    let run = fixture.run("build payment-requests 2022");
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("coordonnees-bancaires-absentes"), "{}", run.stderr);
    assert!(!fixture.path("out/payment-requests").exists());
    fixture.succeed("build budget 2022");
}

#[test]
fn a_request_that_was_called_carries_its_own_number_and_date() {
    let fixture = unequal();
    fixture.succeed("build payment-requests 2023");
    let text = squeezed_text(&fixture.read("out/payment-requests/2023/demande-AAA.pdf"));
    for expected in [
        "n°F-7",
        "15janvier2023",
        "MadamelaPrésidente,",
        "19994667,00€",
        "dansles45joursquisuiventlaréception",
        "45joursàréception",
        "SERV",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("Projet"), "{text}");
    let second = squeezed_text(&fixture.read("out/payment-requests/2023/demande-BBB.pdf"));
    assert!(second.contains("n°2023-01") && second.contains("Projet"), "{second}");
}

#[test]
fn one_cent_out_or_above_a_vote_is_an_error_at_its_cell() {
    let real = |table: &'static str| {
        Fixture::small()
            .table(
                "Exercices",
                "Code | Début | Fin | Écart d'arrondi à la charge de\n2023 | 01/01/2023 | 31/12/2023 | CCI",
            )
            .table("Dépenses", "Exercice | Nature | Prévu\n2023 | Salaire | 100,00")
            .table("Recettes", table)
    };
    let one = |code: &str, sheet: &str, cell: &str| vec![(code.to_owned(), sheet.to_owned(), cell.to_owned())];
    let short = real("Exercice | Financeur | Mode | Prévu\n2023 | CCI | Montant | 99,99");
    assert_eq!(problems(&short), one("finances/budget-desequilibre", "Exercices", "A2"));
    let run = short.run("build budget 2023");
    assert!(run.stderr.contains("dépenses 100,00\u{a0}€, recettes 99,99\u{a0}€"), "{}", run.stderr);
    assert!(run.stderr.contains("Dépenses › C2") && run.stderr.contains("Recettes › D2"), "{}", run.stderr);
    let above = "Exercice | Financeur | Mode | Plafond voté\n2023 | CCI | Part égale du reste à charge | 99,99";
    assert_eq!(problems(&real(above)), one("finances/plafond-depasse", "Recettes", "D2"));
    let tolerated = real(above).settings("[lettre]", "[regles]\nplafond_depasse = \"avertissement\"\n[lettre]");
    assert_eq!(problems(&tolerated), one("finances/plafond-depasse-tolere", "Recettes", "D2"));
    assert_eq!(tolerated.run("build budget 2023").status, 0);
    let nobody = real("Exercice | Financeur | Mode\n2023 | AAA | Quote-part");
    assert_eq!(problems(&nobody), one("finances/mode-sans-cle", "Recettes", "A2"));
}

#[test]
fn two_builds_of_a_workbook_give_the_same_bytes() {
    let (first, second) = (Fixture::shipped(), Fixture::shipped());
    for fixture in [&first, &second] {
        fixture.succeed("build budget 2022-2023");
        fixture.succeed("build payment-requests 2022-2023");
    }
    for file in [
        "out/budget/2022-2023/budget.xlsx",
        "out/budget/2022-2023/budget.pdf",
        "out/payment-requests/2022-2023/appels.xlsx",
    ] {
        assert_eq!(first.read(file), second.read(file), "{file} differs");
    }
}

/// Whom was paid, what for and how much at a time are between the operator and the State: what all partners read tells sums.
#[test]
fn who_holds_the_budget_and_the_payment_requests_reads_no_single_payment() {
    let fixture = Fixture::shipped();
    for documents in ["budget", "payment-requests"] {
        fixture.succeed(&format!("build {documents}"));
    }
    let mut texts: Vec<(String, String)> = Vec::new();
    for kind in ["budget", "payment-requests"] {
        for document in std::fs::read_dir(fixture.path(&format!("out/{kind}"))).expect("documents") {
            for file in std::fs::read_dir(document.expect("a document").path()).expect("files") {
                let path = file.expect("a file").path();
                let Ok(bytes) = std::fs::read(&path) else { continue };
                let text = match path.extension().and_then(|ending| ending.to_str()) {
                    Some("pdf") => crate::pdf::text(&bytes),
                    Some("xlsx") => {
                        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
                        let sheets = workbook.worksheets();
                        let cells =
                            sheets.iter().flat_map(|(_, range)| range.cells().map(|(.., cell)| cell.to_string()));
                        cells.collect::<Vec<_>>().join("\n")
                    }
                    _ => String::from_utf8_lossy(&bytes).into_owned(),
                };
                texts.push((path.display().to_string(), squeeze(&text)));
            }
        }
    }
    assert!(texts.len() > 4, "{}", texts.len());
    let payments = sheet(&fixture, "finances", "Paiements");
    assert!(payments.len() > 50, "{}", payments.len());
    // Who pays in the budget stands in it; the name of a function is none.
    let partners = sheet(&fixture, "contacts", "Partenaires");
    let is_open = |name: &str| name == "Cheffe de projet" || partners.iter().any(|it| it["Nom usuel"] == *name);
    for payment in &payments {
        for told in ["Bénéficiaire", "Justificatif"].map(|heading| payment[heading].to_string()) {
            for (name, text) in texts.iter().filter(|_| !told.is_empty() && !is_open(&told)) {
                assert!(!text.contains(&squeeze(&told)), "« {told} » in {name}");
            }
        }
    }
}
