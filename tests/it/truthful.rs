//! Sentences that were once false: each has its sheets, and what it must say.

use std::fs;

use calamine::{DataType as _, Reader as _, Xlsx};
use serde_json::Value;

use liasse::documents::Recipe;

use crate::fixture::{Fixture, problems};
use crate::mistakes::base::{Edit, edited};
use crate::pdf::{squeeze, squeezed_text};

/// The figures that a document prints, as (name, printed).
fn printed(fixture: &Fixture, document: &str) -> Vec<(String, String)> {
    let run = fixture.succeed(&format!("explain {document} --format json"));
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let figures = value["documents"][0]["chiffres"].as_array().unwrap_or_else(|| panic!("{value:#}"));
    figures.iter().map(|it| (text(&it["nom"]), text(&it["imprime"]))).collect()
}

#[track_caller]
fn refused(edits: &[Edit], code: &str, sheet: &str, cell: &str) {
    let told = problems(&edited(edits));
    assert_eq!(told, [(code.to_owned(), sheet.to_owned(), cell.to_owned())], "{edits:?}");
}

#[test]
fn what_a_territory_says_of_itself_stands_beside_its_sheets() {
    let fixture = edited(&[]).file("inputs/textes/annexes/territoire.md.j2", "On y tisse le lin depuis toujours.\n");
    let roadmap = |fixture: &Fixture| {
        fixture.succeed("build annexes MER-7 --force");
        squeezed_text(&fixture.read("out/annexes/MER-7/annexe-1-feuille-de-route.pdf"))
    };
    let said = squeeze("On y tisse le lin depuis toujours.");
    let told = roadmap(&fixture);
    assert!(told.contains(&said), "{told}");
    let silent = roadmap(&edited(&[]));
    assert!(!silent.contains(&said) && silent.contains(&squeeze("Trois objectifs guident l'ensemble")), "{silent}");
}

/// A template that asks which territory it is for holds words of one of them.
#[test]
fn no_template_of_the_program_asks_for_a_territory_by_its_name() {
    for (name, bytes) in liasse::templates::Templates::shipped() {
        let text = String::from_utf8_lossy(bytes);
        let asks = ["territoire.nom ==", "territoire.nom !=", "territoire.nom in", "territoire ==", "territoire !="];
        assert!(!asks.iter().any(|asked| text.contains(asked)), "{name}");
    }
}

#[test]
fn a_contribution_in_kind_is_named_apart_from_the_cash_that_the_act_votes() {
    let line = "2022 | CCVA | Part égale du reste à charge | | | numéraire";
    let in_kind = format!("2022 | CCVA | Montant | 2 400,00 | | valorisé | | | | | | | | | |\n{line}");
    let fixture = edited(&[("Recettes", line, &in_kind)]);
    fixture.succeed("build annexes VAL-12 --force");
    let act = squeezed_text(&fixture.read("out/annexes/VAL-12/deliberation.pdf"));
    let figures = printed(&fixture, "budget 2022");
    let share = figures.iter().find(|(name, _)| name == "budget.2022.part.CCVA");
    let share = &share.unwrap_or_else(|| panic!("{figures:?}")).1;
    assert!(act.contains(&squeeze(&format!("la part prévue au budget de cet exercice étant de {share}"))), "{act}");
    assert!(
        act.contains(&squeeze("l'apport valorisé de la communauté de communes du Val-d'Aval"))
            && act.contains(&squeeze("2 400,00 €")),
        "{act}"
    );
}

#[test]
fn a_firm_is_one_firm_however_its_name_is_written() {
    let figure = |fixture: &Fixture| {
        let figures = printed(fixture, "report 2022-S1");
        let found = figures.into_iter().find(|(name, _)| name.starts_with("entreprises.rencontrees"));
        found.unwrap_or_else(|| panic!("no such figure")).1
    };
    let plain = figure(&edited(&[]));
    for written in ["CONSERVERIE DU PORT", "Conserverie  du port", "conserverie du Port"] {
        let written = format!("12/01/2022 | {written}");
        let fixture = edited(&[("Accompagnements", "12/01/2022 | Conserverie du Port", &written)]);
        assert_eq!(figure(&fixture), plain, "{written}");
    }
}

