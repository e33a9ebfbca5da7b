//! The pages of acts as those see them who sign and file them: how many there are, how long their lines, and the room for a
//! hand and a seal. Measured on frames, for the council that ships, for the largest ones and for an agreement of fifteen.

use std::fmt::Write as _;

use liasse::files::Workspace;
use liasse::pipeline::{Request, Session};
use liasse::render::fit::{self, Fault, Filling};
use liasse::render::frames::Drawn;

use crate::fixture::Fixture;

/// The longest line, on average, in characters.
const LONGEST_LINE: f64 = 85.0;
/// What a hand and a round seal need above a name, in millimetres.
const ROOM: f64 = 28.0;

type Pages = Vec<Vec<Drawn>>;

/// The pages of the files of a pack, by file.
fn pack(fixture: &Fixture, id: &str) -> Vec<(String, Pages)> {
    files(fixture, id, "").into_iter().map(|(name, pages, _)| (name, pages)).collect()
}

/// The pages of the files of a pack whose name begins so, by file, and how they are filled.
fn files(fixture: &Fixture, id: &str, name: &str) -> Vec<(String, Pages, Vec<Filling>)> {
    fixture.write();
    let request = Request { kind: Some("annexes".to_owned()), id: Some(id.to_owned()) };
    let [inputs, templates, out] = ["inputs", "templates", "out"].map(|folder| fixture.path(folder));
    let mut session = Session::new(Workspace { inputs, templates, out }, request);
    let snapshot = session.look().expect("a readable folder").snapshot;
    let document = snapshot.documents.first().expect("the pack");
    let (_, files) = snapshot.files(*document).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let paged = files.iter().filter(|file| file.paged && file.name.starts_with(name));
    paged
        .map(|file| {
            let laid = snapshot.screen(*document, &file.name).expect("pages");
            let screen = laid.as_ref().as_ref().unwrap_or_else(|faults| panic!("{}: {faults:#?}", file.name));
            (file.name.clone(), screen.screen.drawn(), screen.screen.fillings())
        })
        .collect()
}

fn file<'p>(pack: &'p [(String, Pages)], name: &str) -> &'p Pages {
    &pack.iter().find(|(file, _)| file.contains(name)).unwrap_or_else(|| panic!("no {name}")).1
}

/// The full lines of running text: their characters, where they reach from one edge of the column to the other.
fn lines(pages: &Pages) -> Vec<usize> {
    let mut found = Vec::new();
    for page in pages {
        let mut rows: Vec<(f64, f64, f64, String)> = Vec::new();
        for drawn in page
            .iter()
            .filter(|drawn| (4.5..5.5).contains(&(drawn.bottom - drawn.top)) || drawn.bottom - drawn.top < 4.5)
        {
            let Some(text) = &drawn.text else { continue };
            // Running text is of 10.5 points.
            if (drawn.bottom - drawn.top - 10.5 * 0.3528).abs() > 0.05 {
                continue;
            }
            match rows.iter_mut().find(|(bottom, ..)| (*bottom - drawn.bottom).abs() < 0.2) {
                Some((_, left, right, words)) => {
                    *left = left.min(drawn.left);
                    *right = right.max(drawn.right);
                    words.push_str(text);
                }
                None => rows.push((drawn.bottom, drawn.left, drawn.right, text.clone())),
            }
        }
        let edge = rows.iter().map(|(_, _, right, _)| *right).fold(0.0, f64::max);
        found
            .extend(rows.iter().filter(|(_, _, right, _)| edge - right < 1.0).map(|(.., words)| words.chars().count()));
    }
    found
}

#[track_caller]
fn assert_lines(name: &str, pages: &Pages) {
    let lines = lines(pages);
    assert!(lines.len() > 5, "{name}: {} full lines", lines.len());
    let number = |count: usize| f64::from(u32::try_from(count).expect("few"));
    let average = number(lines.iter().sum()) / number(lines.len());
    assert!(average <= LONGEST_LINE, "{name}: {average:.1} characters a line");
}

