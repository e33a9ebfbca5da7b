//! Documents that a template declares and that would say something false, or to the wrong reader: what is joined, what is
//! refused, what is told, and in which words.

use std::fs;
use std::path::Path;

use crate::fixture::{Fixture, Run};

/// A territory with two councils, their firms, two events and who came to them.
fn territory() -> Fixture {
    crate::own::territory()
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN | Adresse | Code postal | Ville | Courriel du secrétariat
             CCI  | CCI  | Chambre d’essai | CCI d’Essai | de la CCI d’Essai | | | | |
             AAA  | CC   | Communauté de communes d’Aval | Aval | d’Aval | 200030633 | 1 rue du Pont | 59000 | Aval | aval@example.org
             BBB  | CC   | Communauté de communes d’Amont | Amont | d’Amont | 200040004 | | | |",
        )
        .table(
            "Entreprises",
            "Raison sociale | Site | Partenaire | Commune | Filière | Effectif
             Forge Varlandier | Amont-Ville | AAA | Aval-Ville | Métallurgie | 40
             Filature Quermoize | | BBB | Amont-Ville | Textile | 12",
        )
        .table(
            "Contacts",
            "Prénom | Nom | Organisation | Courriel | Partenaire | Collège | Lettre | Source
             Ysaline | Corvandier | Filature Quermoize | ysaline@example.org | BBB | Industriel | oui | Atelier
             Odon | Perrelin | Forge Varlandier | odon@example.org | AAA | Industriel | oui | Atelier",
        )
        .table(
            "Agenda",
            "Code | Date | Heure | Intitulé | Type | Dans la lettre | Annulé | Lieu
             W1 | 10/03/2022 | 09:30 | Atelier du froid | Atelier | oui | non | Aval
             W2 | 12/04/2022 | | Atelier du chaud | Atelier | oui | non |
             W3 | 15/05/2022 | | Salon | Salon | oui | non |",
        )
        .table(
            "Participants",
            "Événement | Nom | Organisation | Partenaire | Présent
             W1 | Ysaline Corvandier | Filature Quermoize | BBB | oui
             W1 | Odon Perrelin | Forge Varlandier | AAA | oui
             W2 | Maud Tréville | | | non",
        )
        .table(
            "Séances",
            "Code | Partenaire | Date | Heure | Lieu | Convocation | Membres en exercice | Président de séance
             S1 | AAA | 20/06/2022 | 18:00 | Aval | 01/06/2022 | 9 | Jeanne DEUX",
        )
        .table(
            "Ordres du jour",
            "Événement | Point | Intitulé
             W1 | 1 | Les pompes
             W2 | 1 | Les fours",
        )
}

pub(crate) fn write(fixture: &Fixture, name: &str, text: &str) {
    let path = fixture.path("templates").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// A text of a kind called « essai ».
pub(crate) fn essai(front: &str, text: &str) -> String {
    format!("+++\ngenre = \"essai\"\n{front}\n+++\n{text}\n")
}

/// The usual keys behind some.
pub(crate) const INTERNAL: &str = "lecteurs = \"interne\"\nfamille = \"note\"\nformats = [\"txt\"]";

/// A workspace in which a text of that kind stands.
pub(crate) fn with(front: &str, text: &str) -> Fixture {
    let fixture = territory();
    write(&fixture, "essai/essai.md.j2", &essai(front, text));
    fixture
}

/// Everything below the folder of the kind, by name.
fn files(fixture: &Fixture) -> Vec<String> {
    fn visit(folder: &Path, root: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => visit(&path, root, found),
                path => found.push(path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/")),
            }
        }
    }
    let (root, mut found) = (fixture.path("out/essai"), Vec::new());
    visit(&root, &root, &mut found);
    found.sort();
    found
}

