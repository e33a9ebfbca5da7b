//! The pack of each council's deliberation: the act, its note, its annexes, what is transmitted and what is published.
//!
//! Everything in a pack is read by others in the end: it is drafted from the model that the public may read, and what the
//! six packs have in common is set once.

mod act;
mod context;
mod results;

use std::cell::OnceCell;

use chrono::NaiveDate;
use serde_json::{Value, json};

use self::act::Act;
use self::context::Context;
use super::{Comparison, Draft, Kind, Part, Printer, Recipe, Words};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{checks, commands};
use crate::figures::Ledger;
use crate::model::{AnnexKind, Audience, Choice as _, Convention, Disclosure, Model};
use crate::wording;

/// The packs.
pub(super) const KIND: Kind = Kind {
    name: "annexes",
    label: "dossier d’une délibération : acte, note, annexes, transmission",
    known,
    draft,
    reads: &[
        "Partenaires",
        "Représentants",
        "Entreprises",
        "Lettres",
        "Agenda",
        "Accompagnements",
        "Communication",
        "Séances",
        "Présences",
        "Conventions",
        "Délibérations",
        "Exercices",
        "Dépenses",
        "Recettes",
        "Aides",
    ],
};

/// The most bytes that a deposit may have: 150 MiB.
const DEPOSIT_LIMIT: u64 = 157_286_400;

/// Every deliberation.
fn known(model: &Model) -> Vec<String> {
    model.deliberations.iter().map(|deliberation| deliberation.code.clone()).collect()
}

fn draft(whole: &Disclosure, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let model = whole.public();
    let Some(deliberation) = model.deliberations.iter().find(|deliberation| deliberation.code == id) else {
        return Err(vec![unknown(model, id)]);
    };
    let act = Act::new(model, deliberation)
        .ok_or_else(|| vec![commands::empty_document("la délibération n’a ni séance ni collectivité connues")])?;
    let convention = convention(model, &act)?;
    let faults = faults(model, &act, convention);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut pack = Pack {
        model,
        act: &act,
        convention,
        printer: Printer::default(),
        context: OnceCell::new(),
        council_context: OnceCell::new(),
        results: OnceCell::new(),
        parts: Vec::new(),
    };
    pack.act_and_note();
    pack.annexes();
    pack.whole();
    pack.transmission();
    pack.publication();
    let Pack { parts, printer, .. } = pack;
    Ok(Draft {
        title: format!("dossier {id}"),
        date: act.sitting.date,
        stamped: true,
        ledger: printer.ledger,
        parts,
        ..Draft::new(KIND.name, id, Audience::Public)
    })
}

fn unknown(model: &Model, id: &str) -> Diagnostic {
    let known = known(model);
    let diagnostic = commands::unknown_document(
        KIND.name,
        id,
        &if known.is_empty() { "aucune délibération".to_owned() } else { known.join(", ") },
    );
    match crate::diagnostics::nearest(id, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None => diagnostic,
    }
}

/// The convention that the act is about: its own, else the one whose budget year it names.
fn convention<'a>(model: &'a Model, act: &Act) -> Result<&'a Convention, Vec<Diagnostic>> {
    let own = act.deliberation.convention.as_deref();
    let found = match own {
        Some(version) => model.conventions.iter().find(|convention| convention.version == version),
        None => model.conventions.iter().find(|convention| convention.year == act.deliberation.year),
    };
    found.ok_or_else(|| {
        let reason = format!("aucune convention ne porte sur l’exercice {}", act.deliberation.year);
        vec![commands::empty_document(&reason).at_cell(act.deliberation.origin.cell("Convention"))]
    })
}

/// Representatives that are missing at the convention's date.
fn faults(model: &Model, act: &Act, convention: &Convention) -> Vec<Diagnostic> {
    if !act.deliberation.annexes.contains(&AnnexKind::Convention) {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let replaced = convention
        .replaces
        .as_deref()
        .and_then(|version| model.conventions.iter().find(|other| other.version == version));
    for version in [Some(convention), replaced].into_iter().flatten() {
        for partner in context::parties(model, version.reference) {
            if model.signatory(&partner.code, version.reference).is_none() {
                let diagnostic = checks::no_signatory(&partner.name_with_de, &wording::date(version.reference));
                faults.push(diagnostic.at_cell(partner.origin.cell("Code")));
            }
        }
    }
    faults
}

/// A pack in the making.
struct Pack<'a> {
    model: &'a Model,
    act: &'a Act<'a>,
    convention: &'a Convention,
    printer: Printer,
    context: OnceCell<Context>,
    council_context: OnceCell<Context>,
    results: OnceCell<(Value, Ledger)>,
    parts: Vec<Part>,
}

