//! Territories of other shapes than the shipped one: a commune and a syndicat that pay, names that begin with an article or
//! a vowel, an agreement whose version has no text of its own.

use crate::acts::{draft, texts_of, understood_of};
use crate::fixture::{Fixture, problems};
use crate::pdf::squeeze;

/// A commune, a métropole, a syndicat and a communauté, animated by a chamber of trades.
fn estuary() -> Fixture {
    Fixture::small()
        .settings("operateur = \"CCI\"", "operateur = \"CMA\"")
        .settings("nom = \"Val d’Essai\"", "nom = \"Orne et Estuaire\"")
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | Assemblée | SIREN | SIRET | Adresse | Code postal | Ville | Département | Tribunal administratif | Communes
             CMA | CMA | Chambre de métiers d’Essai | CMA d’Essai | de la CMA d’Essai | | | | 2 rue Une | 14000 | Caen | 14 | Caen |
             HER | Commune | Commune d’Hérouvelle | Hérouvelle | d’Hérouvelle | conseil municipal | 200030633 | 20003063300016 | 1 place Une | 14200 | Le Port | 14 | Caen |
             ORB | Métropole | Orbec Métropole | Orbec Métropole | d’Orbec Métropole | conseil métropolitain | 200042190 | 20004219000013 | 5 quai Un | 14100 | Orbec | 14 | Caen | 48
             EST | Syndicat | Syndicat mixte de l’Estuaire | Estuaire | de l’Estuaire | comité syndical | 200043495 | 20004349500015 | 9 quai Un | 14600 | Les Herbues | 14 | Caen |
             REG | Région | Région d’Essai | Région | de la Région | | | | | | | 14 | |
             PLA | Commune | Commune de Plage | Plage | de Plage | conseil municipal | | | | | | 14 | Caen |",
        )
        .table(
            "Représentants",
            "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis | Rôle
             CMA | Mme | Odile | UN | Présidente | 01/01/2020
             HER | M. | Étienne | DEUX | Maire | 01/01/2020
             ORB | Mme | Aude | TROIS | Présidente | 01/01/2020
             EST | M. | Igor | QUATRE | Président | 01/01/2020
             ORB | M. | Guy | SIX | Vice-président | 01/01/2020 | Binôme élu
             CMA | Mme | Rose | SEPT | Directrice | 01/01/2020 | Binôme industriel",
        )
        .table("Lettres", "Numéro | Parution | Éditorial\n 1 | 15/01/2022 | Bonjour.")
        .table("Conventions", "Version | Date de référence | Début | Fin | Exercice\n 2024 | 01/02/2022 | 01/04/2022 | 31/12/2022 | 2022")
        .table(
            "Séances",
            "Code | Partenaire | Date | Heure | Lieu | Convocation | Membres en exercice | Président de séance | Qualité du président | Secrétaire
             HER-1 | HER | 12/03/2022 | 18 h | en mairie | 02/03/2022 | 2 | Étienne DEUX | Maire | Lou CINQ
             EST-1 | EST | 14/03/2022 | 9 h | à Caen | 02/03/2022 | 2 | Igor QUATRE | Président |",
        )
        .table(
            "Présences",
            "Séance | Nom | Prénom | Statut
             HER-1 | DEUX | Étienne | Présent
             HER-1 | CINQ | Lou | Présente",
        )
        .table(
            "Délibérations",
            "Code | Séance | Numéro | Objet | Matière | Exercice | Annexes | Convention | Pour | Contre | Abstentions
             HER-1 | HER-1 | 11 | Participation au programme | 8.4 | 2022 | bilan; convention | 2024 | 2 | 0 | 0
             EST-1 | EST-1 | | Participation au programme | 8.4 | 2022 | bilan; convention | 2024 | | |",
        )
        .table("Exercices", "Code | Début | Fin | Écart d'arrondi à la charge de\n 2022 | 01/04/2022 | 31/12/2022 | CMA")
        .table("Dépenses", "Exercice | Nature | Prévu\n 2022 | Salaire | 30 000,00")
        .table(
            "Recettes",
            "Exercice | Financeur | Mode | Prévu | Apport
             2022 | CMA | Part égale du reste à charge | | valorisé
             2022 | HER | Montant | 2 500,00 | numéraire
             2022 | EST | Montant | 4 000,00 | numéraire
             2022 | ORB | Part égale du reste à charge | | numéraire",
        )
}

