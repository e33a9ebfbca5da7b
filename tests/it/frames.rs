//! How the pages of every kind end: nothing leaves the type area, no page is half empty, no heading stands alone at a foot.
//! Measured on the frames of the pages, over what ships and over inputs that strain a page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use liasse::files::Workspace;
use liasse::pipeline::{Request, Session};
use liasse::render::fit::{self, Fault, Filling};

use crate::fixture::Fixture;

/// The pages of one file, as they are filled.
pub(crate) struct Paged {
    kind: &'static str,
    name: String,
    fillings: Vec<Filling>,
}

impl Paged {
    /// What is wrong with its pages.
    fn faults(&self) -> Vec<(usize, Fault)> {
        fit::faults(&self.fillings)
    }
}

/// The pages of a kind's documents, or of one of them.
pub(crate) fn paged(fixture: &Fixture, kind: Option<&str>, id: Option<&str>) -> Vec<Paged> {
    fixture.write();
    let request = Request { kind: kind.map(str::to_owned), id: id.map(str::to_owned) };
    let [inputs, templates, out] = ["inputs", "templates", "out"].map(|folder| fixture.path(folder));
    let mut session = Session::new(Workspace { inputs, templates, out }, request);
    let snapshot = session.look().expect("a readable folder").snapshot;
    let mut found = Vec::new();
    for document in &snapshot.documents {
        let (_, files) = snapshot.files(*document).unwrap_or_else(|faults| panic!("{faults:#?}"));
        for file in files.iter().filter(|file| file.paged) {
            let laid = snapshot.screen(*document, &file.name).expect("pages");
            let screen = laid.as_ref().as_ref().unwrap_or_else(|faults| panic!("{}: {faults:#?}", file.name));
            let name = format!("{}/{}", snapshot.id(*document), file.name);
            found.push(Paged { kind: snapshot.kind(*document), name, fillings: screen.screen.fillings() });
        }
    }
    assert!(!found.is_empty(), "no pages of {kind:?} {id:?}");
    found
}

/// Every file fits: what design asks of the pages that ship.
#[track_caller]
pub(crate) fn assert_fits(paged: &[Paged]) {
    assert_without(paged, |_| true);
}

/// Nothing leaves the type area and no words stand on each other: what design asks whatever the inputs are.
#[track_caller]
pub(crate) fn assert_inside(paged: &[Paged]) {
    assert_without(paged, |fault| matches!(fault, Fault::Stray(..) | Fault::Overlap(..)));
}

#[track_caller]
fn assert_without(paged: &[Paged], counts: impl Fn(&Fault) -> bool) {
    let mut told = String::new();
    for file in paged {
        for (page, fault) in file.faults().iter().filter(|(_, fault)| counts(fault)) {
            writeln!(told, "{} {} page {page}: {fault:?}", file.kind, file.name).expect("a string");
        }
    }
    assert!(told.is_empty(), "{}\n{told}", table(paged));
}

/// Kind by kind: pages, how many leave more than 45 mm empty where none may, what is empty in all, and the worst page.
fn table(paged: &[Paged]) -> String {
    let mut kinds: BTreeMap<&str, Vec<&Paged>> = BTreeMap::new();
    paged.iter().for_each(|file| kinds.entry(file.kind).or_default().push(file));
    let mut lines = vec![
        "kind | files | pages | empty | thin ends | strays | overlaps | headings | lists | free mm a page | worst"
            .to_owned(),
    ];
    for (kind, files) in kinds {
        let faults: Vec<Fault> = files.iter().flat_map(|file| file.faults()).map(|(_, fault)| fault).collect();
        let count = |is: fn(&Fault) -> bool| faults.iter().filter(|fault| is(fault)).count();
        let pages: Vec<(f64, String)> = files
            .iter()
            .flat_map(|file| (1..).zip(&file.fillings).map(|(page, it)| (it.free, format!("{} p. {page}", file.name))))
            .collect();
        let worst = pages.iter().max_by(|one, other| one.0.total_cmp(&other.0)).expect("a page");
        let free =
            pages.iter().map(|(free, _)| free).sum::<f64>() / f64::from(u32::try_from(pages.len()).expect("few"));
        lines.push(format!(
            "{kind} | {} | {} | {} | {} | {} | {} | {} | {} | {free:.0} | {:.0} mm, {}",
            files.len(),
            pages.len(),
            count(|fault| matches!(fault, Fault::Empty(_))),
            count(|fault| matches!(fault, Fault::ThinEnd(_))),
            count(|fault| matches!(fault, Fault::Stray(..))),
            count(|fault| matches!(fault, Fault::Overlap(..))),
            count(|fault| matches!(fault, Fault::LonelyHeading(_))),
            count(|fault| matches!(fault, Fault::TornList)),
            worst.0,
            worst.1
        ));
    }
    lines.join("\n")
}

/// How many pages the files have together.
pub(crate) fn pages<'p>(paged: impl IntoIterator<Item = &'p Paged>) -> usize {
    paged.into_iter().map(|paged| paged.fillings.len()).sum()
}

#[test]
fn the_budgets_fit() {
    assert_fits(&paged(&Fixture::shipped(), Some("budget"), None));
}

#[test]
fn the_letters_fit() {
    assert_fits(&paged(&Fixture::shipped(), Some("newsletter"), None));
}