#[test]
fn an_exchange_without_its_site_counts_where_the_firm_stands_or_is_told() {
    let of_council = |edits: &[Edit]| {
        let fixture = edited(edits);
        fixture.succeed("build report 2022-S1");
        squeezed_text(&fixture.read("out/report/2022-S1/bilan-CUBM.pdf"))
    };
    // The only site of the firm gets a name: its exchange still has but one site to be at.
    let named: &[Edit] = &[("Entreprises", "Conserverie du Port | |", "Conserverie du Port | Quai 3 |")];
    assert_eq!(of_council(named).replace("(Quai3)", ""), of_council(&[]));
    // A second site makes it unknown: told at the cell of the exchange.
    let halle = "Agroalimentaire | 31\nConserverie du Port | Halle | | CCVA | Aval | Agroalimentaire | 9";
    refused(
        &[
            named[0],
            ("Entreprises", "Agroalimentaire | 31", halle),
            ("Aides", "Conserverie du Port | |", "Conserverie du Port | Quai 3 |"),
        ],
        "evenements/site-ambigu",
        "Accompagnements",
        "C4",
    );
}

#[test]
fn two_lines_of_one_nature_in_a_year_are_refused() {
    refused(
        &[(
            "Dépenses",
            "2022 | Déplacements | 1 234,51 | 1 200",
            "2022 | Déplacements | 1 234,51 | 1 200\n2022 | DÉPLACEMENTS | 10,00 |",
        )],
        "finances/valeur-en-double",
        "Dépenses",
        "B5",
    );
}

#[test]
fn a_negative_number_of_hours_and_a_territory_of_the_year_one_are_refused() {
    refused(&[("Accompagnements", "| 2,5 |", "| -12 |")], "evenements/heures-negatives", "Accompagnements", "G2");
    for since in ["0001-01-01", "9999-12-31"] {
        let fixture = edited(&[]).settings("2021-01-01", since);
        let run = fixture.run("check");
        assert_eq!(run.status, 1, "{since}: {}", run.stderr);
        assert!(run.stderr.contains("territoire.toml") && run.stderr.contains("depuis"), "{}", run.stderr);
        assert!(!run.stderr.contains("erreur interne"), "{}", run.stderr);
    }
}

#[test]
fn an_application_given_up_later_was_pending_on_the_day_of_the_figures() {
    let given_up = |on: &str| {
        let row = "Conserverie du Port | | Fonds Chaleur | France 2030 | 12/01/2022 | En instruction | |";
        let edit = format!("Conserverie du Port | | Fonds Chaleur | France 2030 | 12/01/2022 | Abandonné | {on} |");
        let fixture = edited(&[("Aides", row, &edit)]);
        let figures = printed(&fixture, "annexes VAL-12");
        let sum = |part: &str| {
            let found = figures.iter().filter(|(name, _)| name == part);
            found.map(|(_, text)| text.clone()).collect::<Vec<_>>()
        };
        (sum("dossiers-deposes"), sum("dossiers-en-instruction"), figures)
    };
    // The figures of VAL-12 stand as on 15 February 2022.
    let (before, after) = (given_up("01/02/2022"), given_up("20/03/2022"));
    assert_ne!(before.2, after.2, "the date changes nothing");
}

#[test]
fn settings_are_told_from_files_by_their_name_and_not_by_that_of_a_folder() {
    // A folder named as a workbook stands above the inputs.
    let fixture = edited(&[]).settings("nom = \"Val d’Essai\"\n", "");
    fixture.write();
    let odd = fixture.path("evenements.d/inputs");
    fs::create_dir_all(odd.parent().expect("a folder")).expect("a folder");
    fs::rename(fixture.path("inputs"), &odd).expect("moved");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_liasse"))
        .args(["build", "budget", "--inputs", "evenements.d/inputs"])
        .current_dir(fixture.path(""))
        .output()
        .expect("it runs");
    let screen = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{screen}");
    assert!(!fixture.path("out/budget").exists(), "{screen}");
}

#[test]
fn a_text_included_by_a_name_that_is_computed_makes_anew_what_includes_it() {
    let own =
        fs::read_to_string(crate::fixture::root().join("templates/newsletter/lettre.txt.j2")).expect("a template");
    let including = format!("{own}{{% set quel = \"newsletter/\" ~ \"bas\" ~ \".j2\" %}}{{% include quel %}}\n");
    let fixture = edited(&[])
        .file("templates/newsletter/lettre.txt.j2", including)
        .file("templates/newsletter/bas.j2", "À bientôt.\n");
    fixture.succeed("build newsletter 1");
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("À bientôt."));
    let fixture = fixture.file("templates/newsletter/bas.j2", "À demain.\n");
    let why = fixture.succeed("why newsletter 1").stdout;
    assert!(why.contains("newsletter/bas.j2"), "{why}");
    fixture.succeed("build newsletter 1");
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("À demain."));
    // One that is absent and comes later.
    let optional = format!("{own}{{% include \"newsletter/\" ~ \"tard.j2\" ignore missing %}}\n");
    let fixture = fixture.file("templates/newsletter/lettre.txt.j2", optional);
    fixture.succeed("build newsletter 1");
    let fixture = fixture.file("templates/newsletter/tard.j2", "Plus tard.\n");
    fixture.succeed("build newsletter 1");
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("Plus tard."));
}

