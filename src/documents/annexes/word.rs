//! The files of a pack in which a secretariat works: the act, the note, the roadmap, the convention, its changes.

use std::sync::Arc;

use super::act::{self, ActView};
use super::context::Context;
use super::months::Months;
use super::{AnnexHead, ConventionPages, Pack, Signature, annex_file, context};
use crate::content::Family;
use crate::documents::common::Frame;
use crate::documents::{Paper, Part, Recipe, Shared, Words};
use crate::model::{AnnexKind, At, Convention};
use crate::records::Enclosed;
use crate::views::{Data, view};
use crate::wording;

view! {
    /// What stands around the texts of an act, piece by piece.
    struct ActFrame {
        partie: &'static str,
        acte: ActView,
    }

    /// What opens an annex.
    struct AnnexFrame {
        cadre: Frame,
        annexe: AnnexHead,
        marquee: bool,
        calendrier: Option<Months>,
    }

    /// What stands around the text of the convention.
    struct ConventionFrame {
        partie: &'static str,
        convention: ConventionPages,
    }
}

fn words(key: &'static str, template: &str, data: impl Data + 'static) -> Words {
    Words { key, template: template.to_owned(), data: Arc::new(data) }
}

fn paper(frame: &Frame, family: Family, texts: Vec<Words>) -> Paper {
    Paper::new(frame.clone().into(), family, texts)
}

impl Pack<'_, '_> {
    /// The act and the note, where the secretariat works on them.
    pub(super) fn act_and_note_for_word(&mut self) {
        let around = |partie| words("cadre", "annexes/acte.md.j2", ActFrame { partie, acte: act::view(self.act) });
        // What stands before each text of the act, by its key.
        let before = |key: &str| match key {
            "visas" => Some(around("appel")),
            "expose" => Some(around("expose")),
            "dispositif" => Some(around("decision")),
            "recours" => Some(around("annexes")),
            _ => None,
        };
        let mut texts = vec![around("ouverture")];
        for text in self.act_texts() {
            texts.extend(before(text.key));
            texts.push(text);
        }
        texts.push(around("fin"));
        let act = paper(&self.act_pages().cadre, Family::Act, texts);
        let title = format!("Note explicative de synthèse – {}", self.act.council.usual_name());
        let note = paper(&self.act_frame(title), Family::Note, vec![around("note"), self.note_words()]);
        for (name, paper) in [("deliberation", act), ("note-de-synthese", note)] {
            self.push_beside(name, paper);
        }
    }

    /// The annexes that councils work on, and the changes of the convention as changes.
    pub(super) fn annexes_for_word(&mut self) {
        let mut papers = Vec::new();
        for (index, annex) in self.act.deliberation.annexes().iter().enumerate() {
            let Enclosed::Listed(kind) = annex else { continue };
            let (pages, texts) = self.annex(annex, index);
            let opening = words(
                "ouverture",
                "annexes/cadre-annexe.md.j2",
                AnnexFrame {
                    cadre: pages.cadre.clone(),
                    annexe: pages.annexe.clone(),
                    marquee: false,
                    calendrier: pages.calendrier.clone(),
                },
            );
            let name = annex_file(index, annex).replace(".pdf", "");
            match kind {
                AnnexKind::Results => {}
                AnnexKind::Roadmap => {
                    let texts = std::iter::once(opening).chain(texts).collect();
                    let drawings = pages.calendrier.iter().map(|months| months.drawing(&pages.cadre)).collect();
                    let paper = paper(&pages.cadre, Family::Report, texts);
                    papers.push((name, Paper { opens_bare: true, drawings, ..paper }));
                }
                AnnexKind::Convention => {
                    let texts = Self::convention_for_word(self.convention, &self.context, opening);
                    let clean = Paper {
                        opens_bare: true,
                        numbered: Some("Article"),
                        ..paper(&pages.cadre, Family::Act, texts)
                    };
                    papers.push((name, clean));
                    papers.extend(
                        self.changes_for_word(&pages.annexe)
                            .map(|changes| ("convention-modifications".to_owned(), changes)),
                    );
                }
            }
        }
        for (name, paper) in papers {
            self.push_beside(&name, paper);
        }
    }

    /// Puts a text for Word beside the pages that it goes with: of the same day, frozen with them. Pages that are not made
    /// have none.
    fn push_beside(&mut self, stem: &str, paper: Paper) {
        let name = format!("{stem}.pdf");
        let Some(pages) = self.parts.iter().find(|part| part.name == name).cloned() else { return };
        let shared = pages.shared.clone().map(|shared| {
            let identifier = shared.identifier.replace(".pdf", ".docx");
            Shared { identifier, ..shared }
        });
        let recipe = Recipe::Word(Box::new(paper));
        self.parts.push(Part { name: format!("{stem}.docx"), recipe, shared, ..pages });
    }

    /// A version of the convention from its title to its signatures.
    fn convention_for_word(convention: At<Convention>, context: &Arc<Context>, opening: Words) -> Vec<Words> {
        let pages = convention_pages(convention, context);
        let around = |partie| {
            words("cadre", "annexes/cadre-convention.md.j2", ConventionFrame { partie, convention: pages.clone() })
        };
        let mut texts = vec![opening, around("ouverture")];
        for text in super::convention_texts(convention, context) {
            texts.extend((text.key == "articles").then(|| around("preambule")));
            texts.push(text);
        }
        texts.push(around("fin"));
        texts
    }

    fn changes_for_word(&self, annexe: &AnnexHead) -> Option<Paper> {
        let (pages, _) = self.modifications()?;
        let (before, earlier) = self.earlier.as_ref()?;
        let opening = || {
            let (cadre, annexe) = (pages.cadre.clone(), annexe.clone());
            let frame = AnnexFrame { cadre, annexe, marquee: true, calendrier: None };
            words("ouverture", "annexes/cadre-annexe.md.j2", frame)
        };
        Some(Paper {
            opens_bare: true,
            numbered: Some("Article"),
            before: Self::convention_for_word(*before, earlier, opening()),
            tracked: true,
            ..paper(&pages.cadre, Family::Act, Self::convention_for_word(self.convention, &self.context, opening()))
        })
    }
}

/// What the pages of a version of the convention set beside its text.
pub(super) fn convention_pages(convention: At<Convention>, context: &Context) -> ConventionPages {
    let signature = |party: &context::Party| Signature {
        pour: wording::apostrophes(party.nom_officiel.clone()),
        nom: party.representant.as_ref().map(|it| format!("{} {}", it.prenom, it.nom)).unwrap_or_default(),
        qualite: party.representant.as_ref().map(|it| it.fonction.clone()).unwrap_or_default(),
    };
    ConventionPages {
        periode: wording::date_span(convention.start(), convention.end()),
        originaux: context.convention.originaux.0.count(),
        signatures: context.parties.iter().map(signature).collect(),
    }
}
