//! The zip of a workbook, the same from every machine.

/// The first bytes of an entry in a zip's table of contents.
const ENTRY: &[u8] = b"PK\x01\x02";
/// The first bytes of the end of that table, which nothing follows in a file without a remark.
const END: &[u8] = b"PK\x05\x06";
/// How long both are, at the least.
const ENTRY_BYTES: usize = 46;
const END_BYTES: usize = 22;
/// The system that made an entry, by its number: Unix. Writers tell the one on which they run.
const UNIX: u8 = 3;

/// Writes one system as the maker of every entry, whichever it is: what a workbook holds does not depend on it.
pub(super) fn made_alike(mut bytes: Vec<u8>) -> Vec<u8> {
    let number = |bytes: &[u8], at: usize, length: usize| {
        let digits = bytes.get(at..at + length)?;
        Some(digits.iter().rev().fold(0_usize, |number, digit| number << 8 | usize::from(*digit)))
    };
    let Some(end) = bytes.len().checked_sub(END_BYTES).filter(|end| bytes[*end..].starts_with(END)) else {
        return bytes;
    };
    let mut at = number(&bytes, end + 16, 4).unwrap_or(end);
    while bytes.get(at..).is_some_and(|rest| rest.starts_with(ENTRY) && rest.len() >= ENTRY_BYTES) {
        bytes[at + 5] = UNIX;
        let lengths = [28, 30, 32].map(|place| number(&bytes, at + place, 2).unwrap_or_default());
        at += ENTRY_BYTES + lengths.iter().sum::<usize>();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::write::SimpleFileOptions;
    use zip::{System, ZipWriter};

    use super::*;

    fn made_on(system: System) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["[Content_Types].xml", "xl/workbook.xml"] {
            zip.start_file(name, SimpleFileOptions::default().system(system)).expect("an entry");
            zip.write_all(&[b'x'; 300]).expect("written");
        }
        zip.finish().expect("a zip").into_inner()
    }

    #[test]
    fn a_workbook_does_not_tell_the_system_on_which_it_was_made() {
        assert_ne!(made_on(System::Dos), made_on(System::Unix));
        assert_eq!(made_alike(made_on(System::Dos)), made_on(System::Unix));
        assert_eq!(made_alike(made_on(System::Unix)), made_on(System::Unix));
        assert_eq!(made_alike(b"no zip".to_vec()), b"no zip");
    }
}
