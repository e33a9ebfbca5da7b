//! What the texts of a pack may name: partners, convention, budget, figures. Templates read it under French names.

use chrono::{Datelike as _, NaiveDate};

use super::AnnexHead;
use super::act::{Act, annex_head};
use super::actions::{ActionData, actions};
use super::committees::{Committees, Rules, committees, rules};
use super::manager::{ManagerData, manager};
use super::parties::parties;
use super::words::{self, ActWords, BodyWords};
use crate::documents::common::count;
use crate::figures::{Cells, Figure, Quantity};
use crate::model::rows::cells_under;
use crate::model::{
    At, Budget, Choice as _, Convention, FiscalYear, Indicator, Partner, PartnerKind, Representative, Scope, Share,
    Window,
};
use crate::records::{Column, Enclosed};
use crate::views::{Day, Number, view};
use crate::wording;

view! {
    /// What the texts of a pack may name. What one council alone votes on is there in its own texts.
    pub(super) struct Context {
        territoire: TerritoryData,
        operateur: Option<Party>,
        parties: Vec<Party>,
        epci: Vec<Party>,
        /// Who else pays: communes, syndicats.
        autres_parties: Vec<Party>,
        epci_nombre: Number,
        convention: ConventionData,
        budget: BudgetData,
        chiffres: Numbers,
        actions: Vec<ActionData>,
        reglages: Settings,
        collectivite: Option<Party>,
        deliberation: Option<DeliberationData>,
        /// The act in its own words.
        acte: Option<ActWords>,
        chef_de_projet: ManagerData,
        /// What the law or the house wants, as numbers.
        regles: Rules,
        /// Who sits in the committees beside the parties.
        instances: Committees,
    }

    /// The territory.
    pub(super) struct TerritoryData {
        nom: String,
        programme: String,
        depuis: Day,
    }

    /// A partner as texts name it, with who signs for it.
    pub(super) struct Party {
        code: String,
        genre: &'static str,
        est_epci: bool,
        nom_officiel: String,
        nom_usuel: String,
        avec_de: String,
        /// The body in full, with its article.
        organisme: BodyWords,
        assemblee: Option<String>,
        /// « à Cambrai », « au Port ».
        siege: Option<String>,
        tribunal: Option<String>,
        representant: Option<Person>,
    }

    /// Who signs for a partner.
    pub(super) struct Person {
        prenom: String,
        nom: String,
        qualite: String,
        /// « Le Président », as they sign.
        fonction: String,
        complet: String,
    }

    /// A version of the convention.
    pub(super) struct ConventionData {
        version: String,
        debut: Day,
        fin: Day,
        mois: Number,
        originaux: Number,
        remplace: Option<Replaced>,
    }

    /// The version that it replaces.
    pub(super) struct Replaced {
        version: String,
        debut: Day,
        fin: Day,
    }

    /// The budget of article 4.
    pub(super) struct BudgetData {
        exercice: String,
        debut: Day,
        fin: Day,
        total: Number,
        /// The whole as a share of itself.
        tout: Number,
        reste: Number,
        depenses: Vec<ExpenseData>,
        recettes: Vec<ResourceData>,
        a_valorise: bool,
        /// What each EPCI pays, where they all pay the same.
        part_epci: Option<Number>,
        /// The most that every EPCI pays, where it is the same for all: what they voted, else their share.
        limite_epci: Option<Number>,
        part_collectivite: Option<Number>,
        plafond_collectivite: Option<Number>,
        valorise_collectivite: Option<Number>,
        ecart: Option<Gap>,
        etat: Option<StateShare>,
        /// The year before, where it has a budget.
        precedent: Option<PreviousBudget>,
    }

    /// What the year before was, and what changes.
    pub(super) struct PreviousBudget {
        exercice: String,
        total: Number,
        /// The State's part of that year, where it ends with it.
        etat: Option<StateShare>,
        part_collectivite: Option<Former>,
        part_epci: Option<Former>,
    }

    /// A share before, and how far the new one is from it.
    pub(super) struct Former {
        montant: Number,
        hausse: Option<Number>,
        baisse: Option<Number>,
        evolution: Number,
    }

    /// A line of expenses.
    pub(super) struct ExpenseData {
        nature: String,
        prevu: Number,
    }

    /// A line of resources.
    pub(super) struct ResourceData {
        partenaire: Party,
        montant: Number,
        part: Number,
        plafond: Option<Number>,
        valorise: bool,
    }

    /// What the division leaves over.
    pub(super) struct Gap {
        montant: Number,
        partenaire: Party,
    }

    /// What the State pays.
    pub(super) struct StateShare {
        montant: Number,
        part: Number,
    }

    /// The figures of the programme up to a day.
    pub(super) struct Numbers {
        arrete_au: Day,
        laureats: Number,
        deposes: Number,
        refuses: Number,
        instruction: Number,
        abandonnes: Number,
        taux: Number,
        aides_obtenues: Number,
        investissement: Number,
        emplois: Number,
        entreprises_accompagnees: Number,
        contacts: Number,
        accompagnes_deposes: Number,
        accompagnes_obtenu: Number,
        accompagnes_instruction: Number,
        evenements: Number,
        lettres: Number,
        abonnes: Number,
        publications: Number,
        vues: Number,
        fonds_laureats: Number,
        autres_laureats: Number,
        /// The communes of the intercommunalités, where all of them are known.
        communes: Option<Number>,
        /// Their inhabitants, where all of them are known.
        population: Option<Number>,
        millesimes: Vec<String>,
    }

    /// What the settings say.
    pub(super) struct Settings {
        delai_jours: Number,
        par_an: Number,
    }

    /// The deliberation in its own texts.
    pub(super) struct DeliberationData {
        annexes: Vec<&'static str>,
        /// The files that are joined as they are.
        pieces: Vec<AnnexHead>,
    }
}

