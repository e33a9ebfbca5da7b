//! Documents that a template declares: which rows they are for, who reads them, what is told of a mistake.

use std::fs;

use liasse::papers;

use crate::fixture::Fixture;
use crate::word;

/// A territory with two councils, their firms, and an agenda.
pub(crate) fn territory() -> Fixture {
    Fixture::small()
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN
             CCI  | CCI  | Chambre d’essai | CCI d’Essai | de la CCI d’Essai |
             AAA  | CC   | Communauté de communes d’Aval | Aval | d’Aval | 200030633
             BBB  | CC   | Communauté de communes d’Amont | Amont | d’Amont | 200040004",
        )
        .table(
            "Représentants",
            "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis
             CCI | M. | Paul | Un | président | 01/01/2020
             AAA | Mme | Jeanne | Deux | présidente | 01/01/2020",
        )
        .table(
            "Entreprises",
            "Raison sociale | Partenaire | Filière
             Forge de la Scarpe | AAA | Métallurgie
             Filature du Cambrésis | BBB | Textile",
        )
        .table(
            "Agenda",
            "Code | Date | Heure | Intitulé | Type | Dans la lettre | Annulé | Convoqué le | Lieu
             V1 | 10/03/2022 | 09:30 | Visite de la forge | Visite | oui | non | | Exempleville
             V2 | 12/04/2022 | | Visite annulée | Visite | oui | oui | |
             V3 | 15/05/2022 | | Salon | Salon | oui | non | |",
        )
}

fn write(fixture: &Fixture, name: &str, text: &str) {
    let path = fixture.path("templates").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

const VISIT: &str = r#"+++
genre    = "visite"
libelle  = "annonce d’une visite"
pour     = "Agenda"
quand    = { Type = "Visite", "Annulé" = "non" }
chaque   = "Partenaires"
quand_chaque = { Type = ["CA", "CC", "CU"] }
id       = "{{ agenda.code }}"
date     = "Agenda.Date"
fige     = "Agenda.Convoqué le"
lecteurs = "partenaire"
famille  = "lettre"
formats  = ["pdf", "txt", "html", "ics", "eml"]
+++
# {{ agenda.intitule }}

Le {{ agenda.date | date_longue }} à {{ agenda.heure }}, {{ agenda.lieu }}, pour {{ lecteur.nom_usuel }}.

{{ entreprises | combien | compte('entreprise', 'entreprises') }} : {% for e in entreprises %}{{ e.raison_sociale }}{% endfor %}.

::: encadre
Une chose à savoir.
:::
"#;

#[test]
fn a_template_makes_a_file_for_each_row_and_reader() {
    let fixture = territory();
    write(&fixture, "visite/visite.md.j2", VISIT);
    let list = fixture.succeed("list");
    assert!(list.stdout.contains("visite            V1"), "{}", list.stdout);
    assert!(!list.stdout.contains("V2") && !list.stdout.contains("V3"), "{}", list.stdout);
    fixture.succeed("build visite");
    let text =
        |code: &str| fs::read_to_string(fixture.path(&format!("out/visite/V1/visite-{code}.txt"))).expect("a text");
    let (first, second) = (text("AAA"), text("BBB"));
    let plain = first.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(plain.contains("Le jeudi 10 mars 2022 à 9 h 30, Exempleville, pour Aval."), "{first}");
    // A template for one council reaches its own firms, and no other's.
    assert!(first.contains("Forge de la Scarpe") && !first.contains("Filature"), "{first}");
    assert!(second.contains("Filature du Cambrésis") && !second.contains("Forge de la Scarpe"), "{second}");
    for ending in ["pdf", "html", "ics", "eml"] {
        assert!(fixture.path(&format!("out/visite/V1/visite-AAA.{ending}")).is_file(), "{ending}");
    }
    let list = fixture.succeed("list");
    assert!(list.stdout.lines().any(|line| line.contains("visite") && line.contains("à jour")), "{}", list.stdout);
    assert!(fixture.succeed("explain visite V1").stdout.contains("1\u{a0}entreprise"));
    fixture.succeed("verify visite");
}

#[test]
fn what_was_sent_of_it_is_frozen() {
    let mut fixture = territory();
    fixture.set_table(
        "Agenda",
        "Code | Date | Heure | Intitulé | Type | Dans la lettre | Annulé | Convoqué le | Lieu
         V1 | 10/03/2022 | 09:30 | Visite de la forge | Visite | oui | non | 01/03/2022 | Exempleville",
    );
    write(&fixture, "visite/visite.md.j2", VISIT);
    fixture.succeed("build visite");
    let path = fixture.path("out/visite/V1/visite-AAA.txt");
    let sent = fs::read(&path).expect("a text");
    fixture.set_table(
        "Agenda",
        "Code | Date | Heure | Intitulé | Type | Dans la lettre | Annulé | Convoqué le | Lieu
         V1 | 10/03/2022 | 14:00 | Visite de la forge | Visite | oui | non | 01/03/2022 | Exempleville",
    );
    let run = fixture.succeed("build visite");
    assert_eq!(fs::read(&path).expect("a text"), sent, "{}", run.stderr);
    assert!(run.stderr.contains("visite-AAA"), "{}", run.stderr);
}

/// What `check` tells of a template: code and line.
fn told(text: &str) -> Vec<(String, u64)> {
    let fixture = territory();
    write(&fixture, "visite/visite.md.j2", text);
    let run = fixture.run("check --format json");
    let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stdout));
    let messages = value["messages"].as_array().expect("messages");
    messages
        .iter()
        .filter(|message| message["fichier"].as_str().is_some_and(|file| file.ends_with("visite.md.j2")))
        .map(|message| (message["code"].as_str().expect("a code").to_owned(), message["ligne"].as_u64().unwrap_or(0)))
        .collect()
}

