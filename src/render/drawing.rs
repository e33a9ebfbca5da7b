//! Drawings: what keeps an SVG from being drawn, told before it takes any memory.

use resvg::usvg::roxmltree::{self, Document, ParsingOptions};
use resvg::usvg::{Group, ImageKind, Node, Options, Tree};

use super::picture::too_many_pixels;

/// How many times longer than wide, or wider than long, a drawing may be.
const MOST_STRETCHED: f32 = 50.0;

/// The most elements that the marks along the lines of a drawing may come to: each point of a line repeats its mark.
const MOST_MARKS: usize = 200_000;

/// Why a drawing cannot be drawn, if it cannot.
pub(super) fn fault(bytes: &[u8]) -> Option<String> {
    match tree(bytes) {
        Ok(tree) => group_fault(tree.root()).or_else(|| missing_parts(bytes)),
        Err(reason) => Some(reason),
    }
}

/// What of a drawing stands outside of it: letters, which belong to a font, and pictures in files of their own. A message
/// would show the drawing without them.
fn missing_parts(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    document.descendants().filter(roxmltree::Node::is_element).find_map(|element| match element.tag_name().name() {
        "text" if element.descendants().any(|node| node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty())) => {
            Some("il contient du texte, que le courriel ne montrerait pas : convertissez-le en tracés (Inkscape : Chemin › Objet en chemin)".to_owned())
        }
        "image" | "use" => {
            let target = element.attributes().find(|attribute| attribute.name() == "href")?.value().trim();
            let linked = !target.is_empty() && !target.starts_with("data:") && !target.starts_with('#');
            linked.then(|| format!("il appelle un autre fichier, « {target} » : incorporez-le au dessin (Inkscape : Extensions › Images › Incorporer)"))
        }
        _ => None,
    })
}

/// A drawing as PNG, `width` pixels wide.
pub(super) fn to_png(bytes: &[u8], width: u32) -> Result<Vec<u8>, String> {
    let tree = tree(bytes)?;
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "a picture's width is a small number")]
    let scale = width as f32 / size.width();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of pixels, rounded")]
    let height = (size.height() * scale).round().max(1.0) as u32;
    let mut pixels = resvg::tiny_skia::Pixmap::new(width, height).ok_or("dimensions impossibles")?;
    resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}

/// A drawing that is well-formed, and neither too stretched nor too full.
fn tree(bytes: &[u8]) -> Result<Tree, String> {
    let malformed = || "SVG mal formé".to_owned();
    let text = std::str::from_utf8(bytes).map_err(|_| malformed())?;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|_| malformed())?;
    if marks(&document) > MOST_MARKS {
        return Err(format!("plus de {MOST_MARKS} marques le long de ses traits"));
    }
    let tree = Tree::from_xmltree(&document, &Options::default()).map_err(|_| malformed())?;
    let (width, height) = (tree.size().width(), tree.size().height());
    // No page and no screen shows anything so narrow or so flat.
    if !(1.0 / MOST_STRETCHED..=MOST_STRETCHED).contains(&(width / height)) {
        return Err(format!("proportions impossibles : {width} × {height}"));
    }
    Ok(tree)
}

/// How many elements the marks along lines come to, at the most.
fn marks(document: &Document) -> usize {
    let elements = || document.descendants().filter(roxmltree::Node::is_element);
    let below = |mark: roxmltree::Node| mark.descendants().filter(roxmltree::Node::is_element).count();
    let largest = elements().filter(|it| it.tag_name().name() == "marker").map(below).max().unwrap_or(0);
    let points = |line: roxmltree::Node| {
        let written = line.attribute("d").or_else(|| line.attribute("points")).unwrap_or_default();
        // No point is written with fewer than two characters.
        written.len() / 2
    };
    largest.saturating_mul(elements().map(points).sum())
}

/// What is wrong with the pictures inside a drawing.
fn group_fault(group: &Group) -> Option<String> {
    group.children().iter().find_map(|node| match node {
        Node::Group(group) => group_fault(group),
        Node::Image(image) => match image.kind() {
            ImageKind::JPEG(bytes) | ImageKind::PNG(bytes) | ImageKind::GIF(bytes) | ImageKind::WEBP(bytes) => {
                too_many_pixels(bytes)
            }
            ImageKind::SVG(tree) => group_fault(tree.root()),
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> Option<String> {
        fault(format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>").as_bytes())
    }

    #[test]
    fn marks_along_a_line_are_counted_before_they_are_drawn() {
        let marker =
            |rects: usize| format!("<marker id=\"m\">{}</marker>", "<rect width=\"1\" height=\"1\"/>".repeat(rects));
        let line = |points: usize| format!("<path marker-mid=\"url(#m)\" d=\"M0 0{}\"/>", " L1 1".repeat(points));
        assert_eq!(drawing(&format!("{}{}", marker(3), line(100))), None);
        assert_eq!(drawing(&line(100_000)), None);
        let told = drawing(&format!("{}{}", marker(1_000), line(1_000)));
        assert!(told.is_some_and(|told| told.contains("marques")));
    }

    #[test]
    fn a_drawing_that_no_page_shows_is_refused() {
        let flat =
            |view: &str| fault(format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\"/>").as_bytes());
        assert_eq!(flat("0 0 40 1"), None);
        assert!(flat("0 0 3000 1").is_some_and(|told| told.contains("proportions")));
        assert!(flat("0 0 1 3000").is_some_and(|told| told.contains("proportions")));
        for inside in ["<text>CCI</text>", "<g><text><tspan>Hainaut</tspan></text></g>"] {
            assert!(drawing(inside).is_some_and(|told| told.contains("tracés")), "{inside}");
        }
        for inside in ["<image href=\"fond.png\"/>", "<use href=\"autre.svg#a\"/>"] {
            assert!(drawing(inside).is_some_and(|told| told.contains("autre fichier")), "{inside}");
        }
        assert_eq!(drawing("<text> </text><g id=\"a\"/><use href=\"#a\"/>"), None);
        assert_eq!(fault(b"<svg").as_deref(), Some("SVG mal form\u{e9}"));
    }
}