/// The room above a name is free but for the rule that it stands under, and the rule is its own.
#[track_caller]
fn assert_room(pages: &Pages, name: &str) {
    let page = pages.iter().rev().find(|page| page.iter().any(|drawn| drawn.text.as_deref() == Some(name)));
    let page = page.unwrap_or_else(|| panic!("nobody signs as {name}"));
    let signed = page.iter().rev().find(|drawn| drawn.text.as_deref() == Some(name)).expect("the name");
    let above =
        |drawn: &&Drawn| drawn.bottom <= signed.top + 0.1 && drawn.left < signed.right && drawn.right > signed.left;
    let rule =
        page.iter().filter(above).filter(|drawn| drawn.text.is_none()).map(|drawn| drawn.top).fold(0.0, f64::max);
    assert!(signed.top - rule < 4.0, "{name}: the rule is {:.1} mm above", signed.top - rule);
    let words =
        page.iter().filter(above).filter(|drawn| drawn.text.is_some()).map(|drawn| drawn.bottom).fold(0.0, f64::max);
    assert!(rule - words >= ROOM, "{name}: {:.1} mm", rule - words);
}

#[test]
fn the_pack_that_ships_is_short_enough_and_leaves_room_to_sign() {
    let pack = pack(&Fixture::shipped(), "CA2C-2022-70");
    let (act, agreement) = (file(&pack, "deliberation"), file(&pack, "annexe-3-convention"));
    assert!(act.len() <= 4, "74 members: {} pages", act.len());
    assert!(agreement.len() <= 8, "7 parties: {} pages", agreement.len());
    for name in ["deliberation", "note-de-synthese", "annexe-3-convention"] {
        assert_lines(name, file(&pack, name));
    }
    for name in ["Serge SIMEON", "Yannick HERBET"] {
        assert_room(act, name);
    }
    for name in ["Philippe HOURDAIN", "Laurent DEGALLAIX", "Benjamin SAINT-HUILE", "Christian POIRET"] {
        assert_room(agreement, name);
    }
}

/// A council of so many members and an agreement of its territory's fifteen parties.
fn large(members: u32) -> Fixture {
    let councils = 14;
    let siren = |index: u32| {
        // The last digit is the one that makes it a number of the register.
        let body = format!("{:08}", 20_003_000 + index);
        let sum: u32 = body
            .bytes()
            .enumerate()
            .map(|(place, digit)| {
                let digit = u32::from(digit - b'0') * if place % 2 == 1 { 2 } else { 1 };
                digit / 10 + digit % 10
            })
            .sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    };
    let mut partners = "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN | Ville | Département | Assemblée | Tribunal administratif\nCCI | CCI | Chambre de commerce et d’industrie d’Essai | CCI d’Essai | de la CCI d’Essai | | Bord | 59 | |".to_owned();
    let mut people =
        "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis\nCCI | Mme | Ada | ZÉRO | Présidente | 01/01/2020"
            .to_owned();
    let mut resources = "Exercice | Financeur | Mode".to_owned();
    for index in 1..=councils {
        let name = format!("Communauté d’agglomération de la Vallée numéro {index} et de ses Environs");
        let siren = siren(index);
        write!(partners, "\nE{index} | CA | {name} | Vallée {index} | de la Vallée {index} | {siren} | Bourg {index} | 59 | conseil communautaire | Lille").expect("a string");
        write!(people, "\nE{index} | M. | Paul | SIGNATAIRE-{index} | Président | 01/01/2020").expect("a string");
        write!(resources, "\n2023 | E{index} | Part égale du reste à charge").expect("a string");
    }
    let mut roll = "Séance | Nom | Prénom | Statut | Mandataire".to_owned();
    let (present, held) = (members * 78 / 100, members * 90 / 100);
    for index in 1..=members {
        let (status, holder) = if index <= present {
            ("Présent", String::new())
        } else if index <= held {
            ("Procuration", format!("MEMBRE-DU-CONSEIL-{} Camille", index - present))
        } else {
            ("Absent", String::new())
        };
        write!(roll, "\nS1 | MEMBRE-DU-CONSEIL-{index} | Camille | {status} | {holder}").expect("a string");
    }
    let sitting = format!(
        "Code | Partenaire | Date | Heure | Lieu | Convocation | Membres en exercice | Président de séance | Qualité du président | Secrétaire
         S1 | E1 | 01/10/2022 | 9 h 30 | à Bourg | 20/09/2022 | {members} | Camille MEMBRE-DU-CONSEIL-1 | Président | Camille MEMBRE-DU-CONSEIL-2"
    );
    let decision = format!(
        "Code | Séance | Numéro | Objet | Matière | Exercice | Annexes | Convention | Pour | Contre | Abstentions
         D1 | S1 | 12 | Partenariat d’essai | 7.5 | 2023 | convention | 2022 | {held} | 0 | 0"
    );
    Fixture::small()
        .table("Partenaires", &partners)
        .table("Représentants", &people)
        .table("Exercices", "Code | Début | Fin | Écart d'arrondi à la charge de\n2023 | 01/01/2023 | 31/12/2023 | E1")
        .table("Dépenses", "Exercice | Nature | Prévu\n2023 | Salaire | 140 000,00")
        .table("Recettes", &resources)
        .table(
            "Conventions",
            "Version | Date de référence | Début | Fin | Exercice\n2022 | 01/10/2022 | 01/01/2023 | 31/12/2023 | 2023",
        )
        .table("Séances", &sitting)
        .table("Présences", &roll)
        .table("Délibérations", &decision)
}

