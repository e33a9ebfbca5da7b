//! Tables as text: for other programs (RFC 4180), and for people, as a French spreadsheet program opens them at a click.

/// Characters with which a cell would be run as a formula.
const RUN: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table for other programs: UTF-8, commas, one heading row, quoted where needed.
///
/// # Errors
///
/// When a row is longer or shorter than the heading row.
pub fn for_machines(headings: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, String> {
    written(b',', headings, rows.iter().map(Vec::as_slice))
}

/// A table for people: a byte order mark and semicolons; nothing in it is run as a formula.
///
/// # Errors
///
/// When a row is longer or shorter than the heading row.
pub fn for_people(headings: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, String> {
    let safe = |cell: &String| if cell.starts_with(RUN) { format!("'{cell}") } else { cell.clone() };
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(safe).collect()).collect();
    let table = written(b';', headings, rows.iter().map(Vec::as_slice))?;
    Ok(["\u{feff}".as_bytes(), &table].concat())
}

/// The rows of a table for people, the heading row first: what guards a cell against being run is taken off again.
#[must_use]
pub fn read(table: &str) -> Vec<Vec<String>> {
    let mut builder = ::csv::ReaderBuilder::new();
    let mut reader = builder.has_headers(false).flexible(true).delimiter(b';').from_reader(table.as_bytes());
    let bare = |cell: &str| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(RUN) => rest.to_owned(),
        _ => cell.to_owned(),
    };
    reader.records().filter_map(Result::ok).map(|row| row.iter().map(bare).collect()).collect()
}

fn written<'r>(
    delimiter: u8,
    headings: &[&str],
    mut rows: impl Iterator<Item = &'r [String]>,
) -> Result<Vec<u8>, String> {
    let mut builder = ::csv::WriterBuilder::new();
    let mut writer = builder.terminator(::csv::Terminator::CRLF).delimiter(delimiter).from_writer(Vec::new());
    let written = writer.write_record(headings).and_then(|()| rows.try_for_each(|row| writer.write_record(row)));
    written.map_err(|error| error.to_string())?;
    writer.into_inner().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_for_people_runs_nothing() {
        let rows = vec![vec!["=1+1".to_owned(), "Éva; dit".to_owned()], vec!["@x".to_owned(), "+33".to_owned()]];
        let table = for_people(&["a", "b"], &rows).expect("a table");
        let table = String::from_utf8_lossy(&table);
        assert_eq!(table, "\u{feff}a;b\r\n'=1+1;\"Éva; dit\"\r\n'@x;'+33\r\n");
        assert_eq!(read(table.trim_start_matches('\u{feff}'))[1..], rows);
    }
}
