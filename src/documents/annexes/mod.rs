//! The pack of each council's deliberation: the act, its note, its annexes, what is transmitted and what is published.
//!
//! Everything in a pack is read by others in the end: it is drafted from what the public may read, and what the six packs
//! have in common is set once.

mod act;
mod actions;
mod committees;
mod common;
mod context;
mod manager;
mod months;
mod parties;
mod results;
mod way;
mod word;
mod words;

use std::sync::Arc;

use chrono::NaiveDate;

use self::act::{Act, ActPages, ActView};
use self::context::Context;
use self::months::Months;
pub(super) use self::parties::parties;
use self::results::Results;

use super::common::Frame;
use super::{Comparison, Draft, Kind, Part, Recipe, Words};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{checks, commands};
use crate::figures::Printed;
use crate::model::{AnnexKind, At, Choice as _, Convention, Deliberation, Desk, FiscalYear, Partner, Readers, Scope};
use crate::records::Enclosed;
use crate::views::{Data, Slot, view};
use crate::wording;

/// The packs.
pub(super) const KIND: Kind = Kind {
    name: "annexes",
    french: "actes",
    label: "dossier d’une délibération : acte, note, annexes, transmission",
    none: "aucune délibération",
    known,
    draft,
};

view! {
    /// The pages of an annex.
    struct AnnexPages {
        cadre: Frame,
        annexe: AnnexHead,
        bilan: Option<Arc<Results>>,
        convention: Option<ConventionPages>,
        /// The months of the roadmap.
        calendrier: Option<Months>,
        textes: PackTexts,
    }

    /// The texts of a pack; each of its files sets some of them.
    #[derive(Default)]
    pub(super) struct PackTexts {
        ouverture: Slot,
        visas: Slot,
        expose: Slot,
        dispositif: Slot,
        decisions: Slot,
        vote: Slot,
        recours: Slot,
        note: Slot,
        certificat: Slot,
        bilan: Slot,
        feuille: Slot,
        parties: Slot,
        articles: Slot,
        comparaison: Slot,
    }

    /// How an annex is called, and how many pages it has where it is joined as it is.
    pub(super) struct AnnexHead {
        numero: String,
        nom: String,
        pages: Option<Printed>,
    }

    /// What the pages of the convention set beside its text.
    pub(super) struct ConventionPages {
        periode: String,
        originaux: Printed,
        signatures: Vec<Signature>,
    }

    /// Who signs the convention.
    pub(super) struct Signature {
        pour: String,
        nom: String,
        qualite: String,
    }

    /// The pages of the marked convention.
    pub(super) struct ChangesPages {
        cadre: Frame,
        avant: VersionPages,
        apres: VersionPages,
        textes: PackTexts,
    }

    /// A version of the convention.
    pub(super) struct VersionPages {
        version: String,
        periode: String,
    }

    /// The pages of the reading copy.
    struct WholePages {
        cadre: Frame,
        acte: ActView,
        parties: Vec<WholePart>,
        modifications: Option<ChangesPages>,
        textes: PackTexts,
    }

    /// An annex in the reading copy.
    struct WholePart {
        genre: &'static str,
        donnees: AnnexPages,
    }

    /// The pages of the certificate.
    struct CertificatePages {
        cadre: Frame,
        acte: ActView,
        signataire: Option<Signature>,
        textes: PackTexts,
    }

    /// What the list of files opens with.
    pub(super) struct Listing {
        document: String,
        collectivite: String,
        objet: String,
        etat: &'static str,
        identifiant: Option<String>,
    }
}

/// Every deliberation.
fn known(scope: &Scope) -> Vec<String> {
    scope.deliberations().map(|act| act.code().to_owned()).collect()
}

fn draft(desk: &Desk, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let scope = desk.scope(Readers::Public);
    let deliberation = scope.deliberations().find(|act| act.code() == id);
    let deliberation = deliberation.ok_or_else(|| vec![super::unknown(&KIND, id, &known(&scope))])?;
    let act = Act::new(deliberation)
        .ok_or_else(|| vec![commands::empty_document("la délibération n’a ni séance ni collectivité connues")])?;
    let convention = convention(deliberation)?;
    let faults = faults(&act, convention);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut pack = Pack::new(&act, convention);
    pack.act_and_note();
    pack.act_and_note_for_word();
    pack.annexes();
    pack.annexes_for_word();
    pack.whole();
    pack.transmission();
    pack.publication();
    pack.keep_common();
    Ok(Draft {
        title: format!("dossier {id}"),
        date: act.sitting.date(),
        stamped: true,
        is_preparatory: act.is_draft(),
        common: common::common(deliberation),
        parts: pack.parts,
        ..Draft::new(KIND.name, id, Readers::Public)
    })
}

