//! Nobody learns what is not his: an attacker that holds every finished figure of a reader bounds each firm by linear
//! programming, from the cells that `explain` names and the workbooks alone.

use std::collections::{BTreeMap, BTreeSet};

use calamine::{Data, DataType as _, ExcelDateTime, Reader as _, Xlsx, open_workbook};
use liasse::diagnostics::Place;
use liasse::figures::{Cells, Figure, Quantity};
use liasse::model::{Aid, Decision, Desk, Disclosure, Readers, Tells, Told, audit};
use liasse::pipeline::learned;
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use serde_json::Value;

use crate::attacks::generated;
use crate::fixture::{Fixture, shipped_model};

const COUNCILS: [&str; 6] = ["CAVM", "CAPH", "CAMVS", "CAC", "CA2C", "CAD"];

/// An application of the shipped inputs.
struct Application {
    firm: String,
    council: String,
    announced: bool,
    amounts: BTreeMap<&'static str, f64>,
}

/// The applications by their rows.
fn applications(fixture: &Fixture) -> BTreeMap<u32, Application> {
    let mut contacts: Xlsx<_> = open_workbook(fixture.path("inputs/contacts.xlsx")).expect("contacts");
    let firms = contacts.worksheet_range("Entreprises").expect("firms");
    let councils: BTreeMap<String, String> =
        firms.rows().skip(1).map(|row| (format!("{}|{}", row[0], row[1]), row[3].to_string())).collect();
    let mut finances: Xlsx<_> = open_workbook(fixture.path("inputs/finances.xlsx")).expect("finances");
    let sheet = finances.worksheet_range("Aides").expect("applications");
    let headings: Vec<String> = sheet.rows().next().expect("headings").iter().map(ToString::to_string).collect();
    let column = |heading: &str| headings.iter().position(|found| found == heading).expect("a heading");
    let application = |row: &[Data]| {
        let text = |heading: &str| row[column(heading)].to_string();
        let number = |heading: &str| row[column(heading)].as_f64().unwrap_or(0.0);
        let amounts = [
            ("Aide obtenue", number("Aide obtenue")),
            ("Aide demandée", number("Aide demandée")),
            ("Investissement", number("Investissement")),
            ("Emplois", number("Emplois créés") + number("Emplois maintenus")),
        ];
        Application {
            firm: text("Entreprise"),
            council: councils[&format!("{}|{}", text("Entreprise"), text("Site"))].clone(),
            announced: text("Annonce publique") == "oui" && text("Décision") == "Lauréat",
            amounts: amounts.into(),
        }
    };
    (2..).zip(sheet.rows().skip(1)).map(|(number, row)| (number, application(row))).collect()
}

/// What all partners and everybody hold: of each figure that is printed, its value and the rows behind it, by column.
fn told(fixture: &Fixture) -> BTreeMap<&'static str, BTreeMap<BTreeSet<u32>, f64>> {
    let mut told: BTreeMap<&'static str, BTreeMap<BTreeSet<u32>, f64>> = BTreeMap::new();
    let months = (1..=20).map(|month| format!("{}-{:02}", 2021 + (month - 1) / 12, (month - 1) % 12 + 1));
    let documents = months
        .map(|month| ("indicators", month))
        .chain(["2021-S1", "2021-S2", "2022-S1", "2022-S2"].map(|half| ("report", half.to_owned())))
        .chain([("annexes", "CA2C-2022-70".to_owned())])
        .chain(["12", "13", "14"].map(|letter| ("newsletter", letter.to_owned())));
    for (kind, id) in documents {
        let run = fixture.succeed(&format!("explain {kind} {id} --format json"));
        let explained: Value = serde_json::from_str(&run.stdout).expect("JSON");
        for figure in explained["documents"][0]["chiffres"].as_array().expect("figures") {
            // What stands in one council's own report is its own firms'.
            let is_own = figure["nom"].as_str().is_some_and(|name| name.contains('['));
            if is_own || figure["secret"] == true {
                continue;
            }
            let cells = figure["cellules"].as_array().expect("cells");
            let cells: Vec<&str> = cells.iter().filter_map(Value::as_str).collect();
            let (mut rows, mut columns) = (BTreeSet::new(), BTreeSet::new());
            for cell in cells {
                let parts: Vec<&str> = cell.split(" › ").collect();
                if parts.get(1) == Some(&"Aides") {
                    columns.insert(&parts[2][..1]);
                    rows.insert(parts[2][1..].parse::<u32>().expect("a row"));
                }
            }
            let value = &figure["valeur"];
            let measured = match columns.into_iter().collect::<Vec<_>>().as_slice() {
                ["H"] => value["centimes"].as_f64().map(|cents| ("Investissement", cents / 100.0)),
                ["I"] => value["centimes"].as_f64().map(|cents| ("Aide demandée", cents / 100.0)),
                ["J"] => value["centimes"].as_f64().map(|cents| ("Aide obtenue", cents / 100.0)),
                ["M" | "N"] | ["M", "N"] => value["nombre"].as_f64().map(|jobs| ("Emplois", jobs)),
                _ => None,
            };
            if let Some((column, value)) = measured {
                told.entry(column).or_default().insert(rows, value);
            }
        }
    }
    told
}

