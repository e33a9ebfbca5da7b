//! What the budget table says, as data for its template.

use super::chart::{Chart, chart, finding, place};
use crate::documents::common::Frame;
use crate::figures::{Cells, Phrase, Printed, phrase};
use crate::model::rows::cells_under;
use crate::model::{At, Budget, Cents, Expense, Resource, ResourceMode, Share};
use crate::views::view;
use crate::wording;

view! {
    /// A budget table.
    pub(super) struct BudgetView {
        cadre: Frame,
        exercice: String,
        periode: String,
        /// The year before, where there is one.
        precedent: Option<String>,
        /// What the year tells.
        constat: Phrase,
        depenses: Expenses,
        recettes: Resources,
        notes: Vec<Note>,
        graphique: Chart,
    }

    /// A note under the tables, and the sign that calls it.
    pub(super) struct Note {
        appel: String,
        texte: Phrase,
    }

    /// What is spent.
    pub(super) struct Expenses {
        lignes: Vec<ExpenseLine>,
        /// Whether anything was spent yet.
        a_realise: bool,
        total: Printed,
        total_realise: Option<Printed>,
        total_precedent: Option<Printed>,
    }

    /// A line of expenses; one of the year before alone has nothing planned.
    pub(super) struct ExpenseLine {
        nature: String,
        prevu: Option<Printed>,
        realise: Option<Printed>,
        precedent: Option<Printed>,
    }

    /// Who pays.
    pub(super) struct Resources {
        lignes: Vec<ResourceLine>,
        a_encaisse: bool,
        /// The sign of the note that says of what a share is a share.
        appel_part: String,
        total: Printed,
        total_part: Printed,
        total_encaisse: Option<Printed>,
        total_precedent: Option<Printed>,
    }

    /// A line of resources; one of the year before alone has nothing planned.
    pub(super) struct ResourceLine {
        financeur: String,
        valorise: bool,
        /// The signs of the notes that it calls.
        appels: Vec<String>,
        prevu: Option<Printed>,
        part: Option<Printed>,
        encaisse: Option<Printed>,
        precedent: Option<Printed>,
    }
}

pub(super) fn view(budget: &Budget, before: Option<&Budget>) -> BudgetView {
    let year = budget.year;
    let territory = year.scope().territory();
    let title = format!("Budget prévisionnel {}", year.code());
    let notes = notes(budget);
    BudgetView {
        cadre: Frame::new(territory, title).found_by("budget"),
        exercice: year.code().to_owned(),
        periode: wording::date_span(year.start(), year.end()),
        precedent: before.map(|before| before.year.code().to_owned()),
        constat: finding(budget, before),
        depenses: expenses(budget, before),
        recettes: resources(budget, before, &notes),
        notes: notes
            .into_iter()
            .zip(1..)
            .map(|(note, number): (CalledNote, u32)| Note { appel: number.to_string(), texte: note.text })
            .collect(),
        graphique: chart(budget, before),
    }
}

/// The line of expenses with the same nature in another year.
pub(super) fn same_nature<'s>(budget: &Budget<'s>, expense: At<Expense>) -> Option<At<'s, Expense>> {
    budget.expenses.iter().find(|other| other.is_like(expense)).copied()
}

/// The expenses of the year before that this year no longer has: without them its column would not add up.
pub(super) fn gone_expenses<'s>(budget: &Budget, before: Option<&Budget<'s>>) -> Vec<At<'s, Expense>> {
    let earlier = before.into_iter().flat_map(|before| before.expenses.iter().copied());
    earlier.filter(|other| same_nature(budget, *other).is_none()).collect()
}

/// The funders of the year before that pay nothing this year, by the places of their shares.
pub(super) fn gone_shares(budget: &Budget, before: Option<&Budget>) -> Vec<usize> {
    let kept = |other: &Share| budget.shares.iter().any(|share| share.same_line(other));
    let earlier = before.into_iter().flat_map(|before| before.shares.iter().enumerate());
    earlier.filter(|(_, other)| !kept(other)).map(|(index, _)| index).collect()
}

