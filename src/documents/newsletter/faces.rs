//! Who stands behind a letter: logos, the face of who signs, whose pictures they are.

use super::view::{PartnerLogo, Portrait, ordered};
use crate::documents::common::{picture_path, prose};
use crate::model::{At, Letter, Partner, Representative, Scope};
use crate::wording::{self, fold};

/// The credit of the letter's pictures, where several are shown and all have the same.
pub(super) fn credit(scope: &Scope, letter: At<Letter>) -> Option<String> {
    let pictures: Vec<_> = ordered(scope, letter).into_iter().filter(|article| article.image().is_some()).collect();
    let first = pictures.first()?.credit()?;
    (pictures.len() > 1 && pictures.iter().all(|article| article.credit() == Some(first)))
        .then(|| wording::prose(first))
}

/// The logos of the partners in the programme at the date.
pub(super) fn logos(scope: &Scope, letter: At<Letter>) -> Vec<PartnerLogo> {
    let members = scope.partners().filter(|partner| partner.is_member(letter.issued()));
    let logo = |partner: At<Partner>| {
        let named = || format!("Logo {}", wording::prose(partner.name_with_de()));
        let text = prose(partner.logo_text()).unwrap_or_else(named);
        Some(PartnerLogo { chemin: picture_path(partner.logo()?), alternative: text })
    };
    members.filter_map(logo).collect()
}

/// The face of who signs: a representative of that name, else the project manager where it is the one who signs.
pub(super) fn portrait(scope: &Scope, signatory: &str) -> Option<Portrait> {
    let (folded, territory) = (fold(signatory), scope.territory());
    let signs = |manager: &str| {
        let name = fold(manager);
        name.contains(&folded)
            || folded.contains(&name)
            || folded.ends_with("chef de projet")
            || folded.ends_with("cheffe de projet")
    };
    let of_manager = || territory.portrait.clone().filter(|_| territory.manager.as_deref().is_none_or(signs));
    let named = |row: &At<Representative>| folded.contains(&fold(&format!("{} {}", row.first_name(), row.last_name())));
    let chosen = scope.representatives().filter(named).find_map(|row| row.portrait().map(ToOwned::to_owned));
    let path = chosen.or_else(of_manager)?;
    Some(Portrait {
        chemin: picture_path(&path),
        alternative: format!("Portrait\u{a0}: {}", wording::prose(signatory)),
    })
}
