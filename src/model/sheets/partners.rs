//! Sheet Partenaires: the partners of the programme.

use chrono::NaiveDate;

use crate::model::choice::choices;
use crate::model::rows::{At, Code, Day, Email, Image, Integer, PostalCode, Sight, Siren, Siret, Text, sheet};

choices! {
    /// What a partner is.
    PartnerKind {
        /// A chamber of commerce and industry.
        Cci = "CCI",
        /// A chamber of trades and crafts.
        Cma = "CMA",
        /// A commune.
        Commune = "Commune",
        /// A communauté d'agglomération.
        Ca = "CA" | "Communauté d'agglomération",
        /// A communauté de communes.
        Cc = "CC" | "Communauté de communes",
        /// A communauté urbaine.
        Cu = "CU" | "Communauté urbaine",
        /// A métropole.
        Metropole = "Métropole",
        /// A syndicat of communes or a syndicat mixte.
        Syndicat = "Syndicat" | "Syndicat mixte",
        /// A pôle d'équilibre territorial et rural.
        Petr = "PETR",
        /// A department.
        Departement = "Département",
        /// The State.
        State = "État",
        /// An agency of the State.
        Agency = "Agence",
        /// A region.
        Region = "Région",
        /// Anything else.
        Other = "Autre",
    }
}

impl PartnerKind {
    /// Whether the partner is an établissement public de coopération intercommunale with its own taxes.
    #[must_use]
    pub fn is_epci(self) -> bool {
        matches!(self, Self::Ca | Self::Cc | Self::Cu | Self::Metropole)
    }

    /// Whether it pays as a party of the agreement, and is asked for what it owes: a local body whose assembly votes its share.
    /// What the State, its agencies and a Region give has a decision of its own.
    #[must_use]
    pub fn pays_as_party(self) -> bool {
        self.deliberates() || matches!(self, Self::Departement | Self::Petr)
    }

    /// Whether its assembly deliberates here.
    #[must_use]
    pub fn deliberates(self) -> bool {
        self.is_epci() || matches!(self, Self::Commune | Self::Syndicat)
    }
}

sheet! {
    /// A partner: an EPCI, the chamber, the State.
    Partner = "Partenaires", partenaire, partenaires, named by "Code", seen by Sight { owner: Some(|row| Some(row)), ..Sight::PUBLIC },
    "Un partenaire du programme par ligne : EPCI, chambre, État, Région.",
    { key: &[Self::CODE] }
    {
        /// Its code, unique.
        code CODE: Code = "Code" { about: "Un sigle court, sans espace ; il sert de renvoi partout ailleurs.", example: "CCE" };
        /// What it is.
        kind KIND: PartnerKind = "Type" { example: "CC" };
        /// « Communauté d’agglomération du Caudrésis et du Catésis ».
        official_name OFFICIAL_NAME: Text = "Nom officiel" { about: "Le nom complet, tel que dans les actes.", example: "Communauté de communes de l’Exemple" };
        /// « Caudrésis-Catésis ».
        usual_name USUAL_NAME: Text = "Nom usuel" { about: "Le nom court des tableaux.", example: "Exemple" };
        /// « du Caudrésis-Catésis ».
        name_with_de NAME_WITH_DE: Text = "Forme avec de" { about: "Le nom précédé de « de », « du », « des » ou « de la ».", example: "de l’Exemple" };
        /// « CA2C ».
        acronym ACRONYM: Option<Text> = "Sigle" { example: "CCE" };
        /// « conseil communautaire ».
        assembly ASSEMBLY: Option<Text> = "Assemblée" { about: "Conseil communautaire, métropolitain…", example: "conseil communautaire" };
        /// Nine digits.
        siren SIREN: Option<Siren> = "SIREN" { about: "Neuf chiffres ; nécessaire pour un EPCI.", example: "000000000" };
        /// Fourteen digits.
        siret SIRET: Option<Siret> = "SIRET" { about: "Quatorze chiffres ; demandé par le jeu de données SCDL.", example: "00000000000000" };
        /// Street.
        address ADDRESS: Option<Text> = "Adresse" { example: "1 place de la Mairie" };
        /// Five digits.
        postal_code POSTAL_CODE: Option<PostalCode> = "Code postal" { example: "59000" };
        /// Town of the seat.
        city CITY: Option<Text> = "Ville" { example: "Exempleville" };
        /// Department.
        department DEPARTMENT: Option<Code> = "Département" { about: "Le numéro du département.", example: "59" };
        /// Town of the sous-préfecture that receives its acts.
        sub_prefecture SUB_PREFECTURE: Option<Text> = "Sous-préfecture" { about: "La ville de la sous-préfecture qui reçoit les actes ; vide quand c’est la préfecture.", example: "Exempleville" };
        /// The prefecture's code in the SCDL schema.
        prefecture_code PREFECTURE_CODE: Option<Code> = "Code préfecture" { about: "Le code du jeu de données SCDL.", example: "PREF059" };
        /// Town of the tribunal administratif.
        court COURT: Option<Text> = "Tribunal administratif" { about: "La ville du tribunal.", example: "Lille" };
        /// How many communes.
        communes COMMUNES: Option<Integer<1, 2_000>> = "Communes" { example: "12" };
        /// How many inhabitants.
        population POPULATION: Option<Integer<1, 20_000_000>> = "Population" { example: "24000" };
        /// The year of these two numbers.
        vintage VINTAGE: Option<Integer<1_990, 2_100>> = "Millésime" { about: "L’année de la population et du nombre de communes.", example: "2022" };
        /// The secretariat's address.
        email EMAIL: Option<Email> = "Courriel du secrétariat" { example: "secretariat@example.org" };
        /// Its logo's path below the inputs.
        logo LOGO: Option<Image> = "Logo" { about: "Un fichier du dossier images/ : SVG, PNG ou JPEG." };
        /// What the logo shows, for who does not see it.
        logo_text LOGO_TEXT: Option<Text> = "Texte de remplacement du logo";
        /// Its place on the tile map: `B2`.
        tile TILE: Option<Code> = "Case" { about: "La place sur la carte en carreaux : une lettre pour la colonne, un nombre pour la ligne.", example: "B2" };
        /// Its first day in the programme.
        since SINCE: Option<Day> = "Depuis" { about: "Premier jour dans le programme.", example: "01/01/2021" };
        /// Its last day.
        until UNTIL: Option<Day> = "Jusqu'au" { about: "Dernier jour, s’il y en a un." };
    }
}

impl At<'_, Partner> {
    /// Its place on the tile map: the column and the row, from 0; nothing where the cell says no place.
    #[must_use]
    pub fn place_on_map(self) -> Option<(u32, u32)> {
        let tile = self.tile()?.trim();
        let letter = tile.chars().next().filter(char::is_ascii_alphabetic)?.to_ascii_uppercase();
        let row: u32 = tile[1..].parse().ok().filter(|row| (1..=26).contains(row))?;
        Some((u32::from(letter) - u32::from('A'), row - 1))
    }

    /// Whether it is in the programme on a day.
    #[must_use]
    pub fn is_member(self, day: NaiveDate) -> bool {
        self.since().is_none_or(|since| since <= day) && self.until().is_none_or(|until| day <= until)
    }
}