/// The context of a version of the convention: its parties at its own date, its own budget, figures up to a day.
pub(super) fn of_convention(convention: At<Convention>, day: NaiveDate) -> Context {
    of(convention, convention.year(), day, None)
}

/// The context of a version of the convention, with what one council votes on: the budget of the year that its act names.
pub(super) fn of_council(convention: At<Convention>, day: NaiveDate, act: &Act) -> Context {
    let enclosed = act.deliberation.annexes();
    let made = enclosed.iter().filter_map(|annex| match annex {
        Enclosed::Listed(kind) => Some(kind.label()),
        Enclosed::File(_) => None,
    });
    let brought = enclosed.iter().enumerate().filter(|(_, annex)| matches!(annex, Enclosed::File(_)));
    let deliberation = DeliberationData {
        annexes: made.collect(),
        pieces: brought.map(|(index, annex)| annex_head(act.deliberation, annex, index)).collect(),
    };
    let year = Some(act.deliberation.year()).filter(|year| year.exists()).unwrap_or_else(|| convention.year());
    Context {
        collectivite: Some(party(act.council, act.sitting.date())),
        deliberation: Some(deliberation),
        acte: Some(words::words(act)),
        ..of(convention, year, day, Some(act.council))
    }
}

fn of(convention: At<Convention>, year: At<FiscalYear>, day: NaiveDate, council: Option<At<Partner>>) -> Context {
    let scope = convention.scope();
    let territory = scope.territory();
    let reference = convention.reference();
    let parties = parties(convention);
    let epci: Vec<At<Partner>> = parties.iter().copied().filter(|partner| partner.kind().is_epci()).collect();
    let settings = |name: &str, label: &str, number: u32| {
        Number(count(
            format!("reglages.{name}"),
            label,
            usize::try_from(number).unwrap_or(usize::MAX),
            Cells::default(),
        ))
    };
    Context {
        territoire: TerritoryData {
            nom: territory.name.clone(),
            programme: territory.programme.clone(),
            depuis: territory.since.into(),
        },
        operateur: scope.operator().map(|partner| party(partner, reference)),
        parties: parties.iter().map(|partner| party(*partner, reference)).collect(),
        epci: epci.iter().map(|partner| party(*partner, reference)).collect(),
        autres_parties: parties
            .iter()
            .filter(|partner| !partner.kind().is_epci() && scope.operator() != Some(**partner))
            .map(|partner| party(*partner, reference))
            .collect(),
        epci_nombre: Number(count(
            format!("territoire.epci@{reference}"),
            "intercommunalités",
            epci.len(),
            cells_under(epci.iter().copied(), Partner::KIND),
        )),
        convention: convention_data(convention, parties.len()),
        budget: budget_data(&Budget::of(year), council, reference),
        chiffres: numbers(scope, &epci, day),
        actions: actions(convention),
        reglages: Settings {
            delai_jours: settings("delai", "délai de paiement en jours", territory.requests.delay_days),
            par_an: settings("par-an", "lettres par an", territory.letter.per_year),
        },
        collectivite: None,
        deliberation: None,
        acte: None,
        chef_de_projet: manager(territory.manager.as_deref()),
        regles: rules(),
        instances: committees(scope, &parties, reference),
    }
}

/// A representative as texts name them: civility, names, title.
pub(super) fn full_name(mandate: At<Representative>) -> String {
    let names = [mandate.civility().label(), mandate.first_name(), mandate.last_name()].join(" ");
    format!("{names}, {}", mandate.title())
}

