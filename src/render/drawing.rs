//! Drawings: what keeps an SVG from being drawn, told before it takes any memory; the same drawing on every machine.

use std::sync::LazyLock;

use regex::{Captures, Regex};
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

/// A drawing whose turns and slants are written as numbers. The readers of SVG ask the system for the sine of an angle, and
/// systems differ in its last digit, which then stands in the file.
pub(super) fn steady(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| TURN.is_match(text))?;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    let attributes = document.descendants().flat_map(|element| element.attributes().collect::<Vec<_>>());
    let turned = attributes.filter(|attribute| {
        matches!(attribute.name(), "transform" | "gradientTransform" | "patternTransform" | "style")
    });
    let mut places: Vec<_> = turned.map(|attribute| attribute.range_value()).collect();
    places.sort_by_key(|place| place.start);
    let mut steady = String::with_capacity(text.len());
    let mut done = 0;
    // What stands in an entity is met again wherever the entity is used.
    for place in places.into_iter().filter(|place| place.start < place.end) {
        if let Some(before) = text.get(done..place.start) {
            steady.push_str(before);
            steady.push_str(&TURN.replace_all(&text[place.clone()], in_numbers));
            done = place.end;
        }
    }
    steady.push_str(&text[done..]);
    Some(steady.into_bytes())
}

/// A turn or a slant in a list of transformations.
#[expect(clippy::expect_used, reason = "the pattern is a constant, and a test reads it")]
static TURN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(rotate|skewX|skewY)\s*\(([^()]*)\)").expect("a pattern"));

/// A number as SVG writes it.
#[expect(clippy::expect_used, reason = "the pattern is a constant, and a test reads it")]
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\s,]*([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)").expect("a pattern"));

/// A turn or a slant as the matrix that it is; as it stands, when its numbers are none.
fn in_numbers(turn: &Captures) -> String {
    let mut rest = &turn[2];
    let mut numbers: Vec<f64> = Vec::new();
    while let Some(number) = NUMBER.captures(rest) {
        numbers.extend(number[1].parse::<f64>());
        rest = &rest[number[0].len()..];
    }
    let (Some(angle), true) = (numbers.first().map(|angle| angle.to_radians()), rest.trim().is_empty()) else {
        return turn[0].to_owned();
    };
    // Twelve digits are more than any page or screen shows, and fewer than machines may differ in; no zero is negative.
    let round = |value: f64| (value * 1e12).round() / 1e12 + 0.0;
    let (sine, cosine, tangent) = (round(libm::sin(angle)), round(libm::cos(angle)), round(libm::tan(angle)));
    match (&turn[1], &numbers[1..]) {
        ("rotate", []) => format!("matrix({cosine} {sine} {} {cosine} 0 0)", 0.0 - sine),
        ("rotate", [x, y]) => {
            let (back_x, back_y) = (0.0 - x, 0.0 - y);
            let turned = format!("matrix({cosine} {sine} {} {cosine} 0 0)", 0.0 - sine);
            format!("translate({x} {y}) {turned} translate({back_x} {back_y})")
        }
        ("skewX", []) => format!("matrix(1 0 {tangent} 1 0 0)"),
        ("skewY", []) => format!("matrix(1 {tangent} 0 1 0 0)"),
        _ => turn[0].to_owned(),
    }
}

/// The words in a drawing: its texts, titles and descriptions, and the names that screen readers say.
pub(super) fn words(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(&text, options) else { return text.into_owned() };
    let spoken = ["aria-label", "alt", "title", "id", "href"];
    let mut words = Vec::new();
    for node in document.descendants() {
        words.extend(node.text().filter(|_| node.is_text() || node.is_comment()).map(ToOwned::to_owned));
        let said = node.attributes().filter(|attribute| spoken.contains(&attribute.name()));
        words.extend(
            said.map(|attribute| attribute.value()).filter(|value| !value.starts_with("data:")).map(ToOwned::to_owned),
        );
    }
    // A name may be set letter by letter, in elements of their own.
    format!("{}\n{}", words.join(" "), words.concat())
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
    let steady = steady(bytes);
    let tree = tree(steady.as_deref().unwrap_or(bytes))?;
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

    fn steadied(text: &str) -> String {
        steady(text.as_bytes()).map_or_else(|| text.to_owned(), |bytes| String::from_utf8(bytes).expect("a text"))
    }

    #[test]
    fn turns_and_slants_are_numbers_that_no_system_reckons() {
        let group =
            |transform: &str| format!("<svg xmlns='http://www.w3.org/2000/svg'><g transform='{transform}'/></svg>");
        for (written, steady) in [
            ("translate(3 4) rotate(180)", "translate(3 4) matrix(-1 0 0 -1 0 0)"),
            ("rotate(-90, 10,20)", "translate(10 20) matrix(0 -1 1 0 0 0) translate(-10 -20)"),
            ("rotate( 30 ) scale(2)", "matrix(0.866025403784 0.5 -0.5 0.866025403784 0 0) scale(2)"),
            (
                "rotate(.45e2-1-2)",
                "translate(-1 -2) matrix(0.707106781187 0.707106781187 -0.707106781187 0.707106781187 0 0) translate(1 2)",
            ),
            ("skewX(45) skewY(-45)", "matrix(1 0 1 1 0 0) matrix(1 -1 0 1 0 0)"),
            ("rotate(0)", "matrix(1 0 0 1 0 0)"),
            ("rotate(90deg) rotate() rotate(1 2)", "rotate(90deg) rotate() rotate(1 2)"),
            ("scale(2)", "scale(2)"),
        ] {
            assert_eq!(steadied(&group(written)), group(steady));
        }
        // Only what turns something is touched, and twice the same turn twice.
        let text = "<svg xmlns='http://www.w3.org/2000/svg'><title>rotate(180)</title><g id='rotate(9)' \
                    transform='rotate(180)'><g transform='rotate(180)'/></g></svg>";
        let turned = text.replace("transform='rotate(180)'", "transform='matrix(-1 0 0 -1 0 0)'");
        assert_eq!(steadied(text), turned);
        assert_eq!(steadied("<svg transform='rotate(9)'"), "<svg transform='rotate(9)'");
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
