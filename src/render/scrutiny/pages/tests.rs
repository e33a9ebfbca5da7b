use super::*;
use crate::diagnostics::Place;
use crate::figures::Printed;
use crate::views::{Slot, View as _, view};

view! {
    struct Data {
        cadre: Frame,
        total: Printed,
        lignes: Vec<Line>,
        textes: Texts,
    }

    struct Texts {
        corps: Slot,
    }

    struct Frame {
        titre: String,
    }

    struct Line {
        nom: String,
        montant: Option<Printed>,
    }
}

/// The faults of a page, each as its file, line and message; and what it reads.
fn scrutinise(source: &str) -> (Vec<(String, usize, String)>, Vec<&'static str>) {
    let mut templates = Templates::default();
    templates.set("k/page.typ", source);
    templates.set(
        "commun/charte.typ",
        "#let donnees = lire(json(\"/data.json\"))\n#let grille(l) = [#l.nom #l.montan]\n#let rang(l) = l.nom",
    );
    let found = pages(&templates, "k/page.typ", Data::shape());
    let fault = |fault: &Diagnostic| match &fault.place {
        Place::Line { file, line, .. } => (file.clone(), *line, fault.message.clone()),
        _ => (String::new(), 0, fault.message.clone()),
    };
    (found.faults.iter().map(fault).collect(), found.read.iter().map(|(_, key)| *key).collect())
}

const OPEN: &str = "#import \"../commun/charte.typ\": *\n";

fn faults(source: &str) -> Vec<(usize, String)> {
    scrutinise(&format!("{OPEN}{source}")).0.into_iter().map(|(_, line, message)| (line, message)).collect()
}

#[test]
fn a_misspelt_key_is_told_in_a_branch_that_is_not_taken() {
    let unknown = |line: usize, name: &str| vec![(line, format!("valeur inconnue dans le gabarit : {name}"))];
    assert_eq!(faults("#if false [\n#donnees.cadre.titer]"), unknown(3, "titer"));
    assert_eq!(faults("#let f(a) = a.nom\n#for l in donnees.lignes { f(l); l.mont }"), unknown(3, "mont"));
    assert_eq!(faults("#donnees.lignes.map(l => [#l.nom, #l.prix])"), unknown(2, "prix"));
    assert_eq!(faults("#donnees.lignes.enumerate().map(((i, l)) => l.nmo)"), unknown(2, "nmo"));
    assert_eq!(faults("#donnees.textes.corp"), unknown(2, "corp"));
    assert_eq!(faults("#let p = (l) => { let x = l; x.zut }\n#p(donnees.lignes.first())"), unknown(2, "zut"));
    assert_eq!(faults("#show: it => [#donnees.totla #it]"), unknown(2, "totla"));
    assert_eq!(faults("#donnees.textes.corps #donnees.total #donnees.lignes.map(rang).join([, ])"), vec![]);
}

#[test]
fn a_function_of_another_file_is_told_where_it_is_wrong() {
    let (faults, read) = scrutinise(&format!("{OPEN}#grille(donnees.lignes.at(0))"));
    let message = "valeur inconnue dans le gabarit : montan".to_owned();
    assert_eq!(faults, [("templates/commun/charte.typ".to_owned(), 2, message)]);
    assert_eq!(read, ["lignes", "nom"]);
}

#[test]
fn a_page_does_not_compute() {
    for source in [
        "#if donnees.total == \"1\" [x]",
        "#for l in donnees.lignes { if l.montant in (\"0\",) [x] }",
        "[#donnees.lignes.len()]",
        "#str(donnees.lignes.len())",
    ] {
        let told = faults(&format!("#let x = [{source}]"));
        assert!(told.iter().any(|(_, message)| message.starts_with("un gabarit ne calcule pas")), "{source}: {told:?}");
    }
    assert_eq!(
        faults("#if donnees.lignes.len() > 1 [x]\n#for l in donnees.lignes { if l.montant != none { l.montant } }"),
        []
    );
}

#[test]
fn files_are_found_from_the_folder_of_who_names_them() {
    assert_eq!(resolve("k/page.typ", "../commun/charte.typ").as_deref(), Some("commun/charte.typ"));
    assert_eq!(resolve("k/page.typ", "autre.typ").as_deref(), Some("k/autre.typ"));
    assert_eq!(resolve("page.typ", "../x.typ"), None);
}