#[test]
fn the_largest_council_and_an_agreement_of_fifteen_hold() {
    let pack = pack(&large(133), "D1");
    let (act, agreement) = (file(&pack, "deliberation"), file(&pack, "annexe-1-convention"));
    assert!(act.len() <= 5, "133 members: {} pages", act.len());
    assert!(agreement.len() <= 10, "15 parties: {} pages", agreement.len());
    assert_lines("act of 133", act);
    for name in ["Camille MEMBRE-DU-CONSEIL-1", "Camille MEMBRE-DU-CONSEIL-2"] {
        assert_room(act, name);
    }
    for name in ["Ada ZÉRO", "Paul SIGNATAIRE-1", "Paul SIGNATAIRE-14"] {
        assert_room(agreement, name);
    }
    // Nobody signs alone on a page.
    let last = agreement.last().expect("a page");
    let signatures = last.iter().filter(|drawn| drawn.text.as_deref().is_some_and(|text| text.contains("SIGNATAIRE-")));
    assert!(signatures.count() >= 2);
}

/// On the page where an act is signed stands a decision of it; the zone of the stamp is free on every page.
#[track_caller]
fn assert_signed_with_a_decision(told: &str, pages: &Pages, end: &str) {
    let texts = |page: &[Drawn]| page.iter().filter_map(|drawn| drawn.text.clone()).collect::<Vec<_>>();
    let signed = pages.iter().rev().map(|page| texts(page)).find(|texts| texts.iter().any(|text| text.contains(end)));
    let signed = signed.unwrap_or_else(|| panic!("{told}: nothing says {end}"));
    let is_number = |text: &str| text.strip_suffix('.').is_some_and(|number| number.parse::<u8>().is_ok());
    assert!(signed.iter().any(|text| is_number(text)), "{told}: no decision beside {end}: {signed:?}");
    for page in pages {
        let stamped = page.iter().find(|drawn| drawn.right > 210.0 - 87.9 && drawn.top < 22.5);
        assert!(stamped.is_none(), "{told}: {stamped:?} stands under the stamp");
    }
}

#[test]
fn the_acts_that_ship_end_well() {
    let fixture = Fixture::shipped();
    for id in ["CA2C-2022-70", "CAC-2022-TI", "CAPH-2022-TI", "CAMVS-2022-TI", "CAD-2022-TI", "CAVM-2022-TI"] {
        let acts = files(&fixture, id, "deliberation");
        let (_, pages, fillings) = acts.first().expect("the act");
        assert_eq!(fit::faults(fillings), [], "{id}");
        assert_signed_with_a_decision(id, pages, "Annexes");
    }
}

