//! Slips of the pen in a front matter, told as who made them sees them: the line and the sign, and not what a reader of TOML
//! expected after it.

/// The line of the first slip, from 0, and what it is. `at` is the byte where reading stopped, and `told` why.
pub(super) fn found(front: &str, at: usize, told: &str) -> (usize, String) {
    let last = front.get(..at).unwrap_or(front).matches('\n').count();
    if told.contains("duplicate") {
        return (last, "cette clé est déjà donnée plus haut".to_owned());
    }
    let slips = front.lines().enumerate().take(last + 1).find_map(|(line, text)| Some((line, slip(text)?)));
    slips.unwrap_or_else(|| {
        (last, "la ligne ne se lit pas : clé = \"valeur\", ou clé = [\"une\", \"autre\"]".to_owned())
    })
}

/// What is wrong with a line.
fn slip(line: &str) -> Option<String> {
    let (mut bare, mut quoted) = (String::new(), false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            '#' if !quoted => break,
            '“' | '”' | '„' | '‟' | '«' | '»' if !quoted => {
                return Some(format!("« {character} » : une valeur s’écrit entre guillemets droits, \"…\""));
            }
            _ => {}
        }
        // What stands between quotes is one sign here: only what is around it counts.
        bare.push(if quoted && character != '"' { 'x' } else { character });
    }
    if quoted {
        return Some("un guillemet droit \" n’est pas fermé sur la ligne".to_owned());
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '"' | '.');
    let keys = bare.split(['{', ',', '[']).filter_map(|piece| piece.split_once('=')).map(|(key, _)| key.trim());
    let key = keys.filter(|key| !key.is_empty()).find(|key| !key.chars().all(is_plain));
    if let Some(key) = key {
        return Some(format!(
            "« {key} » : un nom avec un accent ou une espace s’écrit entre guillemets, \"{key}\" = …"
        ));
    }
    let count = |sign: char| bare.matches(sign).count();
    [('{', '}', "l’accolade"), ('}', '{', "l’accolade")]
        .into_iter()
        .find(|(open, close, _)| count(*open) > count(*close))
        .map(|(open, close, name)| format!("{name} « {open} » n’a pas de « {close} » sur la ligne"))
}

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn a_slip_is_told_by_its_sign() {
        for (line, told) in [
            ("quand = { Type = \"Salon\"", Some("l’accolade « { »")),
            ("libelle = “un essai”", Some("guillemets droits")),
            ("libelle = « un essai »", Some("guillemets droits")),
            ("quand = { Présent = \"oui\" }", Some("« Présent »")),
            ("quand = { Dans la lettre = \"oui\" }", Some("« Dans la lettre »")),
            ("libelle = \"un essai", Some("n’est pas fermé")),
            ("quand = { \"Présent\" = \"oui\", Type = [\"a = é\", \"“b”\"] } # « c »", None),
            ("date = [\"Agenda.Convoqué le\", \"Agenda.Date\"]", None),
        ] {
            let found = slip(line);
            match told {
                Some(told) => assert!(found.as_deref().is_some_and(|it| it.contains(told)), "{line}: {found:?}"),
                None => assert_eq!(found, None, "{line}"),
            }
        }
    }
}
