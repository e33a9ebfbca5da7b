//! Blocks and texts as HTML and as plain lines, for messages.

use std::fmt::Write as _;

use crate::content::{Block, Run};

/// Blocks as HTML for messages: no style but the element's own; the template sets the rest.
pub(super) fn of_blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        let _ = match block {
            Block::Heading { level, runs } => write!(out, "<h{level}>{}</h{level}>", html_runs(runs)),
            Block::Paragraph { runs } => write!(out, "<p style=\"margin:0 0 12px 0\">{}</p>", html_runs(runs)),
            Block::Quote { blocks } => {
                write!(out, "<blockquote style=\"margin:0 0 12px 16px\">{}</blockquote>", of_blocks(blocks))
            }
            Block::Rule => write!(out, "<hr>"),
            Block::Picture { path, alternative } => write!(
                out,
                "<p style=\"margin:0 0 12px 0\"><img src=\"{}\" alt=\"{}\" style=\"max-width:100%;height:auto\"></p>",
                escape(path),
                escape(alternative)
            ),
            Block::Part { name, blocks, .. } => {
                write!(out, "<div class=\"{}\">{}</div>", escape(name), of_blocks(blocks))
            }
            Block::List { start, items } => {
                let items: String = items
                    .iter()
                    .map(|item| format!("<li style=\"margin:0 0 4px 0\">{}</li>", tight_html(item)))
                    .collect();
                match start {
                    Some(start) => {
                        write!(out, "<ol start=\"{start}\" style=\"margin:0 0 12px 0;padding-left:24px\">{items}</ol>")
                    }
                    None => write!(out, "<ul style=\"margin:0 0 12px 0;padding-left:20px\">{items}</ul>"),
                }
            }
            Block::Table { head, rows, .. } => {
                let cells = |tag: &str, row: &[Vec<Run>]| {
                    row.iter()
                        .map(|cell| format!("<{tag} align=\"left\">{}</{tag}>", html_runs(cell)))
                        .collect::<String>()
                };
                let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>", cells("td", row))).collect();
                write!(
                    out,
                    "<table cellpadding=\"4\"><tr>{}</tr>{rows}</table>",
                    cells("th scope=\"col\"", head).replace("</th scope=\"col\">", "</th>")
                )
            }
        };
    }
    out
}

/// An item of one paragraph stands without its own paragraph.
fn tight_html(blocks: &[Block]) -> String {
    match blocks {
        [Block::Paragraph { runs }] => html_runs(runs),
        [Block::Paragraph { runs }, rest @ ..] => format!("{}{}", html_runs(runs), of_blocks(rest)),
        _ => of_blocks(blocks),
    }
}

fn html_runs(runs: &[Run]) -> String {
    runs.iter()
        .map(|run| {
            let mut text = escape(&run.text).replace('\n', "<br>");
            for (on, tag) in [(run.code, "code"), (run.emphasis, "em"), (run.strong, "strong")] {
                if on {
                    text = format!("<{tag}>{text}</{tag}>");
                }
            }
            match &run.link {
                Some(link) if is_safe_link(link) => {
                    format!("<a href=\"{}\" style=\"color:inherit;text-decoration:underline\">{text}</a>", escape(link))
                }
                _ => text,
            }
        })
        .collect()
}

fn is_safe_link(link: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme))
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The first sentences of a text, up to about `length` characters; the first words where a sentence is longer.
pub(super) fn opening(text: &str, length: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= length {
        return flat;
    }
    let cut: String = flat.chars().take(length).collect();
    match cut.rfind(". ").or_else(|| cut.rfind("\u{202f}! ")).or_else(|| cut.rfind("\u{202f}? ")) {
        Some(end) => cut[..=end].trim_end().to_owned(),
        None => format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head)),
    }
}

/// Breaks lines at spaces so that none is longer than `width` characters; longer words stay whole.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + 16);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            wrapped.push('\n');
        }
        let mut length = 0;
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            let size = word.chars().count();
            if length > 0 && length + 1 + size > width {
                wrapped.push('\n');
                length = 0;
            } else if length > 0 {
                wrapped.push(' ');
                length += 1;
            }
            wrapped.push_str(word);
            length += size;
        }
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_ends_with_a_sentence_or_says_that_it_goes_on() {
        assert_eq!(opening("Un. Deux trois.", 100), "Un. Deux trois.");
        assert_eq!(opening("Une phrase. Une autre bien plus longue.", 20), "Une phrase.");
        assert_eq!(opening("Une phrase sans fin qui continue", 14), "Une phrase…");
    }

    #[test]
    fn long_lines_are_folded_at_spaces() {
        assert_eq!(wrap("un deux trois", 7), "un deux\ntrois");
        assert_eq!(wrap("https://example.org/long", 7), "https://example.org/long");
    }
}
