//! The national list of matters by which acts are transmitted (ACTES): two levels, as the open data names them: in lower
//! case, without a comma or a bracket.

/// The national names of the first level of matters.
const FIRST: [(&str, &str); 9] = [
    ("1", "commande publique"),
    ("2", "urbanisme"),
    ("3", "domaine et patrimoine"),
    ("4", "fonction publique"),
    ("5", "institutions et vie politique"),
    ("6", "libertés publiques et pouvoirs de police"),
    ("7", "finances locales"),
    ("8", "domaines de compétences par thèmes"),
    ("9", "autres domaines de compétences"),
];

/// The national names of the second level.
const SECOND: [(&str, &str); 57] = [
    ("1.1", "marchés publics"),
    ("1.2", "délégation de service public"),
    ("1.3", "conventions de mandat"),
    ("1.4", "autres types de contrats"),
    ("1.5", "transactions-protocole d’accord transactionnel"),
    ("1.6", "actes relatifs à la maîtrise d’œuvre"),
    ("1.7", "actes spéciaux et divers"),
    ("2.1", "documents d’urbanisme"),
    ("2.2", "actes relatifs au droit d’occupation ou d’utilisation des sols"),
    ("2.3", "droit de préemption urbain"),
    ("3.1", "acquisitions"),
    ("3.2", "aliénations"),
    ("3.3", "locations"),
    ("3.4", "limites territoriales"),
    ("3.5", "autres actes de gestion du domaine public"),
    ("3.6", "autres actes de gestion du domaine privé"),
    ("4.1", "personnel titulaire et stagiaire de la fonction publique territoriale"),
    ("4.2", "personnel contractuel"),
    ("4.3", "fonction publique hospitalière"),
    ("4.4", "autres catégories de personnels"),
    ("4.5", "régime indemnitaire"),
    ("5.1", "élection de l’exécutif"),
    ("5.2", "fonctionnement des assemblées"),
    ("5.3", "désignation de représentants"),
    ("5.4", "délégation de fonctions"),
    ("5.5", "délégation de signature"),
    ("5.6", "exercice des mandats locaux"),
    ("5.7", "intercommunalité"),
    ("5.8", "décision d’ester en justice"),
    ("6.1", "police municipale"),
    ("6.2", "pouvoirs du président du conseil départemental"),
    ("6.3", "pouvoirs du président du conseil régional"),
    ("6.4", "autres actes réglementaires"),
    ("6.5", "actes pris au nom de l’état et soumis au contrôle hiérarchique"),
    ("7.1", "décisions budgétaires"),
    ("7.2", "fiscalité"),
    ("7.3", "emprunts"),
    ("7.4", "interventions économiques"),
    ("7.5", "subventions"),
    ("7.6", "contributions budgétaires"),
    ("7.7", "avances"),
    ("7.8", "fonds de concours"),
    ("7.9", "prise de participation"),
    ("7.10", "divers"),
    ("8.1", "enseignement"),
    ("8.2", "aide sociale"),
    ("8.3", "voirie"),
    ("8.4", "aménagement du territoire"),
    ("8.5", "politique de la ville-habitat-logement"),
    ("8.6", "emploi-formation professionnelle"),
    ("8.7", "transports"),
    ("8.8", "environnement"),
    ("8.9", "culture"),
    ("9.1", "autres domaines de compétences des communes"),
    ("9.2", "autres domaines de compétences des départements"),
    ("9.3", "autres domaines de compétences des régions"),
    ("9.4", "vœux et motions"),
];

/// A matter of the national list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matter {
    /// The name of its first level.
    pub first: &'static str,
    /// The name of its second level.
    pub second: &'static str,
}

/// The matter with a code, where the list has it.
#[must_use]
pub fn matter(code: &str) -> Option<Matter> {
    let second = SECOND.iter().find(|(known, _)| *known == code)?.1;
    let level = code.split('.').next()?;
    let first = FIRST.iter().find(|(known, _)| *known == level)?.1;
    Some(Matter { first, second })
}

/// The codes of the list that are near to one that it has not: the same digits written otherwise (« 8,4 », « 8.40 »), else
/// those of its first level, else the first levels' ranges.
#[must_use]
pub fn near_matters(code: &str) -> Vec<String> {
    let same = code.trim().replace([',', '-', '/'], ".");
    let same = SECOND.iter().find(|(known, _)| *known == same || *known == same.trim_end_matches('0'));
    if let Some((known, name)) = same {
        return vec![format!("{known} {name}")];
    }
    let level: String = code.trim().chars().take_while(char::is_ascii_digit).collect();
    let of_level: Vec<String> = SECOND
        .iter()
        .filter(|(known, _)| known.split('.').next() == Some(level.as_str()))
        .map(|(known, name)| format!("{known} {name}"))
        .collect();
    if of_level.is_empty() { vec!["1.1 à 9.4".to_owned()] } else { of_level }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_matters_of_the_list_are_matters() {
        assert_eq!(matter("8.4").map(|it| it.second), Some("aménagement du territoire"));
        for wrong in ["8.99", "0.1", "", "8", "8.4.1", "10.1", "a.b"] {
            assert_eq!(matter(wrong), None, "{wrong}");
        }
        assert!(near_matters("8.99").iter().any(|near| near.starts_with("8.4 ")));
        assert_eq!(near_matters("0.1"), ["1.1 à 9.4"]);
        for slip in ["7,5", "7.50", " 7-5"] {
            assert_eq!(near_matters(slip), ["7.5 subventions"], "{slip}");
        }
    }

    #[test]
    fn names_hold_no_comma_and_no_bracket() {
        for (_, name) in FIRST.iter().chain(&SECOND) {
            assert!(!name.contains([',', '(', '[', '/']) && name.chars().all(|c| !c.is_uppercase()), "{name}");
        }
    }
}
