//! What the page of a budget tells first: what changed, as a title, and who pays, as a bar a year on one scale.

use crate::figures::{Figure, Length, Phrase, Printed, Quantity, phrase};
use crate::model::{At, Budget, Cents, Partner, Share};
use crate::views::view;
use crate::wording;

view! {
    /// Who pays how much of each year, on the scale of the larger one.
    pub(super) struct Chart {
        alternative: String,
        barres: Vec<YearBar>,
    }

    /// A year: its total, and its parts in an order that all years share.
    pub(super) struct YearBar {
        exercice: String,
        total: Printed,
        /// The change of the total against the year before.
        evolution: Option<Printed>,
        parts: Vec<BarPart>,
    }

    /// A funder, or all the intercommunalités.
    pub(super) struct BarPart {
        nom: Phrase,
        montant: Printed,
        longueur: Length,
        /// The intercommunalités one by one, where the part is theirs.
        divisions: Vec<Length>,
        valorise: bool,
    }
}

/// What a part of a bar is: all the intercommunalités, or one other funder, in money or in kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part<'s> {
    Councils,
    Funder(At<'s, Partner>, bool),
}

fn part<'s>(share: &Share<'s>) -> Part<'s> {
    if share.partner.kind().is_epci() && share.is_cash() {
        Part::Councils
    } else {
        Part::Funder(share.partner, share.is_cash())
    }
}

/// The place of a share's partner among all partners: the order of every table and bar.
pub(super) fn place(share: &Share) -> (usize, bool) {
    let partners = share.partner.scope();
    let index = share.partner.index();
    (partners.partners().position(|partner| partner.index() == index).unwrap_or(usize::MAX), !share.is_cash())
}

pub(super) fn chart(budget: &Budget, before: Option<&Budget>) -> Chart {
    let years: Vec<&Budget> = before.into_iter().chain([budget]).collect();
    let mut parts: Vec<Part> = Vec::new();
    let mut shares: Vec<&Share> = years.iter().flat_map(|year| &year.shares).collect();
    // The intercommunalités first: what they pay is compared from one line.
    shares.sort_by_key(|share| (part(share) != Part::Councils, share.is_cash(), place(share)));
    for share in shares {
        if !parts.contains(&part(share)) {
            parts.push(part(share));
        }
    }
    let largest = years.iter().map(|year| year.total_resources().amount()).max().unwrap_or(1);
    let barres: Vec<YearBar> = years
        .iter()
        .map(|year| {
            let total = year.total_resources();
            let earlier = before.filter(|before| before.year != year.year).map(Budget::total_resources);
            YearBar {
                exercice: year.year.code().to_owned(),
                evolution: earlier.and_then(|earlier| total.change_from(&earlier).signed_percent()),
                total: total.euros(),
                parts: parts.iter().filter_map(|part| bar_part(year, *part, largest)).collect(),
            }
        })
        .collect();
    let told = barres.iter().map(|year| {
        let parts = year.parts.iter().map(|part| format!("{}, {}", part.nom.text(), part.montant.text()));
        let parts = parts.collect::<Vec<_>>().join("\u{202f}; ");
        format!("{}, {}\u{a0}: {parts}.", year.exercice, year.total.text())
    });
    Chart { alternative: format!("Qui paie. {}", told.collect::<Vec<_>>().join(" ")), barres }
}

fn bar_part(budget: &Budget, wanted: Part, largest: i64) -> Option<BarPart> {
    let held: Vec<usize> = (0..budget.shares.len()).filter(|index| part(&budget.shares[*index]) == wanted).collect();
    let (first, _) = held.split_first()?;
    let sum: Cents = held.iter().map(|index| budget.shares[*index].amount()).sum();
    match wanted {
        Part::Funder(_, is_cash) => {
            let name = wording::prose(budget.shares[*first].name());
            let name = if is_cash { name } else { format!("{name} (apport valorisé)") };
            let figure = budget.share_figure(*first);
            let longueur = figure.length(largest);
            Some(BarPart {
                nom: phrase![name],
                montant: figure.euros(),
                longueur,
                divisions: Vec::new(),
                valorise: !is_cash,
            })
        }
        Part::Councils => {
            let total = budget.figure("epci.total", "parts des intercommunalités", sum, budget.resource_cells());
            let nom = match budget.equal_epci_share() {
                Some((each, count)) => {
                    phrase![
                        count.counted("intercommunalité", "intercommunalités"),
                        " × ",
                        budget.share_figure(each).euros()
                    ]
                }
                None => {
                    let count = budget.count("epci", "intercommunalités qui participent", held.len());
                    phrase![count.counted("intercommunalité", "intercommunalités")]
                }
            };
            let mut ordered = held;
            ordered.sort_by_key(|index| place(&budget.shares[*index]));
            let divisions = ordered.iter().map(|index| budget.share_figure(*index).length(largest)).collect();
            Some(BarPart { nom, longueur: total.length(largest), montant: total.euros(), divisions, valorise: false })
        }
    }
}

/// The finding: who left since the year before, and what that asks of the others.
pub(super) fn finding(budget: &Budget, before: Option<&Budget>) -> Phrase {
    let left: Vec<String> = before
        .into_iter()
        .flat_map(|before| &before.shares)
        .filter(|share| share.is_cash() && !share.partner.kind().is_epci())
        .filter(|share| !budget.shares.iter().any(|other| other.partner.index() == share.partner.index()))
        .map(|share| wording::without_de(share.partner.name_with_de()))
        .filter(|name| !name.is_empty())
        .collect();
    let mut title = if left.is_empty() {
        phrase![""]
    } else {
        let verb = if left.len() > 1 { "se retirent" } else { "se retire" };
        phrase![format!("{} {verb}\u{a0}: ", wording::capitalized(&wording::enumeration(&left)))]
    };
    let begin = |text: &str| if left.is_empty() { wording::capitalized(text) } else { text.to_owned() };
    let each = |year: &Budget| year.equal_epci_share().map(|(index, _)| year.share_figure(index));
    if let Some((now, earlier)) = each(budget).zip(before.and_then(each)) {
        title.extend(phrase![begin("chaque intercommunalité porte "), now.whole_euros()]);
        title.extend(
            now.change_from(&earlier).signed_percent().map_or_else(|| phrase![""], |change| phrase![", ", change]),
        );
        return title;
    }
    let sum: Cents = budget.epci_shares().iter().map(|index| budget.shares[*index].amount()).sum();
    if sum == Cents::ZERO {
        title.extend(phrase![begin("qui paie le budget")]);
        return title;
    }
    let share = Figure::new(
        format!("budget.{}.part-epci", budget.year.code()),
        format!("part des intercommunalités dans l’ensemble du budget {}", budget.year.code()),
        Quantity::Share(sum.0, budget.paid().0),
        budget.resource_cells(),
    );
    title.extend(phrase![begin("les intercommunalités apportent "), share.percent(1), " de l’ensemble du budget"]);
    title
}
