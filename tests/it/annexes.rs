//! The packs of the councils: the real one of 6 July 2022, five drafts, and a territory that nobody designed for.

use std::collections::BTreeSet;

use crate::fixture::{Fixture, problems, root};
use crate::pdf::{pages, squeeze, squeezed_text};

const PACK: &str = "out/annexes/CA2C-2022-70";

fn text(fixture: &Fixture, file: &str) -> String {
    squeezed_text(&fixture.read(&format!("{PACK}/{file}")))
}

#[test]
fn the_act_counts_its_roll_and_names_its_vote() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let act = text(&fixture, "deliberation.pdf");
    for expected in [
        "Délibération n° 2022/70",
        "L'an deux mille vingt-deux, le six juillet à dix-huit heures, le conseil communautaire de la communauté d'agglomération du Caudrésis et du Catésis, légalement convoqué le 29 juin 2022",
        "Membres en exercice Présents Procurations 74 57 7",
        "Quorum : 25 (tiers des membres en exercice, article 10 de la loi n° 2021-1465 du 10 novembre 2021) ; 57 membres présents, le quorum est atteint.",
        "53 titulaires et 4 suppléants présents",
        "FLINOIS Alain (suppléant)",
        "GAVE Nathalie à BACCOUT Fabrice",
        "1 membre excusé",
        "9 membres absents",
        "Secrétaire de séance : Yannick HERBET",
        "à l'unanimité, DÉCIDE",
        "de la communauté d'agglomération du Caudrésis et du Catésis au budget de l'exercice 2022-2023",
        "La part de l'État prend fin : il apportait 40 000,00 € au budget de l'exercice 2021-2022, soit 40,9 % de l'ensemble (97 865,00 €)",
        "était de 8 000,00 € ; elle passe à 10 833,33 €, soit une hausse de 2 833,33 € (+35 %)",
        "Votants : 64 ; pour : 64 ; contre : 0 ; abstentions : 0",
        "tribunal administratif de Lille",
        "ID : 059-200030633-20220706-2022_70-DE",
        "Annexes : 1. Bilan des aides et de l'animation ; 2. Feuille de route ; 3. Convention de partenariat",
    ] {
        assert!(act.contains(&squeeze(expected)), "« {expected} » is not in {act}");
    }
    // Dates of receipt and posting stand on the certificate, never in the act.
    let certificate = text(&fixture, "certificat-publication.pdf");
    for date in ["11juillet2022", "12juillet2022"] {
        assert!(!act.contains(date) && certificate.contains(date), "{date}");
    }
    assert!(
        certificate.contains(&squeeze("reçue à la sous-préfecture de Cambrai le 11 juillet 2022 ;")),
        "{certificate}"
    );
    assert!(certificate.contains(&squeeze("est exécutoire depuis le 12 juillet 2022")), "{certificate}");
    assert!(certificate.contains(&squeeze("Je soussigné, M. Serge SIMEON, Président, certifie")), "{certificate}");
    assert_eq!(pages(&fixture.read(&format!("{PACK}/note-de-synthese.pdf"))), 2);
    let explained = fixture.succeed("explain annexes CA2C-2022-70").stdout;
    for expected in
        ["  25  quorum (tiers", "  57\u{a0}membres présents  membres physiquement présents", "  64  votants"]
    {
        assert!(explained.contains(expected), "{expected} in {explained}");
    }
}

#[test]
fn the_results_are_those_of_the_rows_and_the_words_around_them() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let results = text(&fixture, "annexe-1-bilan.pdf");
    for expected in [
        "63,5 M€",
        "588 M€",
        "53 dossiers retenus sur 99 décidés",
        "208 prises de contact avec des entreprises et 43 entreprises accompagnées",
        "le montant obtenu est de 1,2 M€",
        "les demandes en cours d'instruction portent sur 3,4 M€",
        "Fonds Territoires d'industrie2517M€220M€",
        "90 publications",
        "77 000 vues",
    ] {
        assert!(results.contains(&squeeze(expected)), "« {expected} » is not in {results}");
    }
}

