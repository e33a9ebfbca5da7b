//! Texts: templates and data to Markdown blocks, to plain words, and two versions of them compared.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::Value;

use super::make::{Notes, Workshop};
use crate::content::Block;
use crate::diagnostics::messages::{cells, texts};
use crate::diagnostics::{Diagnostic, Place};
use crate::documents::{Comparison, Words};
use crate::render::text::{Blocks, Rendered};
use crate::render::{differ, markdown};
use crate::views::{self, Data};

/// The texts of a document that are written already: its pages, its Word files and its reading copy say the same ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Written(Arc<Mutex<HashMap<(String, usize), Arc<OnceLock<Text>>>>>);

/// A text over its data, which lives as long as it: until then no other data stand in their place.
#[derive(Debug)]
struct Text {
    _data: Arc<dyn Data>,
    rendered: Result<(Rendered<Blocks>, String), Diagnostic>,
}

impl Written {
    /// Where a text stands, or will.
    fn slot(&self, words: &Words) -> Arc<OnceLock<Text>> {
        let place = Arc::as_ptr(&words.data).cast::<()>().addr();
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(texts.entry((words.template.clone(), place)).or_default())
    }
}

impl Workshop<'_> {
    /// A text in Markdown as blocks.
    pub(super) fn words(&self, words: &Words, notes: &mut Notes) -> Result<Vec<Block>, Diagnostic> {
        let slot = notes.written.slot(words);
        let text = slot.get_or_init(|| Text { _data: Arc::clone(&words.data), rendered: self.written(words) });
        let (Rendered { text, read }, said) = text.rendered.as_ref().map_err(Clone::clone)?;
        notes.read.extend(read.iter().cloned());
        notes.printed.extend(text.printed.iter().cloned());
        notes.said.push_str(said);
        let lacks = |path: &&str| !self.plan.inputs.pictures.contains_key(*path);
        match Block::pictures(&text.blocks).into_iter().find(lacks) {
            Some(path) => Err(cells::missing_image(path).at(Place::File(words.template.clone()))),
            None => Ok(text.blocks.clone()),
        }
    }

    /// A text, and all that it says.
    fn written(&self, words: &Words) -> Result<(Rendered<Blocks>, String), Diagnostic> {
        let data = views::plain(words.data.json());
        let rendered = self.texts.words(&words.template, &data, &words.figures())?;
        let said = serde_json::to_string(&rendered.text.blocks).unwrap_or_default();
        Ok((rendered, said))
    }

    /// Two versions of a text, compared; a version may be several texts, one after the other.
    pub(super) fn comparison(&self, comparison: &Comparison, notes: &mut Notes) -> Result<Value, Diagnostic> {
        let mut version = |texts: &[Words]| -> Result<Vec<Block>, Diagnostic> {
            let blocks = texts.iter().map(|words| self.words(words, notes)).collect::<Result<Vec<_>, _>>()?;
            Ok(differ::of_words(blocks.concat()))
        };
        let compared = differ::compare(&version(&comparison.before)?, &version(&comparison.after)?);
        let words = Words { key: "", template: comparison.summary.into(), data: Arc::new(compared.summary()) };
        Ok(compared.data(&self.words(&words, notes)?))
    }

    pub(super) fn rendered(&self, template: &str, data: &dyn Data, notes: &mut Notes) -> Result<String, Diagnostic> {
        let mut data = views::plain(data.json());
        markdown::resolve(&mut data);
        let Rendered { text, read } = self.texts.render(template, &data)?;
        notes.read.extend(read);
        Ok(text)
    }

    /// A text; where it would be heavier than its limit, the shorter one, and a warning says so.
    pub(super) fn text(
        &self,
        template: &str,
        data: &dyn Data,
        limit: Option<(usize, &dyn Data)>,
        notes: &mut Notes,
    ) -> Result<String, Diagnostic> {
        let whole = self.rendered(template, data, notes)?;
        let kilobytes = |text: &str| text.len().div_ceil(1000).to_string();
        let Some((limit, short)) = limit.filter(|(limit, _)| whole.len() > *limit) else { return Ok(whole) };
        let short = self.rendered(template, short, notes)?;
        if short.len() > limit {
            return Err(texts::heavy_mail(&kilobytes(&short)));
        }
        notes.warnings.push(texts::shortened_mail(&kilobytes(&whole)));
        Ok(short)
    }
}
