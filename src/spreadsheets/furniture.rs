//! What people put around a table: lines of totals, notes below it, formats that look like dates.

use crate::wording::fold;

/// Whether a text is what stands before a line of totals: « TOTAL », « Sous-total 2022 », « Total général des dépenses : ».
pub(super) fn is_total(text: &str) -> bool {
    let first = text.trim_start().chars().next().map(|first| first.to_ascii_lowercase());
    if !matches!(first, Some('t' | 's')) {
        return false;
    }
    let folded = fold(text);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut first = words.next();
    if matches!(first, Some("sous" | "soustotal")) {
        first = if first == Some("sous") { words.next() } else { Some("total") };
    }
    let around = [
        "general",
        "generale",
        "generaux",
        "des",
        "du",
        "de",
        "la",
        "les",
        "l",
        "d",
        "depenses",
        "recettes",
        "produits",
        "charges",
        "paiements",
        "aides",
        "exercice",
        "annee",
        "budget",
        "ht",
        "ttc",
        "en",
        "euros",
        "eur",
        "cumule",
        "partiel",
    ];
    matches!(first, Some("total" | "totaux"))
        && words.all(|word| around.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A format without what it only shows: texts between quotes, escaped characters, colours and conditions.
fn bare_format(code: &str) -> String {
    let mut bare = String::new();
    let mut characters = code.split(';').next().unwrap_or_default().chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(characters.next()),
            '[' => {
                let inner: String = characters.by_ref().take_while(|c| *c != ']').collect();
                let counts = !inner.is_empty() && inner.chars().all(|c| "hmsHMS".contains(c));
                bare.push_str(if counts { "h" } else { "" });
            }
            c => bare.push(c),
        }
    }
    bare
}

/// Whether a number format shows a day or an hour, and not a number beside letters: `0 mois`, `# ##0 m²`.
pub(super) fn is_date_format(code: &str) -> bool {
    let bare = bare_format(code).to_lowercase();
    // Fractions of a second have digits of their own.
    let whole = bare.replace("s.0", "s").replace("s,0", "s").replace("s0", "s").replace("s0", "s");
    let letters = |c: char| !c.is_alphabetic() || "ymdhsapjtgeb".contains(c);
    !whole.contains(['0', '#', '?']) && whole.chars().all(letters)
}

/// Whether a number format shows powers of ten: what a spreadsheet gives to « 2022E10 » by itself.
pub(super) fn is_scientific(code: &str) -> bool {
    let bare = bare_format(code);
    bare.contains("E+") || bare.contains("E-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_totals_are_known_by_their_words() {
        for text in
            ["TOTAL", "Total :", "total général", "TOTAL DES DÉPENSES", "Sous-total 2022-2023", "Totaux", "Total HT"]
        {
            assert!(is_total(text), "{text}");
        }
        for text in
            ["TotalEnergies", "Total station de pesage", "Salaires", "Totalité", "Sous-traitance", "Téléphone", ""]
        {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn formats_of_days_and_hours_have_no_digits() {
        for code in [
            "dd/mm/yyyy",
            "d mmmm yyyy",
            "hh:mm:ss.000",
            "[h]:mm",
            "h\" h \"mm",
            "[$-40C]d\\ mmmm\\ yyyy;@",
            "jj/mm/aaaa",
            "h:mm AM/PM",
            "mm-dd-yy",
        ] {
            assert!(is_date_format(code), "{code}");
        }
        for code in ["0 mois", "# ##0 m²", "0 h", "0.0 d", "General", "km", "0\" mois\""] {
            assert!(!is_date_format(code), "{code}");
        }
        assert!(
            is_scientific("0.00E+00")
                && is_scientific("##0.0E+0")
                && !is_scientific("\"E+\"0")
                && !is_scientific("0.00")
        );
    }
}