#[test]
fn both_versions_of_the_convention_have_their_own_parties_dates_and_budget() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let clean = text(&fixture, "annexe-3-convention.pdf");
    for president in [
        "Philippe HOURDAIN",
        "Laurent DEGALLAIX",
        "Aymeric ROBIN",
        "Benjamin SAINT-HUILE",
        "Nicolas SIEGLER",
        "Serge SIMEON",
        "Christian POIRET",
    ] {
        assert_eq!(clean.matches(&squeeze(president)).count(), 2, "{president} once as a party, once to sign");
    }
    for gone in ["Alain BOCQUET", "François-Xavier VILLAIN", "97 865,00 €", "8 000,00 €", "Évaluation", "[supprimé"]
    {
        assert!(!clean.contains(&squeeze(gone)), "« {gone} » stands in the clean text");
    }
    assert!(
        clean.contains(&squeeze("Article 4 – Budget et participation financière"))
            && clean.contains("74865,00€")
            && clean.contains(&squeeze("Fait en 7 originaux"))
    );
    let marked = text(&fixture, "convention-modifications.pdf");
    for expected in [
        "[supprimé : M. Alain BOCQUET,][ajouté : M. Aymeric ROBIN,]",
        "[supprimé : 97 865,00 €][ajouté : 74 865,00 €]",
        "[supprimé : 8 000,00 €][ajouté : 10 833,33 €]",
        "[supprimé : 15 septembre 2020][ajouté : 15 septembre 2022]",
        "Article 9 – Évaluation article supprimé",
        "L’essentiel, article par article",
        "Communauté d’agglomération de la Porte du Hainaut : « M. Alain BOCQUET » devient « M. Aymeric ROBIN ».",
        "Communauté d’agglomération de Cambrai, Communauté d’agglomération du Caudrésis et du Catésis et Communauté \
         d’agglomération Douaisis Agglo : \
         8 000,00 € → 10 833,33 € ; 8,2 % → 14,5 %.",
        "Ligne retirée du tableau : État (FNADT), 40 000,00 € ; 40,9 %.",
        "Total des recettes : 97 865,00 € → 74 865,00 €.",
        "Nouvel article : Confidentialité et données personnelles.",
    ] {
        assert!(marked.contains(&squeeze(expected)), "« {expected} » is not in {marked}");
    }
}

#[test]
fn what_is_transmitted_has_its_names_its_message_and_its_form() {
    let fixture = Fixture::shipped();
    let run = fixture.succeed("build annexes CA2C-2022-70");
    let identifier = "059-200030633-20220706-2022_70-DE";
    for (rank, source) in
        ["deliberation.pdf", "annexe-1-bilan.pdf", "annexe-2-feuille-de-route.pdf", "annexe-3-convention.pdf"]
            .iter()
            .enumerate()
    {
        let name = format!("{PACK}/actes/99_DE-{identifier}-1-1_{}.pdf", rank + 1);
        assert_eq!(fixture.read(&name), fixture.read(&format!("{PACK}/{source}")), "{name}");
    }
    let message = fixture.read(&format!("{PACK}/actes/{identifier}-1-1_0.xml"));
    let message: String = message.iter().map(|byte| char::from(*byte)).collect();
    for expected in [
        "encoding=\"ISO-8859-1\"",
        "actes:NumeroInterne=\"2022_70\"",
        "actes:Date=\"2022-07-06\"",
        "<actes:CodeMatiere2 actes:CodeMatiere=\"4\"/>",
        "actes:Nombre=\"3\"",
        "animation du programme Territoires d'industrie Hainaut-Douaisis-Cambrésis</actes:Objet>",
    ] {
        assert!(message.contains(expected), "{expected} in {message}");
    }
    let form: serde_json::Value =
        serde_json::from_slice(&fixture.read(&format!("{PACK}/actes/depot.json"))).expect("JSON");
    assert_eq!(
        (&form["identifiant"], &form["classification"], form["fichiers"].as_array().map(Vec::len)),
        (&identifier.into(), &"2022-01-01".into(), Some(4))
    );
    // The council has no SIRET: there is no row of open data.
    assert!(!fixture.path(&format!("{PACK}/deliberations-scdl.csv")).exists());
    let manifest: serde_json::Value =
        serde_json::from_slice(&fixture.read(&format!("{PACK}/manifeste.json"))).expect("JSON");
    let files = manifest["fichiers"].as_array().expect("files");
    let diffusion = |name: &str| files.iter().find(|file| file["nom"] == name).map(|file| file["diffusion"].clone());
    assert_eq!(diffusion("deliberation.pdf"), Some("diffusable".into()));
    assert_eq!(diffusion("actes/depot.json"), Some("restreint".into()));
    assert!(run.stderr.contains("à diffusion restreinte : actes/"), "{}", run.stderr);
}

