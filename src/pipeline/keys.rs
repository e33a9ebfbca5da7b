//! Hashes that tell nothing without a key: what is remembered beside the documents of values that are not everybody's.
//!
//! A plain hash of a short value is no secret: who knows the few values that it can have finds it. The key lives in the
//! user's own folder, never beside the results.

use std::path::Path;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::digest::hexadecimal;
use crate::files;

/// How many characters of a hash are kept: enough to tell two values of a sheet apart.
const KEPT: usize = 12;
/// How long a key is, in bytes.
const LENGTH: usize = 32;

/// A key, or none: then values that are not everybody's leave no trace at all.
#[derive(Clone)]
pub(super) struct Key(Option<Hmac<Sha256>>);

impl Key {
    /// The user's key, made when there is none yet; none where the user's folder refuses, or lies among the results.
    pub(super) fn load(out: &Path) -> Self {
        let folder = files::own_folder().filter(|folder| !files::lies_below(folder, out));
        let bytes = folder.and_then(|folder| {
            let path = folder.join("cle");
            match files::read(&path).ok()? {
                Some(bytes) if bytes.len() == LENGTH => Some(bytes.to_vec()),
                Some(_) => None,
                None => {
                    let mut bytes = vec![0; LENGTH];
                    getrandom::fill(&mut bytes).ok()?;
                    files::write_private(&path, &bytes).ok()?;
                    Some(bytes)
                }
            }
        });
        Self(bytes.and_then(|bytes| Hmac::new_from_slice(&bytes).ok()))
    }

    /// A name by which a record tells with which key it was made; nothing without a key.
    pub(super) fn name(&self) -> Option<String> {
        self.hash("liasse")
    }

    /// The hash of a value; nothing without a key.
    pub(super) fn hash(&self, value: &str) -> Option<String> {
        let mut mac = self.0.clone()?;
        mac.update(value.as_bytes());
        Some(hexadecimal(&mac.finalize().into_bytes())[..KEPT].to_owned())
    }

    /// A key of its own, for tests.
    #[cfg(test)]
    pub(super) fn of(secret: &[u8]) -> Self {
        Self(Hmac::new_from_slice(secret).ok())
    }
}