/// How far what a firm has can be, for who holds some sums of unknown rows.
fn bounds(rows: &[u32], firm: &BTreeSet<u32>, sums: &[(BTreeSet<u32>, f64)]) -> (f64, f64) {
    let extreme = |direction| {
        let mut problem = Problem::new(direction);
        let weight = |row| if firm.contains(row) { 1.0 } else { 0.0 };
        let variables: BTreeMap<u32, _> =
            rows.iter().map(|row| (*row, problem.add_var(weight(row), (0.0, 1e6)))).collect();
        for (sum, value) in sums {
            let terms: Vec<_> = sum.iter().map(|row| (variables[row], 1.0)).collect();
            // As sure as floating point can be of sums that follow from one another.
            problem.add_constraint(&terms, ComparisonOp::Ge, *value - 1e-5);
            problem.add_constraint(&terms, ComparisonOp::Le, *value + 1e-5);
        }
        problem.solve().map(|solution| solution.objective()).expect("the true values solve it")
    };
    (extreme(OptimizationDirection::Minimize), extreme(OptimizationDirection::Maximize))
}

#[test]
fn nobody_who_holds_all_documents_bounds_a_firm_that_is_not_his_within_ten_percent() {
    let fixture = Fixture::shipped();
    let applications = applications(&fixture);
    let told = told(&fixture);
    let mut attacked = 0;
    for (column, sums) in &told {
        let amount = |row: &u32| applications[row].amounts[column];
        for council in [None].into_iter().chain(COUNCILS.map(Some)) {
            let is_known = |row: &u32| applications[row].announced || council == Some(&applications[row].council);
            let known: Vec<(BTreeSet<u32>, f64)> = sums
                .iter()
                .map(|(rows, value)| {
                    let own: f64 = rows.iter().filter(|row| is_known(row)).map(amount).sum();
                    (rows.iter().copied().filter(|row| !is_known(row)).collect(), (value - own) / 1000.0)
                })
                .filter(|(rows, _): &(BTreeSet<u32>, f64)| !rows.is_empty())
                .collect();
            let rows: BTreeSet<u32> = known.iter().flat_map(|(rows, _)| rows.iter().copied()).collect();
            let rows: Vec<u32> = rows.into_iter().collect();
            let mut firms: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
            for row in &rows {
                firms.entry(&applications[row].firm).or_default().insert(*row);
            }
            for (firm, own) in firms {
                let truth: f64 = own.iter().map(amount).sum::<f64>() / 1000.0;
                let (least, most) = bounds(&rows, &own, &known);
                assert!(
                    least <= truth * 0.9 + 1e-6 || most >= truth * 1.1 - 1e-6,
                    "{council:?} knows « {column} » of {firm}: {truth} within {least} and {most}"
                );
                attacked += 1;
            }
        }
    }
    assert!(attacked > 500, "{attacked}");
}

#[test]
fn the_figures_that_councils_vote_on_are_told_and_so_is_nearly_all_else() {
    let fixture = Fixture::shipped();
    let figures = |kind: &str, id: &str| -> Vec<Value> {
        let run = fixture.succeed(&format!("explain {kind} {id} --format json"));
        let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
        value["documents"][0]["chiffres"].as_array().expect("figures").clone()
    };
    let annex = figures("annexes", "CA2C-2022-70");
    for (name, printed) in [
        ("dossiers.laureats", "53"),
        ("aides.obtenues", "63,5\u{a0}M€"),
        ("aides.investissement", "588\u{a0}M€"),
        ("dossiers.fonds_laureats", "25"),
        ("dossiers.autres_laureats", "28"),
        ("accompagnes.obtenu", "1,2\u{a0}M€"),
        ("accompagnes.instruction", "3,4\u{a0}M€"),
        ("entreprises.accompagnees", "43"),
    ] {
        // A figure may stand behind a word of its sentence, or before its noun.
        let words = |text: &str| format!(" {} ", text.replace('\u{a0}', " "));
        let mut found = annex.iter().filter(|figure| figure["nom"] == format!("{name}@..2022-06-28"));
        let is_told = |figure: &Value| figure["imprime"].as_str().is_some_and(|it| words(it).contains(&words(printed)));
        assert!(found.any(is_told), "{name}: {printed} is not printed");
    }
    let mut all = (0, 0);
    for (kind, id) in
        [("indicators", "2022-06"), ("report", "2021-S2"), ("report", "2022-S1"), ("annexes", "CA2C-2022-70")]
    {
        for figure in figures(kind, id).iter().filter(|figure| figure["secret"] == true) {
            assert_eq!(figure["imprime"].as_str().map(|text| text.contains("secret")), Some(true), "{figure}");
            assert!(
                figure["valeur"].as_object().is_some_and(|value| value.values().all(|value| value == 0)),
                "{figure}"
            );
            all.0 += 1;
        }
        all.1 += figures(kind, id).len();
    }
    assert!(all.0 > 0 && all.0 * 5 < all.1, "{} of {} figures are secret", all.0, all.1);
}

