//! Who signs an agreement: the operator, the intercommunalités, and whoever else its budget has pay.

use crate::model::{At, Convention, Partner};

/// The parties of the convention at its date of reference: the operator, the EPCI of the programme, and the other bodies
/// that vote their share where its budget has them pay: a commune, a syndicat, a département.
pub(in crate::documents) fn parties(convention: At<Convention>) -> Vec<At<Partner>> {
    let (scope, year) = (convention.scope(), convention.year());
    let pays = |partner: At<Partner>| scope.resources().any(|line| line.year() == year && line.funder() == partner);
    let takes_part = |partner: At<Partner>| {
        let kind = partner.kind();
        kind.is_epci() || scope.operator() == Some(partner) || kind.pays_as_party() && pays(partner)
    };
    let is_party = |partner: &At<Partner>| partner.is_member(convention.reference()) && takes_part(*partner);
    scope.partners().filter(is_party).collect()
}