#[test]
fn a_commune_and_a_syndicat_that_pay_are_parties() {
    let fixture = estuary();
    let told = problems(&fixture);
    assert_eq!(told, [], "{told:?}");
    let understood = understood_of(&fixture);
    let pack = draft(&understood, "annexes", "HER-1");
    let agreement = texts_of(&pack, "annexe-2-convention.pdf");
    for sentence in [
        "Chambre de métiers d'Essai, dont le siège est à Caen, représentée par Mme Odile UN, Présidente ;",
        "Commune d'Hérouvelle, dont le siège est au Port, représentée par M. Étienne DEUX, Maire ;",
        "Orbec Métropole, dont le siège est à Orbec, agissant par Mme Aude TROIS, Présidente ;",
        "Syndicat mixte de l'Estuaire, dont le siège est aux Herbues, représenté par M. Igor QUATRE, Président.",
        "La commune d'Hérouvelle et le syndicat mixte de l'Estuaire y participent aussi : ce que la présente convention dit des intercommunalités vaut à leur égard, dans la limite de la part que l'article 4 inscrit à leur nom.",
        "\"pour\":\"Syndicat mixte de l'Estuaire\"",
        "participation de la commune d'Hérouvelle : dans la limite de 2 500,00 € (deux mille cinq cents euros) par an ;",
        "participation du syndicat mixte de l'Estuaire : dans la limite de 4 000,00 € (quatre mille euros) par an ;",
        "Chaque intercommunalité, ainsi que la commune d'Hérouvelle et le syndicat mixte de l'Estuaire, verse sa participation en une seule fois",
        "Chaque intercommunalité, de même que la commune d'Hérouvelle et le syndicat mixte de l'Estuaire, désigne, parmi ses agents,",
        "Il est conduit par M. Guy SIX, Vice-président, au titre des élus, et par Mme Rose SEPT, Directrice, au titre des industriels. Il rassemble un représentant de chaque partie, des industriels et des représentants de la région d'Essai.",
    ] {
        assert!(agreement.contains(&squeeze(sentence)), "« {sentence} » is missing in {agreement}");
    }
    // A commune that is a partner and pays nothing is no party.
    assert!(!agreement.contains("Plage"), "{agreement}");
    let act = texts_of(&pack, "deliberation.pdf");
    for sentence in [
        "le conseil municipal de la commune d'Hérouvelle, légalement convoqué",
        "la participation de la commune d'Hérouvelle au budget de l'exercice 2022, qui court du 1er avril au 31 décembre 2022",
        "recours gracieux auprès de la commune d'Hérouvelle",
    ] {
        assert!(act.contains(&squeeze(sentence)), "« {sentence} » is missing in {act}");
    }
    let letter = draft(&understood, "newsletter", "1");
    let says = letter.parts.iter().any(|part| {
        let mut said = false;
        part.recipe.visit(&mut |written| {
            said |= matches!(written.leaf, liasse::views::Leaf::Text(text) if text == "Estuaire");
        });
        said
    });
    assert!(says, "the syndicat is not among those who publish the letter");
}

#[test]
fn a_version_without_a_text_of_its_own_takes_the_one_without_a_version() {
    let fixture = estuary();
    fixture.succeed("build annexes EST-1");
    assert!(fixture.succeed("build annexes EST-1").stdout.is_empty());
    // The territory's own text without a version is read, and no file that nobody reads.
    let own = "Article libre.\n\n## Objet\n\nUn seul article.\n";
    let fixture = fixture.file("inputs/textes/annexes/convention.md.j2", own);
    let run = fixture.succeed("build annexes EST-1");
    assert!(!run.stderr.contains("convention.md.j2"), "{}", run.stderr);
    let text = crate::pdf::squeezed_text(&fixture.read("out/annexes/EST-1/annexe-2-convention.pdf"));
    assert!(text.contains("Articlelibre."), "{text}");
    // That of its version wins.
    let fixture = fixture.file("inputs/textes/annexes/convention-2024.md.j2", own.replace("libre", "de 2024"));
    let why = fixture.succeed("why annexes EST-1").stdout;
    assert!(why.contains("annexes/convention-2024.md.j2"), "{why}");
    fixture.succeed("build annexes EST-1");
    let text = crate::pdf::squeezed_text(&fixture.read("out/annexes/EST-1/annexe-2-convention.pdf"));
    assert!(text.contains("Articlede2024."), "{text}");
}

#[test]
fn months_in_the_name_of_a_firm_tell_nothing() {
    let fixture = estuary()
        .table("Entreprises", "Raison sociale | Partenaire\n Sucrerie d’Avril | ORB")
        .table(
            "Accompagnements",
            "Date | Entreprise | Niveau | Thème | EPCI présent\n 10/02/2022 | Sucrerie d’Avril | Prise de contact | Bas carbone | oui",
        );
    fixture.succeed("build report 2022-S1");
}

#[test]
fn a_departement_that_pays_is_a_party_and_is_asked_for_it() {
    let account = "[demandes]\ntitulaire = \"CMA\"\niban = \"FR7630006000011234567890189\"\n[lettre]";
    let mut fixture = estuary().settings("[lettre]", account);
    fixture.edit(
        "Partenaires",
        "REG | Région",
        "DEP | Département | Département de l’Estran | Estran | de l’Estran | | 221400014 | | 3 quai Deux | 14000 | Caen | 14 | Caen |\nREG | Région",
    );
    fixture.edit("Représentants", "EST | M. |", "DEP | Mme | Nine | SEPT | Présidente | 01/01/2020\nEST | M. |");
    fixture.edit("Recettes", "2022 | EST |", "2022 | DEP | Montant | 1 200,00 | numéraire\n2022 | EST |");
    let understood = understood_of(&fixture);
    let agreement = texts_of(&draft(&understood, "annexes", "HER-1"), "annexe-2-convention.pdf");
    for sentence in [
        "Département de l'Estran, dont le siège est à Caen, représenté par Mme Nine SEPT, Présidente",
        "\"pour\":\"Département de l'Estran\"",
    ] {
        assert!(agreement.contains(&squeeze(sentence)), "« {sentence} » is missing in {agreement}");
    }
    let letters = draft(&understood, "payment-requests", "2022");
    assert!(letters.parts.iter().any(|part| part.name == "demande-DEP.pdf"), "no letter to the département");
}