#[test]
fn five_drafts_have_no_roll_and_share_what_is_the_same() {
    let fixture = Fixture::shipped();
    let run = fixture.succeed("build annexes --timings");
    assert!(run.stderr.contains("repris    annexe-3-convention.pdf"), "{}", run.stderr);
    for code in ["CAVM", "CAPH", "CAMVS", "CAC", "CAD"] {
        let folder = format!("out/annexes/{code}-2022-TI");
        for part in [
            "annexe-1-bilan.pdf",
            "annexe-2-feuille-de-route.pdf",
            "annexe-3-convention.pdf",
            "convention-modifications.pdf",
        ] {
            assert_eq!(
                fixture.read(&format!("{folder}/{part}")),
                fixture.read(&format!("{PACK}/{part}")),
                "{code}: {part}"
            );
        }
        let act = squeezed_text(&fixture.read(&format!("{folder}/deliberation.pdf")));
        assert!(
            act.contains(&squeeze("Projet de délibération"))
                && act.contains("DEDÉCIDER")
                && !act.contains("Quorum")
                && !act.contains("tribunal"),
            "{code}: {act}"
        );
        assert!(!fixture.path(&folder).join("actes").exists(), "{code} transmits a draft");
    }
}

/// Names of firms that the public must not meet, read without the program's own reader.
fn confidential_firms() -> BTreeSet<String> {
    use calamine::{Reader as _, Xlsx, open_workbook};
    let rows = |file: &str, sheet: &str| -> Vec<Vec<String>> {
        let mut workbook: Xlsx<_> = open_workbook(root().join("inputs").join(file)).expect("a workbook");
        let range = workbook.worksheet_range(sheet).expect("a sheet");
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let aids = rows("finances.xlsx", "Aides");
    let column = |name: &str| aids[0].iter().position(|heading| heading == name).expect("a column");
    let (firm, decision, public) = (column("Entreprise"), column("Décision"), column("Annonce publique"));
    let announced: BTreeSet<&String> =
        aids.iter().filter(|row| row[decision] == "Lauréat" && row[public] == "oui").map(|row| &row[firm]).collect();
    let firms = rows("contacts.xlsx", "Entreprises");
    firms.iter().skip(1).map(|row| row[0].clone()).filter(|name| !announced.contains(name)).collect()
}

#[test]
fn no_file_of_a_pack_names_a_firm_that_is_not_public() {
    let fixture = Fixture::shipped();
    let run = fixture.succeed("build annexes CA2C-2022-70");
    let names: Vec<(String, String)> = confidential_firms().into_iter().map(|name| (squeeze(&name), name)).collect();
    assert!(names.len() > 100, "{}", names.len());
    for file in run.stdout.lines() {
        let bytes = fixture.read(file);
        let text =
            if file.ends_with(".pdf") { squeezed_text(&bytes) } else { squeeze(&String::from_utf8_lossy(&bytes)) };
        for (squeezed, name) in &names {
            assert!(!text.contains(squeezed), "{name} stands in {file}");
        }
    }
}

#[test]
fn a_text_that_names_a_confidential_firm_stops_the_pack() {
    let name = confidential_firms().into_iter().find(|name| name.len() > 12).expect("a name");
    let fixture =
        Fixture::shipped().file("templates/annexes/expose.md.j2", format!("Nous avons rencontré {name} en juin."));
    let run = fixture.run("build annexes CA2C-2022-70");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains(&format!("« deliberation.pdf » nomme « {name} »")), "{}", run.stderr);
    assert!(!fixture.path("out/annexes").exists());
}

