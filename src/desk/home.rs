//! The first page: what is to be done, what is wrong, how the documents stand; and a new workspace.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::answers::{self, Answer};
use super::documents::address;
use super::problems::{self, groups};
use super::routes::Fields;
use super::state::{Command, Shared, State};
use super::workspace;
use crate::diagnostics::Diagnostic;
use crate::files;
use crate::pipeline::{AHEAD, Beginning, Setting, Snapshot, State as Standing};
use crate::wording::{self, capitalized};

/// « 3 erreurs ».
pub(super) fn counted(count: usize, singular: &str, plural: &str) -> String {
    wording::counted(i64::try_from(count).unwrap_or(i64::MAX), singular, plural)
}

/// Whether a state is one that somebody must look at.
pub(super) fn is_alarming(state: Standing) -> bool {
    matches!(state, Standing::Blocked(_) | Standing::Failed | Standing::Altered)
}

/// What stands around every page: the documents with their states, what is being done, what is wrong.
pub(super) fn frame(state: &State, here: &str) -> Value {
    let snapshot = state.snapshot.as_ref();
    let mut kinds: Vec<(&str, &str, Vec<Value>)> = Vec::new();
    for (snapshot, shown) in snapshot.iter().flat_map(|it| it.documents.iter().map(move |shown| (it, *shown))) {
        let (kind, id) = (snapshot.kind(shown), snapshot.id(shown));
        let standing = state.standing(kind, id);
        let place = address(kind, id);
        let document = json!({
            "nom": id,
            "etat": standing.map(Standing::name),
            "alerte": standing.is_some_and(is_alarming),
            "ici": here == place || here.strip_prefix("/envoi").is_some_and(|rest| place.ends_with(rest)),
            "adresse": place,
        });
        match kinds.last_mut() {
            Some((known, _, documents)) if *known == kind => documents.push(document),
            _ => kinds.push((kind, snapshot.label(shown), vec![document])),
        }
    }
    let problems = state.all_problems();
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let kinds: Vec<Value> = kinds
        .into_iter()
        .map(|(kind, label, documents)| json!({ "genre": kind, "libelle": capitalized(label), "documents": documents }))
        .collect();
    json!({
        "version": state.version,
        "ici": here,
        "place": state.is_placed,
        "territoire": snapshot.map(|it| it.territory()).filter(|name| !name.is_empty()),
        "occupe": state.work.is_some(),
        "statut": state.work.as_deref().unwrap_or(&state.told),
        "attente": state.waiting,
        "genres": kinds,
        "erreurs": errors,
        "avertissements": problems.len() - errors,
        "bilan": match (errors, problems.len() - errors) {
            (0, 0) => "aucune erreur".to_owned(),
            (0, warnings) => format!("aucune erreur, {}", counted(warnings, "avertissement", "avertissements")),
            (errors, _) => counted(errors, "erreur", "erreurs"),
        },
        "automatique": state.automatic,
    })
}

/// The first page; without a workspace, the form for a new one.
pub(super) fn page(shared: &Shared) -> Answer {
    let state = shared.state();
    if !state.is_placed {
        drop(state);
        return new_workspace(shared);
    }
    let frame = frame(&state, "/");
    let snapshot = state.snapshot.clone();
    let workbooks: Vec<String> = snapshot.iter().flat_map(|it| it.workbooks().map(ToOwned::to_owned)).collect();
    let problems: Vec<Diagnostic> = state.all_problems().into_iter().filter(|it| it.is_error()).cloned().collect();
    let standings: Vec<Standing> = state.listed.iter().map(|listed| listed.state).collect();
    drop(state);
    let count = |wanted: fn(&Standing) -> bool| standings.iter().filter(|state| wanted(state)).count();
    let due = count(|state| matches!(state, Standing::New | Standing::Stale));
    let counts: Vec<String> = [
        (count(|state| matches!(state, Standing::Current)), "à jour", "à jour"),
        (count(|state| matches!(state, Standing::Sent { .. })), "envoyé", "envoyés"),
        (count(|state| matches!(state, Standing::New)), "jamais fait", "jamais faits"),
        (count(|state| matches!(state, Standing::Stale)), "à refaire", "à refaire"),
        (count(|state| matches!(state, Standing::Blocked(_))), "bloqué par des erreurs", "bloqués par des erreurs"),
        (count(|state| matches!(state, Standing::Failed)), "en échec", "en échec"),
        (count(|state| matches!(state, Standing::Altered)), "envoyé, puis altéré", "envoyés, puis altérés"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, singular, plural)| counted(count, singular, plural))
    .collect();
    let is_begun = snapshot.as_ref().is_none_or(|snapshot| !snapshot.documents.is_empty());
    let data = json!({
        "cadre": frame,
        "lu": snapshot.is_some(),
        "a_faire": due,
        "bouton_principal": match due {
            0 => "Fabriquer".to_owned(),
            due => format!("Fabriquer {}", counted(due, "document", "documents")),
        },
        "comptes": counts,
        "classeurs": workbooks.iter().map(|path| json!({ "chemin": path, "nom": problems::short(path) })).collect::<Vec<_>>(),
        "debut": snapshot.as_ref().filter(|_| !is_begun).map(|snapshot| beginning(snapshot)),
        "erreurs": groups(&problems.iter().collect::<Vec<_>>()),
        "echeances": snapshot.as_ref().map(|snapshot| deadlines(shared, snapshot)),
    });
    answers::page(200, "accueil.html", &data)
}