/// The convention that the act is about.
fn convention(act: At<Deliberation>) -> Result<At<Convention>, Vec<Diagnostic>> {
    act.agreement().ok_or_else(|| {
        let reason = format!("aucune convention ne porte sur l’exercice {}", act.year().code());
        vec![commands::empty_document(&reason).at_cell(act.cell(Deliberation::CONVENTION))]
    })
}

/// Representatives that are missing at the convention's date.
fn faults(act: &Act, convention: At<Convention>) -> Vec<Diagnostic> {
    if !act.deliberation.has_annex(AnnexKind::Convention) {
        return Vec::new();
    }
    let scope = convention.scope();
    let mut faults = Vec::new();
    for version in [Some(convention), convention.replaces()].into_iter().flatten() {
        let day = version.reference();
        for partner in parties(version) {
            if scope.signatory(partner, day).is_none() {
                let diagnostic = checks::no_signatory(partner.name_with_de(), &wording::date(day));
                faults.push(diagnostic.at_cell(partner.cell(Partner::CODE)));
            }
        }
    }
    faults
}

/// A pack in the making.
struct Pack<'a, 's> {
    act: &'a Act<'s>,
    convention: At<'s, Convention>,
    /// What the texts of the convention may name.
    context: Arc<Context>,
    /// What the council's own texts may name.
    council_context: Arc<Context>,
    /// The version that this one replaces, with what its texts may name.
    earlier: Option<(At<'s, Convention>, Arc<Context>)>,
    results: Option<Arc<Results>>,
    /// The day up to which figures count.
    day: NaiveDate,
    parts: Vec<Part>,
}

impl<'a, 's> Pack<'a, 's> {
    fn new(act: &'a Act<'s>, convention: At<'s, Convention>) -> Self {
        let day = act.deliberation.figures_day();
        let has_results = act.deliberation.has_annex(AnnexKind::Results);
        let scope = convention.scope();
        let has_convention = act.deliberation.has_annex(AnnexKind::Convention);
        let earlier = convention.replaces().filter(|before| has_convention && before.exists());
        Self {
            act,
            convention,
            context: Arc::new(context::of_convention(convention, day)),
            council_context: Arc::new(context::of_council(convention, day, act)),
            earlier: earlier.map(|it| (it, Arc::new(context::of_convention(it, it.reference())))),
            results: has_results.then(|| Arc::new(results::view(scope, day))),
            day,
            parts: Vec::new(),
        }
    }

    /// The name under which a file of the decision is known.
    fn shared_name(&self, file: &str) -> String {
        format!("{}/{}/{file}", KIND.name, self.convention.version())
    }

    /// The budget year that the act is about.
    fn year(&self) -> At<'s, FiscalYear> {
        let year = self.act.deliberation.year();
        if year.exists() { year } else { self.convention.year() }
    }

    fn frame(&self, title: impl Into<String>) -> Frame {
        Frame::new(self.convention.scope().territory(), title)
    }

    /// The frame of the council's own pages.
    fn act_frame(&self, title: impl Into<String>) -> Frame {
        self.frame(title).about(self.act.deliberation.subject()).by(self.act.council.official_name())
    }

    fn operator_name(&self) -> String {
        let scope = self.convention.scope();
        let sender = || scope.territory().letter.sender_name.clone();
        scope.operator().map_or_else(sender, |operator| operator.usual_name().to_owned())
    }

    /// The day from which the act's own files no longer change.
    fn sent(&self) -> Option<NaiveDate> {
        self.act.deliberation.sent()
    }

    fn words(key: &'static str, template: &str, context: &Arc<Context>) -> Words {
        let data: Arc<dyn Data> = Arc::<Context>::clone(context);
        Words { key, template: template.to_owned(), data }
    }

