//! An attacker that is written apart from the protection. He holds finished documents — workbooks and pages — and reads the
//! values that they print; which rows stand behind each he works out from the days and classes that the documents name; by
//! linear programming he bounds what every enterprise has that his reader does not know.

use std::collections::{BTreeMap, BTreeSet};

use calamine::{Data, DataType as _, Reader as _, Xlsx, open_workbook};
use microlp::{ComparisonOp, OptimizationDirection, Problem};

use crate::fixture::Fixture;
use crate::pdf;

/// What an application brings, by the measures that documents print.
pub(crate) struct Application {
    /// The legal unit: sites of one company are one.
    enterprise: String,
    pub(crate) council: String,
    pub(crate) scheme: String,
    filed: String,
    granted: Option<String>,
    is_announced: bool,
    amounts: BTreeMap<&'static str, f64>,
}

/// A sum that a document prints: over which applications, within which bounds.
pub(crate) struct Sum {
    pub(crate) rows: BTreeSet<usize>,
    pub(crate) least: f64,
    pub(crate) most: f64,
    pub(crate) told_by: String,
}

/// Measures by their names in the workbooks: whether they count from the day of filing.
pub(crate) const MEASURES: [(&str, &str, bool); 4] = [
    ("aides.obtenues", "Aides obtenues", false),
    ("aides.investissement", "Investissement", false),
    ("aides.demandees", "Aides demandées", true),
    ("emplois", "Emplois", false),
];

fn iso(cell: &Data) -> Option<String> {
    match cell {
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        Data::String(text) => {
            let mut parts = text.split('/').rev();
            Some([parts.next()?, parts.next()?, parts.next()?].join("-"))
        }
        _ => None,
    }
}

fn number(cell: &Data) -> f64 {
    cell.as_f64().or_else(|| cell.as_string()?.replace(' ', "").replace(',', ".").parse().ok()).unwrap_or(0.0)
}

