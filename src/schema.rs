//! What a column is: its heading, type, whether it is required, its allowed values and an example. Data only.
//!
//! A sheet is declared once as a value of this module; the reader, the guide and the blank workbooks all come from it.
//! Which sheets exist is not known here.

/// A workbook: its file stem and its sheets in order.
#[derive(Debug, Clone, Copy)]
pub struct Workbook {
    /// The file's name without extension: `contacts`.
    pub stem: &'static str,
    /// What the workbook holds, in one sentence for the guide.
    pub about: &'static str,
    /// The sheets, in order.
    pub sheets: &'static [&'static Sheet],
}

/// A sheet: its name and its columns in order.
#[derive(Debug)]
pub struct Sheet {
    /// The sheet's name as the tab shows it.
    pub name: &'static str,
    /// What one row is, in one sentence for the guide.
    pub about: &'static str,
    /// The columns, in order.
    pub columns: &'static [Column],
}

impl Sheet {
    /// The column with this heading, as declared.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.heading == heading)
    }
}

/// A column of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The heading, as the shipped workbooks spell it.
    pub heading: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether the column must be there and its cells be filled.
    pub required: bool,
    /// What to write there, for the guide and the input message.
    pub about: &'static str,
    /// A value of the example row, as a person would type it; empty where the example leaves the cell blank.
    pub example: &'static str,
}

impl Column {
    /// A column that every row fills.
    #[must_use]
    pub const fn required(heading: &'static str, kind: Kind) -> Self {
        Self { heading, kind, required: true, about: "", example: "" }
    }

    /// A column that may be absent, and whose cells may be blank.
    #[must_use]
    pub const fn optional(heading: &'static str, kind: Kind) -> Self {
        Self { required: false, ..Self::required(heading, kind) }
    }

    /// Adds what to write there.
    #[must_use]
    pub const fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    /// Adds the value of the example row.
    #[must_use]
    pub const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of plain text.
    Text,
    /// Text of several paragraphs, in Markdown.
    Markdown,
    /// A whole number between two bounds.
    Integer(i64, i64),
    /// An amount in euros with two decimals at the most.
    Amount,
    /// A number with decimals, for instance hours.
    Decimal,
    /// A share in percent, from 0 to 100.
    Percent,
    /// A day.
    Date,
    /// Several days, separated by `;`.
    Dates,
    /// A month.
    Month,
    /// A time of day.
    Time,
    /// Yes or no.
    YesNo,
    /// One of a closed list.
    Choice(&'static [&'static str]),
    /// One of the themes of `territoire.toml`.
    Theme,
    /// Several of a closed list, separated by `;`.
    Choices(&'static [&'static str]),
    /// A code that another sheet defines: the sheet and its column.
    Reference(&'static str, &'static str),
    /// A code or number that names this row, free of spaces around it.
    Code,
    /// Several names, separated by `;`.
    Names,
    /// An e-mail address.
    Email,
    /// A link that starts with http or https.
    Link,
    /// Nine digits with a valid key.
    Siren,
    /// Fourteen digits with a valid key.
    Siret,
    /// Five digits.
    PostalCode,
    /// A picture's path below `inputs/`.
    Image,
}

impl Kind {
    /// The type's name in the guide.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "texte",
            Self::Markdown => "texte (Markdown)",
            Self::Integer(..) => "nombre entier",
            Self::Amount => "montant en euros",
            Self::Decimal => "nombre",
            Self::Percent => "pourcentage",
            Self::Date => "date",
            Self::Dates => "dates séparées par ;",
            Self::Month => "mois",
            Self::Time => "heure",
            Self::YesNo => "oui / non",
            Self::Choice(_) => "liste",
            Self::Theme => "thème de territoire.toml",
            Self::Choices(_) => "valeurs de la liste, séparées par ;",
            Self::Reference(..) => "renvoi",
            Self::Code => "code",
            Self::Names => "noms séparés par ;",
            Self::Email => "adresse électronique",
            Self::Link => "lien",
            Self::Siren => "SIREN (9 chiffres)",
            Self::Siret => "SIRET (14 chiffres)",
            Self::PostalCode => "code postal (5 chiffres)",
            Self::Image => "image",
        }
    }
}