/// The audit forgets how figures came about: it finds what two of them tell together, and nothing where one alone is told.
#[test]
fn the_audit_finds_the_firm_by_which_two_sums_differ() {
    let shared = Disclosure::new(shipped_model());
    let desk = Desk::new(&shared);
    let scope = desk.scope(Readers::Operator);
    let granted: Vec<_> = scope.aids().filter(|aid| aid.decision() == Decision::Granted).collect();
    let alone = |firm: &str| granted.iter().filter(|aid| aid.firm().name() == firm).count() == 1;
    let is_secret = |at: &usize| !granted[*at].is_announced() && alone(granted[*at].firm().name());
    let left =
        (0..granted.len()).filter(is_secret).max_by_key(|at| granted[*at].obtained()).expect("a secret laureate");
    let sum = |name: &str, without: Option<usize>| {
        let rows = || granted.iter().enumerate().filter(|(at, _)| Some(*at) != without).map(|(_, aid)| aid);
        let total = rows().filter_map(|aid| aid.obtained()).map(|cents| cents.0).sum();
        let cells: Cells = rows().map(|aid| aid.cell(Aid::OBTAINED)).collect();
        Figure::new(name, "aides obtenues", Quantity::Cents(total), cells)
    };
    let (whole, rest) = (sum("tout", None), sum("reste", Some(left)));
    let of = |figure, document| Told { figure, readers: &Readers::Partners, document };
    assert_eq!(audit(&scope, &[of(&whole, 0)]), []);
    assert_eq!(audit(&scope, &[of(&rest, 1)]), []);
    let found = audit(&scope, &[of(&whole, 0), of(&rest, 1)]);
    let cell = granted[left].cell(Aid::OBTAINED);
    let by_all = found.iter().find(|guess| guess.readers == Readers::Partners).expect("a finding");
    assert_eq!((&by_all.cell, by_all.figures.len()), (&cell, 2));
    assert_eq!(by_all.documents, BTreeSet::from([0, 1]));
    let value = Quantity::Cents(granted[left].obtained().map_or(0, |cents| cents.0));
    assert_eq!(by_all.tells, Tells::Between(value, value));
    let owner = Readers::Partner(granted[left].firm().partner().index());
    assert!(found.iter().all(|guess| guess.cell == cell && guess.readers != owner), "{found:?}");
    // A figure of one firm is told by itself, and not to the operator.
    let one = Figure::new(
        "une",
        "aides",
        Quantity::Cents(granted[left].obtained().map_or(0, |cents| cents.0)),
        Cells::from(cell.clone()),
    );
    assert!(!audit(&scope, &[of(&one, 0)]).is_empty());
    assert_eq!(audit(&scope, &[Told { figure: &one, readers: &Readers::Operator, document: 0 }]), []);
}