/// The sheets to fill for a first letter, in their order, each with the cell to begin at.
fn beginning(snapshot: &Snapshot) -> Vec<Value> {
    let steps = snapshot.first_steps();
    let next = steps.iter().position(|step| step.rows == 0);
    let step = |(index, step): (usize, &crate::pipeline::Step)| {
        let wanted = |path: &&str| problems::short(path).split('.').next() == Some(step.workbook);
        json!({
            "classeur": snapshot.workbooks().find(wanted),
            "fichier": snapshot.workbooks().find(wanted).map(problems::short),
            "feuille": step.sheet,
            "colonnes": step.required,
            "lignes": step.rows,
            "compte": counted(step.rows, "ligne", "lignes"),
            "suivante": next == Some(index),
        })
    };
    steps.iter().enumerate().map(step).collect()
}

/// What is due in the next days, what is late first.
fn deadlines(shared: &Shared, snapshot: &Snapshot) -> Value {
    let (from, due) = snapshot.due(shared.today);
    let is_set = from != shared.today;
    let until = from.checked_add_days(chrono::Days::new(AHEAD)).unwrap_or(from);
    let one = |due: &crate::pipeline::Due| {
        let document = due.document.as_ref();
        let known = document.and_then(|(kind, id)| snapshot.find(kind, id));
        json!({
            "jour": wording::date_with_weekday(due.day),
            "iso": due.day.to_string(),
            "retard": due.day < from,
            "quoi": capitalized(&due.what),
            "cellule": due.cell.as_ref().map(|cell| format!("{} › {}", cell.sheet, cell.name())),
            "adresse": document.filter(|_| known.is_some()).map(|(kind, id)| address(kind, id)),
        })
    };
    json!({
        "du": wording::date(from),
        "au": wording::date(until),
        "fixe": is_set,
        "lignes": due.iter().map(one).collect::<Vec<_>>(),
    })
}

/// One field of the form for a new workspace.
struct Field {
    name: &'static str,
    section: &'static str,
    key: &'static str,
    label: &'static str,
    help: &'static str,
    kind: &'static str,
    usual: &'static str,
    required: bool,
}

const fn field(
    section: &'static str,
    key: &'static str,
    label: &'static str,
    help: &'static str,
    usual: &'static str,
) -> Field {
    Field { name: key, section, key, label, help, kind: "text", usual, required: true }
}

/// The form: each field is a setting, but for the codes of the partners and the folder.
const FIELDS: &[Field] = &[
    field("territoire", "nom", "Nom du territoire", "Tel qu’il sera imprimé sur les documents.", ""),
    field(
        "territoire",
        "operateur",
        "Code de l’organisme qui porte le programme",
        "Celui qui emploie le chef de projet et appelle les participations : un sigle court, par exemple CCI.",
        "",
    ),
    Field {
        required: false,
        ..field(
            "",
            "partenaires",
            "Codes des autres partenaires",
            "Un sigle court pour chacun, séparés par des virgules : CAC, CA2C. Ils seront inscrits dans la feuille Partenaires.",
            "",
        )
    },
    Field {
        kind: "color",
        ..field("charte", "couleur", "Couleur principale", "Un texte blanc doit s’y lire.", "#12365b")
    },
    Field {
        kind: "color",
        ..field("charte", "accent", "Couleur d’accent", "Pour les filets et les marques.", "#c8501e")
    },
    Field {
        kind: "lines",
        ..field(
            "territoire",
            "themes",
            "Thèmes",
            "Un par ligne, dans l’ordre où les bilans les présentent.",
            "Bas carbone\nIndustrie 4.0\nEmploi et compétences\nFoncier\nExport\nInnovation\nFinancement\nAutre",
        )
    },
    Field {
        kind: "email",
        ..field("lettre", "expediteur", "Adresse d’où part la lettre", "Par exemple lettre@votre-organisme.fr.", "")
    },
    field("lettre", "nom_expediteur", "Nom de l’expéditeur", "Ce que le destinataire voit.", "Territoires d’industrie"),
    Field {
        kind: "number",
        ..field("lettre", "par_an", "Lettres par an", "Le rythme annonce la date de la suivante.", "6")
    },
];

