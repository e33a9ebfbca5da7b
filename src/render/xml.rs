//! XML messages in ISO-8859-1, as the ACTES exchange asks for: what the encoding lacks becomes a character reference, the
//! apostrophe the one that it has.

/// A text in ISO-8859-1.
#[must_use]
pub fn latin1(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        match u8::try_from(u32::from(character)) {
            Ok(byte) => bytes.push(byte),
            Err(_) if character == '’' => bytes.push(b'\''),
            Err(_) => bytes.extend_from_slice(format!("&#{};", u32::from(character)).as_bytes()),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::latin1;

    #[test]
    fn what_the_encoding_lacks_becomes_a_reference() {
        assert_eq!(latin1("é’€"), b"\xe9'&#8364;");
    }
}
