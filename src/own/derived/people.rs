//! Who represents, who signs, who is named, and by what name.

use super::{Derived, Is, Made, derived, made};
use crate::model::{AnyRow, At, Choice as _, Contact, Partner, Representative};
use crate::wording;

pub(super) static ALL: &[Derived] = &[
    derived(
        "Partenaires",
        "signataire",
        "son signataire en fonction au jour du document",
        Is::Row("Représentants"),
        |scope, row, day| made(scope, row, |it: At<Partner>| scope.signatory(it, day).map(|it| Made::Row(it.into()))),
    ),
    derived(
        "Partenaires",
        "representants_en_fonction",
        "ses représentants en fonction au jour du document",
        Is::Rows("Représentants"),
        |scope, row, day| {
            made(scope, row, |partner: At<Partner>| {
                let in_office = scope.representatives().filter(|it| it.partner() == partner && it.in_office(day));
                Some(Made::Rows(in_office.map(AnyRow::from).collect()))
            })
        },
    ),
    derived("Représentants", "nom_complet", "prénom et nom", Is::Text, |scope, row, _| {
        made(scope, row, |it: At<Representative>| Some(Made::Text(full_name(it))))
    }),
    derived("Représentants", "complet", "civilité, prénom, nom et qualité", Is::Text, |scope, row, _| {
        made(scope, row, |it: At<Representative>| {
            let title = Some(it.title()).filter(|title| !title.is_empty()).map(|title| format!(", {title}"));
            let name = format!("{} {}{}", it.civility().label(), full_name(it), title.unwrap_or_default());
            Some(Made::Text(wording::prose(&name)))
        })
    }),
    derived(
        "Représentants",
        "appel",
        "la formule d’appel : « Madame la Présidente »",
        Is::Text,
        |scope, row, _| made(scope, row, |it: At<Representative>| Some(Made::Text(it.form_of_address()))),
    ),
    derived(
        "Représentants",
        "fonction",
        "sa qualité avec l’article, comme il signe : « la Présidente »",
        Is::Text,
        |scope, row, _| made(scope, row, |it: At<Representative>| Some(Made::Text(it.title_with_article()))),
    ),
    derived(
        "Représentants",
        "en_fonction",
        "s’il est en fonction au jour du document",
        Is::Flag,
        |scope, row, day| made(scope, row, |it: At<Representative>| Some(Made::Flag(it.in_office(day)))),
    ),
    derived("Contacts", "nom_complet", "prénom et nom", Is::Text, |scope, row, _| {
        made(scope, row, |it: At<Contact>| Some(Made::Text(format!("{} {}", it.first_name(), it.last_name()))))
    }),
    derived("Partenaires", "membre", "s’il est du programme au jour du document", Is::Flag, |scope, row, day| {
        made(scope, row, |it: At<Partner>| Some(Made::Flag(it.is_member(day))))
    }),
    derived(
        "Partenaires",
        "officiel_avec_de",
        "son nom officiel, précédé de « de » : une communauté ne s’appelle pas comme sa commune",
        Is::Text,
        |scope, row, _| {
            made(scope, row, |it: At<Partner>| Some(Made::Text(wording::de(&wording::body(it.official_name())))))
        },
    ),
    derived(
        "Partenaires",
        "nom_assemblee",
        "le nom de son assemblée, celui d’usage si la cellule est vide",
        Is::Text,
        |scope, row, _| made(scope, row, |it: At<Partner>| Some(Made::Text(it.assembly_name().to_owned()))),
    ),
];

fn full_name(representative: At<Representative>) -> String {
    format!("{} {}", representative.first_name(), representative.last_name())
}