#[test]
fn the_roadmap_shows_when_each_action_runs_that_anybody_may_read_of() {
    let roadmaps = files(&Fixture::shipped(), "CAC-2022-TI", "annexe-2");
    let (_, pages, fillings) = roadmaps.first().expect("the roadmap");
    assert_eq!(fit::faults(fillings), []);
    let last = fillings.last().expect("a page");
    assert!(last.free < last.height / 2.0, "the last page is more than half empty: {last:?}");
    let strip = pages.first().expect("a page");
    let said: Vec<&str> = strip.iter().filter_map(|drawn| drawn.text.as_deref()).collect();
    let said = said.concat();
    assert!(said.contains("mois par mois") && said.contains("Comités"), "{said}");
    assert!(!said.contains("friche"), "an action that is not public: {said}");
    // An action from June to December 2022 runs through four of the twenty-five months from September on.
    let top = |words: &str| {
        strip.iter().find(|it| it.text.as_deref().is_some_and(|text| text.starts_with(words))).map(|it| it.top)
    };
    let line = top("Ateliers-écoles").expect("the action");
    let bars = strip.iter().filter(|it| it.text.is_none() && (1.5..3.0).contains(&(it.bottom - it.top)));
    let near = |it: &&Drawn| (it.top - line).abs() < 5.0;
    let bar = bars.filter(near).map(|it| it.right - it.left).next().expect("its bar");
    let month = (210.0 - 2.0 * 22.0 - 64.0) / 25.0;
    assert!((3.5 * month..=4.0 * month).contains(&bar), "{bar} of {month} a month");
}

#[test]
fn an_act_is_signed_under_a_decision_whatever_its_length() {
    let mut thin = Vec::new();
    for (members, decisions, words) in
        [(20, 1, 10), (35, 2, 60), (74, 4, 30), (74, 7, 55), (90, 3, 90), (110, 12, 20), (133, 9, 40)]
    {
        let one = format!("1. d’approuver {} ;\n", "une mesure de plus pour l’industrie".repeat(words / 6 + 1));
        let fixture = large(members).file("templates/annexes/decisions.md.j2", one.repeat(decisions));
        let told = format!("{members} members, {decisions} decisions");
        let acts = files(&fixture, "D1", "deliberation");
        let (_, pages, fillings) = acts.first().expect("the act");
        for name in ["Camille MEMBRE-DU-CONSEIL-1", "Camille MEMBRE-DU-CONSEIL-2"] {
            assert_room(pages, name);
        }
        assert_signed_with_a_decision(&told, pages, "Camille MEMBRE-DU-CONSEIL-2");
        let faults = fit::faults(fillings);
        let is_thin = |(_, fault): &(usize, Fault)| matches!(fault, Fault::ThinEnd(_));
        assert!(!faults.iter().any(|(_, fault)| matches!(fault, Fault::Stray(..) | Fault::Overlap(..))), "{told}");
        thin.extend(faults.iter().filter(|fault| is_thin(fault)).map(|_| told.clone()));
    }
    assert!(thin.is_empty(), "{thin:?}");
}

#[test]
fn the_address_stands_in_the_window_of_an_envelope() {
    let fixture = Fixture::shipped();
    fixture.write();
    let request = Request { kind: Some("payment-requests".to_owned()), id: Some("2022-2023".to_owned()) };
    let [inputs, templates, out] = ["inputs", "templates", "out"].map(|folder| fixture.path(folder));
    let mut session = Session::new(Workspace { inputs, templates, out }, request);
    let snapshot = session.look().expect("a readable folder").snapshot;
    let document = snapshot.documents.first().expect("the letters");
    let (_, files) = snapshot.files(*document).expect("letters");
    for file in files.iter().filter(|file| file.paged) {
        let laid = snapshot.screen(*document, &file.name).expect("pages");
        let pages = laid.as_ref().as_ref().expect("a letter").screen.drawn();
        assert_eq!(pages.len(), 1, "{}", file.name);
        // A window of 45 mm from the top and 110 mm from the left, 90 mm by 45: the address alone stands in it, whole.
        let within = |drawn: &&Drawn| drawn.right > 110.0 && drawn.bottom > 45.0 && drawn.top < 90.0;
        let address: Vec<&Drawn> = pages[0].iter().filter(|drawn| drawn.text.is_some()).filter(within).collect();
        assert!(address.len() >= 3, "{}: {address:?}", file.name);
        for line in address {
            let inside = line.left >= 109.9 && line.right <= 200.0 && line.top >= 44.9 && line.bottom <= 90.0;
            assert!(inside, "{}: {line:?}", file.name);
        }
    }
}