    fn act_texts(&self) -> Vec<Words> {
        let own = |key, template: &str| Self::words(key, template, &self.council_context);
        vec![
            own("ouverture", "annexes/ouverture.md.j2"),
            own("visas", "annexes/visas.md.j2"),
            own("expose", "annexes/expose.md.j2"),
            own("dispositif", "annexes/dispositif.md.j2"),
            own("decisions", "annexes/decisions.md.j2"),
            own("vote", "annexes/vote.md.j2"),
            own("recours", "annexes/recours.md.j2"),
        ]
    }

    fn act_pages(&self) -> ActPages {
        let number = self.act.deliberation.number().filter(|_| !self.act.is_draft());
        let number = number.map_or_else(|| "projet".to_owned(), |number| format!("n°\u{a0}{number}"));
        let title = format!("Délibération {number} – {}", self.act.council.usual_name());
        ActPages { cadre: self.act_frame(title), acte: act::view(self.act), textes: PackTexts::default() }
    }

    fn note_words(&self) -> Words {
        Self::words("note", "annexes/note-de-synthese.md.j2", &self.council_context)
    }

    fn act_and_note(&mut self) {
        let (sent, note_sent) = (self.sent(), self.act.deliberation.note_sent());
        let leaves = self.act.deliberation.leaves_on();
        let act = pdf("annexes/deliberation.typ", self.act_pages(), self.act_texts());
        let title = format!("Note explicative de synthèse – {}", self.act.council.usual_name());
        let note = ActPages { cadre: self.act_frame(title), ..self.act_pages() };
        let note = pdf("annexes/note.typ", note, vec![self.note_words()]);
        // A draft leaves with its note, before the sitting; no file carries a day after it was sent.
        let act_day = if self.act.is_draft() { leaves } else { self.act.sitting.date() };
        self.parts.push(Part::new("deliberation.pdf", act).dated(act_day).frozen(sent));
        self.parts.push(Part::new("note-de-synthese.pdf", note).dated(leaves).frozen(note_sent));
    }

    /// The annexes that the act names, in its order, and the marked convention. They are the same in every pack: they carry
    /// the day of their figures, and neither number nor emblem of one council. What a council did not adopt has no annex,
    /// but for what was sent to it.
    fn annexes(&mut self) {
        let (sent, day) = (self.act.deliberation.note_sent(), self.day);
        if self.act.has_fallen() && sent.is_none() {
            return;
        }
        let mut parts = Vec::new();
        for (index, annex) in self.act.deliberation.annexes().iter().enumerate() {
            let name = annex_file(index, annex);
            let (data, texts) = self.annex(annex, index);
            let recipe = match annex {
                Enclosed::Listed(AnnexKind::Results) => pdf("annexes/bilan.typ", data, texts),
                Enclosed::Listed(AnnexKind::Roadmap) => pdf("annexes/feuille-de-route.typ", data, texts),
                Enclosed::Listed(AnnexKind::Convention) => pdf("annexes/convention.typ", data, texts),
                Enclosed::File(file) => Recipe::Enclosed { source: file.name.clone(), stand_in: Arc::new(data) },
            };
            parts.push(Part::new(name.clone(), recipe).shared(self.shared_name(&name), day).frozen(sent));
        }
        if let Some((data, comparison)) = self.modifications() {
            let name = common::CHANGES;
            let recipe = Recipe::Pdf {
                template: "annexes/modifications.typ",
                data: Arc::new(data),
                texts: Vec::new(),
                comparisons: vec![comparison],
            };
            parts.push(Part::new(name, recipe).shared(self.shared_name(name), day).frozen(sent));
        }
        self.parts.extend(parts);
    }