#[test]
fn an_address_to_leave_the_list_is_a_link_or_a_mailbox_by_its_form() {
    for (target, header) in [
        ("https://example.org/@x/stop?a=b@c", "<https://example.org/@x/stop?a=b@c>"),
        ("stop@example.org", "<mailto:stop@example.org"),
    ] {
        let fixture = edited(&[]).settings("https://example.org/stop", target);
        fixture.succeed("build newsletter 1");
        let message = fixture.text("out/newsletter/1/lettre-1.eml").replace("\r\n ", "").replace("\r\n", "\n");
        let line = message.lines().find(|line| line.starts_with("List-Unsubscribe:")).expect("the header");
        assert!(line.replace(' ', "").contains(&header.replace(' ', "")), "{line}");
    }
}

#[test]
fn a_town_with_a_capital_sharp_s_stops_nothing() {
    let fixture = edited(&[("Partenaires", "| Essai cedex |", "| ẞ cedex |")]);
    let run = fixture.run("build");
    assert!(!run.stderr.contains("erreur interne") && !run.stderr.contains("panicked"), "{}", run.stderr);
}

#[test]
fn two_pictures_and_two_codes_never_share_a_file() {
    let picture = |name: &str| format!("inputs/images/{name}");
    let svg = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"40\" height=\"20\" fill=\"{colour}\"/></svg>"
        )
    };
    let fixture = edited(&[
        ("Articles", "https://example.org/forge | four.svg | haut", "https://example.org/forge | été 1.svg | haut"),
        (
            "Articles",
            "Une visite d’une heure. | | | | | |",
            "Une visite d’une heure. | | | été-1.svg | | Un autre four. |",
        ),
    ])
    .file(&picture("été 1.svg"), svg("#100"))
    .file(&picture("été-1.svg"), svg("#010"));
    fixture.succeed("build newsletter 1");
    let images = fs::read_dir(fixture.path("out/newsletter/1/images")).expect("pictures").count();
    assert_eq!(images, 2);
    refused(
        &[(
            "Partenaires",
            "B1 | 01/01/2020 | 31/12/2029",
            "B1 | 01/01/2020 | 31/12/2029\nCC/VA | Autre | Doublon | Doublon | du Doublon\nCC-VA | Autre | Autre | Autre | de l’Autre",
        )],
        "contacts/noms-de-fichier-egaux",
        "Partenaires",
        "A8",
    );
}

#[test]
fn a_template_that_nothing_reads_is_told_with_the_name_that_was_meant() {
    for (file, meant) in [
        ("newsleter/lettre.txt.j2", "newsletter/lettre.txt.j2"),
        ("budget/budget.typ.txt", "budget/budget.typ"),
        ("report/commentaires.md.j2", "report/commentaire.md.j2"),
    ] {
        let fixture = Fixture::small().file(&format!("templates/{file}"), "x");
        let run = fixture.succeed("check");
        assert!(run.stderr.contains("avertissement") && run.stderr.contains(file), "{file}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("« {meant} »")), "{file}: {}", run.stderr);
    }
}

#[test]
fn why_tells_the_cell_of_the_figure_and_not_that_of_a_neighbour() {
    let mut fixture = edited(&[]);
    fixture.succeed("build");
    fixture.edit("Agenda", "| oui | non | | |", "| oui | oui | | |");
    fixture.edit("Dépenses", "65 000,00", "66 500,00");
    let why = fixture.succeed("why budget 2022").stdout;
    assert!(
        why.contains("Dépenses › C3") && why.contains("65\u{202f}000,00") && why.contains("66\u{202f}500,00"),
        "{why}"
    );
    assert!(!why.contains("Agenda"), "{why}");
    let why = fixture.succeed("why newsletter 2").stdout;
    assert!(why.contains("Agenda › L3") && !why.contains("Dépenses"), "{why}");
}

#[test]
fn explain_says_what_the_pages_say() {
    let fixture = edited(&[]);
    fixture.succeed("build");
    for (document, files) in [
        ("budget 2022", &["out/budget/2022/budget.pdf"][..]),
        (
            "report 2022-S1",
            &["out/report/2022-S1/bilan.pdf", "out/report/2022-S1/bilan-CCVA.pdf", "out/report/2022-S1/bilan-CUBM.pdf"],
        ),
        ("indicators 2022-02", &["out/indicators/2022-02/indicateurs.pdf"]),
        ("annexes VAL-12", &["out/annexes/VAL-12/dossier-complet.pdf", "out/annexes/VAL-12/deliberation.pdf"]),
    ] {
        let folder = fixture.path(&format!("out/{}", document.replace(' ', "/")));
        let pages: String = files.iter().map(|file| squeezed_text(&fixture.read(file))).collect();
        let numbers = numbers(&folder);
        let figures = printed(&fixture, document);
        assert!(figures.len() > 5, "{document}: {figures:?}");
        for (name, text) in figures {
            let in_a_cell = || numbers.iter().any(|number| says(&text, *number));
            assert!(pages.contains(&squeeze(&text)) || in_a_cell(), "{document}: {name} « {text} »");
        }
    }
}

/// The numbers in the cells of a folder's workbooks.
fn numbers(folder: &std::path::Path) -> Vec<f64> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "xlsx") {
            let mut workbook: Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
            for (_, range) in workbook.worksheets() {
                numbers.extend(range.used_cells().filter_map(|(.., cell)| cell.get_float()));
            }
        }
    }
    numbers
}