pub(crate) fn read(fixture: &Fixture, name: &str) -> String {
    let text = fs::read_to_string(fixture.path("out/essai").join(name)).expect(name);
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// What a run says, with plain spaces.
pub(crate) fn said(run: &Run) -> String {
    format!("{}{}", run.stdout, run.stderr).replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn rows_that_lead_to_each_other_are_joined() {
    let joined = |of: &str, each: &str, text: &str| {
        let fixture = with(&format!("pour = \"{of}\"\nchaque = \"{each}\"\n{INTERNAL}"), text);
        fixture.succeed("build essai");
        fixture
    };
    // Whoever came to one event is not certified at another; an event to which nobody is written is no document.
    let fixture = joined("Agenda", "Participants", "{{ participant.nom }} : {{ agenda.intitule }}");
    let expected = ["W1/essai-Odon-Perrelin.txt", "W1/essai-Ysaline-Corvandier.txt", "W2/essai-Maud-Treville.txt"];
    assert_eq!(files(&fixture), expected);
    assert!(read(&fixture, "W1/essai-Odon-Perrelin.txt").contains("Odon Perrelin : Atelier du froid"));
    // The other way round, through a third sheet, and by the partner.
    let fixture = joined("Participants", "Agenda", "x");
    assert_eq!(files(&fixture).len(), 3, "{:?}", files(&fixture));
    let fixture = joined("Participants", "Ordres du jour", "{{ ordre_du_jour.intitule }}");
    assert!(read(&fixture, "W2-Maud-Treville/essai-1.txt").contains("Les fours"));
    assert_eq!(files(&fixture).len(), 3, "{:?}", files(&fixture));
    let fixture = joined("Partenaires", "Entreprises", "x");
    let expected = ["AAA/essai-Forge-Varlandier-Amont-Ville.txt", "BBB/essai-Filature-Quermoize.txt"];
    assert_eq!(files(&fixture), expected);
    let fixture = joined("Séances", "Entreprises", "{{ seance.partenaire.code }}");
    assert_eq!(files(&fixture), ["S1/essai-Forge-Varlandier-Amont-Ville.txt"]);
    // What has nothing in common goes with everything, and everybody may be written to.
    assert_eq!(files(&joined("Agenda", "Entreprises", "x")).len(), 6);
    assert_eq!(files(&joined("Agenda", "Partenaires", "x")).len(), 9);
}

#[test]
fn a_folder_of_one_council_holds_no_file_of_another() {
    let front = |each: &str, readers: &str| {
        format!(
            "pour = \"Représentants\"\nid = \"{{{{ representant.nom }}}}\"\nquand = {{ Partenaire = \"AAA\" }}\nchaque = \"{each}\"\n\
             quand_chaque = {{ {} = \"BBB\" }}\nlecteurs = \"{readers}\"\nfamille = \"note\"\nformats = [\"txt\"]",
            if each == "Partenaires" { "Code" } else { "Partenaire" },
        )
    };
    let fixture =
        with(&front("Partenaires", "partenaire"), "{% for e in entreprises %}{{ e.raison_sociale }}{% endfor %}");
    let run = fixture.run("build essai");
    assert_eq!((run.status, files(&fixture).len()), (1, 0), "{}", said(&run));
    assert!(said(&run).contains("« pour » est une ligne de AAA et « chaque » une ligne de BBB"), "{}", said(&run));
    assert!(said(&run).contains("essai.md.j2:8"), "{}", said(&run));
    // Firms of another council are no rows of this one at all.
    let fixture = with(&front("Entreprises", "partenaire"), "{{ entreprise.effectif }}");
    fixture.run("build essai");
    assert!(files(&fixture).is_empty(), "{:?}", files(&fixture));
    let fixture = with(&format!("pour = \"Agenda\"\nchaque = \"Agenda\"\n{INTERNAL}"), "x");
    let run = fixture.run("check");
    assert!(said(&run).contains("Agenda est déjà la feuille de « pour »"), "{}", said(&run));
}

#[test]
fn who_was_invited_is_no_more_public_than_who_is_on_the_list() {
    let named = |readers: &str, name: &str| {
        let front = format!(
            "pour = \"Agenda\"\nquand = {{ Code = \"W1\" }}\nchaque = \"Partenaires\"\n\
             quand_chaque = {{ Code = \"AAA\" }}\nlecteurs = \"{readers}\"\nfamille = \"note\"\nformats = [\"txt\"]"
        );
        let run = with(&front, &format!("Avec {name}, hier.")).run("build essai");
        (run.status, said(&run).contains("confidentialite"))
    };
    for reader in ["partenaire", "partenaires", "public"] {
        assert_eq!(named(reader, "Ysaline Corvandier"), (1, true), "{reader}");
        assert_eq!(named(reader, "CORVANDIER Ysaline"), (1, true), "{reader}");
        // On no list but that of the event.
        assert_eq!(named(reader, "Maud Tréville"), (1, true), "{reader}");
        assert_eq!(named(reader, "Jeanne Deux"), (0, false), "{reader}");
    }
    assert_eq!(named("partenaire", "Odon Perrelin"), (0, false));
    assert_eq!(named("partenaires", "Odon Perrelin"), (1, true));
}

/// The usual keys of a text over the events.
fn events(more: &str) -> String {
    format!("pour = \"Agenda\"\n{more}\n{INTERNAL}")
}

#[test]
fn documents_and_files_of_one_name_are_told_by_every_command() {
    let fixture = with(&events("id = \"{{ agenda.type }}\""), "x");
    for command in ["check", "build", "build essai"] {
        let run = fixture.run(command);
        assert_eq!(run.status, 1, "{command}: {}", said(&run));
        assert!(said(&run).contains("document-double"), "{command}: {}", said(&run));
        assert!(said(&run).contains("l’autre est la ligne 2"), "{command}: {}", said(&run));
    }
    assert_eq!(files(&fixture), ["Salon/essai.txt"]);
    // Two files of one document: also where it was made before they came to be called the same.
    let fixture = with(&events("chaque = \"Participants\"\nfichier = \"x-{{ participant.nom }}\""), "x");
    fixture.succeed("build essai");
    let front = events("chaque = \"Participants\"\nfichier = \"x-{{ agenda.code }}\"");
    write(&fixture, "essai/essai.md.j2", &essai(&front, "x"));
    for command in ["check", "build essai"] {
        let run = fixture.run(command);
        assert_eq!(run.status, 1, "{command}: {}", said(&run));
        assert!(said(&run).contains("fichier-double"), "{command}: {}", said(&run));
        assert!(
            said(&run).contains("lignes 2 et 3 de Participants : ajouter à « fichier »"),
            "{command}: {}",
            said(&run)
        );
        assert!(said(&run).contains("Participants › A3"), "{command}: {}", said(&run));
    }
}

#[test]
fn dont_and_quand_understand_the_same_values() {
    let chosen = |value: &str| {
        let fixture = with(
            &format!("id = \"x\"\ndate = \"2022-01-01\"\n{INTERNAL}"),
            &format!("{{% for e in evenements | dont({value}) %}}{{{{ e.code }}}} {{% endfor %}}."),
        );
        fixture.succeed("build essai");
        read(&fixture, "x/essai.txt").lines().next().unwrap_or_default().replace(' ', "")
    };
    for (value, codes) in [
        ("date=\"2022-03-10\"", "W1."),
        ("date=\"10/03/2022\"", "W1."),
        ("date=\"10 mars 2022\"", "W1."),
        ("date=\"2022-03\"", "W1."),
        ("date=\"mars 2022\"", "W1."),
        ("date=\">= 2022-04-12\"", "W2W3."),
        ("date=\"> avril 2022\"", "W3."),
        ("date=\"< 2022\"", "."),
        ("date=jour", "."),
        ("type=[\"Salon\", \"atelier\"]", "W1W2W3."),
        ("heure=\"rempli\"", "W1."),
        ("heure=\"vide\"", "W2W3."),
        ("annule=false", "W1W2W3."),
    ] {
        assert_eq!(chosen(value), codes, "{value}");
    }
    let wrong = |front: &str, text: &str, told: &str| {
        let run = with(front, text).run("check");
        assert_eq!(run.status, 1, "{front} {text}: {}", said(&run));
        assert!(said(&run).contains(told), "{front} {text}: {}", said(&run));
        assert!(said(&run).contains("essai.md.j2:"), "{front} {text}: {}", said(&run));
    };
    let internal = format!("id = \"x\"\ndate = \"2022-01-01\"\n{INTERNAL}");
    for (text, told) in [
        ("{{ evenements | dont(type='Salons') | combien }}", "vouliez-vous dire « Salon » ?"),
        ("{{ entreprises | dont(partenaire='AAB') | combien }}", "vouliez-vous dire « AAA » ?"),
        ("{{ entreprises | dont(partenaire='Amont') | combien }}", "vouliez-vous dire « BBB » ?"),
        ("{{ entreprises | dont(effectif='> 20') | combien }}", "attend un nombre"),
        ("{{ evenements | dont(date='bientôt') | combien }}", "un jour ou un mois est attendu"),
        ("{% if false %}{{ evenements | dont(dates='2022') | combien }}{% endif %}", "vouliez-vous dire « date » ?"),
    ] {
        wrong(&internal, text, told);
    }
    for (value, told) in [
        ("Partenaire = \"Aval\"", "vouliez-vous dire « AAA » ?"),
        ("Partenaire = \"{{ agenda.code }}\"", "sans accolades"),
        ("Date = \"bientôt\"", "un jour ou un mois est attendu"),
    ] {
        wrong(&events(&format!("quand = {{ {value} }}")), "x", told);
    }
    let fixture = with(&events("quand = { Date = [\"2022-03\", \">= 15/05/2022\"] }"), "x");
    fixture.succeed("build essai");
    assert_eq!(files(&fixture), ["W1/essai.txt", "W3/essai.txt"]);
    let fixture = with(&events(""), "{% if agenda.type is parmi([\"Salon\", \"COPIL\"]) %}oui{% else %}non{% endif %}");
    fixture.succeed("build essai");
    assert!(read(&fixture, "W3/essai.txt").contains("oui") && read(&fixture, "W1/essai.txt").contains("non"));
}

#[test]
fn rows_of_another_are_chosen_by_their_link_and_not_by_their_name() {
    let mut fixture = with(
        &format!("pour = \"Entreprises\"\n{INTERNAL}"),
        "{{ accompagnements | dont(entreprise=entreprise) | combien | compte('fois', 'fois') }}",
    );
    fixture.set_table(
        "Entreprises",
        "Raison sociale | Site | Partenaire
         Forge Varlandier | Nord | AAA
         Forge Varlandier | Sud | BBB",
    );
    fixture.set_table(
        "Accompagnements",
        "Date | Entreprise | Site | Niveau | Thème
         20/01/2022 | Forge Varlandier | Sud | Prise de contact | Bas carbone
         21/01/2022 | Forge Varlandier | Sud | Prise de contact | Bas carbone",
    );
    fixture.succeed("build essai");
    assert!(read(&fixture, "Forge-Varlandier-Nord/essai.txt").contains("0 fois"));
    assert!(read(&fixture, "Forge-Varlandier-Sud/essai.txt").contains("2 fois"));
}

#[test]
fn a_choice_that_no_row_fits_is_told_with_what_there_is() {
    for command in ["check", "build essai"] {
        let run = with(&events("quand = { Type = \"Webinaire\" }"), "x").run(command);
        assert_eq!(run.status, 0, "{}", said(&run));
        assert!(
            said(&run).contains("aucune-ligne") && said(&run).contains("« Type » contient : Atelier, Salon"),
            "{}",
            said(&run)
        );
        assert!(said(&run).contains("essai.md.j2:4"), "{}", said(&run));
    }
}

#[test]
fn a_blank_cell_prints_nothing_anywhere_and_is_named_where_something_is_needed() {
    let fixture = with(
        &format!(
            "pour = \"Entreprises\"\nfichier = \"f-{{{{ entreprise.raison_sociale ~ '-' ~ entreprise.site }}}}-{{{{ entreprise.siret }}}}\"\n{INTERNAL}"
        ),
        "[{{ entreprise.site }}{{ 'a' ~ entreprise.site }}{{ [entreprise.site, 'b'] | join('-') }}{{ entreprise.site | majuscule }}]{% if entreprise.site is none %}x{% endif %}",
    );
    fixture.succeed("build essai");
    let name = "Filature-Quermoize/f-Filature-Quermoize.txt";
    assert!(files(&fixture).contains(&name.to_owned()), "{:?}", files(&fixture));
    assert_eq!(read(&fixture, name).lines().next(), Some("[a-b]x"));
    let run = with(&events(""), "{{ agenda.date_de_fin | mois }}").run("build essai");
    let told = "« mois » attend une date, et « Date de fin » (Agenda › ";
    assert!(said(&run).contains(told), "{}", said(&run));
    assert!(said(&run).contains("écrire d’abord {% if agenda.date_de_fin %}"), "{}", said(&run));
    // Days are compared by their own tests, and « egal » takes them too.
    let fixture = with(&events(""), "{% if agenda.date is egal(jour) %}même jour{% endif %}{{ agenda.date | mois }}");
    fixture.run("build essai");
    let run = with(&events(""), "{% if agenda.date is plus_que(jour) %}x{% endif %}").run("check");
    assert!(said(&run).contains("des dates se comparent par « avant », « apres » et « egal »"), "{}", said(&run));
}

#[test]
fn a_letter_is_addressed_to_whom_it_is_for() {
    let letter = |of: &str, each: &str, readers: &str, text: &str| {
        let each = if each.is_empty() { String::new() } else { format!("chaque = \"{each}\"\n") };
        let front = format!(
            "pour = \"{of}\"\n{each}date = \"situation\"\nlecteurs = \"{readers}\"\nfamille = \"lettre\"\nformats = [\"txt\", \"eml\"]"
        );
        with(&front, &format!("::: destinataire\n:::\n\n# Objet\n\n{text}"))
    };
    let fixture = letter("Entreprises", "", "partenaire", "x");
    fixture.succeed("build essai");
    let text = read(&fixture, "Forge-Varlandier-Amont-Ville/essai.txt");
    assert!(text.contains("Forge Varlandier\nAmont-Ville\nAval-Ville"), "{text}");
    assert!(!text.contains("Communauté"), "{text}");
    // The message goes to the secretariat of who reads it, and no two are one.
    let mail = |name: &str| fs::read_to_string(fixture.path("out/essai").join(name)).expect(name);
    let [first, second] =
        ["Forge-Varlandier-Amont-Ville", "Filature-Quermoize"].map(|it| mail(&format!("{it}/essai.eml")));
    let header =
        |mail: &str, name: &str| mail.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
    assert_eq!(header(&first, "To:").trim(), "To: aval@example.org");
    assert_ne!(header(&first, "Message-ID:"), header(&second, "Message-ID:"));
    let fixture = letter("Participants", "", "interne", "x");
    fixture.succeed("build essai");
    assert!(read(&fixture, "W1-Odon-Perrelin/essai.txt").contains("Odon Perrelin\nForge Varlandier"));
    // Whom nothing can be taken from is asked for, at its line.
    let run = letter("Agenda", "", "interne", "x").run("build essai");
    assert!(said(&run).contains("« lecteur » ne désigne ici aucune ligne"), "{}", said(&run));
    assert!(said(&run).contains("essai.md.j2:9"), "{}", said(&run));
}

#[test]
fn the_name_and_the_day_of_a_document_come_from_where_it_says() {
    let front = format!("id = \"{{{{ jour | mois }}}}\"\ndate = \"2022-02-03\"\n{INTERNAL}");
    let fixture = with(&front, "x");
    fixture.succeed("build essai");
    assert_eq!(files(&fixture), ["fevrier-2022/essai.txt"]);
    // The day of the row that one leads to, by its sheet or by the column.
    for date in ["Agenda.Date", "Événement.Date"] {
        let fixture = with(&format!("pour = \"Participants\"\ndate = \"{date}\"\n{INTERNAL}"), "Le {{ jour | date }}");
        fixture.succeed("build essai");
        assert!(read(&fixture, "W1-Odon-Perrelin/essai.txt").contains("Le 10 mars 2022"), "{date}");
    }
    let fixture = with(&format!("id = \"x\"\ndate = \"03/02/2022\"\n{INTERNAL}"), "Le {{ jour | date }}");
    fixture.succeed("build essai");
    assert!(read(&fixture, "x/essai.txt").contains("Le 3 février 2022"));
    for (of, date, told) in [
        ("Participants", "hier", "ni un jour (« 2022-09-15 »), ni « situation »"),
        ("Participants", "Séances.Date", "« Participants.… », « Événement.… », « Partenaire.… »"),
    ] {
        let run = with(&format!("pour = \"{of}\"\ndate = \"{date}\"\n{INTERNAL}"), "x").run("check");
        assert!(said(&run).contains(told), "{}", said(&run));
    }
}

#[test]
fn folders_that_no_row_announces_any_more_are_told() {
    let mut fixture = with(&events("quand = { Type = \"Atelier\" }"), "x");
    assert!(!said(&fixture.succeed("build")).contains("dossier-oublie"));
    fixture.edit("Agenda", "W2 |", "W9 |");
    fixture.edit("Participants", "W2 |", "W9 |");
    fixture.edit("Ordres du jour", "W2 |", "W9 |");
    for command in ["build essai", "list", "build", "list"] {
        let told = said(&fixture.succeed(command));
        assert!(told.contains("dossier-oublie") && told.contains("essai/W2"), "{command}: {told}");
    }
    fs::remove_dir_all(fixture.path("out/essai/W2")).expect("removed");
    assert!(!said(&fixture.succeed("list")).contains("essai/W2"));
}

#[test]
fn a_faulty_header_is_told_once_and_first() {
    let told = |text: &str| {
        let fixture = territory();
        write(&fixture, "essai/essai.md.j2", text);
        let run = fixture.run("build essai");
        assert_eq!(run.status, 1, "{}", said(&run));
        let lines: Vec<String> =
            said(&run).lines().filter(|line| line.starts_with("erreur")).map(ToOwned::to_owned).collect();
        assert_eq!(lines.len(), 1, "{text}: {}", said(&run));
        said(&run)
    };
    let good = essai(&events("quand = { Type = \"Salon\" }"), "x");
    for (from, to, reason) in [
        ("\"Agenda\"", "\"Agend\"", "vouliez-vous dire « Agenda » ?"),
        ("\"Salon\" }", "\"Salon\"", "l’accolade « { » n’a pas de « } »"),
        ("\"Salon\"", "“Salon”", "guillemets droits"),
        ("{ Type", "{ Annulé", "« Annulé » : un nom avec un accent"),
        ("+++\nx", "x", "il manque la seconde ligne « +++ »"),
    ] {
        let told = told(&good.replace(from, to));
        assert!(told.contains(reason) && !told.contains("genre-inconnu"), "{to}: {told}");
    }
}

#[test]
fn messages_say_what_to_write_instead() {
    for (text, told) in [
        ("{{ agenda.Date de fin }}", "agenda.date_de_fin"),
        ("{{ agenda.date 'x' }}", "inattendu : un texte entre guillemets ; attendu : }}"),
        ("{{ agenda.adresse }}", "il y a : code, date, heure"),
        ("{% if agenda.date >= jour %}x{% endif %}", "« is avant(…) », « is apres(…) » ou « is egal(…) »"),
        ("::: encadre\nx", "partie « encadre » : une ligne « ::: » doit la fermer"),
    ] {
        let run = with(&events(""), text).run("check");
        assert!(said(&run).contains(told), "{text}: {}", said(&run));
    }
    for (name, reason) in [
        ("été", "sans accent"),
        ("Visite", "sans capitale"),
        ("a_b", "traits d’union"),
        ("rappel", "s’appelle déjà ainsi"),
        ("commun", "garde ce nom"),
    ] {
        let run = territory().run(&format!("new {name} --from note"));
        assert!(run.status == 1 && said(&run).contains(reason), "{name}: {}", said(&run));
    }
    let front = "pour = \"Agenda\"\nlecteurs = \"partenaires\"\nfamille = \"note\"\nformats = [\"txt\"]";
    let run = with(front, "Bonjour.\n\nAvec la Filature Quermoize.").run("build essai");
    assert!(said(&run).contains("essai.md.j2:10") && said(&run).contains("retirer le nom"), "{}", said(&run));
    let help = territory().run("build --help").stdout + &territory().run("--help").stdout;
    assert!(!help.contains("convocation-seanceconvocation"), "{help}");
}