fn expenses(budget: &Budget, before: Option<&Budget>) -> Expenses {
    let line = |expense: &At<Expense>| ExpenseLine {
        nature: wording::prose(expense.nature()),
        prevu: Some(budget.expense_figure(*expense).euros()),
        realise: budget.actual_figure(*expense).map(|figure| figure.euros()),
        precedent: before
            .and_then(|before| same_nature(before, *expense).map(|other| before.expense_figure(other).euros())),
    };
    let gone = |expense: At<Expense>| ExpenseLine {
        nature: wording::prose(expense.nature()),
        prevu: None,
        realise: None,
        precedent: before.map(|before| before.expense_figure(expense).euros()),
    };
    let lines = budget.expenses.iter().map(line);
    let actual = budget.total_actual();
    Expenses {
        lignes: lines.chain(gone_expenses(budget, before).into_iter().map(gone)).collect(),
        a_realise: actual.is_some(),
        total: budget.total_expenses().euros(),
        total_realise: actual.map(|figure| figure.euros()),
        total_precedent: before.map(|before| before.total_expenses().euros()),
    }
}

fn resources(budget: &Budget, before: Option<&Budget>, notes: &[CalledNote]) -> Resources {
    let called = |share: &Share| -> Vec<String> {
        let calls = (1_u32..).zip(notes).filter(|(_, note)| (note.concerns)(share));
        calls.map(|(number, _)| number.to_string()).collect()
    };
    let line = |(index, share): (usize, &Share)| {
        let previous = before.and_then(|before| {
            let position = before.shares.iter().position(|other| other.same_line(share))?;
            Some(before.share_figure(position).euros())
        });
        let line = ResourceLine {
            financeur: wording::prose(share.name()),
            valorise: !share.is_cash(),
            appels: called(share),
            prevu: Some(budget.share_figure(index).euros()),
            part: Some(budget.share_of_whole(index).percent(1)),
            encaisse: budget.received_figure(share).map(|figure| figure.euros()),
            precedent: previous,
        };
        (place(share), line)
    };
    let gone = |index: usize| {
        let before = before?;
        let share = &before.shares[index];
        let line = ResourceLine {
            financeur: wording::prose(share.name()),
            valorise: !share.is_cash(),
            appels: Vec::new(),
            prevu: None,
            part: None,
            encaisse: None,
            precedent: Some(before.share_figure(index).euros()),
        };
        Some((place(share), line))
    };
    // Every year has its funders in the order of the partners.
    let mut lines: Vec<_> = budget.shares.iter().enumerate().map(line).collect();
    lines.extend(gone_shares(budget, before).into_iter().filter_map(gone));
    lines.sort_by_key(|(place, _)| *place);
    let received = budget.total_received();
    let total = budget.total_resources();
    Resources {
        lignes: lines.into_iter().map(|(_, line)| line).collect(),
        a_encaisse: received.is_some(),
        appel_part: notes.len().to_string(),
        total_part: total.share_of(&total).percent(0),
        total: total.euros(),
        total_encaisse: received.map(|figure| figure.euros()),
        total_precedent: before.map(|before| before.total_resources().euros()),
    }
}

/// A note, and the lines that call it.
struct CalledNote {
    text: Phrase,
    concerns: Box<dyn Fn(&Share) -> bool>,
}