#[test]
fn the_reports_fit_and_are_short() {
    let reports = paged(&Fixture::shipped(), Some("report"), None);
    assert_fits(&reports);
    let (slides, reports): (Vec<Paged>, Vec<Paged>) =
        reports.into_iter().partition(|paged| paged.fillings.iter().all(|filling| filling.is_slide));
    assert!(pages(&reports) <= 75, "{}", table(&reports));
    for slides in slides {
        // A half-year that has just begun has less to say.
        let least = if slides.name.starts_with("2022-S2/") { 5 } else { 8 };
        assert!((least..=12).contains(&slides.fillings.len()), "{} slides in {}", slides.fillings.len(), slides.name);
    }
}

#[test]
fn the_indicators_are_one_page_each() {
    let indicators = paged(&Fixture::shipped(), Some("indicators"), None);
    assert_eq!(pages(&indicators), indicators.len());
    assert_fits(&indicators);
}

#[test]
fn the_requests_fit() {
    assert_fits(&paged(&Fixture::shipped(), Some("payment-requests"), None));
}

#[test]
fn nothing_leaves_the_pages_of_a_pack() {
    assert_inside(&paged(&Fixture::shipped(), Some("annexes"), None));
}

/// So many words.
fn words(count: usize) -> String {
    const WORDS: [&str; 7] = ["L’usine", "et", "son", "territoire", "cherchent", "ensemble", "l’énergie."];
    WORDS.iter().cycle().take(count).copied().collect::<Vec<_>>().join(" ")
}

/// A letter with so many words of editorial, articles, calls and events.
fn letter(editorial: usize, articles: usize, calls: usize, events: usize) -> Fixture {
    let title = "Un titre de cent soixante signes, ".repeat(5);
    let mut rows = "Lettre | Rubrique | Titre | Chapô | Texte | Image | Texte de remplacement".to_owned();
    for index in 0..articles {
        let rubric = ["Actualités locales", "Actualité nationale", "Territoires voisins", "Boîte à outils"][index % 4];
        let picture =
            ["| ", "images/haute.png | Une tour", "images/large.png | Un quai", "images/petite.png | Un point"]
                [index % 4];
        write!(
            rows,
            "\n1 | {rubric} | {} | {} | {} | {picture}",
            title.chars().take(160).collect::<String>(),
            words(20),
            words(60 + 40 * (index % 4))
        )
        .expect("a string");
    }
    let mut called = "Intitulé | Opérateur | Thème | Clôture".to_owned();
    for index in 0..calls {
        write!(
            called,
            "\nAppel numéro {index} pour la décarbonation | Agence d’essai | Bas carbone | {:02}/{:02}/2022",
            1 + index % 27,
            2 + index % 10
        )
        .expect("a string");
    }
    let mut agenda = "Date | Heure | Intitulé | Type | Lieu | Dans la lettre".to_owned();
    for index in 0..events {
        write!(
            agenda,
            "\n{:02}/02/2022 | 9 h | Un atelier sur l’énergie des fours | Atelier | Aval | oui",
            1 + index % 27
        )
        .expect("a string");
    }
    let letters = format!(
        "Numéro | Parution | Éditorial | Signataire\n1 | 15/01/2022 | {} | La présidente\n2 | 15/03/2022 | |",
        words(editorial)
    );
    let picture = |width, height| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(width, height, image::Rgb([120, 140, 160]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("a picture");
        bytes.into_inner()
    };
    Fixture::small()
        .table("Articles", &rows)
        .table("Appels à projets", &called)
        .table("Agenda", &agenda)
        .table("Lettres", &letters)
        .file("inputs/images/haute.png", picture(400, 1200))
        .file("inputs/images/large.png", picture(2000, 300))
        .file("inputs/images/petite.png", picture(120, 80))
}

#[test]
fn a_strained_letter_stays_inside() {
    for (editorial, articles, calls, events) in [(0, 3, 1, 0), (130, 3, 0, 1), (800, 20, 50, 40)] {
        assert_inside(&paged(&letter(editorial, articles, calls, events), Some("newsletter"), Some("1")));
    }
}

/// A territory of so many partners, of which one has a name of ninety characters, with two firms met in a half-year.
fn territory(partners: usize) -> Fixture {
    let mut rows = "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN\nCCI | CCI | Chambre d’essai | CCI d’Essai | de la CCI d’Essai |".to_owned();
    for index in 0..partners {
        let name = if index == 0 {
            "Hautes Vallées de l’Escaut, de la Sambre, de la Sensée, de l’Hogneau et du Val d’Essai-Amont".to_owned()
        } else {
            format!("Pays numéro {index}")
        };
        write!(rows, "\nP{index:02} | CC | Communauté de communes {name} | {name} | de {name} | 200030633")
            .expect("a string");
    }
    Fixture::small()
        .table("Partenaires", &rows)
        .table("Entreprises", "Raison sociale | Partenaire | Commune\nForge | P00 | Val\nFilature | P01 | Mont")
        .table(
            "Accompagnements",
            "Date | Entreprise | Niveau | Thème\n10/02/2022 | Forge | Prise de contact | Bas carbone\n12/03/2022 | Filature | Accompagnement renforcé | Bas carbone",
        )
}

#[test]
fn a_strained_report_stays_inside() {
    for partners in [2, 14] {
        assert_inside(&paged(&territory(partners), Some("report"), Some("2022-S1")));
        assert_inside(&paged(&territory(partners), Some("indicators"), Some("2022-03")));
    }
}