/// What is told of a finding: its cell, who learns it, from which figures of which documents, and what to do.
#[test]
fn what_the_audit_finds_is_told_with_its_cell_its_reader_its_figures_and_a_cure() {
    let shared = Disclosure::new(shipped_model());
    let desk = Desk::new(&shared);
    let scope = desk.scope(Readers::Operator);
    let granted: Vec<_> = scope.aids().filter(|aid| aid.decision() == Decision::Granted).collect();
    let amount = |at: &usize| granted[*at].obtained().map_or(0, |cents| cents.0);
    let alone = |firm: &str| granted.iter().filter(|aid| aid.firm().name() == firm).count() == 1;
    let is_secret = |at: &usize| !granted[*at].is_announced() && alone(granted[*at].firm().name());
    let mut secret: Vec<usize> = (0..granted.len()).filter(is_secret).collect();
    secret.sort_by_key(amount);
    let (small, large) = (&secret[..2], secret[secret.len() - 1]);
    let sum = |name: &str, rows: &[usize]| {
        let cells: Cells = rows.iter().map(|at| granted[*at].cell(Aid::OBTAINED)).collect();
        Figure::new(name, "aides obtenues", Quantity::Cents(rows.iter().map(amount).sum()), cells)
    };
    let told_of = |figures: &[Figure]| {
        let of = |(document, figure)| Told { figure, readers: &Readers::Partners, document };
        let told: Vec<Told> = figures.iter().enumerate().map(of).collect();
        learned(&scope, &audit(&scope, &told), &["Bilan de printemps", "Bilan d’été"])
    };
    let cell = granted[large].cell(Aid::OBTAINED);
    let others: Vec<usize> = (0..granted.len()).filter(|at| *at != large).collect();
    let all: Vec<usize> = (0..granted.len()).collect();
    for (code, figures, words) in [
        ("secret-trop-peu", vec![sum("une", &[large])], "« aides obtenues » (une) se réduit à 1\u{a0}entreprise"),
        ("secret-dominant", vec![sum("trois", &[small[0], small[1], large])], "fait plus de 85 % de ce que"),
        ("secret-deduit", vec![sum("tout", &all), sum("reste", &others)], "en rapprochant « aides obtenues » ("),
    ] {
        let told = told_of(&figures);
        let it = told.iter().find(|it| it.code == code).unwrap_or_else(|| panic!("no {code}: {told:#?}"));
        assert!(it.is_error() && it.place == Place::Cell(cell.clone()), "{it:?}");
        assert!(it.message.contains("chaque partenaire") && it.message.contains(words), "{}", it.message);
        assert!(it.message.contains("Bilan de printemps"), "{}", it.message);
        assert_eq!(it.message.contains("Bilan d’été"), figures.len() > 1, "{}", it.message);
        assert!(it.cure().is_some_and(|cure| cure.contains("Annonce publique")), "{it:?}");
    }
    assert!(told_of(&[sum("tout", &all)]).is_empty());
}

/// A report that was handed over and is made anew with one firm more tells that firm.
#[test]
fn two_editions_that_differ_by_one_firm_are_told_and_those_that_differ_by_many_are_not() {
    let edition = |newcomers| {
        let fixture = generated(1, 0);
        fixture.succeed("build report 2021-S1");
        let later = generated(1, newcomers);
        later.write();
        for workbook in ["contacts.xlsx", "finances.xlsx"] {
            std::fs::copy(later.path(&format!("inputs/{workbook}")), fixture.path(&format!("inputs/{workbook}")))
                .expect("a workbook");
        }
        let command = |arguments: &str| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_liasse"));
            command
                .args(arguments.split(' '))
                .current_dir(fixture.path(""))
                .env("XDG_CONFIG_HOME", fixture.path("config"));
            String::from_utf8_lossy(&command.output().expect("a run").stderr).into_owned()
        };
        (command("check"), command("build report 2021-S1"), command("build report 2021-S1"))
    };
    let (checked, built, again) = edition(1);
    for told in [&checked, &built] {
        assert!(told.contains("editions-voisines") && told.contains("Aides › "), "{told}");
        assert!(told.contains("premier semestre 2021"), "{told}");
    }
    assert!(!again.contains("editions-voisines"), "{again}");
    let (checked, built, _) = edition(3);
    assert!(!checked.contains("editions-voisines") && !built.contains("editions-voisines"), "{checked}{built}");
}

/// A month in which one application was decided says nothing of it, nor do the months around it.
#[test]
fn a_single_decision_in_a_month_is_secret_in_every_document() {
    let fixture = Fixture::shipped();
    fixture.succeed("build indicators 2022-06");
    let mut workbook: Xlsx<_> =
        open_workbook(fixture.path("out/indicators/2022-06/indicateurs.xlsx")).expect("a workbook");
    let data = workbook.worksheet_range("Données").expect("the data");
    let value = |month: &str, id: &str| {
        let is_it =
            |row: &&[Data]| matches!(&row[0], Data::DateTime(date) if month_of(*date) == month) && row[1] == *id;
        data.rows().find(is_it).map_or_else(|| panic!("no {id} in {month}"), |row| row[3].to_string())
    };
    for id in
        ["aides.obtenues", "aides.investissement", "emplois", "dossiers.laureats", "dossiers.refuses", "dossiers.taux"]
    {
        assert_eq!(value("2022-02", id), "secret", "{id}");
    }
    assert_eq!(value("2021-08", "dossiers.laureats"), "0");
}

fn month_of(date: ExcelDateTime) -> String {
    let (year, month, ..) = date.to_ymd_hms_milli();
    format!("{year}-{month:02}")
}
