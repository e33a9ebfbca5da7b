//! `carte.geojson`: features whose property `code` is a partner's code or SIREN, with longitude and latitude, and points with
//! a property `commune`. A map that cannot be read is told; tiles then stand in its place.

use serde_json::Value;

use crate::diagnostics::messages::files;
use crate::diagnostics::{Diagnostic, Place as Where};
use crate::model::{Atlas, Place, Readers, Scope};

/// The largest file: contours of a department to ten metres are smaller.
const MOST_BYTES: usize = 6 << 20;
/// The most points.
const MOST_POINTS: usize = 200_000;

/// Reads a map.
pub(super) fn read(bytes: &[u8], file: &str) -> (Atlas, Vec<Diagnostic>) {
    match understood(bytes) {
        Ok(atlas) => (atlas, Vec::new()),
        Err(reason) => (Atlas::default(), vec![files::unreadable_map(&reason).at(Where::File(file.to_owned()))]),
    }
}

/// The areas that belong to no partner.
pub(super) fn strangers(atlas: &Atlas, scope: &Scope, file: &str) -> Vec<Diagnostic> {
    debug_assert!(*scope.readers() == Readers::Operator);
    let unknown = atlas.areas.iter().filter(|(code, _)| !scope.partners().any(|partner| Atlas::is_of(code, partner)));
    let codes: Vec<&str> = scope.partners().map(|partner| partner.code()).collect();
    unknown
        .map(|(code, _)| {
            let told = files::unknown_area(code).at(Where::File(file.to_owned()));
            super::checks::suggest(told, code, codes.iter().copied())
        })
        .collect()
}

fn understood(bytes: &[u8]) -> Result<Atlas, String> {
    if bytes.len() > MOST_BYTES {
        return Err(format!("{} Mo, au plus {} Mo", bytes.len() >> 20, MOST_BYTES >> 20));
    }
    let collection: Value = serde_json::from_slice(bytes)
        .map_err(|error| format!("ce n’est pas du JSON (ligne {}, colonne {})", error.line(), error.column()))?;
    let features = collection["features"].as_array().ok_or("il n’a pas de liste « features »")?;
    let mut atlas = Atlas::default();
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    atlas.source = text(&collection["source"]);
    for feature in features {
        let (properties, geometry) = (&feature["properties"], &feature["geometry"]);
        let coordinates = &geometry["coordinates"];
        let code = ["code", "siren"].iter().find_map(|key| text(&properties[*key]));
        match (geometry["type"].as_str(), code, text(&properties["commune"])) {
            (Some("Point"), _, Some(commune)) => atlas.towns.push((commune, place(coordinates)?)),
            (Some("Polygon"), Some(code), _) => atlas.areas.push((code, rings(coordinates)?)),
            (Some("MultiPolygon"), Some(code), _) => {
                let parts = coordinates.as_array().ok_or("un contour n’a pas de coordonnées")?;
                let parts = parts.iter().map(rings).collect::<Result<Vec<_>, _>>()?;
                atlas.areas.push((code, parts.concat()));
            }
            _ => {}
        }
    }
    let points: usize = atlas.areas.iter().flat_map(|(_, rings)| rings).map(Vec::len).sum();
    if points > MOST_POINTS {
        return Err(format!("{points} points, au plus {MOST_POINTS}"));
    }
    if atlas.areas.is_empty() {
        return Err("aucun contour n’y porte de propriété « code »".to_owned());
    }
    Ok(flattened(atlas))
}

fn rings(coordinates: &Value) -> Result<Vec<Vec<Place>>, String> {
    let rings = coordinates.as_array().ok_or("un contour n’a pas de coordonnées")?;
    let ring = |ring: &Value| {
        let points = ring.as_array().ok_or("un contour n’a pas de points")?;
        points.iter().map(place).collect::<Result<Vec<_>, String>>()
    };
    rings.iter().map(ring).collect()
}

fn place(coordinates: &Value) -> Result<Place, String> {
    let of = |index: usize| coordinates.get(index).and_then(Value::as_f64).filter(|it| it.is_finite());
    of(0).zip(of(1)).ok_or_else(|| "un point n’a pas deux nombres".to_owned())
}

/// The map on a plane: degrees at its middle latitude as long in both directions, the north above.
fn flattened(mut atlas: Atlas) -> Atlas {
    let latitudes = || atlas.areas.iter().flat_map(|(_, rings)| rings.iter().flatten()).map(|place| place.1);
    let (south, north) = latitudes().fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(it), high.max(it)));
    let narrowing = if (-90.0..=90.0).contains(&south) && (-90.0..=90.0).contains(&north) {
        ((south + north) / 2.0).to_radians().cos()
    } else {
        1.0
    };
    let onto = |place: &mut Place| *place = (place.0 * narrowing, -place.1);
    atlas.areas.iter_mut().flat_map(|(_, rings)| rings.iter_mut().flatten()).for_each(onto);
    atlas.towns.iter_mut().for_each(|(_, place)| onto(place));
    atlas
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> String {
        understood(text.as_bytes()).err().unwrap_or_default()
    }

    #[test]
    fn what_is_no_map_says_why() {
        assert!(reason("{").starts_with("ce n’est pas du JSON"));
        assert!(reason("{}").contains("features"));
        assert!(reason(r#"{"features":[]}"#).contains("aucun contour"));
        let broken =
            r#"{"features":[{"properties":{"code":"A"},"geometry":{"type":"Polygon","coordinates":[[[1,"x"]]]}}]}"#;
        assert_eq!(reason(broken), "un point n’a pas deux nombres");
    }

    #[test]
    fn polygons_points_and_codes_as_numbers_are_read() {
        let text = r#"{"source":"IGN","features":[
            {"properties":{"code":200030633},"geometry":{"type":"MultiPolygon","coordinates":[[[[3,50],[4,50],[4,51]]],[[[5,50],[6,50],[6,51]]]]}},
            {"properties":{"commune":"Val"},"geometry":{"type":"Point","coordinates":[3.5,50.5]}},
            {"properties":{},"geometry":null}]}"#;
        let atlas = understood(text.as_bytes()).expect("a map");
        assert_eq!((atlas.areas[0].0.as_str(), atlas.areas[0].1.len()), ("200030633", 2));
        assert_eq!(atlas.source.as_deref(), Some("IGN"));
        let (x, y) = atlas.towns[0].1;
        assert!(x > 2.2 && x < 2.3 && y < -50.0, "narrowed at 50° north: {x}, {y}");
    }
}