/// A partner as texts name it, with who signs for it on a day.
fn party(partner: At<Partner>, day: NaiveDate) -> Party {
    let signatory = partner.scope().signatory(partner, day);
    Party {
        code: partner.code().to_owned(),
        genre: partner.kind().label(),
        est_epci: partner.kind().is_epci(),
        nom_officiel: partner.official_name().to_owned(),
        nom_usuel: partner.usual_name().to_owned(),
        avec_de: partner.name_with_de().to_owned(),
        organisme: words::body(partner),
        assemblee: partner.assembly().map(ToOwned::to_owned),
        siege: partner.city().map(|city| wording::at(&wording::without_cedex(city))),
        tribunal: partner.court().map(ToOwned::to_owned),
        representant: signatory.map(|signatory| Person {
            prenom: signatory.first_name().to_owned(),
            nom: signatory.last_name().to_owned(),
            qualite: signatory.title().to_owned(),
            fonction: wording::capitalized(&signatory.title_with_article()),
            complet: full_name(signatory),
        }),
    }
}

fn convention_data(convention: At<Convention>, parties: usize) -> ConventionData {
    let (start, end) = (convention.start(), convention.end());
    let version = convention.version();
    let cells = [convention.cell(Convention::START), convention.cell(Convention::END)];
    let months = usize::try_from(months_between(start, end)).unwrap_or(0);
    let originals = convention.cell(Convention::REFERENCE);
    ConventionData {
        version: version.to_owned(),
        debut: start.into(),
        fin: end.into(),
        mois: Number(count(
            format!("convention.{version}.mois"),
            "durée de la convention en mois",
            months,
            cells.into_iter().collect::<Cells>(),
        )),
        originaux: Number(count(format!("convention.{version}.originaux"), "originaux", parties, originals)),
        remplace: convention.replaces().map(|other| Replaced {
            version: other.version().to_owned(),
            debut: other.start().into(),
            fin: other.end().into(),
        }),
    }
}

/// Whole months of a span of days whose last day is included.
fn months_between(start: NaiveDate, end: NaiveDate) -> i32 {
    let after = end.succ_opt().unwrap_or(end);
    let months = (after.year() - start.year()) * 12 + i32::try_from(after.month()).unwrap_or(0)
        - i32::try_from(start.month()).unwrap_or(0);
    if after.day() < start.day() { months - 1 } else { months }
}

pub(super) fn budget_data(budget: &Budget, council: Option<At<Partner>>, day: NaiveDate) -> BudgetData {
    let year = budget.year;
    let total = budget.total_expenses();
    let rest: Cells = [budget.expense_cells(), budget.resource_cells()].into_iter().collect();
    let own = council.and_then(|council| budget.cash_share_of(council));
    let in_kind = council.and_then(|council| budget.in_kind_share_of(council));
    let state = budget.shares.iter().position(|share| share.partner.kind() == PartnerKind::State);
    BudgetData {
        exercice: year.code().to_owned(),
        debut: year.start().into(),
        fin: year.end().into(),
        tout: Number(total.share_of(&total)),
        total: Number(total),
        reste: Number(budget.figure("reste", "reste à partager", budget.rest, rest)),
        depenses: budget
            .expenses
            .iter()
            .map(|expense| ExpenseData {
                nature: expense.nature().to_owned(),
                prevu: Number(budget.expense_figure(*expense)),
            })
            .collect(),
        recettes: budget
            .shares
            .iter()
            .enumerate()
            .map(|(index, share)| ResourceData {
                partenaire: party(share.partner, day),
                montant: Number(budget.share_figure(index)),
                part: Number(budget.share_of_whole(index)),
                plafond: budget.ceiling_figure(share).map(Number),
                valorise: !share.is_cash(),
            })
            .collect(),
        a_valorise: budget.shares.iter().any(|share| !share.is_cash()),
        part_epci: budget.equal_epci_share().map(|(index, _)| Number(budget.share_figure(index))),
        limite_epci: common_limit(budget).map(Number),
        part_collectivite: own.map(|index| Number(budget.share_figure(index))),
        plafond_collectivite: own.and_then(|index| budget.ceiling_figure(&budget.shares[index])).map(Number),
        valorise_collectivite: in_kind.map(|index| Number(budget.share_figure(index))),
        ecart: budget.carrier().map(|carrier| Gap {
            montant: Number(budget.figure("arrondi", "écart d’arrondi", carrier.rounding, budget.resource_cells())),
            partenaire: party(carrier.partner, day),
        }),
        etat: state.map(|index| state_share(budget, index)),
        precedent: year.before().map(Budget::of).filter(|before| !before.shares.is_empty()).map(|before| {
            let ends = |index: &usize| before.shares[*index].partner.kind() == PartnerKind::State && state.is_none();
            PreviousBudget {
                exercice: before.year.code().to_owned(),
                total: Number(before.total_expenses()),
                etat: (0..before.shares.len()).find(ends).map(|index| state_share(&before, index)),
                part_collectivite: council
                    .and_then(|council| before.shares.iter().position(|share| is_cash_of(share, council)))
                    .zip(own)
                    .map(|(former, own)| former_share(&before.share_figure(former), &budget.share_figure(own))),
                part_epci: before.equal_epci_share().zip(budget.equal_epci_share()).map(|((former, _), (own, _))| {
                    former_share(&before.share_figure(former), &budget.share_figure(own))
                }),
            }
        }),
    }
}

