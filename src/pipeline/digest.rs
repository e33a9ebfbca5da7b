//! SHA-256, in hexadecimal.

/// A SHA-256 over what is written into it.
#[derive(Default)]
pub(super) struct Digest(sha2::Sha256);

impl Digest {
    /// The digest in hexadecimal.
    pub(super) fn name(self) -> String {
        use sha2::Digest as _;
        hexadecimal(&self.0.finalize())
    }
}

impl std::io::Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        sha2::Digest::update(&mut self.0, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Bytes in hexadecimal.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    use std::io::Write as _;
    let mut digest = Digest::default();
    let _ = digest.write_all(bytes);
    digest.name()
}