/// What the reader must know to trust the table: who carries the rounding and why, what was voted, what is in kind. The last
/// one says of what a share is a share.
fn notes(budget: &Budget) -> Vec<CalledNote> {
    let note = |text: Phrase, concerns: Box<dyn Fn(&Share) -> bool>| CalledNote { text, concerns };
    let mut notes = Vec::new();
    notes.extend(rounding_note(budget).map(|text| note(text, Box::new(|share| share.rounding != Cents::ZERO))));
    notes.extend(ceiling_note(budget).map(|text| note(text, Box::new(|share| share.voted_ceiling().is_some()))));
    if budget.shares.iter().any(|share| !share.is_cash()) {
        let text = "Apport valorisé : il n’est pas versé en argent ; le financeur met à disposition des locaux, des moyens ou du temps.";
        notes.push(note(phrase![wording::prose(text)], Box::new(|share| !share.is_cash())));
    }
    let period = budget.year.period();
    for share in &budget.shares {
        if let Some(until) = share.partner.until().filter(|until| period.contains(*until)) {
            let text = format!(
                "{} quitte le programme le {} ; sa part reste celle de l’exercice.",
                share.name(),
                wording::date(until)
            );
            let partner = share.partner.index();
            notes.push(note(phrase![wording::prose(&text)], Box::new(move |share| share.partner.index() == partner)));
        }
    }
    let operator = budget
        .year
        .scope()
        .operator()
        .map_or_else(|| "l’opérateur".to_owned(), |partner| wording::without_de(partner.name_with_de()));
    let text =
        format!("Les parts sont de l’ensemble du budget, apports valorisés compris. Budget tenu par {operator}.");
    notes.push(note(phrase![wording::prose(&text)], Box::new(|_| false)));
    notes
}

fn rounding_note(budget: &Budget) -> Option<Phrase> {
    let sharers: Vec<&Share> =
        budget.shares.iter().filter(|share| share.resource.mode() != ResourceMode::Amount).collect();
    let carrier = budget.carrier()?;
    let sharer = *sharers.iter().find(|share| share.rounding == Cents::ZERO)?;
    let rest = [budget.expense_cells(), budget.resource_cells()].into_iter().collect::<Cells>();
    let rest = budget.figure("reste", "reste à partager", budget.rest, rest);
    let count = budget.count("partageurs", "financeurs qui se partagent le reste", sharers.len());
    let own = |name: &str, label: &str, cents: Cents| budget.figure(name, label, cents, budget.resource_cells());
    let each = own("part-commune", "part de chacun", sharer.amount()).euros();
    let shared = if sharers.iter().any(|share| share.base != sharer.base) {
        phrase!["selon la quote-part de chacun"]
    } else if sharers.iter().all(|share| share.voted_ceiling() == Some(share.base)) {
        phrase!["soit ", each, " chacun, qui est aussi le plafond voté"]
    } else {
        phrase!["soit ", each, " chacun"]
    };
    let cents =
        budget.count("centimes", "centimes que la division laisse", usize::try_from(carrier.rounding.0).unwrap_or(0));
    let name = wording::without_de(carrier.partner.name_with_de());
    let name = if name.is_empty() { carrier.name().to_owned() } else { name };
    let mut pieces =
        phrase!["Arrondi\u{a0}: ", rest.euros(), " se partagent entre ", count.in_words(false), " financeurs, "];
    pieces.extend(shared);
    pieces.extend(phrase![
        ". La division laisse ",
        cents.counted("centime", "centimes"),
        format!(", que {name} prend en charge ("),
        own("part-portee", "part qui porte l’arrondi", carrier.amount()).euros(),
        " au lieu de ",
        own("part-sans-arrondi", "la même part sans l’arrondi", carrier.base).euros(),
        ") pour que le total soit exactement la somme des lignes."
    ]);
    Some(pieces)
}

fn ceiling_note(budget: &Budget) -> Option<Phrase> {
    let voted: Vec<(&Share, Cents)> =
        budget.shares.iter().filter_map(|share| Some((share, share.voted_ceiling()?))).collect();
    let with_ceiling = budget.shares.iter().filter(|share| share.resource.ceiling().is_some()).count();
    let (_, first) = *voted.first()?;
    let mut note = phrase!["Plafond voté\u{a0}: "];
    if voted.len() == with_ceiling && voted.iter().all(|(_, ceiling)| *ceiling == first) {
        let cells = cells_under(voted.iter().map(|(share, _)| share.resource), Resource::CEILING);
        note.extend(phrase![budget.figure("plafond", "plafond voté", first, cells).euros(), " par an"]);
    } else {
        for (index, (share, _)) in voted.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            let Some(ceiling) = budget.ceiling_figure(share) else { continue };
            note.extend(phrase![format!("{comma}{} ", share.name()), ceiling.euros()]);
        }
        note.extend(phrase![" par an"]);
    }
    note.extend(phrase!["."]);
    Some(note)
}
