//! Which rows of « chaque » go with a row of « pour »: what the sheets say of each other decides. Without it every event
//! would be given every participant, and a certificate would tell of a day on which nobody came.

use crate::model::{AnyRow, Partner, Scope};
use crate::records::{Column, Kind, Sheet};

/// Whether a row of « chaque » goes with one of « pour »: it leads there, or is led to; both lead to one row; both belong to
/// one partner. Rows of sheets that have nothing in common go with each other, and everybody is written to: a partner goes
/// with every row that does not belong to another's.
pub(super) fn go_together(scope: &Scope, of: AnyRow, each: AnyRow) -> bool {
    let (first, second) = (of.sheet(), each.sheet());
    let leading: Vec<&Column> = leading(second, first).collect();
    if !leading.is_empty() {
        return leading.into_iter().any(|column| scope.links_of(each, column).contains(&of));
    }
    if is_partners(second) {
        return true;
    }
    let led: Vec<&Column> = self::leading(first, second).collect();
    if !led.is_empty() {
        return led.into_iter().any(|column| scope.links_of(of, column).contains(&each));
    }
    let shared: Vec<(&Column, &Column)> = shared(first, second).collect();
    if !shared.is_empty() {
        return shared.into_iter().any(|(own, other)| {
            let met = scope.links_of(each, other);
            scope.links_of(of, own).iter().any(|link| met.contains(link))
        });
    }
    if scope.belongs(of) && scope.belongs(each) {
        let partner = scope.partner_of(of);
        return partner.is_some() && partner == scope.partner_of(each);
    }
    true
}

/// The columns of a sheet that lead to rows of another.
pub(super) fn leading(from: &'static Sheet, to: &Sheet) -> impl Iterator<Item = &'static Column> {
    from.columns.iter().copied().filter(move |column| target(column) == Some(to.name))
}

/// The sheet that a column leads to.
fn target(column: &Column) -> Option<&'static str> {
    match column.kind {
        Kind::Reference(to, _) | Kind::References(to, _) => Some(to),
        _ => None,
    }
}

/// The columns of two sheets that lead to rows of one third. Partners are left out: that an event is at home with one, and a
/// firm with the same, does not make the firm its guest.
fn shared(first: &'static Sheet, second: &'static Sheet) -> impl Iterator<Item = (&'static Column, &'static Column)> {
    let own = first.columns.iter().copied().filter_map(|column| Some((column, target(column)?)));
    let own = own.filter(|(_, to)| *to != <Partner as crate::model::Record>::NAME);
    own.flat_map(|(column, to)| {
        let same = second.columns.iter().copied().filter(move |other| target(other) == Some(to));
        same.map(move |other| (column, other))
    })
}

fn is_partners(sheet: &Sheet) -> bool {
    sheet.name == <Partner as crate::model::Record>::NAME
}
