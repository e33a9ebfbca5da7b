//! Edits and kills at random: what is made is what differs, and nothing is lost or torn.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use super::{fates, snapshot};
use crate::fixture::Fixture;

/// A small generator of numbers: the same ones in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("small")
    }
}

/// How often the long tests try: `LIASSE_TRIALS` asks for more.
fn trials(usual: usize) -> usize {
    std::env::var("LIASSE_TRIALS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A territory whose rows several documents print.
pub(super) fn busy() -> Fixture {
    Fixture::small()
        .table(
            "Entreprises",
            "Raison sociale | Partenaire | Filière
             Forge | AAA | Métallurgie
             Filature | AAA | Textile",
        )
        .table(
            "Accompagnements",
            "Date | Entreprise | Niveau | Thème | Heures
             10/01/2022 | Forge | Prise de contact | Bas carbone | 2
             11/02/2022 | Filature | Accompagnement renforcé | Industrie 4.0 | 3
             12/08/2022 | Forge | Accompagnement renforcé | Bas carbone | 1",
        )
        .table(
            "Représentants",
            "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis
             CCI | M. | Paul | Un | président | 01/01/2020
             AAA | Mme | Jeanne | Deux | présidente | 01/01/2020",
        )
        .table(
            "Exercices",
            "Code | Début | Fin | Écart d'arrondi à la charge de\n 2022 | 01/01/2022 | 31/12/2022 | AAA",
        )
        .table("Dépenses", "Exercice | Nature | Prévu\n 2022 | Salaires | 1000")
        .table(
            "Recettes",
            "Exercice | Financeur | Mode | Prévu
             2022 | CCI | Montant | 400
             2022 | AAA | Part égale du reste à charge |",
        )
}

/// One edit of a kind that people make.
fn edit(fixture: &mut Fixture, dice: &mut Dice, turn: usize) -> String {
    let templates = ["newsletter/lettre.txt.j2", "report/commentaire.md.j2", "commun/charte.typ", "budget/note.md.j2"];
    match dice.throw(9) {
        0 => {
            fixture.set_table(
                "Articles",
                &format!(
                    "Lettre | Rubrique | Titre | Texte\n 1 | Actualités locales | Titre {turn} | Texte {}.",
                    dice.throw(3)
                ),
            );
            "an article".to_owned()
        }
        1 => {
            fixture.set_table(
                "Dépenses",
                &format!("Exercice | Nature | Prévu\n 2022 | Salaires | {}", 1000 + dice.throw(4)),
            );
            "an expense".to_owned()
        }
        2 => {
            fixture.set_table(
                "Accompagnements",
                &format!(
                    "Date | Entreprise | Niveau | Thème | Heures
                     10/01/2022 | Forge | Prise de contact | Bas carbone | {}
                     11/0{}/2022 | Filature | Accompagnement renforcé | Industrie 4.0 | 3",
                    1 + dice.throw(3),
                    2 + dice.throw(6)
                ),
            );
            "a support".to_owned()
        }
        3 => {
            fixture.paint(u32::try_from(dice.throw(0xff_ffff)).expect("a colour"));
            "paint".to_owned()
        }
        4 => {
            fixture.set_table(
                "Dépenses",
                &format!("Réalisé | Prévu | Exercice | Nature\n | {} | 2022 | Salaires", 1000 + dice.throw(4)),
            );
            "columns".to_owned()
        }
        5 => {
            fixture.set_table(
                "Contacts",
                &format!("Prénom | Nom | Organisation | Courriel | Collège | Lettre | Source\n Ada{} | Un | Atelier | ada@example.org | Industriel | oui | salon", dice.throw(2)),
            );
            "a contact".to_owned()
        }
        6 | 7 => {
            let name = templates[dice.throw(templates.len())];
            let (own, theirs) =
                (crate::fixture::root().join("templates").join(name), fixture.path("templates").join(name));
            let Ok(text) = fs::read_to_string(&own) else { return "nothing".to_owned() };
            fs::create_dir_all(theirs.parent().expect("a folder")).expect("a folder");
            let comment = if name.ends_with(".typ") { format!("\n// {turn}\n") } else { format!("\n{{# {turn} #}}") };
            let change =
                if dice.throw(2) == 0 || name.ends_with(".typ") { comment } else { format!("\n\nMot {turn}.\n") };
            fs::write(theirs, text + &change).expect("written");
            format!("the template {name}")
        }
        _ => {
            let _ = fs::remove_dir_all(fixture.path("templates"));
            "no templates".to_owned()
        }
    }
}

#[test]
fn what_is_made_is_what_differs_from_a_full_run() {
    let mut fixture = busy();
    fixture.succeed("build");
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut edits = BTreeSet::new();
    for turn in 0..trials(20) {
        let name = edit(&mut fixture, &mut dice, turn);
        let before = snapshot(&fixture.path("out"));
        let written: BTreeSet<String> = fates(&fixture, "build")
            .into_iter()
            .filter(|(_, _, fate)| fate == "écrit")
            .map(|(kind, id, _)| format!("{kind}/{id}"))
            .collect();
        let after = snapshot(&fixture.path("out"));
        // A full run in memory finds nothing else to change …
        let run = fixture.run("verify");
        assert_eq!(run.status, 0, "after {name}: {}", run.stderr);
        // … and what was written is what changed.
        let document = |name: &String| {
            let name = name.strip_prefix("interne/").unwrap_or(name);
            name.splitn(3, '/').take(2).collect::<Vec<_>>().join("/")
        };
        let changed: BTreeSet<String> = before
            .iter()
            .filter(|file| !after.contains(file))
            .chain(after.iter().filter(|file| !before.contains(file)))
            .map(|(name, _)| document(name))
            .collect();
        assert_eq!(written, changed, "after {name}");
        edits.insert(name);
    }
    assert!(edits.len() > 5, "{edits:?}");
}

#[test]
fn a_run_that_is_killed_leaves_the_old_documents_or_the_new_ones() {
    let mut fixture = busy();
    let start = Instant::now();
    fixture.succeed("build");
    // Some runs end before their kill: what a finished run leaves must hold as well.
    let longest = usize::try_from(start.elapsed().as_micros()).expect("minutes") * 11 / 10;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for turn in 0..trials(20) {
        fixture.set_table(
            "Articles",
            &format!("Lettre | Rubrique | Titre | Texte\n 1 | Actualités locales | Titre {turn} | Texte."),
        );
        fixture.set_table("Dépenses", &format!("Exercice | Nature | Prévu\n 2022 | Salaires | {}", 1000 + turn));
        let before = snapshot(&fixture.path("out"));
        let mut child = fixture
            .command("build")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_micros(dice.throw(longest) as u64));
        let _ = child.kill();
        let _ = child.wait();
        // Every file that a person can see is whole: as it was, or as it will be.
        let left = snapshot(&fixture.path("out"));
        fixture.succeed("build");
        let after = snapshot(&fixture.path("out"));
        for (name, bytes) in left.iter().filter(|(name, _)| !name.contains("/.liasse-")) {
            let whole = |files: &[(String, Vec<u8>)]| files.iter().any(|(other, held)| other == name && held == bytes);
            assert!(whole(&before) || whole(&after), "turn {turn}: {name} is neither the old file nor the new one");
        }
        for (name, _) in &before {
            assert!(left.iter().any(|(other, _)| other == name), "turn {turn}: {name} was lost");
        }
        // The next run put everything right, and cleaned up.
        // … and took no file of its own for one that a person wrote.
        let is_left = |name: &str| name.contains(".liasse-") || name.ends_with(".bak");
        assert!(
            !after.iter().any(|(name, _)| is_left(name)),
            "turn {turn}: {after:?}",
            after = after.iter().map(|(name, _)| name).collect::<Vec<_>>()
        );
        fixture.succeed("verify");
    }
}