impl Pack<'_> {
    /// What every page of the pack knows: properties, territory.
    fn frame(&self, title: &str, subject: &str, author: &str) -> Value {
        let territory = &self.model.territory;
        json!({
            "titre": title,
            "sujet": subject,
            "auteur": author,
            "mots_cles": ["Territoires d’industrie", territory.name],
            "charte": { "couleur": territory.brand.colour, "accent": territory.brand.accent },
            "territoire": { "nom": territory.name, "programme": "Territoires d’industrie" },
        })
    }

    fn operator_name(&self) -> String {
        let operator = self.model.partner(&self.model.territory.operator);
        operator.map_or_else(|| self.model.territory.letter.sender_name.clone(), |operator| operator.usual_name.clone())
    }

    /// The day from which the act's own files no longer change.
    fn sent(&self) -> Option<NaiveDate> {
        self.act.deliberation.sent
    }

    /// What the texts of the convention may name.
    fn context(&self) -> &Context {
        self.context.get_or_init(|| context::of_convention(self.model, self.convention))
    }

    /// What the council's own texts may name.
    fn council_context(&self) -> &Context {
        self.council_context.get_or_init(|| {
            let deliberation = act::deliberation_data(self.act.deliberation);
            let context = self.context().clone();
            context::of_council(context, self.model, self.convention, self.act.council, deliberation)
        })
    }

    fn words(&self, key: &'static str, template: &str, context: &Context) -> Words {
        Words { key, template: template.to_owned(), data: context.data.clone(), figures: context.figures.clone() }
    }

    fn act_texts(&self) -> Vec<Words> {
        let context = self.council_context();
        vec![
            self.words("visas", "annexes/visas.md.j2", context),
            self.words("expose", "annexes/expose.md.j2", context),
            self.words("decisions", "annexes/decisions.md.j2", context),
        ]
    }

    fn act_data(&mut self) -> Value {
        let number = self
            .act
            .deliberation
            .number
            .as_deref()
            .map_or_else(|| "projet".to_owned(), |number| format!("n°\u{a0}{number}"));
        let title = format!("Délibération {number} – {}", self.act.council.usual_name);
        let mut data = self.frame(&title, &self.act.deliberation.subject, &self.act.council.official_name);
        data["acte"] = act::view(self.model, self.act, &mut self.printer);
        data
    }

    fn note_data(&self) -> Value {
        let title = format!("Note explicative de synthèse – {}", self.act.council.usual_name);
        let mut data = self.frame(&title, &self.act.deliberation.subject, &self.act.council.official_name);
        data["acte"] = act::view(self.model, self.act, &mut Printer::default());
        data
    }

    fn act_and_note(&mut self) {
        let (data, texts, sent) = (self.act_data(), self.act_texts(), self.sent());
        self.parts.push(Part::new("deliberation.pdf", pdf("annexes/deliberation.typ", data, texts)).frozen(sent));
        let note = self.words("note", "annexes/note-de-synthese.md.j2", self.council_context());
        let data = self.note_data();
        self.parts.push(Part::new("note-de-synthese.pdf", pdf("annexes/note.typ", data, vec![note])).frozen(sent));
    }

    /// The annexes that the act names, in its order, and the marked convention. They are the same in every pack: they carry
    /// the convention's first day, and neither number nor emblem of one council.
    fn annexes(&mut self) {
        let sent = self.sent();
        let start = self.convention.start;
        let shared = |name: &str| format!("{}/{}/{name}", KIND.name, self.convention.version);
        let mut parts = Vec::new();
        for (index, kind) in self.act.deliberation.annexes.iter().enumerate() {
            let name = annex_file(index, *kind);
            let (data, texts) = self.annex(*kind, index + 1);
            let template = match kind {
                AnnexKind::Results => "annexes/bilan.typ",
                AnnexKind::Roadmap => "annexes/feuille-de-route.typ",
                AnnexKind::Convention => "annexes/convention.typ",
            };
            parts.push(Part::new(name.clone(), pdf(template, data, texts)).shared(shared(&name), start).frozen(sent));
        }
        if let Some((data, comparison)) = self.modifications() {
            let name = "convention-modifications.pdf";
            let recipe = Recipe::Pdf {
                template: "annexes/modifications.typ",
                data,
                texts: Vec::new(),
                comparisons: vec![comparison],
            };
            parts.push(Part::new(name, recipe).shared(shared(name), start).frozen(sent));
        }
        // The figures of the results are the same in every pack; each pack's ledger has them.
        if self.act.deliberation.annexes.contains(&AnnexKind::Results) {
            let figures = self.results().1.clone();
            self.printer.ledger.extend(figures);
        }
        self.parts.extend(parts);
    }

    /// The data and texts of an annex.
    fn annex(&self, kind: AnnexKind, number: usize) -> (Value, Vec<Words>) {
        let context = self.context();
        let name = act::annex_name(kind);
        let title = format!("Annexe {number} – {name}");
        let mut data = self.frame(
            &title,
            &format!("{name}, programme Territoires d’industrie {}", self.model.territory.name),
            &self.operator_name(),
        );
        data["annexe"] = json!({ "numero": number, "nom": name });
        data["convention"] = context.data["convention"].clone();
        data["convention"]["periode"] = wording::date_span(self.convention.start, self.convention.end).into();
        let texts = match kind {
            AnnexKind::Results => {
                data["bilan"] = self.results().0.clone();
                vec![self.words("bilan", "annexes/bilan.md.j2", context)]
            }
            AnnexKind::Roadmap => vec![self.words("feuille", "annexes/feuille-de-route.md.j2", context)],
            AnnexKind::Convention => {
                data["signatures"] = signatures(context);
                self.convention_texts(self.convention, context)
            }
        };
        (data, texts)
    }

    /// The results up to the convention's date, computed once, and their figures.
    fn results(&self) -> &(Value, Ledger) {
        self.results.get_or_init(|| {
            let mut printer = Printer::default();
            let data = results::view(self.model, self.convention.reference, &mut printer);
            (data, printer.ledger)
        })
    }

    /// The texts of a version of the convention: its parties, then its articles.
    fn convention_texts(&self, convention: &Convention, context: &Context) -> Vec<Words> {
        let articles = format!("annexes/convention-{}.md.j2", super::file_name_of(&convention.version));
        vec![self.words("parties", "annexes/parties.md.j2", context), self.words("articles", &articles, context)]
    }

    /// The previous version against this one, each with its own parties, dates and budget.
    fn modifications(&self) -> Option<(Value, Comparison)> {
        if !self.act.deliberation.annexes.contains(&AnnexKind::Convention) {
            return None;
        }
        let replaced = self.convention.replaces.as_deref()?;
        let before = self.model.conventions.iter().find(|convention| convention.version == replaced)?;
        let title = format!(
            "Convention de partenariat – modifications de la version {} à la version {}",
            before.version, self.convention.version
        );
        let mut data = self.frame(&title, "Version marquée de la convention de partenariat", &self.operator_name());
        data["versions"] = json!({
            "avant": { "version": before.version, "periode": wording::date_span(before.start, before.end) },
            "apres": { "version": self.convention.version, "periode": wording::date_span(self.convention.start, self.convention.end) },
        });
        Some((
            data,
            Comparison {
                key: "comparaison",
                before: self.convention_texts(before, &context::of_convention(self.model, before)),
                after: self.convention_texts(self.convention, self.context()),
            },
        ))
    }

    /// The reading copy: cover, contents, all parts, one numbering of pages.
    fn whole(&mut self) {
        let mut data = self.act_data();
        let title = format!("Dossier complet – {}", self.act.deliberation.subject);
        data["titre"] = title.into();
        let mut texts = self.act_texts();
        texts.push(self.words("note", "annexes/note-de-synthese.md.j2", self.council_context()));
        let mut annexes = Vec::new();
        for (index, kind) in self.act.deliberation.annexes.iter().enumerate() {
            let (annex, words) = self.annex(*kind, index + 1);
            let mut part = json!({ "genre": kind.label() });
            part["donnees"] = annex;
            annexes.push(part);
            texts.extend(words);
        }
        data["parties"] = annexes.into();
        let mut comparisons = Vec::new();
        if let Some((modifications, comparison)) = self.modifications() {
            data["modifications"] = modifications;
            comparisons.push(comparison);
        }
        let recipe = Recipe::Pdf { template: "annexes/dossier.typ", data, texts, comparisons };
        self.parts.push(Part::new("dossier-complet.pdf", recipe).frozen(self.sent()));
    }

    /// After the vote: the files under their ACTES names, the message, the fields of the deposit form.
    fn transmission(&mut self) {
        let Some(identifier) = self.act.identifier() else { return };
        let annexes: Vec<String> =
            self.act.deliberation.annexes.iter().enumerate().map(|(index, kind)| annex_file(index, *kind)).collect();
        let deposit = act::deposit(self.model, self.act, &identifier, annexes.len());
        let piece = &self.model.territory.acts.piece_type;
        let sent = self.sent();
        let sources = std::iter::once("deliberation.pdf".to_owned()).chain(annexes);
        let mut names = Vec::new();
        for (source, rank) in sources.zip(1..) {
            let name = format!("actes/{piece}-{identifier}-1-1_{rank}.pdf");
            names.push(name.clone());
            self.parts.push(Part::new(name, Recipe::Copy(source)).frozen(sent));
        }
        let message = format!("actes/{identifier}-1-1_0.xml");
        self.parts.push(
            Part::new(message, Recipe::Xml { template: "annexes/message.xml.j2", data: deposit.clone() })
                .internal()
                .frozen(sent),
        );
        let recipe = Recipe::Json { data: deposit, files: names, limit: Some(DEPOSIT_LIMIT) };
        self.parts.push(Part::new("actes/depot.json", recipe).internal().frozen(sent));
    }

    /// What is made as the act goes its way: the certificate, the open data, the list of files.
    fn publication(&mut self) {
        let deliberation = self.act.deliberation;
        if !self.act.is_draft() && (deliberation.received.is_some() || deliberation.published.is_some()) {
            let title = format!("Certificat de publication – {}", deliberation.number.as_deref().unwrap_or_default());
            let mut data = self.frame(&title, &deliberation.subject, &self.act.council.official_name);
            data["acte"] = act::view(self.model, self.act, &mut Printer::default());
            data["certificat"] = json!({
                "envoye": deliberation.sent.map(wording::date),
                "recu": deliberation.received.map(wording::date),
                "publie": deliberation.published.map(wording::date),
                "adresse": deliberation.publication_link,
                "sous_prefecture": self.act.council.sub_prefecture,
                "auteur": wording::prose(&self.act.sitting.chair),
                "qualite": self.act.sitting.chair_title.as_deref().map(wording::prose),
            });
            self.parts.push(Part::new("certificat-publication.pdf", pdf("annexes/certificat.typ", data, Vec::new())));
        }
        if !self.act.is_draft() {
            self.parts.push(Part::new(
                "deliberations-scdl.csv",
                Recipe::Csv { headings: &act::SCDL, rows: vec![act::scdl_row(self.act)] },
            ));
        }
        let manifest = json!({
            "document": format!("{} {}", KIND.name, deliberation.code),
            "collectivite": self.act.council.official_name,
            "objet": deliberation.subject,
            "etat": if self.act.is_draft() { "projet" } else { "acte" },
            "identifiant": self.act.identifier(),
        });
        self.parts.push(
            Part::new("manifeste.json", Recipe::Json { data: manifest, files: Vec::new(), limit: None }).internal(),
        );
    }
}

fn pdf(template: &'static str, data: Value, texts: Vec<Words>) -> Recipe {
    Recipe::Pdf { template, data, texts, comparisons: Vec::new() }
}

/// `annexe-1-bilan.pdf`.
fn annex_file(index: usize, kind: AnnexKind) -> String {
    format!("annexe-{}-{}.pdf", index + 1, kind.label())
}

/// Who signs the convention: every party, in the order of the parties.
fn signatures(context: &Context) -> Value {
    let parties = context.data["parties"].as_array().cloned().unwrap_or_default();
    parties
        .iter()
        .map(|party| {
            json!({
                "pour": party["nom_officiel"],
                "nom": format!("{} {}", party["representant"]["prenom"].as_str().unwrap_or_default(), party["representant"]["nom"].as_str().unwrap_or_default()),
                "qualite": party["representant"]["qualite"],
            })
        })
        .collect()
}