#[test]
fn a_mistake_is_told_at_its_line_in_every_branch() {
    assert_eq!(told(VISIT), []);
    let cases = [
        ("genre    = \"visite\"", "genre    = \"Visite!\"", "modeles/en-tete-invalide", 2),
        ("pour     = \"Agenda\"", "pour     = \"Agendas\"", "modeles/en-tete-invalide", 4),
        ("Type = \"Visite\"", "Type = \"Visites\"", "modeles/en-tete-invalide", 5),
        ("Type = \"Visite\"", "Genre = \"Visite\"", "modeles/en-tete-invalide", 5),
        ("\"Agenda.Date\"", "\"Agenda.Lieu\"", "modeles/en-tete-invalide", 9),
        ("lecteurs = \"partenaire\"", "lecteurs = \"tous\"", "modeles/en-tete-invalide", 11),
        ("famille  = \"lettre\"", "famille  = \"lettres\"", "modeles/en-tete-invalide", 12),
        ("\"html\"", "\"word\"", "modeles/en-tete-invalide", 13),
        ("formats  =", "format   =", "modeles/en-tete-invalide", 13),
        ("::: encadre", "::: encart", "modeles/partie-inconnue", 21),
        ("Une chose", "{% if agenda.annule %}{{ agenda.lieux }}{% endif %}", "modeles/mot-inconnu", 22),
        ("Une chose", "{{ lecteur.signataire.age }}", "modeles/mot-inconnu", 22),
        ("Une chose", "{{ entreprises | combien + 1 }}", "modeles/gabarit-calcule", 22),
        ("Une chose", "{{ contact.nom }}", "modeles/mot-inconnu", 22),
    ];
    for (from, to, code, line) in cases {
        let found = told(&VISIT.replace(from, to));
        assert!(found.contains(&(code.to_owned(), line)), "{to}: {found:?}");
    }
}

#[test]
fn two_rows_of_one_name_are_told_at_the_second() {
    let fixture = territory();
    write(
        &fixture,
        "visite/visite.md.j2",
        &VISIT.replace("{{ agenda.code }}", "{{ agenda.type }}").replace(", \"Annulé\" = \"non\"", ""),
    );
    let run = fixture.run("check");
    assert!(run.stderr.contains("document-double") && run.stderr.contains("Agenda › A3"), "{}", run.stderr);
}

