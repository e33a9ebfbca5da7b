//! Comma-separated tables for other programs: UTF-8, one heading row, quoted where needed.

/// A table as CSV.
///
/// # Errors
///
/// When a row is longer or shorter than the heading row.
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, String> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(headings).and_then(|()| rows.iter().try_for_each(|row| writer.write_record(row)));
    written.map_err(|error| error.to_string())?;
    writer.into_inner().map_err(|error| error.to_string())
}