/// The form for a new workspace, as it is at first.
pub(super) fn new_workspace(shared: &Shared) -> Answer {
    form(shared, 200, &|field| field.usual.to_owned(), &files::shown(&workspace::usual_folder()), &[])
}

fn form(
    shared: &Shared,
    status: u16,
    value: &dyn Fn(&Field) -> String,
    folder: &str,
    faults: &[(String, String)],
) -> Answer {
    let fault = |name: &str| faults.iter().find(|(key, _)| key == name).map(|(_, fault)| fault.as_str());
    let fields: Vec<Value> = FIELDS
        .iter()
        .map(|field| {
            json!({ "nom": field.name, "libelle": field.label, "aide": field.help, "genre": field.kind,
                    "valeur": value(field), "requis": field.required, "faute": fault(field.name) })
        })
        .collect();
    let known = |key: &str| FIELDS.iter().any(|field| field.name == key) || key == "dossier";
    let others: Vec<&str> = faults.iter().filter(|(key, _)| !known(key)).map(|(_, fault)| fault.as_str()).collect();
    let state = shared.state();
    let frame = frame(&state, "/nouveau");
    drop(state);
    let data = json!({ "cadre": frame, "champs": fields, "dossier": folder, "faute_dossier": fault("dossier"),
                       "fautes": faults.len(), "compte": counted(faults.len(), "réponse à revoir", "réponses à revoir"),
                       "autres": others });
    answers::page(status, "nouveau.html", &data)
}

/// Takes the form of a new workspace: what is wrong is told beside its field; a right one is handed to who writes.
pub(super) fn create(shared: &Shared, fields: &Fields) -> Answer {
    let given = |field: &Field| fields.get(field.name).unwrap_or_default().to_owned();
    let mut faults: Vec<(String, String)> = Vec::new();
    for field in FIELDS.iter().filter(|field| field.required && given(field).is_empty()) {
        faults.push((field.name.to_owned(), "Une réponse est nécessaire.".to_owned()));
    }
    let of_settings = FIELDS.iter().filter(|field| !field.section.is_empty() && !given(field).is_empty());
    let mut settings: Vec<(&'static str, &'static str, Setting)> = Vec::new();
    for field in of_settings {
        let text = given(field);
        let value = match field.kind {
            "number" => match text.parse() {
                Ok(number) => Setting::Number(number),
                Err(_) => {
                    faults.push((field.name.to_owned(), "Un nombre entier est attendu.".to_owned()));
                    continue;
                }
            },
            "lines" => Setting::List(
                text.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect(),
            ),
            _ => Setting::Text(text),
        };
        settings.push((field.section, field.key, value));
        if field.key == "expediteur" {
            settings.push(("lettre", "desinscription", Setting::Text(given(field))));
        }
    }
    let operator = fields.get("operateur").unwrap_or_default();
    let others = fields.get("partenaires").unwrap_or_default().split([',', ';', '\n', ' ']);
    let mut partners: Vec<String> = Vec::new();
    for code in std::iter::once(operator).chain(others).map(str::trim).filter(|code| !code.is_empty()) {
        if !partners.iter().any(|known| wording::fold(known) == wording::fold(code)) {
            partners.push(code.to_owned());
        }
    }
    let folder = fields.get("dossier").unwrap_or_default();
    let path = PathBuf::from(folder);
    if !path.is_absolute() {
        faults.push(("dossier".to_owned(), "Un chemin complet est attendu, depuis la racine du disque.".to_owned()));
    } else if !files::is_free(&path) {
        faults.push((
            "dossier".to_owned(),
            "Ce dossier contient déjà des fichiers : choisissez-en un autre, ou un nouveau nom.".to_owned(),
        ));
    }
    let beginning = Beginning { folder: path, settings, partners };
    for (key, fault) in beginning.faults() {
        let key = if key == "desinscription" { "expediteur".to_owned() } else { key };
        if !faults.iter().any(|(known, _)| *known == key) {
            faults.push((key, format!("{}.", capitalized(&fault.message))));
        }
    }
    if !faults.is_empty() {
        return form(shared, 422, &|field| given(field), folder, &faults);
    }
    shared.change(|state| state.is_placed = true);
    shared.ask(Command::Create(Box::new(beginning)), Some("Création de l’espace de travail…"));
    answers::elsewhere("/")
}
