//! What an Excel number format makes of a number: a day, an hour, a share, or nothing but a number.

/// What a number is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A number.
    Number,
    /// A percentage.
    Percentage,
    /// A day, an hour, or both.
    Date,
    /// Hours, minutes or seconds that go on counting past a day.
    Duration,
}

/// What a number format of the standard is, by its number.
pub(super) fn builtin(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percentage,
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Date,
        46 => Shown::Duration,
        _ => Shown::Number,
    }
}

/// What a number format is, by its code: `dd/mm/yyyy`, `0.00\ %`, `[h]:mm`.
pub(super) fn custom(code: &str) -> Shown {
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            // What stands between quotes, or behind one of these, is shown as it is.
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(characters.next()),
            // A colour, a condition, a currency with its country; or a unit that goes on counting.
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                if matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    return Shown::Duration;
                }
            }
            '%' => return Shown::Percentage,
            'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' => return Shown::Date,
            // Only the first section counts: the others are for what is negative, zero or text.
            ';' => break,
            _ => {}
        }
    }
    Shown::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_as_programs_write_them() {
        for (code, shown) in [
            ("General", Shown::Number),
            ("@", Shown::Number),
            ("#,##0.00\\ \"€ TTC de mai\"", Shown::Number),
            ("#,##0.00\\ [$€-40C];[Red]\\-#,##0.00\\ [$€-40C]", Shown::Number),
            ("_-* #,##0.00\\ _d_-;_-@_-", Shown::Number),
            ("0.00E+00", Shown::Number),
            ("0%", Shown::Percentage),
            ("0.00\\ %;[Red]\\-0.00\\ %", Shown::Percentage),
            ("[$-40C]d mmmm yyyy;@", Shown::Date),
            ("DD/MM/YYYY", Shown::Date),
            ("h:mm AM/PM", Shown::Date),
            ("[Black]hh\"h\"mm", Shown::Date),
            ("[h]:mm", Shown::Duration),
            ("[mm]:ss", Shown::Duration),
        ] {
            assert_eq!(custom(code), shown, "{code}");
        }
        assert_eq!([9, 14, 46, 0].map(builtin), [Shown::Percentage, Shown::Date, Shown::Duration, Shown::Number]);
    }
}