/// A sheet as rows by heading.
pub(crate) fn sheet(fixture: &Fixture, workbook: &str, name: &str) -> Vec<BTreeMap<String, Data>> {
    let mut workbook: Xlsx<_> = open_workbook(fixture.path(&format!("inputs/{workbook}.xlsx"))).expect("a workbook");
    let range = workbook.worksheet_range(name).expect("a sheet");
    let mut rows = range.rows();
    let headings: Vec<String> = rows.next().expect("headings").iter().map(ToString::to_string).collect();
    rows.map(|row| headings.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

pub(crate) fn applications(fixture: &Fixture) -> Vec<Application> {
    let partners: BTreeMap<String, String> = sheet(fixture, "contacts", "Partenaires")
        .iter()
        .map(|row| (row["Code"].to_string(), row["Nom usuel"].to_string()))
        .collect();
    let text =
        |row: &BTreeMap<String, Data>, heading: &str| row.get(heading).map(ToString::to_string).unwrap_or_default();
    let firms: BTreeMap<String, (String, String)> = sheet(fixture, "contacts", "Entreprises")
        .iter()
        .map(|row| {
            let siret = text(row, "SIRET");
            let unit = if siret.len() == 14 { siret[..9].to_owned() } else { text(row, "Raison sociale") };
            let council = partners.get(&text(row, "Partenaire")).cloned().unwrap_or_default();
            (format!("{}|{}", text(row, "Raison sociale"), text(row, "Site")), (unit, council))
        })
        .collect();
    let application = |row: &BTreeMap<String, Data>| {
        let (enterprise, council) = firms[&format!("{}|{}", text(row, "Entreprise"), text(row, "Site"))].clone();
        let is_granted = text(row, "Décision") == "Lauréat";
        let amount = |heading: &str| row.get(heading).map_or(0.0, number);
        let amounts = [
            ("aides.obtenues", amount("Aide obtenue")),
            ("aides.investissement", amount("Investissement")),
            ("aides.demandees", amount("Aide demandée")),
            ("emplois", amount("Emplois créés") + amount("Emplois maintenus")),
        ];
        Application {
            enterprise,
            council,
            scheme: text(row, "Dispositif"),
            filed: iso(&row["Déposé le"]).expect("a day"),
            granted: row.get("Décidé le").and_then(iso).filter(|_| is_granted),
            is_announced: is_granted && text(row, "Annonce publique") == "oui",
            amounts: amounts.into(),
        }
    };
    sheet(fixture, "finances", "Aides").iter().map(application).collect()
}

/// The applications that count between two days for a measure.
pub(crate) fn between(all: &[Application], is_filed: bool, from: &str, to: &str) -> BTreeSet<usize> {
    let day = |it: &Application| if is_filed { Some(it.filed.clone()) } else { it.granted.clone() };
    let holds = |(_, it): &(usize, &Application)| day(it).is_some_and(|day| *from <= *day && *day <= *to);
    all.iter().enumerate().filter(holds).map(|(place, _)| place).collect()
}

/// Everything that the finished documents of all partners print of a measure.
fn sums(fixture: &Fixture, all: &[Application], measure: &'static str, label: &str, is_filed: bool) -> Vec<Sum> {
    let mut sums = Vec::new();
    let mut add = |rows: BTreeSet<usize>, cell: &Data, told_by: String| {
        if let Some(value) = cell.as_f64() {
            sums.push(Sum { rows, least: value - 0.01, most: value + 0.01, told_by });
        }
    };
    // What the programme accompanied has a row of its own, which begins alike.
    let is_it = |cell: &Data| cell.to_string().starts_with(label) && !cell.to_string().contains("accompagn");
    let open = |path: std::path::PathBuf| -> Xlsx<_> { open_workbook(path).expect("a workbook") };
    for entry in std::fs::read_dir(fixture.path("out/indicators")).expect("months") {
        let month = entry.expect("a month").file_name().to_string_lossy().into_owned();
        let mut workbook = open(fixture.path(&format!("out/indicators/{month}/indicateurs.xlsx")));
        for row in workbook.worksheet_range("Données").expect("data").rows().filter(|row| row[1] == *measure) {
            let of = iso(&row[0]).expect("a month")[..7].to_owned();
            add(between(all, is_filed, &of, &format!("{of}-31")), &row[3], format!("{of} in {month}"));
        }
        let board = workbook.worksheet_range("Tableau de bord").expect("a board");
        let since = board.rows().find_map(|row| row.iter().position(|cell| *cell == *"Depuis le début"));
        for row in board.rows().filter(|row| is_it(&row[0])) {
            let since = since.and_then(|column| row.get(column)).unwrap_or(&Data::Empty);
            add(between(all, is_filed, "", &format!("{month}-31")), since, format!("since the start in {month}"));
        }
    }
    for entry in std::fs::read_dir(fixture.path("out/report")).expect("halves") {
        let half = entry.expect("a half").file_name().to_string_lossy().into_owned();
        let (year, first) = (&half[..4], half.ends_with("S1"));
        let (from, to) = if first { ("01", "06") } else { ("07", "12") };
        let mut workbook = open(fixture.path(&format!("out/report/{half}/bilan.xlsx")));
        let figures = workbook.worksheet_range("Indicateurs").expect("figures");
        for row in figures.rows().filter(|row| is_it(&row[0])) {
            let (from, to) = (format!("{year}-{from}"), format!("{year}-{to}-31"));
            add(between(all, is_filed, &from, &to), &row[2], half.clone());
            add(between(all, is_filed, "", &to), &row[3], format!("since the start in {half}"));
        }
    }
    sums
}

/// The classes of an annex's tables: aid, investment and jobs by council and by scheme, up to the day on which its figures are
/// closed, each within what rounding leaves.
fn classes(text: &str, all: &[Application], day: &str) -> Vec<(&'static str, Sum)> {
    let granted = between(all, false, "", day);
    let of = |class: &dyn Fn(&Application) -> &String| {
        let labels: BTreeSet<String> = granted.iter().map(|place| class(&all[*place]).clone()).collect();
        let (mut named, mut others) = (Vec::new(), granted.clone());
        let mut add = |label: &str, rows: BTreeSet<usize>| {
            // A row of the table: the class, laureates, aid, investment, jobs.
            let row = format!("{label} {} ", rows.len());
            let told: Option<Vec<&str>> = text.find(&row).map(|at| text[at + row.len()..].splitn(3, '€').collect());
            let Some(told) = told.filter(|_| !rows.is_empty()) else { return false };
            let is_number = |it: &char| it.is_ascii_digit() || *it == '\u{202f}';
            let jobs: String = told[2].trim().chars().take_while(is_number).collect();
            for (measure, told) in [("aides.obtenues", told[0]), ("aides.investissement", told[1]), ("emplois", &jobs)]
            {
                let (least, most) = rounded(told).unwrap_or_else(|| panic!("{label}, {measure}: {told}"));
                let told_by = format!("{label} in the annex");
                named.push((measure, Sum { rows: rows.clone(), least, most, told_by }));
            }
            true
        };
        for label in labels {
            let rows: BTreeSet<usize> = granted.iter().copied().filter(|place| *class(&all[*place]) == label).collect();
            if add(&label, rows.clone()) {
                others.retain(|place| !rows.contains(place));
            }
        }
        add("Autres", others);
        named
    };
    of(&|it| &it.council).into_iter().chain(of(&|it| &it.scheme)).collect()
}

/// The numbers of which one is printed so: « 9,6 M » may be anything from 9 550 000 to 9 650 000.
fn rounded(told: &str) -> Option<(f64, f64)> {
    let (number, unit) = match told.trim().split_once(' ') {
        Some((number, "M")) => (number, 1_000_000.0),
        Some((number, "k")) => (number, 1_000.0),
        Some(_) => return None,
        None => (told.trim(), 1.0),
    };
    let value: f64 = number.replace('\u{202f}', "").replace(',', ".").parse().ok()?;
    let half = match unit {
        1_000_000.0 => 50_000.0,
        1_000.0 => 500.0,
        _ => 0.01,
    };
    Some((value * unit - half, value * unit + half))
}

/// How far what an enterprise has can be, for who holds some sums of rows that he does not know.
fn bounds(rows: &[usize], own: &BTreeSet<usize>, sums: &[(BTreeSet<usize>, f64, f64)]) -> (f64, f64) {
    let extreme = |direction| {
        let mut problem = Problem::new(direction);
        let weight = |row| if own.contains(row) { 1.0 } else { 0.0 };
        let variables: BTreeMap<usize, _> =
            rows.iter().map(|row| (*row, problem.add_var(weight(row), (0.0, 1e6)))).collect();
        for (sum, least, most) in sums {
            let terms: Vec<_> = sum.iter().map(|row| (variables[row], 1.0)).collect();
            problem.add_constraint(&terms, ComparisonOp::Ge, *least);
            problem.add_constraint(&terms, ComparisonOp::Le, *most);
        }
        problem.solve().map(|solution| solution.objective()).expect("the true values solve it")
    };
    (extreme(OptimizationDirection::Minimize), extreme(OptimizationDirection::Maximize))
}

/// Somebody who reads, by what he knows already.
enum Reader<'a> {
    /// Nothing: the list of laureates names firms and no amounts.
    Stranger,
    /// What was announced, with its amounts.
    Anybody,
    /// That, and the firms of his council.
    Council(&'a str),
}

impl Reader<'_> {
    fn knows(&self, it: &Application) -> bool {
        match self {
            Self::Stranger => false,
            Self::Anybody => it.is_announced,
            Self::Council(council) => it.is_announced || it.council == *council,
        }
    }
}

/// Attacks every enterprise for everybody who reads; how many were attacked, and who was found.
pub(crate) fn attack(all: &[Application], measure: &str, sums: &[&Sum]) -> (usize, Vec<String>) {
    for sum in sums {
        let truth: f64 = sum.rows.iter().map(|place| all[*place].amounts[measure]).sum();
        assert!(sum.least <= truth && truth <= sum.most, "{measure}, {}: {truth}, not {}", sum.told_by, sum.most);
    }
    let scale = sums.iter().map(|sum| sum.most).fold(1.0, f64::max) / 10_000.0;
    let amount = |place: &usize| all[*place].amounts[measure] / scale;
    let councils: BTreeSet<&String> = all.iter().map(|it| &it.council).collect();
    let readers = [("a stranger", Reader::Stranger), ("anybody", Reader::Anybody)];
    let councils = councils.into_iter().map(|council| (council.as_str(), Reader::Council(council)));
    let (mut attacked, mut found) = (0, Vec::new());
    for (name, reader) in readers.into_iter().chain(councils) {
        let is_known = |place: &usize| reader.knows(&all[*place]);
        let known: Vec<(BTreeSet<usize>, f64, f64)> = sums
            .iter()
            .map(|sum| {
                let known: f64 = sum.rows.iter().filter(|it| is_known(it)).map(amount).sum();
                let rows: BTreeSet<usize> = sum.rows.iter().copied().filter(|it| !is_known(it)).collect();
                found.extend(weak(all, measure, &rows).map(|why| format!("{name}: {}, {why}", sum.told_by)));
                (rows, sum.least / scale - known, sum.most / scale - known)
            })
            .filter(|(rows, ..): &(BTreeSet<usize>, f64, f64)| !rows.is_empty())
            .collect();
        let rows: BTreeSet<usize> = known.iter().flat_map(|(rows, ..)| rows.iter().copied()).collect();
        let rows: Vec<usize> = rows.into_iter().collect();
        let mut enterprises: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for row in &rows {
            enterprises.entry(&all[*row].enterprise).or_default().insert(*row);
        }
        let stands = |row: usize| known.iter().map(|(rows, ..)| rows.contains(&row)).collect::<Vec<_>>();
        for (enterprise, own) in enterprises {
            attacked += 1;
            let truth: f64 = own.iter().map(amount).sum();
            // Whoever stands in the very same sums as one of its applications may have nothing, and this one all.
            let places: BTreeSet<Vec<bool>> = own.iter().map(|row| stands(*row)).collect();
            let beside = rows.iter().filter(|row| !own.contains(row) && places.contains(&stands(**row)));
            if truth <= 0.0 || beside.map(amount).sum::<f64>() >= truth / 10.0 {
                continue;
            }
            let (least, most) = bounds(&rows, &own, &known);
            if least > truth * 0.9 + 1e-6 && most < truth * 1.1 - 1e-6 {
                found.push(format!("{name}: {measure} of {enterprise}, {truth} within {least} and {most}"));
            }
        }
    }
    (attacked, found)
}

/// Why what a reader does not know of a figure is too little: fewer than three enterprises, or one that makes most of it.
fn weak(all: &[Application], measure: &str, rows: &BTreeSet<usize>) -> Option<String> {
    let mut parts: BTreeMap<&str, f64> = BTreeMap::new();
    for row in rows {
        *parts.entry(&all[*row].enterprise).or_default() += all[*row].amounts[measure];
    }
    let (total, largest) = (parts.values().sum::<f64>(), parts.values().copied().fold(0.0, f64::max));
    match parts.len() {
        0 => None,
        1 | 2 => Some(format!("enterprises: {:?}", parts.keys())),
        _ => (largest > total * 0.85 + 1e-6).then(|| format!("one has {largest} of {total}")),
    }
}

#[test]
fn who_holds_every_finished_document_of_the_shipped_territory_bounds_no_firm() {
    let fixture = Fixture::shipped();
    for documents in ["indicators", "report", "annexes CA2C-2022-70"] {
        fixture.succeed(&format!("build {documents}"));
    }
    let all = applications(&fixture);
    let annex = pdf::text(&fixture.read("out/annexes/CA2C-2022-70/annexe-1-bilan.pdf"));
    let annex = annex.split_whitespace_kept();
    let mut attacked = 0;
    for (measure, label, is_filed) in MEASURES {
        let mut sums = sums(&fixture, &all, measure, label, is_filed);
        assert!(sums.len() > 20, "{measure}: {}", sums.len());
        let told = classes(&annex, &all, "2022-06-28").into_iter().filter(|(of, _)| *of == measure);
        let before = sums.len();
        sums.extend(told.map(|(_, sum)| sum));
        assert!(is_filed || sums.len() - before > 6, "{measure}: {} classes in {annex}", sums.len() - before);
        let (of_it, found) = attack(&all, measure, &sums.iter().collect::<Vec<_>>());
        assert!(found.is_empty(), "{found:#?}");
        attacked += of_it;
    }
    assert!(attacked > 400, "{attacked}");
}

/// Text with one common space between words, and the narrow ones inside numbers kept.
trait Spaced {
    fn split_whitespace_kept(&self) -> String;
}

impl Spaced for String {
    fn split_whitespace_kept(&self) -> String {
        let is_space = |it: char| it.is_whitespace() && it != '\u{202f}';
        self.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// A small deterministic source of numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A territory that nobody designed for: one firm of sixty millions, one company with three sites, months with a single
/// decision, years with a single laureate that was announced.
pub(crate) fn generated(seed: u64, newcomers: usize) -> Fixture {
    let mut dice = Dice(seed);
    let mut firms = String::from("Raison sociale | Site | Partenaire | Commune");
    let mut aids = String::from(
        "Entreprise | Site | Dispositif | Plan | Déposé le | Décision | Décidé le | Investissement | Aide demandée | \
         Aide obtenue | Accompagné | Emplois créés | Emplois maintenus | Annonce publique",
    );
    for firm in 0..30 {
        let (name, site) = match firm {
            0..3 => ("Trois Sites".to_owned(), format!("Site {firm}")),
            _ => (format!("Firme {}", char::from(b'A' + u8::try_from(firm - 3).expect("a letter"))), String::new()),
        };
        let council = ["AAA", "BBB", "CCC"][usize::try_from(dice.roll(3)).expect("a council")];
        firms.push_str(&format!("\n{name} | {site} | {council} | Aval"));
        for _ in 0..=dice.roll(2) {
            let (year, month) = (2021 + dice.roll(2), 1 + dice.roll(6));
            let invested = if firm == 5 { 60_000_000 } else { 10_000 * (1 + dice.roll(300)) };
            let decision = ["Lauréat", "Lauréat", "Refusé"][usize::try_from(dice.roll(3)).expect("a decision")];
            let is_granted = decision == "Lauréat";
            let obtained = if is_granted { (invested / 5).to_string() } else { String::new() };
            let announced = if is_granted && dice.roll(3) == 0 { "oui" } else { "non" };
            let scheme = ["Fonds Essai", "Autre appel", "Guichet"][usize::try_from(dice.roll(3)).expect("a scheme")];
            aids.push_str(&format!(
                "\n{name} | {site} | {scheme} | France Relance | {:02}/{month:02}/{year} | {decision} | {:02}/{:02}/{year} | \
                 {invested} | {} | {obtained} | non | {} | {} | {announced}",
                1 + dice.roll(28),
                1 + dice.roll(28),
                month + 1 + dice.roll(5),
                invested / 4,
                dice.roll(40),
                dice.roll(200),
            ));
        }
    }
    for newcomer in 0..newcomers {
        firms.push_str(&format!("\nVenue {newcomer} | | AAA | Aval"));
        aids.push_str(&format!(
            "\nVenue {newcomer} | | Guichet | France Relance | 03/03/2021 | Lauréat | 04/05/2021 | 1 000 000 | 200 000 | \
             {}0 000 | non | 3 | 20 | non",
            11 + newcomer
        ));
    }
    Fixture::small()
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN
             CCI  | CCI  | Chambre d’essai | CCI d’Essai | de la CCI d’Essai |
             AAA  | CC   | Communauté de communes d’Aval | Aval | d’Aval | 200030633
             BBB  | CC   | Communauté de communes de Bief | Bief | de Bief | 200042190
             CCC  | CA   | Communauté d’agglomération du Cours | Cours | du Cours | 200043263",
        )
        .table("Entreprises", &firms)
        .table("Aides", &aids)
}

#[test]
fn who_holds_every_finished_document_of_a_territory_that_nobody_designed_for_bounds_no_firm() {
    let (first, last) = (1, 3);
    let mut printed = 0;
    for seed in first..=last {
        let fixture = generated(seed, 0);
        for documents in ["indicators", "report"] {
            fixture.succeed(&format!("build {documents}"));
        }
        let all = applications(&fixture);
        for (measure, label, is_filed) in MEASURES {
            let sums = sums(&fixture, &all, measure, label, is_filed);
            printed += sums.iter().filter(|sum| !sum.rows.is_empty()).count();
            let (_, found) = attack(&all, measure, &sums.iter().collect::<Vec<_>>());
            assert!(found.is_empty(), "territory {seed}: {found:#?}");
        }
    }
    assert!(printed > 20, "{printed}");
}
