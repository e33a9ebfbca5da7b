//! The half-year's reports and the monthly indicators: figures from rows, one value a name, nobody's firms but one's own.

use std::collections::{BTreeMap, BTreeSet};

use calamine::{Data, DataType as _, Range, Reader as _, Xlsx, open_workbook};
use serde_json::Value;

use crate::fixture::Fixture;
use crate::pdf::{squeeze, squeezed_text};

const COUNCILS: [&str; 6] = ["CAVM", "CAPH", "CAMVS", "CAC", "CA2C", "CAD"];

fn figures(fixture: &Fixture, kind: &str, id: &str) -> Vec<Value> {
    let run = fixture.succeed(&format!("explain {kind} {id} --format json"));
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    value["documents"][0]["chiffres"].as_array().expect("figures").clone()
}

fn figure<'a>(figures: &'a [Value], name: &str) -> &'a Value {
    figures.iter().find(|figure| figure["nom"] == name).unwrap_or_else(|| panic!("no figure {name}"))
}

fn sheet(fixture: &Fixture, file: &str, name: &str) -> Range<Data> {
    let mut workbook: Xlsx<_> = open_workbook(fixture.path(file)).expect("a workbook");
    workbook.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The values of the cells behind a figure, read from the inputs.
fn cells(fixture: &Fixture, figure: &Value) -> Vec<Data> {
    let mut sheets: BTreeMap<(String, String), Range<Data>> = BTreeMap::new();
    let cells = figure["cellules"].as_array().expect("cells");
    cells
        .iter()
        .map(|cell| {
            let parts: Vec<&str> = cell.as_str().expect("a cell").split(" › ").collect();
            let range = sheets
                .entry((parts[0].to_owned(), parts[1].to_owned()))
                .or_insert_with(|| sheet(fixture, parts[0], parts[1]));
            let column = u32::from(parts[2].as_bytes()[0] - b'A');
            let row: u32 = parts[2][1..].parse().expect("a row");
            range.get_value((row - 1, column)).cloned().unwrap_or_default()
        })
        .collect()
}

#[test]
fn the_report_prints_the_real_figures_and_explain_lists_their_rows() {
    let fixture = Fixture::shipped();
    fixture.succeed("build report 2022-S1");
    let text = squeezed_text(&fixture.read("out/report/2022-S1/bilan.pdf"));
    for expected in [
        "plus de 200 prises de contact",
        "43 entreprises accompagnées",
        "Les dossiers accompagnés ont obtenu 1,2 M€",
        "les demandes en cours d’instruction portent sur 3,4 M€",
        "45,5 % (10 sur 22)",
    ] {
        assert!(text.contains(&squeeze(expected)), "« {expected} » is not in {text}");
    }
    let figures = figures(&fixture, "report", "2022-S1");
    let accompanied = cells(&fixture, figure(&figures, "entreprises.accompagnees@..2022-06-30"));
    assert_eq!(accompanied.len(), 43);
    let is_accompanied = |cell: &Data| {
        ["Sensibilisation et information", "Accompagnement renforcé"].contains(&cell.to_string().as_str())
    };
    assert!(accompanied.iter().all(is_accompanied), "{accompanied:?}");
    let contacts = cells(&fixture, figure(&figures, "entreprises.contacts@..2022-06-30"));
    assert_eq!(contacts.len(), 208);
    for (name, euros) in [
        ("accompagnes.obtenu@..2022-06-30", 1_200_000.0),
        ("accompagnes.instruction@2022-01-01..2022-06-30", 3_400_000.0),
    ] {
        let cells = cells(&fixture, figure(&figures, name));
        let sum: f64 = cells.iter().filter_map(calamine::DataType::as_f64).sum();
        assert!(!cells.is_empty() && (sum - euros).abs() < 0.005, "{name}: {sum}");
    }
}

/// The number that a figure stands for, as a workbook holds it.
fn number(figure: &Value) -> Option<f64> {
    let value = &figure["valeur"];
    value["nombre"]
        .as_f64()
        .or_else(|| value["centimes"].as_f64().map(|cents| cents / 100.0))
        .or_else(|| value["centiemes"].as_f64().map(|hundredths| hundredths / 100.0))
        .or_else(|| {
            let (part, whole) = (value["part"][0].as_f64()?, value["part"][1].as_f64()?);
            (whole > 0.0).then(|| part / whole)
        })
}

#[test]
fn the_pages_the_workbook_and_explain_agree() {
    let fixture = Fixture::shipped();
    fixture.succeed("build report 2022-S1");
    let text = squeezed_text(&fixture.read("out/report/2022-S1/bilan.pdf"));
    let figures = figures(&fixture, "report", "2022-S1");
    let table = sheet(&fixture, "out/report/2022-S1/bilan.xlsx", "Indicateurs");
    let mut compared = 0;
    for row in table.rows().skip(4) {
        let label = row[0].to_string();
        for (column, window) in [(1, "@2021-07-01..2021-12-31"), (2, "@2022-01-01..2022-06-30"), (3, "@..2022-06-30")] {
            let Some(held) = row[column].as_f64() else { continue };
            let found = figures.iter().find(|figure| {
                let name = figure["nom"].as_str().unwrap_or_default();
                name.ends_with(window)
                    && !name.contains('[')
                    && figure["libelle"].as_str().is_some_and(|found| found.to_lowercase() == label.to_lowercase())
            });
            let figure = found.unwrap_or_else(|| panic!("{label} {window} is not explained"));
            let explained = number(figure).expect("a number");
            assert!((held - explained).abs() < 1e-9, "{label}: {held} in the workbook, {explained} explained");
            let printed = figure["imprime"].as_str().expect("a text");
            assert!(
                text.contains(&squeeze(&label)) && text.contains(&squeeze(printed)),
                "{label}: {printed} is not on the pages"
            );
            compared += 1;
        }
    }
    assert!(compared > 55, "{compared}");
    for by in ["thème", "intercommunalité", "filière"] {
        for (class, count) in classes(&fixture, "2022-S1", &format!("Entreprises rencontrées, par {by}")) {
            // The bar of those that were accompanied stands within it, with its own number.
            let line =
                regex::Regex::new(&format!("{}[0-9]*{count}", regex::escape(&squeeze(&class)))).expect("a pattern");
            assert!(line.is_match(&text), "{by}: « {class} {count} » is not on the pages");
        }
    }
}

/// The classes of a series in the data of a report's workbook.
fn classes(fixture: &Fixture, half: &str, series: &str) -> Vec<(String, usize)> {
    let table = sheet(fixture, &format!("out/report/{half}/bilan.xlsx"), "Données");
    let rows = table.rows().filter(|row| row[0] == series);
    rows.map(|row| (row[1].to_string(), usize::try_from(row[2].as_i64().expect("a number")).expect("a count")))
        .collect()
}

/// Firms by the council where they stand, from the inputs.
fn firms(fixture: &Fixture) -> Vec<(String, String)> {
    let table = sheet(fixture, "inputs/contacts.xlsx", "Entreprises");
    let headings: Vec<String> = table.rows().next().expect("headings").iter().map(ToString::to_string).collect();
    let column = |name: &str| headings.iter().position(|heading| heading == name).expect("a column");
    let (name, partner) = (column("Raison sociale"), column("Partenaire"));
    table.rows().skip(1).map(|row| (row[name].to_string(), row[partner].to_string())).collect()
}

#[test]
fn a_council_s_report_names_no_firm_of_another_and_the_general_one_none() {
    let fixture = Fixture::shipped();
    fixture.succeed("build report 2022-S1");
    let firms = firms(&fixture);
    assert!(firms.len() > 100);
    for council in COUNCILS {
        let text = squeezed_text(&fixture.read(&format!("out/report/2022-S1/bilan-{council}.pdf")));
        let named = |own: bool| {
            firms
                .iter()
                .filter(move |(_, partner)| (partner == council) == own)
                .filter(|(name, _)| text.contains(&squeeze(name)))
        };
        assert!(named(true).count() > 3, "{council} names too few of its own firms");
        assert_eq!(named(false).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "{council}");
    }
    let general = squeezed_text(&fixture.read("out/report/2022-S1/bilan.pdf"));
    let named: Vec<_> = firms.iter().filter(|(name, _)| general.contains(&squeeze(name))).collect();
    assert_eq!(named, Vec::<&(String, String)>::new());
    let bytes = fixture.read("out/report/2022-S1/bilan.xlsx");
    let mut workbook = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    for (name, range) in workbook.worksheets() {
        let found =
            range.used_cells().find(|(_, _, cell)| firms.iter().any(|(firm, _)| cell.to_string().contains(firm)));
        assert_eq!(found, None, "{name}");
    }
}

#[test]
fn breakdowns_of_firms_count_the_rows_of_the_sheets() {
    let fixture = Fixture::shipped();
    fixture.succeed("build report 2022-S1");
    // A firm with two sites is two.
    let known = sheet(&fixture, "inputs/contacts.xlsx", "Entreprises");
    let key = |name: &Data, site: &Data| format!("{name} {site}");
    let partners: BTreeMap<String, String> =
        known.rows().skip(1).map(|row| (key(&row[0], &row[1]), row[3].to_string())).collect();
    let follow_ups = sheet(&fixture, "inputs/evenements.xlsx", "Accompagnements");
    let mut met: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in follow_ups.rows().skip(1) {
        let Data::DateTime(date) = &row[0] else { panic!("{row:?}") };
        // From 1 January to 30 June 2022, as Excel counts days.
        if (44_562.0..44_743.0).contains(&date.as_f64()) {
            let firm = key(&row[1], &row[2]);
            met.entry(partners[&firm].clone()).or_default().insert(firm);
        }
    }
    let by_council = classes(&fixture, "2022-S1", "Entreprises rencontrées, par intercommunalité");
    let mut printed: Vec<usize> = by_council.into_iter().map(|(_, count)| count).collect();
    let mut counted: Vec<usize> = met.values().map(BTreeSet::len).collect();
    printed.sort_unstable();
    counted.sort_unstable();
    assert_eq!(printed, counted);
    // Every firm of the inputs has a sector and a size.
    assert!(!squeezed_text(&fixture.read("out/report/2022-S1/bilan.pdf")).contains(&squeeze("non renseigné")));
}

#[test]
fn breakdowns_that_others_read_show_no_class_under_three_firms() {
    let fixture = Fixture::shipped();
    let mut seen = 0;
    for half in ["2021-S1", "2021-S2", "2022-S1", "2022-S2"] {
        fixture.succeed(&format!("build report {half}"));
        for done in ["rencontrées", "accompagnées"] {
            for by in ["thème", "intercommunalité", "filière", "taille", "niveau"] {
                let series = format!("Entreprises {done}, par {by}");
                let classes = classes(&fixture, half, &series);
                seen += classes.len();
                let small = classes.into_iter().find(|(_, count)| *count < 3);
                assert_eq!(small, None, "{half}, {series}");
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn documents_that_print_one_indicator_agree() {
    let fixture = Fixture::shipped();
    let listed = fixture.succeed("list").stdout;
    let mut seen: BTreeMap<String, (Value, String)> = BTreeMap::new();
    let (mut documents, mut shared) = (0, 0);
    for line in listed.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [kind, id, ..] = words.as_slice() else { continue };
        documents += 1;
        for figure in figures(&fixture, kind, id) {
            let name = figure["nom"].as_str().expect("a name").to_owned();
            let told = format!("{kind} {id}");
            match seen.get(&name) {
                Some((value, first)) if *first != told => {
                    assert_eq!(value, &figure["valeur"], "{name}: {first} and {told} disagree");
                    shared += 1;
                }
                Some(_) => {}
                None => {
                    seen.insert(name, (figure["valeur"].clone(), told));
                }
            }
        }
    }
    assert!(documents > 30 && shared > 100, "{documents} documents, {shared} figures in common");
}

/// A programme that began in the middle of 2022, with an accompanied firm whose project was refused.
fn young() -> Fixture {
    Fixture::small()
        .settings("depuis = 2021-01-01", "depuis = 2022-03-01")
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN | Depuis | Jusqu'au
             CCI  | CCI  | Chambre d’essai | CCI d’Essai | de la CCI d’Essai | | |
             AAA  | CC   | Communauté de communes d’Aval | Aval | d’Aval | 200030633 | |
             BBB  | CC   | Communauté de communes d’Amont | Amont | d’Amont | 200042190 | 01/05/2022 |
             CCC  | CC   | Communauté de communes du Plateau | Plateau | du Plateau | 200043396 | | 31/12/2021",
        )
        .table(
            "Entreprises",
            "Raison sociale | Site | Partenaire | Commune
             Forge du Pont | Aval | AAA | Pont
             Forge du Pont | Amont | BBB | Mont",
        )
        .table(
            "Accompagnements",
            "Date | Entreprise | Site | Niveau | Thème
             10/04/2022 | Forge du Pont | Aval | Prise de contact | Bas carbone
             10/09/2022 | Forge du Pont | Amont | Accompagnement renforcé | Bas carbone",
        )
}

#[test]
fn the_first_half_year_has_nothing_to_compare_with() {
    let fixture = young();
    fixture.succeed("build report 2022-S1");
    let folder = fixture.path("out/report/2022-S1");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    // The partner that joined in May has its report; the one that left the year before has none.
    assert_eq!(files, ["bilan-AAA.pdf", "bilan-BBB.pdf", "bilan-presentation.pdf", "bilan.pdf", "bilan.xlsx"]);
    let text = squeezed_text(&fixture.read("out/report/2022-S1/bilan.pdf"));
    for expected in [
        "un nombre secret d’entreprises, sans aller encore au-delà de la prise de contact",
        "Aucune aide n’est encore obtenue.",
        "sans objet",
    ] {
        assert!(text.contains(&squeeze(expected)), "« {expected} » is not in {text}");
    }
    assert!(!text.contains("NaN") && !text.contains("précédent,contre"), "{text}");
    let empty = squeezed_text(&fixture.read("out/report/2022-S1/bilan-BBB.pdf"));
    assert!(empty.contains(&squeeze("n’a rencontré aucune entreprise d’Amont")), "{empty}");
    assert!(empty.contains(&squeeze("Aucun échange n’est enregistré ce semestre.")), "{empty}");
}

#[test]
fn a_firm_with_two_sites_counts_where_each_of_them_stands() {
    let mut fixture = young().settings("depuis = ", "arrete_au = 2022-12-31\ndepuis = ");
    // Beside three others of each partner, so that the count of all is a secret for neither.
    let others = [
        "Scierie 1 | AAA",
        "Scierie 2 | AAA",
        "Scierie 3 | AAA",
        "Tuilerie 1 | BBB",
        "Tuilerie 2 | BBB",
        "Tuilerie 3 | BBB",
    ];
    let others = others.map(|other| other.split_once(" | ").expect("a firm and its partner"));
    let firms = others.map(|(firm, partner)| format!("\n{firm} | | {partner} | Pont")).concat();
    let visited =
        |day: &str| others.map(|(firm, _)| format!("\n{day} | {firm} | | Prise de contact | Bas carbone")).concat();
    fixture.edit("Entreprises", "| Mont", &format!("| Mont{firms}"));
    let visits = format!("Accompagnement renforcé | Bas carbone{}{}", visited("11/04/2022"), visited("11/09/2022"));
    fixture.edit("Accompagnements", "Accompagnement renforcé | Bas carbone", &visits);
    fixture.succeed("build report 2022-S2");
    let amont = squeezed_text(&fixture.read("out/report/2022-S2/bilan-BBB.pdf"));
    assert!(amont.contains(&squeeze("Forge du Pont (Amont)")), "{amont}");
    let aval = squeezed_text(&fixture.read("out/report/2022-S2/bilan-AAA.pdf"));
    assert!(!aval.contains(&squeeze("Forge du Pont (Amont)")), "{aval}");
    let figures = figures(&fixture, "report", "2022-S2");
    assert_eq!(figure(&figures, "entreprises.rencontrees@2022-07-01..2022-12-31")["valeur"]["nombre"], 7);
    assert_eq!(figure(&figures, "entreprises.rencontrees@2022-01-01..2022-06-30")["valeur"]["nombre"], 7);
}

#[test]
fn the_indicators_of_a_month_stand_on_one_page_and_in_a_workbook_of_every_month() {
    let fixture = Fixture::shipped();
    fixture.succeed("build indicators 2022-06");
    let page = fixture.read("out/indicators/2022-06/indicateurs.pdf");
    assert_eq!(crate::pdf::pages(&page), 1);
    let data = sheet(&fixture, "out/indicators/2022-06/indicateurs.xlsx", "Données");
    let rows: Vec<&[Data]> = data.rows().skip(4).collect();
    let met = |row: &&&[Data]| row[1] == "entreprises.rencontrees";
    // Eighteen months from January 2021 on.
    assert_eq!(rows.iter().filter(met).count(), 18);
    let figures = figures(&fixture, "indicators", "2022-06");
    let last = rows.iter().rfind(met).expect("a row");
    let explained = number(figure(&figures, "entreprises.rencontrees@2022-06-01..2022-06-30"));
    assert_eq!(last[3].as_f64(), explained);
}

#[test]
fn an_unknown_half_year_names_the_known_ones() {
    let run = young().run("build report 2021-S2");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("2022-S1"), "{}", run.stderr);
}

#[test]
fn the_plan_of_actions_stands_in_the_report_that_is_read_now_and_in_no_council_s() {
    let fixture = Fixture::shipped();
    let says = |path: &str| squeezed_text(&fixture.read(&format!("out/report/{path}"))).contains("Lepland'actions");
    for half in ["2021-S2", "2022-S1", "2022-S2"] {
        fixture.succeed(&format!("build report {half}"));
    }
    let found = ["2021-S2/bilan.pdf", "2022-S1/bilan.pdf", "2022-S2/bilan.pdf", "2022-S1/bilan-CAVM.pdf"].map(says);
    assert_eq!(found, [false, true, true, false]);
}
