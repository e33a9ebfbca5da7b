//! Changes of an XML part that leave everything else of it as it was written.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Refusal, damaged};

/// An element that begins or ends, and where.
pub(crate) struct Step<'a> {
    /// The element, where it begins.
    pub(crate) open: Option<&'a BytesStart<'a>>,
    /// Its name without what stands before the colon.
    pub(crate) name: &'a str,
    /// Whether it ends here: an empty one begins and ends at once.
    pub(crate) ends: bool,
    /// The bytes of the tag.
    pub(crate) at: Range<usize>,
    /// How many elements are open around it.
    pub(crate) depth: usize,
}

/// Calls back on every tag of a part.
pub(crate) fn walk(text: &str, mut visit: impl FnMut(Step)) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(text);
    let position = |reader: &Reader<_>| usize::try_from(reader.buffer_position()).map_err(|_| damaged());
    let mut depth = 0_usize;
    loop {
        let start = position(&reader)?;
        let event = reader.read_event().map_err(|_| damaged())?;
        let at = start..position(&reader)?;
        match &event {
            Event::Start(element) => {
                visit(Step { open: Some(element), name: element.local_name().as_ref(), ends: false, at, depth });
                depth += 1;
            }
            Event::Empty(element) => {
                visit(Step { open: Some(element), name: element.local_name().as_ref(), ends: true, at, depth });
            }
            Event::End(element) => {
                depth = depth.checked_sub(1).ok_or_else(damaged)?;
                visit(Step { open: None, name: element.local_name().as_ref(), ends: true, at, depth });
            }
            Event::Eof if depth > 0 => return Err(damaged()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What stands before the colon of an element's name, with the colon.
pub(crate) fn prefix(element: &BytesStart) -> String {
    let name = element.name();
    let name: &str = name.as_ref();
    name.rfind(':').map_or_else(String::new, |colon| name[..=colon].to_owned())
}

/// A part with one more element at the end of its root.
pub(crate) fn append(text: &str, element: &str) -> Result<String, Refusal> {
    let mut patch = Patch::new(text);
    let mut root = None;
    walk(text, |step| {
        if step.depth == 0 {
            root = Some((step.at, step.open.map(|open| (open.name().as_ref().to_owned(), tag(open, &[], false)))));
        }
    })?;
    match root.ok_or_else(damaged)? {
        (at, None) => patch.insert(at.start, element),
        (at, Some((name, opened))) => patch.replace(at, &format!("{opened}{element}</{name}>")),
    }
    Ok(patch.apply())
}

/// The tag of an element with other values of some attributes.
pub(crate) fn tag(element: &BytesStart, values: &[(&str, &str)], empty: bool) -> String {
    let mut tag = format!("<{}", AsRef::<str>::as_ref(&element.name()));
    for attribute in element.attributes().with_checks(false).flatten() {
        let key: &str = attribute.key.as_ref();
        if values.iter().all(|(name, _)| *name != key) {
            tag.push_str(&format!(" {key}=\"{}\"", attribute.value.replace('"', "&quot;")));
        }
    }
    for (name, value) in values {
        tag.push_str(&format!(" {name}=\"{}\"", quick_xml::escape::escape(*value)));
    }
    tag.push_str(if empty { "/>" } else { ">" });
    tag
}

/// Changes of a text at places that are given in its own bytes.
pub(crate) struct Patch<'a> {
    text: &'a str,
    changes: Vec<(Range<usize>, String)>,
}

impl<'a> Patch<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, changes: Vec::new() }
    }

    /// Puts something before a place; what is put there first stands first.
    pub(crate) fn insert(&mut self, at: usize, text: &str) {
        self.replace(at..at, text);
    }

    /// Puts something in place of a stretch that no other change touches.
    pub(crate) fn replace(&mut self, at: Range<usize>, text: &str) {
        self.changes.push((at, text.to_owned()));
    }

    /// The text with its changes.
    pub(crate) fn apply(mut self) -> String {
        self.changes.sort_by_key(|(at, _)| (at.start, at.end));
        let mut out = String::with_capacity(self.text.len() + 1024);
        let mut done = 0;
        for (at, text) in &self.changes {
            out.push_str(self.text.get(done..at.start).unwrap_or_default());
            out.push_str(text);
            done = at.end;
        }
        out.push_str(self.text.get(done..).unwrap_or_default());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_meant_changes() {
        assert_eq!(append("<?x?><a><b/></a>\n", "<c/>").expect("patched"), "<?x?><a><b/><c/></a>\n");
        assert_eq!(append("<p:a  k='\"'/>", "<c/>").expect("patched"), "<p:a k=\"&quot;\"><c/></p:a>");
        assert!(append("<a>", "<c/>").is_err());
        let mut patch = Patch::new("abc");
        patch.replace(1..2, "B");
        patch.insert(0, "1");
        patch.insert(0, "2");
        assert_eq!(patch.apply(), "12aBc");
    }
}