#[test]
fn nothing_may_stand_under_the_stamp() {
    let fixture = Fixture::shipped().file(
        "templates/annexes/note.typ",
        "#set document(title: \"T\")\n#set text(lang: \"fr\")\n#set page(margin: 20mm)\n= Titre\n#place(top + right, dy: -5mm)[Ici]\n",
    );
    let run = fixture.run("build annexes CA2C-2022-70");
    assert!(
        run.status == 1 && run.stderr.contains("zone-du-tampon") && run.stderr.contains("page 1"),
        "{}",
        run.stderr
    );
}

/// Four partners, one of them a communauté de communes, another number of members, a vote that is not unanimous.
fn another_territory() -> Fixture {
    Fixture::small()
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN | SIRET | Ville | Département | Assemblée | Tribunal administratif
             CCI | CCI | Chambre d’essai | CCI d’Essai | de la CCI d’Essai | | | Bord | 2A | |
             AAA | CC | Communauté de communes d’Aval | Aval | d’Aval | 200030633 | 20003063300016 | Aval | 2A | conseil communautaire | Bastia
             BBB | CU | Communauté urbaine de Bord | Bord | de Bord | 200042190 | | Bord | 2A | |
             CCC | Métropole | Métropole de Crête | Crête | de Crête | 200043396 | | Crête | 2A | conseil métropolitain |",
        )
        .table(
            "Représentants",
            "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis
             CCI | Mme | Ada | UN | Présidente | 01/01/2020
             AAA | Mme | Bea | DEUX | Présidente | 01/01/2020
             BBB | M. | Cid | TROIS | Président | 01/01/2020
             CCC | M. | Don | QUATRE | Président | 01/01/2020",
        )
        .table("Exercices", "Code | Début | Fin | Écart d'arrondi à la charge de\n2023 | 01/01/2023 | 31/12/2023 | CCI")
        .table("Dépenses", "Exercice | Nature | Prévu\n2023 | Salaire | 50 000,00")
        .table(
            "Recettes",
            "Exercice | Financeur | Mode | Clé
             2023 | AAA | Quote-part | 20 %
             2023 | BBB | Quote-part | 30 %
             2023 | CCC | Quote-part | 50 %",
        )
        .table("Conventions", "Version | Date de référence | Début | Fin | Exercice\n2022 | 01/10/2022 | 01/01/2023 | 31/12/2023 | 2023")
        .table(
            "Séances",
            "Code | Partenaire | Date | Heure | Lieu | Convocation | Membres en exercice | Président de séance | Qualité du président | Secrétaire
             S1 | AAA | 01/10/2022 | 9 h 30 | en mairie d’Aval | 20/09/2022 | 5 | Bea DEUX | Présidente | Eva CINQ",
        )
        .table(
            "Présences",
            "Séance | Nom | Prénom | Statut | Mandataire
             S1 | DEUX | Bea | Présent |
             S1 | CINQ | Eva | Présent |
             S1 | SIX | Fay | Présent |
             S1 | SEPT | Guy | Procuration | six fay
             S1 | HUIT | Hal | Absent |",
        )
        .table(
            "Délibérations",
            "Code | Séance | Numéro | Objet | Matière | Exercice | Annexes | Convention | Pour | Contre | Abstentions
             D1 | S1 | 12-a | Partenariat d’essai | 7.5 | 2023 | convention; bilan | 2022 | 2 | 1 | 1",
        )
}

