//! Documents that a template declares and that would say something false, or to the wrong reader: what is joined, what is
//! refused, what is told, and in which words.

use std::fs;
use std::path::Path;

use crate::fixture::{Fixture, Run};

/// A territory with two councils, their firms, two events and who came to them.
fn territory() -> Fixture {
    Fixture::small()
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN | Adresse | Code postal | Ville | Courriel du secrétariat
             CCI  | CCI  | Chambre d’essai | CCI d’Essai | de la CCI d’Essai | | | | |
             AAA  | CC   | Communauté de communes d’Aval | Aval | d’Aval | 200030633 | 1 rue du Pont | 59000 | Aval | aval@example.org
             BBB  | CC   | Communauté de communes d’Amont | Amont | d’Amont | 200040004 | | | |",
        )
        .table(
            "Représentants",
            "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis
             CCI | M. | Paul | Un | président | 01/01/2020
             AAA | Mme | Jeanne | Deux | présidente | 01/01/2020",
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

fn write(fixture: &Fixture, name: &str, text: &str) {
    let path = fixture.path("templates").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// A text of a kind called « essai ».
fn essai(front: &str, text: &str) -> String {
    format!("+++\ngenre = \"essai\"\n{front}\n+++\n{text}\n")
}

/// The usual keys behind some.
const INTERNAL: &str = "lecteurs = \"interne\"\nfamille = \"note\"\nformats = [\"txt\"]";

/// A workspace in which a text of that kind stands.
fn with(front: &str, text: &str) -> Fixture {
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

fn read(fixture: &Fixture, name: &str) -> String {
    let text = fs::read_to_string(fixture.path("out/essai").join(name)).expect(name);
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// What a run says, with plain spaces.
fn said(run: &Run) -> String {
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
