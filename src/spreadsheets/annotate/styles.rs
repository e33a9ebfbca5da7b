//! The styles of an annotated copy: for each look that a cell with a remark has, the same look on a coloured ground.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Book, RED, YELLOW};
use crate::packages::{Package, Patch, Refusal, attribute, damaged, prefix, tag, walk};

/// What a workbook without styles gets.
const PLAIN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts count=\"1\"><font/></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>\
<cellXfs count=\"1\"><xf xfId=\"0\"/></cellXfs></styleSheet>";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// A list of styles in its part.
#[derive(Default)]
struct List {
    /// Where its opening tag is.
    open: Range<usize>,
    /// Where its closing tag begins.
    end: usize,
    count: usize,
}

/// The styles of a workbook, and those that remarks ask for.
pub(super) struct Styles {
    part: String,
    text: String,
    prefix: String,
    fills: List,
    looks: List,
    /// The opening tag of each look, in bytes of the part, and its end.
    known: Vec<(Range<usize>, usize)>,
    /// The looks that were asked for, by the one that they are made from and the colour.
    new: BTreeMap<(usize, bool), usize>,
}

impl Styles {
    pub(super) fn read(package: &mut Package, book: &Book) -> Result<Self, Refusal> {
        let known = package.relations(&book.part)?.into_iter().find(|relation| relation.kind.ends_with("/styles"));
        let part = match known {
            Some(relation) => relation.target,
            None => {
                let part = format!("{}styles.xml", book.folder());
                package.add(&part, KIND, PLAIN)?;
                package.relate(&book.part, &format!("{}styles", book.kinds), &part)?;
                part
            }
        };
        let text = package.text(&part)?;
        let mut styles = Self {
            part,
            prefix: String::new(),
            fills: List::default(),
            looks: List::default(),
            known: Vec::new(),
            new: BTreeMap::new(),
            text: String::new(),
        };
        let mut inside = String::new();
        walk(&text, |step| {
            if let (0, Some(root)) = (step.depth, step.open) {
                styles.prefix = prefix(root);
            }
            if step.depth == 1 {
                step.name.clone_into(&mut inside);
            }
            let list = match inside.as_str() {
                "fills" => &mut styles.fills,
                "cellXfs" => &mut styles.looks,
                _ => return,
            };
            match (step.depth, step.open.is_some()) {
                (1, true) => list.open = step.at,
                (1, false) => list.end = step.at.start,
                (2, opens) => {
                    list.count += usize::from(opens);
                    if inside == "cellXfs" && opens {
                        styles.known.push((step.at.clone(), step.at.end));
                    } else if inside == "cellXfs"
                        && let Some(last) = styles.known.last_mut()
                    {
                        last.1 = step.at.end;
                    }
                }
                _ => {}
            }
        })?;
        let is_whole = |list: &List| list.end > list.open.end && list.count > 0;
        if !is_whole(&styles.fills) || !is_whole(&styles.looks) {
            return Err(damaged());
        }
        styles.text = text;
        Ok(styles)
    }

    /// The look of a cell with a remark, made from the one that it has.
    pub(super) fn coloured(&mut self, base: usize, is_error: bool) -> usize {
        let base = if base < self.known.len() { base } else { 0 };
        let next = self.looks.count + self.new.len();
        *self.new.entry((base, is_error)).or_insert(next)
    }

    pub(super) fn write(self, package: &mut Package) -> Result<(), Refusal> {
        if self.new.is_empty() {
            return Ok(());
        }
        let mut patch = Patch::new(&self.text);
        let p = &self.prefix;
        for colour in [RED, YELLOW] {
            patch.insert(
                self.fills.end,
                &format!(
                    "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/>\
                     <{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
                ),
            );
        }
        let mut looks: Vec<(usize, usize, bool)> =
            self.new.iter().map(|((base, is_error), number)| (*number, *base, *is_error)).collect();
        looks.sort_unstable();
        for (_, base, is_error) in looks {
            let fill = (self.fills.count + usize::from(!is_error)).to_string();
            let (open, end) = &self.known[base];
            let whole = self.text.get(open.start..*end).ok_or_else(damaged)?;
            let mut opened = String::new();
            walk(whole, |step| {
                if let (0, Some(element)) = (step.depth, step.open) {
                    opened = tag(element, &[("fillId", &fill), ("applyFill", "1")], step.ends);
                }
            })?;
            let rest = self.text.get(open.end..*end).ok_or_else(damaged)?;
            patch.insert(self.looks.end, &format!("{opened}{rest}"));
        }
        for (list, added) in [(&self.fills, 2), (&self.looks, self.new.len())] {
            let open = self.text.get(list.open.clone()).ok_or_else(damaged)?;
            let count = (list.count + added).to_string();
            // A tag alone is no whole part: it is read as if it were empty.
            walk(&format!("{}/>", open.trim_end_matches('>')), |step| {
                if let Some(element) = step.open
                    && attribute(element, "count").is_some()
                {
                    patch.replace(list.open.clone(), &tag(element, &[("count", &count)], false));
                }
            })?;
        }
        package.set(&self.part, patch.apply());
        Ok(())
    }
}
