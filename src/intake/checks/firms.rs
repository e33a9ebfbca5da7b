//! Firms, what was done with them, their applications for aid; identifiers of partners.

use std::collections::HashMap;

use super::{at, suggest};
use crate::diagnostics::messages::{cells, checks};
use crate::diagnostics::{Diagnostic, fold};
use crate::figures::Origin;
use crate::intake::sheets::{aids, firms, partners, supports};
use crate::model::{Aid, Choice as _, Decision, Model};
use crate::wording;

/// The most laureates that are announced: an annex prints them one by one.
const MOST_ANNOUNCED: usize = 2_000;

pub(super) fn check(model: &Model, problems: &mut Vec<Diagnostic>) {
    let index = Index::new(model);
    for support in model.supports.iter().filter(|support| !support.firm.is_empty()) {
        index.check(
            &support.firm,
            support.site.as_deref(),
            &support.origin,
            (supports::FIRM.heading, supports::SITE.heading),
            problems,
        );
    }
    for aid in model.aids.iter().filter(|aid| !aid.firm.is_empty()) {
        index.check(&aid.firm, aid.site.as_deref(), &aid.origin, (aids::FIRM.heading, aids::SITE.heading), problems);
        if aid.origin.sound {
            check_aid(aid, problems);
        }
    }
    let announced = model.aids.iter().filter(|aid| aid.public && aid.decision == Decision::Granted);
    if let Some(aid) = announced.clone().nth(MOST_ANNOUNCED) {
        let group = |count: usize| wording::group(i64::try_from(count).unwrap_or(i64::MAX));
        let diagnostic = checks::endless_announcements(&group(announced.count()), &group(MOST_ANNOUNCED));
        problems.push(at(&aid.origin, aids::PUBLIC.heading, diagnostic));
    }
    check_identifiers(model, problems);
}

/// The firms by folded name: their sites.
struct Index<'a> {
    sites: HashMap<String, Vec<Option<&'a str>>>,
    names: Vec<&'a str>,
}

impl<'a> Index<'a> {
    fn new(model: &'a Model) -> Self {
        let mut sites: HashMap<String, Vec<Option<&str>>> = HashMap::new();
        for firm in &model.firms {
            sites.entry(fold(&firm.name)).or_default().push(firm.site.as_deref());
        }
        Self { sites, names: model.firms.iter().map(|firm| firm.name.as_str()).collect() }
    }

    fn check(
        &self,
        name: &str,
        site: Option<&str>,
        origin: &Origin,
        headings: (&str, &str),
        problems: &mut Vec<Diagnostic>,
    ) {
        if self.sites.is_empty() {
            return;
        }
        match (self.sites.get(&fold(name)), site) {
            (None, _) => {
                problems.push(at(
                    origin,
                    headings.0,
                    suggest(checks::unknown_firm(name), name, self.names.iter().copied()),
                ));
            }
            (Some(sites), None) if sites.len() > 1 && !sites.contains(&None) => {
                problems.push(at(origin, headings.1, checks::ambiguous_site(name)));
            }
            (Some(sites), Some(site))
                if !sites.iter().any(|known| known.is_some_and(|known| fold(known) == fold(site))) =>
            {
                let diagnostic = cells::unknown_code(site, firms::SHEET.name, firms::SITE.heading);
                problems.push(at(origin, headings.1, suggest(diagnostic, site, sites.iter().flatten().copied())));
            }
            _ => {}
        }
    }
}

fn check_aid(aid: &Aid, problems: &mut Vec<Diagnostic>) {
    let origin = &aid.origin;
    let decided = aid.decision != Decision::Pending;
    if aid.decision == Decision::Granted && aid.obtained.is_none() {
        problems.push(at(origin, aids::OBTAINED.heading, checks::laureate_without_amount()));
    }
    if aid.decision != Decision::Granted && aid.obtained.is_some_and(|obtained| obtained.0 > 0) {
        problems.push(at(origin, aids::OBTAINED.heading, checks::amount_without_award(aid.decision.label())));
    }
    if matches!(aid.decision, Decision::Granted | Decision::Refused) && aid.decided.is_none() {
        problems.push(at(origin, aids::DECIDED.heading, checks::decision_without_date(aid.decision.label())));
    }
    match aid.decided {
        Some(date) if date < aid.filed => {
            let diagnostic = checks::decision_before_filing(&wording::date(aid.filed), &wording::date(date));
            problems.push(at(origin, aids::DECIDED.heading, diagnostic));
        }
        Some(date) if !decided => {
            problems.push(at(origin, aids::DECISION.heading, checks::date_without_decision(&wording::date(date))));
        }
        _ => {}
    }
    if let (Some(requested), Some(obtained)) = (aid.requested, aid.obtained)
        && obtained > requested
    {
        let diagnostic = checks::aid_above_request(&wording::euros(obtained.0), &wording::euros(requested.0));
        problems.push(at(origin, aids::OBTAINED.heading, diagnostic));
    }
}

/// Identifiers of partners: an EPCI has a SIREN, a SIRET begins with it; without a SIRET the open data stay incomplete.
fn check_identifiers(model: &Model, problems: &mut Vec<Diagnostic>) {
    for partner in model.partners.iter().filter(|partner| partner.origin.sound) {
        if partner.kind.is_epci() && partner.siren.is_none() {
            problems.push(at(&partner.origin, partners::SIREN.heading, checks::missing_siren(&partner.usual_name)));
        }
        let deliberates = model.sittings.iter().any(|sitting| sitting.partner == partner.code);
        if partner.kind.is_epci() && deliberates && partner.siret.is_none() {
            // The open data of deliberations alone hold it.
            let diagnostic = checks::missing_siret(&partner.usual_name).only_for("annexes");
            problems.push(at(&partner.origin, partners::SIRET.heading, diagnostic));
        }
        if let (Some(siret), Some(siren)) = (&partner.siret, &partner.siren)
            && !siret.starts_with(siren.as_str())
        {
            problems.push(at(&partner.origin, partners::SIRET.heading, checks::siret_of_another(siret, siren)));
        }
    }
}
