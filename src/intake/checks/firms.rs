//! Applications for aid, what is announced of them; identifiers of partners.

use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{acts, checks};
use crate::model::{Aid, At, Choice as _, Decision, Partner, Scope, law};
use crate::wording::{self, fold};

/// The most laureates that are announced: an annex prints them one by one.
const MOST_ANNOUNCED: usize = 2_000;

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    scope.aids().filter(|aid| aid.is_sound()).for_each(|aid| check_aid(aid, problems));
    let announced = scope.aids().filter(|aid| aid.is_announced());
    if let Some(aid) = announced.clone().nth(MOST_ANNOUNCED) {
        let group = |count: usize| wording::group(i64::try_from(count).unwrap_or(i64::MAX));
        let diagnostic = checks::endless_announcements(&group(announced.count()), &group(MOST_ANNOUNCED));
        problems.push(at(aid, Aid::PUBLIC, diagnostic));
    }
    check_identifiers(scope, problems);
}

fn check_aid(aid: At<Aid>, problems: &mut Vec<Diagnostic>) {
    let decision = aid.decision();
    if decision == Decision::Granted && aid.obtained().is_none() {
        problems.push(at(aid, Aid::OBTAINED, checks::laureate_without_amount()));
    }
    if decision != Decision::Granted && aid.obtained().is_some_and(|obtained| obtained.0 > 0) {
        problems.push(at(aid, Aid::OBTAINED, checks::amount_without_award(decision.label())));
    }
    if matches!(decision, Decision::Granted | Decision::Refused) && aid.decided().is_none() {
        problems.push(at(aid, Aid::DECIDED, checks::decision_without_date(decision.label())));
    }
    match aid.decided() {
        Some(date) if date < aid.filed() => {
            let diagnostic = checks::decision_before_filing(&wording::date(aid.filed()), &wording::date(date));
            problems.push(at(aid, Aid::DECIDED, diagnostic));
        }
        Some(date) if decision == Decision::Pending => {
            problems.push(at(aid, Aid::DECISION, checks::date_without_decision(&wording::date(date))));
        }
        _ => {}
    }
    if let (Some(requested), Some(obtained)) = (aid.requested(), aid.obtained())
        && obtained > requested
    {
        let diagnostic = checks::aid_above_request(&wording::euros(obtained.0), &wording::euros(requested.0));
        problems.push(at(aid, Aid::OBTAINED, diagnostic));
    }
}

/// Identifiers of partners: an EPCI has a SIREN, a SIRET begins with it; without a SIRET the open data stay incomplete.
fn check_identifiers(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    for partner in scope.partners().filter(|partner| partner.is_sound()) {
        let is_epci = partner.kind().is_epci();
        if is_epci && partner.siren().is_none() {
            problems.push(at(partner, Partner::SIREN, checks::missing_siren(partner.usual_name())));
        }
        if partner.kind().deliberates()
            && partner.siret().is_none()
            && scope.sittings().any(|sitting| sitting.partner() == partner)
        {
            problems.push(at(partner, Partner::SIRET, checks::missing_siret(partner.usual_name())));
        }
        if let Some(department) = partner.department().filter(|_| partner.acts_department().is_none()) {
            problems.push(at(partner, Partner::DEPARTMENT, acts::invalid_department(department)));
        }
        if let Some(code) = partner.prefecture_code().filter(|code| !law::is_prefecture(code)) {
            problems.push(at(partner, Partner::PREFECTURE_CODE, acts::invalid_prefecture(code)));
        }
        let form = partner.name_with_de();
        if !form.is_empty()
            && !is_form_with_de(form, partner.usual_name())
            && !is_form_with_de(form, partner.official_name())
        {
            problems.push(at(partner, Partner::NAME_WITH_DE, form_hint(form, partner.usual_name())));
        }
        if let (Some(siret), Some(siren)) = (partner.siret(), partner.siren())
            && !siret.starts_with(siren)
        {
            problems.push(at(partner, Partner::SIRET, checks::siret_of_another(siret, siren)));
        }
    }
}

/// Whether a form with « de » is one of a name, or of the beginning of it: « de l’État » of « État (FNADT) ».
fn is_form_with_de(form: &str, name: &str) -> bool {
    let name = name.split(" (").next().unwrap_or(name);
    wording::forms_with_de(name).iter().any(|known| fold(known) == fold(form))
}

fn form_hint(form: &str, name: &str) -> Diagnostic {
    let likely = wording::forms_with_de(name).into_iter().next().unwrap_or_default();
    acts::unlikely_form(form, name).hint(format!("vouliez-vous dire « {likely} » ?"))
}