    /// The data and texts of an annex.
    fn annex(&self, annex: &Annex, index: usize) -> (AnnexPages, Vec<Words>) {
        let head = act::annex_head(self.act.deliberation, annex, index);
        let territory = self.convention.scope().territory();
        let subject = format!("{}, programme {} {}", head.nom, territory.programme, territory.name);
        let frame =
            self.frame(format!("Annexe {} – {}", head.numero, head.nom)).about(subject).by(self.operator_name());
        let mut pages = AnnexPages {
            cadre: frame,
            annexe: head,
            bilan: None,
            convention: None,
            calendrier: None,
            textes: PackTexts::default(),
        };
        let texts = match annex {
            Enclosed::File(_) => Vec::new(),
            Enclosed::Listed(AnnexKind::Results) => {
                pages.bilan.clone_from(&self.results);
                vec![Self::words("bilan", "annexes/bilan.md.j2", &self.context)]
            }
            Enclosed::Listed(AnnexKind::Roadmap) => {
                pages.calendrier = months::months(self.convention);
                vec![Self::words("feuille", "annexes/feuille-de-route.md.j2", &self.context)]
            }
            Enclosed::Listed(AnnexKind::Convention) => {
                pages.convention = Some(word::convention_pages(self.convention, &self.context));
                convention_texts(self.convention, &self.context)
            }
        };
        (pages, texts)
    }

    /// The previous version against this one, each with its own parties, dates and budget.
    fn modifications(&self) -> Option<(ChangesPages, Comparison)> {
        let (before, earlier) = self.earlier.as_ref()?;
        let before = *before;
        let title = format!(
            "Convention de partenariat – modifications de la version {} à la version {}",
            before.version(),
            self.convention.version()
        );
        let version = |convention: At<Convention>| VersionPages {
            version: convention.version().to_owned(),
            periode: wording::date_span(convention.start(), convention.end()),
        };
        let frame = self.frame(title).about("Version marquée de la convention de partenariat").by(self.operator_name());
        let comparison = Comparison {
            key: "comparaison",
            before: convention_texts(before, earlier),
            after: convention_texts(self.convention, &self.context),
            summary: "annexes/modifications.md.j2",
        };
        let (avant, apres) = (version(before), version(self.convention));
        Some((ChangesPages { cadre: frame, avant, apres, textes: PackTexts::default() }, comparison))
    }

    /// The reading copy: cover, contents, all parts, one numbering of pages.
    fn whole(&mut self) {
        let title = format!("Dossier complet – {}", self.act.deliberation.subject());
        let mut texts = self.act_texts();
        texts.push(self.note_words());
        let mut annexes = Vec::new();
        let fallen = self.act.has_fallen();
        for (index, annex) in self.act.deliberation.annexes().iter().enumerate().filter(|_| !fallen) {
            let (donnees, words) = self.annex(annex, index);
            let genre = match annex {
                Enclosed::Listed(kind) => kind.label(),
                Enclosed::File(_) => "piece",
            };
            annexes.push(WholePart { genre, donnees });
            texts.extend(words);
        }
        let (modifications, comparison) = self.modifications().filter(|_| !fallen).unzip();
        let data = WholePages {
            cadre: self.act_frame(title),
            acte: act::view(self.act),
            parties: annexes,
            modifications,
            textes: PackTexts::default(),
        };
        let recipe = Recipe::Pdf {
            template: "annexes/dossier.typ",
            data: Arc::new(data),
            texts,
            comparisons: comparison.into_iter().collect(),
        };
        self.parts.push(Part::new(common::WHOLE, recipe).set_like("deliberation.pdf").frozen(self.sent()));
    }
}

/// The texts of a version of the convention: its parties, then its articles.
fn convention_texts(convention: At<Convention>, context: &Arc<Context>) -> Vec<Words> {
    let articles = format!("annexes/convention-{}.md.j2", wording::file_name(convention.version()));
    vec![Pack::words("parties", "annexes/parties.md.j2", context), Pack::words("articles", &articles, context)]
}

fn pdf(template: &'static str, data: impl Data + 'static, texts: Vec<Words>) -> Recipe {
    Recipe::Pdf { template, data: Arc::new(data), texts, comparisons: Vec::new() }
}

/// An annex of a deliberation.
type Annex = Enclosed<AnnexKind>;

/// The most characters that a file's own name keeps in its new one.
const LONGEST_STEM: usize = 50;

/// `annexe-1-bilan.pdf`, `annexe-4-rib.pdf`.
fn annex_file(index: usize, annex: &Annex) -> String {
    let stem: String = match annex {
        Enclosed::Listed(kind) => kind.label().to_owned(),
        Enclosed::File(file) => {
            wording::file_name(&wording::stem(&file.name).replace('’', "'")).chars().take(LONGEST_STEM).collect()
        }
    };
    format!("annexe-{}-{stem}.pdf", index + 1)
}
