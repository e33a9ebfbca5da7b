//! Values that templates of one's own find beside the columns of a row: who signs, what is due, what follows.

use chrono::NaiveDate;

use crate::figures::{Cells, Figure, Quantity};
use crate::model::votes::Item;
use crate::model::{
    AnyRow, At, Budget, Choice as _, Contact, Deliberation, Event, FiscalYear, Partner, Record, Representative,
    Resource, Scope, Sitting, law,
};
use crate::records::Sheet;
use crate::wording;

/// What a derived value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    /// Words.
    Text,
    /// A figure.
    Figure,
    /// A day.
    Day,
    /// Yes or no.
    Flag,
    /// A row of a sheet.
    Row(&'static str),
    /// Several rows of a sheet.
    Rows(&'static str),
}

/// A derived value.
#[derive(Debug)]
pub(super) enum Made {
    /// Nothing: a blank.
    Nothing,
    /// Words.
    Text(String),
    /// A figure.
    Figure(Figure),
    /// A day.
    Day(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// A row.
    Row(AnyRow),
    /// Several rows.
    Rows(Vec<AnyRow>),
}

/// The declaration of a derived value.
pub(super) struct Derived {
    /// The sheet whose rows have it.
    sheet: &'static str,
    /// Its name in templates.
    pub(super) name: &'static str,
    /// What it is, for the guide.
    pub(super) about: &'static str,
    /// Its kind.
    pub(super) is: Is,
    make: fn(&Scope, AnyRow, NaiveDate) -> Made,
}

impl Derived {
    /// The value of a row, as readers find it on a day.
    pub(super) fn of(&self, scope: &Scope, row: AnyRow, day: NaiveDate) -> Made {
        (self.make)(scope, row, day)
    }
}

/// The derived values of a sheet's rows.
pub(super) fn of(sheet: &Sheet) -> impl Iterator<Item = &'static Derived> {
    let name = sheet.name;
    ALL.iter().filter(move |derived| derived.sheet == name)
}

fn made<'s, T: Record>(scope: &'s Scope, row: AnyRow, make: impl FnOnce(At<'s, T>) -> Option<Made>) -> Made {
    scope.typed::<T>(row).and_then(make).unwrap_or(Made::Nothing)
}

/// Every derived value.
static ALL: &[Derived] = &[
    Derived {
        sheet: "Partenaires",
        name: "signataire",
        about: "son signataire en fonction au jour du document",
        is: Is::Row("Représentants"),
        make: |scope, row, day| {
            made(scope, row, |it: At<Partner>| scope.signatory(it, day).map(|it| Made::Row(it.into())))
        },
    },
    Derived {
        sheet: "Partenaires",
        name: "representants_en_fonction",
        about: "ses représentants en fonction au jour du document",
        is: Is::Rows("Représentants"),
        make: |scope, row, day| {
            made(scope, row, |partner: At<Partner>| {
                let in_office = scope.representatives().filter(|it| it.partner() == partner && it.in_office(day));
                Some(Made::Rows(in_office.map(AnyRow::from).collect()))
            })
        },
    },
    Derived {
        sheet: "Représentants",
        name: "nom_complet",
        about: "prénom et nom",
        is: Is::Text,
        make: |scope, row, _| made(scope, row, |it: At<Representative>| Some(Made::Text(full_name(it)))),
    },
    Derived {
        sheet: "Représentants",
        name: "complet",
        about: "civilité, prénom, nom et qualité",
        is: Is::Text,
        make: |scope, row, _| {
            made(scope, row, |it: At<Representative>| {
                let title = Some(it.title()).filter(|title| !title.is_empty()).map(|title| format!(", {title}"));
                let name = format!("{} {}{}", it.civility().label(), full_name(it), title.unwrap_or_default());
                Some(Made::Text(wording::prose(&name)))
            })
        },
    },
    Derived {
        sheet: "Représentants",
        name: "appel",
        about: "la formule d’appel : « Madame la Présidente »",
        is: Is::Text,
        make: |scope, row, _| made(scope, row, |it: At<Representative>| Some(Made::Text(it.form_of_address()))),
    },
    Derived {
        sheet: "Représentants",
        name: "fonction",
        about: "sa qualité avec l’article, comme il signe : « la Présidente »",
        is: Is::Text,
        make: |scope, row, _| made(scope, row, |it: At<Representative>| Some(Made::Text(it.title_with_article()))),
    },
    Derived {
        sheet: "Représentants",
        name: "en_fonction",
        about: "s’il est en fonction au jour du document",
        is: Is::Flag,
        make: |scope, row, day| made(scope, row, |it: At<Representative>| Some(Made::Flag(it.in_office(day)))),
    },
    Derived {
        sheet: "Contacts",
        name: "nom_complet",
        about: "prénom et nom",
        is: Is::Text,
        make: |scope, row, _| {
            made(scope, row, |it: At<Contact>| Some(Made::Text(format!("{} {}", it.first_name(), it.last_name()))))
        },
    },
    Derived {
        sheet: "Agenda",
        name: "dernier_jour",
        about: "le dernier jour, le premier s’il n’y en a qu’un",
        is: Is::Day,
        make: |scope, row, _| made(scope, row, |it: At<Event>| Some(Made::Day(it.last_day()))),
    },
    Derived {
        sheet: "Agenda",
        name: "precedent",
        about: "l’événement du même type qui l’a précédé et n’a pas été annulé",
        is: Is::Row("Agenda"),
        make: |scope, row, _| {
            made(scope, row, |event: At<Event>| {
                let earlier = scope
                    .events()
                    .filter(|it| it.kind() == event.kind() && !it.cancelled() && it.date() < event.date());
                earlier.max_by_key(|it| it.date()).map(|it| Made::Row(it.into()))
            })
        },
    },
    Derived {
        sheet: "Agenda",
        name: "inscrits",
        about: "ses lignes de la feuille Participants",
        is: Is::Rows("Participants"),
        make: |scope, row, _| {
            made(scope, row, |event: At<Event>| {
                Some(Made::Rows(scope.participants().filter(|it| it.event() == event).map(AnyRow::from).collect()))
            })
        },
    },
    Derived {
        sheet: "Séances",
        name: "quorum",
        about: "combien de membres doivent être présents",
        is: Is::Figure,
        make: |scope, row, _| {
            made(scope, row, |it: At<Sitting>| {
                let rule = law::quorum_rule(it.date(), it.second_convocation());
                let required = rule.required(it.members())?;
                Some(Made::Figure(Figure::new(
                    "seance.quorum",
                    "quorum",
                    Quantity::Count(required),
                    it.cell(Sitting::MEMBERS),
                )))
            })
        },
    },
    Derived {
        sheet: "Délibérations",
        name: "adoptee",
        about: "si le vote l’a adoptée",
        is: Is::Flag,
        make: |scope, row, _| {
            made(scope, row, |it: At<Deliberation>| {
                Some(Made::Flag(Item::new(it).vote().is_some_and(|vote| vote.adopted())))
            })
        },
    },
    Derived {
        sheet: "Recettes",
        name: "part",
        about: "le montant de sa part, calculé selon son mode",
        is: Is::Figure,
        make: |scope, row, _| {
            made(scope, row, |it: At<Resource>| {
                let budget = Budget::of(it.year());
                let share = budget.shares.iter().find(|share| share.resource == it)?;
                let cells = Cells::from(it.cell(Resource::PLANNED));
                Some(Made::Figure(Figure::new("recette.part", "part", Quantity::Cents(share.amount().0), cells)))
            })
        },
    },
    Derived {
        sheet: "Exercices",
        name: "total",
        about: "le total des dépenses prévues",
        is: Is::Figure,
        make: |scope, row, _| {
            made(scope, row, |it: At<FiscalYear>| Some(Made::Figure(Budget::of(it).total_expenses())))
        },
    },
];

fn full_name(representative: At<Representative>) -> String {
    format!("{} {}", representative.first_name(), representative.last_name())
}
