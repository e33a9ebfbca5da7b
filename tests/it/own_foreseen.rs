//! Documents that a template declares, before their day: what would fail on a row to come is told, what is written comes out
//! as it was written.

use crate::own_faults::{INTERNAL, read, said, with};

/// A document of all rows.
fn internal() -> String {
    format!("id = \"x\"\ndate = \"2022-01-01\"\n{INTERNAL}")
}

#[test]
fn a_template_is_tried_over_rows_that_nobody_wrote() {
    let check = |front: &str, text: &str| {
        let run = with(front, text).run("check");
        assert_eq!(run.status, 0, "{text}: {}", said(&run));
        said(&run)
    };
    let [of, each] = ["pour = \"Agenda\"", "pour = \"Agenda\"\nchaque = \"Participants\""]
        .map(|rows| format!("{rows}\nquand = {{ Heure = \"rempli\" }}\nid = \"{{{{ agenda.code }}}}\"\ndate = \"Agenda.Date\"\n{INTERNAL}"));
    // Every row that is there has what the text prints; one without it would stop the document on its day.
    for (front, text, told) in [
        (&of, "{% if agenda.date_de_fin %}{{ agenda.date_de_fin | date }}{% endif %} {{ agenda.date | date }}", None),
        (
            &of,
            "{% if agenda.lieu %}{{ agenda.date | date }}{% else %}{{ agenda.date_de_fin | date }}{% endif %}",
            Some("où seul est rempli"),
        ),
        (&of, "{% if agenda.annule %}{{ agenda.date | periode }}{% endif %}", Some("toutes les cellules")),
        (
            &of,
            "{% if agenda.annule %}{{ evenements | dont(date='bientôt') | combien }}{% endif %}",
            Some("un jour ou un mois est attendu"),
        ),
        (
            &of,
            "{% if agenda.annule %}{{ agenda.ordres_du_jour | combien | euros }}{% endif %}",
            Some("« euros » attend un montant"),
        ),
        (
            &each,
            "{% if participant.present %}x{% else %}{{ (agenda.ordres_du_jour | first).echeance | date }}{% endif %}",
            Some("où seul est rempli"),
        ),
    ] {
        let said = check(front, text);
        let fragile = said.contains("gabarit-fragile");
        assert_eq!(fragile, told.is_some(), "{text}: {said}");
        assert!(told.is_none_or(|told| said.contains(told)), "{text}: {said}");
        assert!(!fragile || said.contains("essai.md.j2:"), "{text}: {said}");
    }
}

#[test]
fn a_value_that_a_column_cannot_have_is_told_wherever_it_is_compared() {
    for (text, told) in [
        (
            "{% if territoire.nom == 'Ailleurs' %}{% for e in evenements if e.type == 'salon' %}x{% endfor %}{% endif %}",
            "Salon",
        ),
        ("{% for e in evenements if e.type != 'Atelié' %}x{% endfor %}", "Atelier"),
        ("{% for e in evenements if e.type is parmi('COPIL', 'COTEC') %}x{% endfor %}", "COTECH"),
        ("{% if territoire.nom == 'Ailleurs' %}{{ evenements | dont(type='Salons') | combien }}{% endif %}", "Salon"),
        ("{% if territoire.nom == 'Ailleurs' %}{{ depenses | somme('prevus') | euros }}{% endif %}", "prevu"),
    ] {
        let run = with(&internal(), text).run("check");
        assert_eq!(run.status, 1, "{text}: {}", said(&run));
        assert!(said(&run).contains(&format!("vouliez-vous dire « {told} » ?")), "{text}: {}", said(&run));
        assert!(said(&run).contains("essai.md.j2:"), "{text}: {}", said(&run));
    }
    let fine = "{% for e in evenements if e.type == 'Salon' or e.type is parmi('copil', '') %}x{% endfor %}";
    assert_eq!(with(&internal(), fine).run("check").status, 0);
}

#[test]
fn a_line_with_words_stays_a_line_whatever_ends_it() {
    let text = "{% for e in evenements %}\n- {{ e.intitule }}{% if e.heure %}, {{ e.heure }}{% endif %}\n{% endfor %}\n\nUn mot\n{% if territoire.nom %}\nsuit{% endif %}\n\nFin.";
    let fixture = with(&internal(), text);
    fixture.succeed("build essai");
    let words = read(&fixture, "x/essai.txt");
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let items = lines.iter().filter(|line| line.contains("Atelier") || line.contains("Salon")).count();
    assert_eq!(items, 3, "{words}");
    assert!(lines.contains(&"Un mot suit"), "{words}");
    assert!(lines.contains(&"Fin."), "{words}");
}

#[test]
fn headings_take_the_level_of_their_order() {
    let fixture = with(
        &format!("id = \"x\"\ndate = \"2022-01-01\"\n{}", INTERNAL.replace("[\"txt\"]", "[\"pdf\", \"html\"]")),
        "## Premier\n\nUn mot.\n\n#### Dessous\n\nUn autre.\n\n## Second\n\nEncore.",
    );
    fixture.succeed("build essai");
    let page = read(&fixture, "x/essai.html");
    for heading in [">Premier</h1>", ">Dessous</h2>", ">Second</h1>"] {
        assert!(page.contains(heading), "{heading}: {page}");
    }
}

#[test]
fn numbers_and_days_are_compared_as_people_write_them() {
    let says = |text: &str| {
        let fixture = with(&internal(), text);
        fixture.succeed("build essai");
        read(&fixture, "x/essai.txt").trim().to_owned()
    };
    for (text, said) in [
        ("{% for e in evenements %}{% if loop.index is moins_que(3) %}x{% endif %}{% endfor %}", "xx"),
        ("{% for e in evenements if e.date is apres('01/04/2022') %}x{% endfor %}", "xx"),
        ("{% for e in evenements if e.date is avant('1er mai 2022') %}x{% endfor %}", "xx"),
        ("{% for e in entreprises if e.effectif is plus_que(20) %}x{% endfor %}", "x"),
        ("{% for e in evenements %}{{ e.inscrits | dont(present='oui') | combien }} {% endfor %}", "2 0 0"),
    ] {
        let line = says(text);
        assert_eq!(line.lines().next().unwrap_or_default().trim(), said, "{text}: {line}");
    }
}

#[test]
fn a_number_of_ones_own_is_a_number() {
    let column = "\n[[colonnes]]\nfeuille = \"Entreprises\"\nintitule = \"Places\"\ntype = \"nombre\"\n";
    let text = "{% for e in entreprises if e.places %}{{ e.places }};{% endfor %}{{ entreprises | somme('places') }};{{ entreprises | dont(places='3') | combien }}";
    let fixture = with(&internal(), text).settings("[territoire]", &format!("{column}\n[territoire]"));
    let run = fixture.run("check");
    assert!(said(&run).contains("« Places » est déclarée"), "{}", said(&run));
    let fixture = fixture.table(
        "Entreprises",
        "Raison sociale | Site | Partenaire | Commune | Filière | Effectif | Places
         Forge Varlandier | Amont-Ville | AAA | Aval-Ville | Métallurgie | 40 | 3
         Filature Quermoize | | BBB | Amont-Ville | Textile | 12 | 1,5",
    );
    fixture.succeed("build essai");
    let words = read(&fixture, "x/essai.txt");
    assert!(words.contains("3 ;1,5 ;4,5 ;1"), "{words}");
}