#[test]
fn another_territory_gives_its_own_pack() {
    let fixture = another_territory();
    assert_eq!(
        problems(&fixture).iter().filter(|(code, ..)| code != "contacts/siret-absent").count(),
        0,
        "{:?}",
        problems(&fixture)
    );
    let run = fixture.succeed("build annexes D1");
    let act = squeezed_text(&fixture.read("out/annexes/D1/deliberation.pdf"));
    for expected in [
        "L'an deux mille vingt-deux, le premier octobre à neuf heures trente, le conseil communautaire de la communauté de communes d'Aval",
        "Membres en exercice Présents Procurations 5 3 1",
        "Quorum : 3 (majorité des membres en exercice",
        "SEPT Guy à SIX Fay",
        "le conseil communautaire, à la majorité des suffrages exprimés, DÉCIDE",
        "Votants : 4 ; pour : 2 ; contre : 1 ; abstentions : 1",
        "tribunal administratif de Bastia",
        "ID : 02A-200030633-20221001-12_A-DE",
        "10 000,00 €",
    ] {
        assert!(act.contains(&squeeze(expected)), "« {expected} » is not in {act}");
    }
    assert!(!act.contains("unanimité"), "{act}");
    let open_data = fixture.text("out/annexes/D1/deliberations-scdl.csv");
    let row = open_data.lines().nth(1).expect("a row");
    assert_eq!(open_data.lines().next().expect("headings").split(',').count(), 17);
    assert!(
        row.contains(",20003063300016,12-a,2022-10-01,7.5,finances locales/subventions,Partenariat d")
            && row.contains(",5,4,2,1,1,"),
        "{row}"
    );
    assert!(
        run.stdout.contains("out/annexes/D1/annexe-1-convention.pdf")
            && run.stdout.contains("out/annexes/D1/annexe-2-bilan.pdf"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("modifications"), "no version came before");
    let convention = squeezed_text(&fixture.read("out/annexes/D1/annexe-1-convention.pdf"));
    assert!(
        convention.contains(&squeeze("Fait en 4 originaux"))
            && convention.contains(&squeeze("Communauté urbaine de Bord")),
        "{convention}"
    );
}

#[test]
fn rules_of_law_are_warnings_with_their_article() {
    let at = |fixture: &Fixture, code: &str| -> Vec<(String, String)> {
        problems(fixture)
            .into_iter()
            .filter(|(found, ..)| found == code)
            .map(|(_, sheet, cell)| (sheet, cell))
            .collect()
    };
    let sitting = |row: &str| {
        another_territory().table("Séances", &format!("Code | Partenaire | Date | Heure | Lieu | Convocation | Membres en exercice | Président de séance | Secrétaire | Urgence\n{row}"))
    };
    let late = sitting("S1 | AAA | 01/10/2022 | 9 h | ici | 27/09/2022 | 5 | Bea DEUX | Eva CINQ |");
    assert_eq!(at(&late, "evenements/delai-de-convocation"), [("Séances".to_owned(), "F2".to_owned())]);
    assert_eq!(late.run("build annexes D1").status, 0);
    let urgent = sitting("S1 | AAA | 01/10/2022 | 9 h | ici | 29/09/2022 | 5 | Bea DEUX | Eva CINQ | oui");
    assert_eq!(at(&urgent, "evenements/delai-de-convocation"), []);
    let roll = |rows: &str| {
        another_territory().table("Présences", &format!("Séance | Nom | Prénom | Statut | Mandataire\n{rows}"))
    };
    let few = roll(
        "S1 | DEUX | Bea | Présent |\nS1 | CINQ | Eva | Présent |\nS1 | SIX | Fay | Procuration | CINQ Eva\nS1 | SEPT | Guy | Procuration | CINQ Eva\nS1 | HUIT | Hal | Absent |",
    );
    assert_eq!(at(&few, "evenements/quorum"), [("Délibérations".to_owned(), "B2".to_owned())]);
    assert_eq!(at(&few, "evenements/procurations-multiples"), [("Présences".to_owned(), "E5".to_owned())]);
    let absent = roll(
        "S1 | DEUX | Bea | Présent |\nS1 | CINQ | Eva | Présent |\nS1 | SIX | Fay | Présent |\nS1 | SEPT | Guy | Procuration | HUIT Hal\nS1 | HUIT | Hal | Absent |",
    );
    assert_eq!(at(&absent, "evenements/mandataire-absent"), [("Présences".to_owned(), "E5".to_owned())]);
}

#[test]
fn what_cannot_be_is_an_error_at_its_cell() {
    let errors = |fixture: &Fixture| -> Vec<(String, String, String)> {
        let run = fixture.run("check --format json");
        let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let messages = value["messages"].as_array().expect("messages");
        messages
            .iter()
            .filter(|message| message["gravite"] == "erreur")
            .map(|message| (text(&message["code"]), text(&message["feuille"]), text(&message["cellule"])))
            .collect()
    };
    let act = |row: &str| {
        let headings = "Code | Séance | Numéro | Objet | Matière | Exercice | Annexes | Convention | Ne prennent pas part | Pour | Contre | Abstentions | Envoyé le | Reçu le";
        another_territory().table("Délibérations", &format!("{headings}\n{row}"))
    };
    for (fixture, code, sheet, cell) in [
        (
            act("D1 | S1 | 12 | O | 7.5 | 2023 | convention | 2022 | | 5 | 0 | 0 | |"),
            "votes-incoherents",
            "Délibérations",
            "J2",
        ),
        (
            act("D1 | S1 | 12 | O | 7.5 | 2023 | convention | 2022 | | 4 | | 0 | |"),
            "vote-incomplet",
            "Délibérations",
            "K2",
        ),
        (
            act("D1 | S1 | _12 | O | 7.5 | 2023 | convention | 2022 | | 4 | 0 | 0 | |"),
            "numero-incompatible",
            "Délibérations",
            "C2",
        ),
        (
            act("D1 | S1 | 12 | O | 7 | 2023 | convention | 2022 | | 4 | 0 | 0 | |"),
            "matiere-invalide",
            "Délibérations",
            "E2",
        ),
        (
            act("D1 | S1 | 12 | O | 7.5 | 2023 | plan | 2022 | | 4 | 0 | 0 | |"),
            "valeur-hors-liste",
            "Délibérations",
            "G2",
        ),
        (
            act("D1 | S1 | 12 | O | 7.5 | 2023 | convention | 2021 | | 4 | 0 | 0 | |"),
            "code-inconnu",
            "Délibérations",
            "H2",
        ),
        (
            act("D1 | S1 | 12 | O | 7.5 | 2023 | convention | 2022 | NEUF Ida | 4 | 0 | 0 | |"),
            "membre-inconnu",
            "Délibérations",
            "I2",
        ),
        (
            act("D1 | S1 | 12 | O | 7.5 | 2023 | convention | 2022 | | 4 | 0 | 0 | 03/10/2022 | 02/10/2022"),
            "dates-dacte",
            "Délibérations",
            "N2",
        ),
        (
            act(
                "D1 | S1 | 12 | O | 7.5 | 2023 | convention | 2022 | | 4 | 0 | 0 | |\nD2 | S1 | 12 | O | 7.5 | 2023 | convention | 2022 | | 4 | 0 | 0 | |",
            ),
            "numero-en-double",
            "Délibérations",
            "C3",
        ),
    ] {
        let expected = (format!("evenements/{code}"), sheet.to_owned(), cell.to_owned());
        assert_eq!(errors(&fixture), [expected]);
    }
    let missing = another_territory().table("Présences", "Séance | Nom | Prénom | Statut\nS1 | DEUX | Bea | Présent\nS1 | CINQ | Eva | Présent\nS1 | SIX | Fay | Présent\nS1 | SEPT | Guy | Présent");
    assert_eq!(
        errors(&missing),
        [("evenements/presence-incoherente".to_owned(), "Séances".to_owned(), "G2".to_owned())]
    );
    // A representative who was not in office at the convention's date is missed when the pack is drafted.
    let nobody = another_territory().table("Représentants", "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis\nCCI | Mme | Ada | UN | Présidente | 01/01/2020\nAAA | Mme | Bea | DEUX | Présidente | 01/01/2020\nBBB | M. | Cid | TROIS | Président | 02/10/2022\nCCC | M. | Don | QUATRE | Président | 01/01/2020");
    let run = nobody.run("build annexes D1");
    assert!(
        run.status == 1 && run.stderr.contains("aucun représentant signataire de Bord au 1er\u{a0}octobre 2022"),
        "{}",
        run.stderr
    );
}