/// Whether a number, shown as it would be, is what a text says.
fn says(text: &str, number: f64) -> bool {
    let digits: String =
        text.replace('−', "-").replace(',', ".").chars().filter(|c| c.is_ascii_digit() || "-.".contains(*c)).collect();
    let Ok(said) = digits.parse::<f64>() else { return false };
    let scale = if text.contains('%') { 100.0 } else { 1.0 };
    (said - number * scale).abs() < 0.06
}

#[test]
fn what_is_said_of_the_project_manager_follows_who_it_is() {
    let words = |settings: &str| {
        let fixture = edited(&[]).settings("operateur = ", &format!("{settings}\noperateur = "));
        let understood = crate::acts::understood_of(&fixture);
        ["MER-7", "VAL-12"]
            .map(|act| {
                let draft = crate::acts::draft(&understood, "annexes", act);
                let parts = draft.parts.iter().filter(|part| matches!(part.recipe, Recipe::Pdf { .. }));
                parts.map(|part| crate::acts::texts_of(&draft, &part.name)).collect::<String>()
            })
            .concat()
    };
    let woman = words("chef_de_projet = \"Mme Ada Un, cheffe de projet\"");
    assert!(woman.contains("lacheffedeprojet") && woman.contains("Elleestchargée"), "{woman}");
    for masculine in ["chefdeprojet", "Ilestchargé:", "unseulchef", "salariédela"] {
        assert!(!woman.replace("cheffedeprojet", "").contains(masculine), "{masculine}");
    }
    let man = words("chef_de_projet = \"M. Abel Un\"");
    assert!(!man.contains("cheffe") && man.contains("Ilestchargé:"), "{man}");
}

#[test]
fn who_signs_is_named_with_the_article_of_who_it_is() {
    let understood = crate::acts::understood_of(&edited(&[]));
    let words = |act: &str, part: &str| crate::acts::texts_of(&crate::acts::draft(&understood, "annexes", act), part);
    let act = words("VAL-12", "deliberation.pdf");
    assert!(act.contains("\"qualite_president\":\"LaPrésidente\""), "{act}");
    let agreement = words("VAL-12", "annexe-2-convention.pdf");
    for signs in
        ["\"nom\":\"JeanneDEUX\",\"qualite\":\"LaPrésidente\"", "\"nom\":\"LucTROIS\",\"qualite\":\"LePrésident\""]
    {
        assert!(agreement.contains(signs), "{signs}: {agreement}");
    }
    let certificate = words("VAL-12", "certificat-publication.pdf");
    assert!(certificate.contains("\"qualite\":\"LaPrésidente\""), "{certificate}");
}

#[test]
fn what_an_example_left_behind_is_told_unless_everything_is_an_example() {
    let told = |fixture: &Fixture| {
        let run = fixture.run("check --format json");
        let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        let of_examples =
            |message: &&serde_json::Value| message["code"].as_str().is_some_and(|it| it.ends_with("exemple-laisse"));
        let messages = value["messages"].as_array().expect("messages");
        messages.iter().filter(of_examples).map(ToString::to_string).collect::<Vec<_>>()
    };
    let text = "inputs/textes/annexes/visas.md.j2";
    let filled = |line: &str| Fixture::small().file(text, format!("Vu le code ;\n\n{line}\n"));
    assert!(told(&filled("Vu les statuts du [à compléter] ;")).is_empty(), "an example is told of itself");
    let true_one = |line: &str| filled(line).settings("exemple = true\n", "");
    let all = told(&true_one("Vu les statuts du [à compléter] ;"));
    for place in ["lettre, expediteur", "lettre, mentions", "Contacts", "visas.md.j2"] {
        assert!(all.iter().any(|message| message.contains(place)), "{place}: {all:?}");
    }
    // One message a sheet, with how many cells it is about.
    assert_eq!(all.iter().filter(|message| message.contains("Contacts")).count(), 1, "{all:?}");
    assert!(!told(&true_one("Vu les statuts du 3 mai ;")).iter().any(|message| message.contains("visas")));
}
