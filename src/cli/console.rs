//! Whether the terminal reads what the program writes, which is UTF-8 everywhere. One that does not is told of it, once, in
//! letters that it does read.

use std::io::IsTerminal as _;
use std::process::{Command, Stdio};

use crate::files;

/// Tells, the first time, that the terminal reads something else than UTF-8.
pub(super) fn remark(tell: impl FnOnce(&str)) {
    // Without a person in front of it nothing is told: programs know what they read.
    if !std::io::stderr().is_terminal() {
        return;
    }
    let found = if cfg!(windows) { code_page() } else { alphabet(|name| std::env::var(name).ok()) };
    let Some(found) = found else { return };
    let told = files::own_folder().map(|folder| folder.join("console"));
    if told.as_ref().is_some_and(|told| files::is_file(told)) {
        return;
    }
    tell(&found);
    if let Some(told) = told {
        // A folder that refuses has the same told again next time.
        let _ = files::write(&told, found.as_bytes());
    }
}

/// What to say of a terminal whose settings name another alphabet.
fn alphabet(setting: impl Fn(&str) -> Option<String>) -> Option<String> {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let (name, value) = names.iter().find_map(|name| Some((name, setting(name).filter(|value| !value.is_empty())?)))?;
    let plain: String = value.to_lowercase().chars().filter(|sign| *sign != '-').collect();
    // « C » says nothing of the terminal.
    let is_read = plain.contains("utf8") || matches!(plain.as_str(), "c" | "posix");
    (!is_read).then(|| {
        format!(
            "remarque : liasse parle en UTF-8 et ce terminal est en \"{value}\" ({name}) : les accents s'y lisent mal ; \
             \"export LC_ALL=fr_FR.UTF-8\" l'evite (dit une seule fois)\n"
        )
    })
}

/// What to say of a Windows console. The program writes letters to it whatever its code page; but what goes through a
/// pipe is read by the next program, and PowerShell reads it by the code page.
fn code_page() -> Option<String> {
    if std::io::stdout().is_terminal() {
        return None;
    }
    let mut command = Command::new("chcp.com");
    let answer = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    other_page(&String::from_utf8_lossy(&answer.stdout))
}

fn other_page(answer: &str) -> Option<String> {
    let page: String = answer.chars().filter(char::is_ascii_digit).collect();
    (!page.is_empty() && page != "65001").then(|| {
        format!(
            "remarque : liasse parle en UTF-8 et cette console est en page de codes {page} : ce qui passe par un tube s'y lit \
             mal ; \"chcp 65001\" (PowerShell : \"[Console]::OutputEncoding = [Text.Encoding]::UTF8\") l'evite (dit une \
             seule fois)\n"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(settings: &[(&str, &str)]) -> Option<String> {
        alphabet(|name| settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_terminal_of_another_alphabet_is_told_in_its_own_letters() {
        for settings in [
            &[][..],
            &[("LANG", "fr_FR.UTF-8")],
            &[("LANG", "fr_FR"), ("LC_ALL", "C.utf8")],
            &[("LC_ALL", ""), ("LC_CTYPE", "C")],
        ] {
            assert_eq!(said(settings), None, "{settings:?}");
        }
        for (settings, told) in [
            (&[("LANG", "fr_FR.ISO-8859-1")][..], "\"fr_FR.ISO-8859-1\" (LANG)"),
            (&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "fr_FR@euro")], "\"fr_FR@euro\" (LC_ALL)"),
        ] {
            let said = said(settings).expect("told");
            assert!(said.contains(told) && said.is_ascii(), "{said}");
        }
    }

    #[test]
    fn a_code_page_is_read_in_any_language() {
        assert_eq!(other_page("Page de codes active : 65001\r\n"), None);
        assert_eq!(other_page(""), None);
        for answer in ["Page de codes active\u{fffd}: 850\r\n", "Active code page: 850"] {
            let said = other_page(answer).expect("told");
            assert!(said.contains("page de codes 850") && said.is_ascii(), "{said}");
        }
    }
}
