//! Sittings and acts: the rules of their days, what became of them, where they stand on their way.

use chrono::Days;

use super::{COUNT, Derived, Is, Made, derived, made};
use crate::documents::AHEAD;
use crate::figures::{Cells, Figure, Quantity};
use crate::model::votes::Item;
use crate::model::{AnyRow, At, Attendance, Choice as _, Deliberation, Sitting, Step, law};
use crate::wording;

/// Where a step of an act stands on the document's day.
macro_rules! state_of {
    ($step:ident, $name:literal, $about:literal) => {
        derived("Délibérations", $name, $about, Is::Text, |scope, row, day| {
            made(scope, row, |it: At<Deliberation>| {
                Some(Made::Text(it.passage(Step::$step, day)?.progress.name().to_owned()))
            })
        })
    };
}

/// The last day for a step of an act.
macro_rules! limit_of {
    ($step:ident, $name:literal, $about:literal) => {
        derived("Délibérations", $name, $about, Is::Day, |scope, row, day| {
            made(scope, row, |it: At<Deliberation>| it.passage(Step::$step, day)?.due.map(Made::Day))
        })
    };
}

pub(super) static ALL: &[Derived] = &[
    derived("Séances", "quorum", "combien de membres doivent être présents", COUNT, |scope, row, _| {
        made(scope, row, |it: At<Sitting>| {
            let rule = law::quorum_rule(it.date(), it.second_convocation());
            let required = rule.required(it.members())?;
            Some(Made::Figure(Figure::new(
                format!("seance.{}.quorum", it.code()),
                "quorum",
                Quantity::Count(required),
                it.cell(Sitting::MEMBERS),
            )))
        })
    }),
    derived("Délibérations", "adoptee", "si le vote l’a adoptée", Is::Flag, |scope, row, _| {
        made(scope, row, |it: At<Deliberation>| {
            Some(Made::Flag(Item::new(it).vote().is_some_and(|vote| vote.adopted())))
        })
    }),
    derived(
        "Séances",
        "regle_du_quorum",
        "la règle du quorum ce jour-là, avec son article",
        Is::Text,
        |scope, row, _| {
            made(scope, row, |it: At<Sitting>| {
                let rule = law::quorum_rule(it.date(), it.second_convocation());
                rule.citation().map(|citation| Made::Text(wording::prose(citation)))
            })
        },
    ),
    derived(
        "Séances",
        "jours_francs",
        "combien de jours francs la loi veut entre la convocation et la séance",
        COUNT,
        |scope, row, _| {
            made(scope, row, |it: At<Sitting>| {
                Some(Made::Figure(Figure::new(
                    format!("seance.{}.jours-francs", it.code()),
                    "jours francs",
                    Quantity::Count(it.notice().days),
                    it.cell(Sitting::DATE),
                )))
            })
        },
    )
    .always(),
    derived("Séances", "articles_de_convocation", "les articles qui fixent ce délai", Is::Text, |scope, row, _| {
        made(scope, row, |it: At<Sitting>| Some(Made::Text(wording::prose(it.notice().articles))))
    }),
    derived(
        "Séances",
        "articles_d_urgence",
        "les articles par lesquels l’assemblée accepte l’urgence",
        Is::Text,
        |scope, row, _| {
            made(scope, row, |it: At<Sitting>| {
                let partner = it.partner();
                Some(Made::Text(wording::prose(law::emergency_articles(partner.kind(), partner.population()))))
            })
        },
    ),
    derived(
        "Séances",
        "limite_de_convocation",
        "le dernier jour où la convocation peut partir",
        Is::Day,
        |scope, row, _| made(scope, row, |it: At<Sitting>| Some(Made::Day(it.last_notice()))),
    ),
    derived(
        "Séances",
        "convoquee_a_temps",
        "si le jour inscrit sous « Convocation » respecte ce délai",
        Is::Flag,
        |scope, row, _| made(scope, row, |it: At<Sitting>| Some(Made::Flag(it.convened() <= it.last_notice()))),
    ),
    derived(
        "Séances",
        "transmise_le",
        "le premier jour où le texte d’une de ses délibérations est parti au secrétariat",
        Is::Day,
        |scope, row, _| {
            made(scope, row, |sitting: At<Sitting>| {
                let acts = scope.deliberations().filter(|act| act.sitting() == sitting);
                acts.filter_map(|act| act.handed_over().or(act.sent())).min().map(Made::Day)
            })
        },
    ),
    derived(
        "Séances",
        "tenue",
        "si elle a eu lieu : un appel ou un résultat est noté",
        Is::Flag,
        |scope, row, day| made(scope, row, |it: At<Sitting>| Some(Made::Flag(it.is_held(day)))),
    ),
    derived(
        "Séances",
        "liste_a_afficher",
        "si la liste de ses délibérations doit être affichée : elle a eu lieu depuis que la loi le veut",
        Is::Flag,
        |scope, row, day| {
            made(scope, row, |it: At<Sitting>| Some(Made::Flag(it.is_held(day) && law::list_is_posted(it.date()))))
        },
    ),
    derived("Séances", "articles_de_la_liste", "les articles qui veulent cette liste", Is::Text, |scope, row, _| {
        made(scope, row, |it: At<Sitting>| Some(Made::Text(wording::prose(law::list_articles(it.partner().kind())))))
    }),
    derived(
        "Séances",
        "limite_de_la_liste",
        "le dernier jour pour afficher la liste de ses délibérations : une semaine après",
        Is::Day,
        |scope, row, _| made(scope, row, |it: At<Sitting>| it.date().checked_add_days(Days::new(7)).map(Made::Day)),
    )
    .always(),
    derived(
        "Séances",
        "membres",
        "les membres à convoquer : ceux de son appel, sinon du dernier appel de la même assemblée, par ordre alphabétique",
        Is::Rows("Présences"),
        |scope, row, _| {
            made(scope, row, |it: At<Sitting>| Some(Made::Rows(members(it).into_iter().map(AnyRow::from).collect())))
        },
    ),
    derived("Présences", "nom_complet", "nom et prénom, comme à l’appel", Is::Text, |scope, row, _| {
        made(scope, row, |it: At<Attendance>| Some(Made::Text(it.full_name())))
    }),
    derived(
        "Délibérations",
        "issue",
        "ce qu’elle est devenue : adoptée, rejetée, retirée, ajournée, prend acte",
        Is::Text,
        |scope, row, _| {
            // What is held back at the gate is no decision yet, whatever its votes would say.
            let held = |it: At<Deliberation>| Some(Item::new(it)).filter(Item::is_final)?.outcome();
            made(scope, row, |it: At<Deliberation>| Some(Made::Text(held(it)?.label().to_lowercase())))
        },
    ),
    derived(
        "Délibérations",
        "maniere",
        "comment elle a été adoptée : « à l’unanimité »",
        Is::Text,
        |scope, row, _| {
            let vote = |it: At<Deliberation>| Some(Item::new(it)).filter(Item::is_final)?.vote();
            made(scope, row, |it: At<Deliberation>| Some(Made::Text(vote(it)?.manner()?.to_owned())))
        },
    ),
    derived("Délibérations", "en_retard", "si une étape de sa route est en retard", Is::Flag, |scope, row, day| {
        made(scope, row, |it: At<Deliberation>| Some(Made::Flag(it.passages(day).iter().any(|step| step.is_late()))))
    }),
    derived(
        "Délibérations",
        "a_rappeler",
        "si le secrétariat a une étape à faire dans les jours qui viennent, ou en retard",
        Is::Flag,
        |scope, row, day| {
            made(scope, row, |it: At<Deliberation>| {
                let last = day.checked_add_days(Days::new(AHEAD)).unwrap_or(day);
                let passages = it.passages(day);
                let mut own = passages.iter().filter(|passage| passage.step.is_secretariats());
                Some(Made::Flag(own.any(|passage| passage.awaited().is_some_and(|due| due <= last))))
            })
        },
    ),
    derived(
        "Délibérations",
        "delai_de_la_maison",
        "après combien de jours une étape que la loi ne date pas est en retard : une règle de la maison",
        COUNT,
        |scope, row, _| {
            made(scope, row, |_: At<Deliberation>| {
                Some(Made::Figure(Figure::new(
                    "deliberation.delai".to_owned(),
                    "délai d’une étape, en jours (règle de la maison)",
                    Quantity::Count(i64::try_from(law::HOUSE_DAYS).unwrap_or_default()),
                    Cells::default(),
                )))
            })
        },
    )
    .always(),
    state_of!(HandedOver, "secretariat_etat", "où en est l’envoi du texte au secrétariat au jour du document"),
    limit_of!(HandedOver, "secretariat_limite", "le dernier jour pour l’envoi du texte au secrétariat"),
    state_of!(Convened, "convocation_etat", "où en est la convocation au jour du document"),
    limit_of!(Convened, "convocation_limite", "le dernier jour pour la convocation"),
    state_of!(Voted, "vote_etat", "où en est le vote au jour du document"),
    limit_of!(Voted, "vote_limite", "le dernier jour pour le vote"),
    state_of!(Sent, "envoi_etat", "où en est l’envoi en préfecture au jour du document"),
    limit_of!(Sent, "envoi_limite", "le dernier jour pour l’envoi en préfecture"),
    state_of!(Received, "reception_etat", "où en est l’accusé de réception au jour du document"),
    limit_of!(Received, "reception_limite", "le dernier jour pour l’accusé de réception"),
    state_of!(Published, "publication_etat", "où en est la publication au jour du document"),
    limit_of!(Published, "publication_limite", "le dernier jour pour la publication"),
    state_of!(Signed, "signature_etat", "où en est la signature de la convention au jour du document"),
    limit_of!(Signed, "signature_limite", "le dernier jour pour la signature de la convention"),
];

/// The members whom a sitting convenes: its roll where it has one, else that of the body's last sitting before it.
fn members<'s>(sitting: At<'s, Sitting>) -> Vec<At<'s, Attendance>> {
    let scope = sitting.scope();
    let on_roll = |of: At<'s, Sitting>| -> Vec<At<'s, Attendance>> {
        scope.attendances().filter(|line| line.sitting() == of).collect()
    };
    let mut sittings: Vec<At<Sitting>> = scope
        .sittings()
        .filter(|it| *it == sitting || it.partner() == sitting.partner() && it.date() < sitting.date())
        .collect();
    sittings.sort_by_key(|it| std::cmp::Reverse((*it == sitting, it.date())));
    let mut roll = sittings.into_iter().map(on_roll).find(|roll| !roll.is_empty()).unwrap_or_default();
    roll.sort_by_key(|line| wording::fold(&line.full_name()));
    roll
}
