//! A lock that the operating system holds: it goes away with the program, however that ends.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::hold::insist;
use super::{Refusal, refused};

/// A lock, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    /// None where the file system knows no locks: a run alone needs none.
    _file: Option<File>,
}

/// Takes the lock of a file, shared with others who share it or for oneself; nothing when another program holds it.
///
/// # Errors
///
/// When the file cannot be made.
pub fn lock(path: &Path, shared: bool) -> Result<Option<Lock>, Refusal> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(refused("créer le dossier", parent))?;
    let mut options = File::options();
    options.create(true).truncate(false).read(true).write(true);
    let file = insist(|| options.open(path)).map_err(refused("écrire", path))?;
    let taken = if shared { file.try_lock_shared() } else { file.try_lock() };
    match taken {
        Ok(()) => Ok(Some(Lock { _file: Some(file) })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(_)) => Ok(Some(Lock { _file: None })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_is_alone_and_readers_are_together() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a/verrou");
        let first = lock(&path, true).expect("a file").expect("free");
        let second = lock(&path, true).expect("a file").expect("shared");
        assert!(lock(&path, false).expect("a file").is_none());
        drop((first, second));
        let alone = lock(&path, false).expect("a file");
        assert!(alone.is_some() && lock(&path, true).expect("a file").is_none());
    }
}