fn is_cash_of(share: &Share, council: At<Partner>) -> bool {
    share.partner == council && share.is_cash()
}

fn state_share(budget: &Budget, index: usize) -> StateShare {
    StateShare { montant: Number(budget.share_figure(index)), part: Number(budget.share_of_whole(index)) }
}

/// A share before, and what changes from it.
fn former_share(before: &Figure, after: &Figure) -> Former {
    let change = after.change_from(before);
    let difference = change.amount();
    let apart = |sign: i64| {
        let amount = Quantity::Cents(difference * sign);
        let name = format!("{}.ecart", after.name());
        (difference * sign > 0).then(|| Number(Figure::new(name, change.label(), amount, change.sources().clone())))
    };
    Former { montant: Number(before.clone()), hausse: apart(1), baisse: apart(-1), evolution: Number(change) }
}

/// The most that every EPCI pays, where it is the same for all.
fn common_limit(budget: &Budget) -> Option<Figure> {
    let (first, _) = budget.equal_epci_share()?;
    let ceiling = |index: usize| budget.shares[index].resource.ceiling();
    let same = budget.epci_shares().into_iter().all(|index| ceiling(index) == ceiling(first));
    same.then(|| budget.ceiling_figure(&budget.shares[first]).unwrap_or_else(|| budget.share_figure(first)))
}

/// The figures of the programme up to a day, by the names that texts use.
fn numbers(scope: &Scope, epci: &[At<Partner>], day: NaiveDate) -> Numbers {
    let statistics = scope.statistics();
    let figure = |id: &str| -> Number {
        let figure = Indicator::of(id).map(|indicator| statistics.figure(indicator, Window::UpTo(day)));
        Number(figure.unwrap_or_else(|| count(id, id, 0, Cells::default())))
    };
    let fund = format!("Fonds {}", scope.territory().programme);
    let sum = |name: &str, column: &Column, of: fn(At<Partner>) -> Option<i64>| {
        let known: Option<Vec<i64>> = epci.iter().map(|partner| of(*partner)).collect();
        let total = known.filter(|numbers| !numbers.is_empty())?.iter().sum();
        let label = format!("{} des intercommunalités", wording::capitalized(&column.heading.to_lowercase()));
        let cells = cells_under(epci.iter().copied(), column);
        Some(Number(Figure::new(format!("territoire.{name}@{day}"), label, Quantity::Count(total), cells)))
    };
    let mut vintages: Vec<String> = Vec::new();
    for vintage in epci.iter().filter_map(|partner| partner.vintage()).map(|year| year.to_string()) {
        if !vintages.contains(&vintage) {
            vintages.push(vintage);
        }
    }
    Numbers {
        arrete_au: day.into(),
        laureats: figure("dossiers.laureats"),
        deposes: figure("dossiers.deposes"),
        refuses: figure("dossiers.refuses"),
        instruction: figure("dossiers.instruction"),
        abandonnes: Number(statistics.abandoned(day)),
        taux: figure("dossiers.taux"),
        aides_obtenues: figure("aides.obtenues"),
        investissement: figure("aides.investissement"),
        emplois: figure("emplois"),
        entreprises_accompagnees: figure("entreprises.accompagnees"),
        contacts: figure("entreprises.contacts"),
        accompagnes_deposes: figure("accompagnes.deposes"),
        accompagnes_obtenu: figure("accompagnes.obtenu"),
        accompagnes_instruction: figure("accompagnes.instruction"),
        evenements: figure("evenements"),
        lettres: figure("lettres"),
        abonnes: figure("communication.abonnes"),
        publications: figure("communication.publications"),
        vues: figure("communication.vues"),
        fonds_laureats: Number(statistics.laureates_of_scheme(&fund, false, day)),
        autres_laureats: Number(statistics.laureates_of_scheme(&fund, true, day)),
        communes: sum("communes", Partner::COMMUNES, |partner| partner.communes()),
        population: sum("population", Partner::POPULATION, |partner| partner.population()),
        millesimes: vintages,
    }
}