#[test]
fn a_new_document_starts_from_a_family_and_is_right_at_once() {
    for family in ["acte", "lettre", "note", "liste"] {
        let fixture = territory();
        let written = fixture.succeed(&format!("new essai --from {family}"));
        assert!(written.stdout.contains("templates/essai/essai.md.j2"), "{}", written.stdout);
        fixture.succeed("check");
        fixture.succeed("build essai V1");
    }
    let fixture = territory();
    let run = fixture.run("nouveau lettre");
    assert_eq!(run.status, 1, "{}", run.stderr);
}

#[test]
fn what_ships_as_a_template_can_be_copied_and_what_does_not_says_what_can() {
    let fixture = territory();
    let shipped = liasse::own::titles(&liasse::templates::Templates::built_in());
    assert!(shipped.len() >= 9, "{shipped:?}");
    for (name, _) in &shipped {
        fixture.succeed(&format!("new mon-{name} --from {name}"));
        let copy = fixture.text(&format!("templates/mon-{name}/mon-{name}.md.j2"));
        assert!(copy.contains(&format!("genre    = \"mon-{name}\"")), "{copy}");
    }
    fixture.succeed("check");
    for (name, said) in
        [("budget", "« budget » (budget prévisionnel d’un exercice)"), ("lettre-inconnue", "ni une famille")]
    {
        let run = fixture.run(&format!("new autre --from {name}"));
        assert_eq!(run.status, 1, "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        // What can be copied is named.
        for (name, _) in &shipped {
            assert!(run.stderr.contains(name.as_str()), "{name}: {}", run.stderr);
        }
    }
    // The French name of a kind is understood as the English one.
    assert!(fixture.run("new autre --from bilan").stderr.contains("ne se copie pas"));
}

#[test]
fn kinds_and_commands_have_french_names() {
    let fixture = territory();
    assert_eq!(fixture.succeed("lister").stdout, fixture.succeed("list").stdout);
    let (french, english) = (fixture.run("pourquoi lettre 99"), fixture.run("why newsletter 99"));
    assert_eq!((french.status, french.stderr), (english.status, english.stderr));
}

/// A letter with all that its page sets apart.
const LETTER: &str = r#"+++
genre    = "courrier"
pour     = "Agenda"
quand    = { Code = "V1" }
chaque   = "Partenaires"
quand_chaque = { Code = "AAA" }
date     = "Agenda.Date"
lecteurs = "partenaire"
famille  = "lettre"
formats  = ["pdf", "docx", "html"]
+++
::: objet
Objet : {{ agenda.intitule }}
:::

Madame, voici <{{ agenda.inscription }}>.

::: encadre
À savoir :

| Quoi | Quand |
|---|---|
| Accueil | 30 septembre 2022 |

- une pièce d’identité
:::

::: signature
:::

::: coupon
:::

::: destinataire
:::

::: expediteur
:::
"#;

#[test]
fn a_letter_stands_in_word_as_on_its_page() {
    let mut fixture = territory();
    fixture.set_table(
        "Agenda",
        "Code | Date | Intitulé | Type | Dans la lettre | Annulé | Inscription
         V1 | 10/03/2022 | Visite de la forge | Visite | oui | non | https://example.org/inscrire_ici",
    );
    write(&fixture, "courrier/courrier.md.j2", LETTER);
    fixture.succeed("build courrier");
    let bytes = fixture.read("out/courrier/V1/courrier-AAA.docx");
    let said = papers::read(&bytes).expect("a text").side(true);
    // Who writes, to whom, and the day come first, wherever the text sets them.
    let firsts = ["Chambre d’essai", "Communauté de communes d’Aval", "Le 10\u{a0}mars 2022", "Objet"];
    for (line, first) in said.iter().zip(firsts) {
        assert!(line.starts_with(first), "{line}");
    }
    // An address in angle brackets is a link without them.
    assert!(said.contains(&"Madame, voici https://example.org/inscrire_ici.".to_owned()), "{said:?}");
    let document = word::part(&bytes, "word/document.xml");
    let frames: Vec<&str> = document.split("<w:framePr ").skip(1).collect();
    let [sender, address @ ..] = frames.as_slice() else { panic!("{document}") };
    // The window of an envelope: 110 mm from the left, 45 mm from the top.
    assert!(sender.contains("w:x=\"1247\"") && !address.is_empty(), "{document}");
    assert!(address.iter().all(|frame| frame.contains("w:x=\"6236\" w:y=\"2551\"")), "{document}");
    // The table of a box has its ground, and so has the list below.
    let within = document.split("savoir").nth(1).and_then(|rest| rest.split("Qualite").next()).expect("a box");
    assert_eq!(within.matches("<w:shd ").count(), 5, "{within}");
    // What is cut off stays together below its line.
    let slip = document.split("TraitDeCoupe").nth(1).expect("a slip");
    assert_eq!(slip.matches("<w:trHeight ").count(), 5, "{slip}");
    assert!(slip.contains("à renvoyer à Chambre d’essai"), "{slip}");
    assert!(fixture.text("out/courrier/V1/courrier-AAA.html").contains("<div class=\"coupon\"><table"));
}

/// A text of the guide that is no whole document, in one where its names are known.
fn around(text: &str, number: usize) -> String {
    let (sheet, readers) = match text.contains("participant.") {
        true => ("Participants", "lecteurs = \"interne\""),
        false => ("Agenda", "chaque = \"Partenaires\"\nquand_chaque = { Code = \"AAA\" }\nlecteurs = \"partenaire\""),
    };
    format!(
        "+++\ngenre = \"morceau-{number}\"\npour = \"{sheet}\"\n{readers}\ndate = \"situation\"\nfamille = \"lettre\"\n\
         formats = [\"txt\"]\n+++\n{text}"
    )
}

#[test]
fn what_the_guide_shows_is_made_as_it_stands() {
    let fixture = territory().table(
        "Participants",
        "Événement | Nom | Organisation
         V1 | Jeanne Deux | Communauté de communes d’Aval",
    );
    let guide = liasse::pipeline::guide();
    let shown = guide.split("```\n").skip(1).step_by(2).filter(|text| !text.starts_with("[["));
    let mut kinds = Vec::new();
    for (text, number) in shown.zip(1..) {
        let whole = if text.starts_with("+++") { text.to_owned() } else { around(text, number) };
        let kind = whole.split('"').nth(1).expect("a kind").to_owned();
        write(&fixture, &format!("{kind}/{kind}.md.j2"), &whole);
        kinds.push(kind);
    }
    assert_eq!(kinds, ["visite", "morceau-2", "appels-ouverts", "morceau-4", "morceau-5"]);
    fixture.succeed("check");
    for kind in kinds {
        fixture.succeed(&format!("build {kind}"));
        assert!(fixture.path(&format!("out/{kind}")).is_dir(), "{kind}");
    }
    // A list opens with the name of the programme, in Word as on its page.
    let said = papers::read(&fixture.read("out/appels-ouverts/liste/appels-ouverts.docx")).expect("a text").side(true);
    assert!(said[0].ends_with("Val d’Essai") && said[1].starts_with("Appels à projets ouverts"), "{said:?}");
}

#[test]
fn a_column_of_ones_own_is_declared_as_the_guide_says() {
    let guide = liasse::pipeline::guide();
    let declared = guide.split("```\n").find(|text| text.starts_with("[[colonnes]]")).expect("a declaration");
    let fixture = territory().settings("[lettre]", &format!("{declared}\n[lettre]")).table(
        "Entreprises",
        "Raison sociale | Partenaire | Adresse
         Forge de la Scarpe | AAA | 2 rue du Laminoir",
    );
    write(&fixture, "pli/pli.md.j2", LETTER_TO_A_FIRM);
    fixture.succeed("build pli");
    assert!(fixture.text("out/pli/Forge-de-la-Scarpe/pli.txt").contains("2 rue du Laminoir"));
}

const LETTER_TO_A_FIRM: &str = r#"+++
genre    = "pli"
pour     = "Entreprises"
lecteurs = "interne"
famille  = "lettre"
formats  = ["txt"]
+++
{{ entreprise.adresse }}
"#;
