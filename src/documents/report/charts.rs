//! The findings of a report: what its charts and its map show, from the statistics that its readers may know.

use std::collections::BTreeMap;

use super::Report;
use super::parts::of;
use crate::charts::map::{self, Area, Frame, Map, Site};
use crate::charts::{self, About, Group, Noun, Row, Told};
use crate::documents::common;
use crate::figures::{Cells, Figure, Phrase, Printed, Quantity, phrase};
use crate::model::rows::cells_under;
use crate::model::{
    Aid, At, CommunicationMonth, Decision, Indicator, Month, Partner, SupportClass, SupportLevel, Trait,
};
use crate::wording;

/// The frame of the map on a page, on the page of one council, and on a slide.
const MAP: Frame = Frame { width: 1680.0, height: 1000.0, lettering: 1.0 };
const OWN_MAP: Frame = Frame { height: 620.0, ..MAP };
const SLIDE_MAP: Frame = Frame { width: 2640.0, height: 1020.0, lettering: 2.1 };

/// Where the numbers are from.
pub(super) fn source(report: &Report) -> String {
    format!("Source\u{a0}: suivi du programme, situation au {}.", wording::date(report.situation()))
}

fn about(report: &Report, measured: impl Into<String>) -> About {
    About { measured: measured.into(), part: None, source: source(report) }
}

/// Exchanges by month: this half-year in full, the one before in tint.
pub(super) fn exchanges(report: &Report) -> (Told, Vec<Row>) {
    let start = report.half.period().start;
    let month = |month: Month| {
        let levels: Vec<Figure> = [SupportLevel::Contact, SupportLevel::Awareness, SupportLevel::Reinforced]
            .map(|it| report.exchanges(month, it))
            .into();
        let accompanied =
            sum(format!("echanges.accompagnement{}@{month}", of(report)), "échanges au-delà du contact", &levels[1..]);
        Row {
            part: Some(accompanied),
            short: wording::month_short(month.first_day()).to_owned(),
            is_aside: month.first_day() < start,
            ..Row::new(
                wording::month(month.first_day()),
                sum(format!("echanges{}@{month}", of(report)), "échanges du mois", &levels),
            )
        }
    };
    let rows: Vec<Row> = report.months().into_iter().map(month).collect();
    let total = |is_aside: bool, half| {
        let of_it = rows.iter().filter(move |row| row.is_aside == is_aside).map(|row| &row.whole);
        sum(format!("echanges{}@{half}", of(report)), "échanges du semestre", of_it)
    };
    let (now, before) = (total(false, report.half), report.previous().map(|half| (half, total(true, half))));
    let progress = report.progress();
    let finding = if now.is_secret() {
        firms_met(report, progress.as_deref())
    } else {
        charts::change(
            &now,
            before.as_ref().filter(|_| progress.is_none()).map(|(_, it)| it),
            ["échange", "échanges"],
            progress.as_deref(),
        )
    };
    let group = |half: crate::model::HalfYear, figure: &Figure, is_aside: bool| {
        let marks = rows.iter().filter(|row| row.is_aside == is_aside).count();
        let ongoing = if is_aside || progress.is_none() { "" } else { ", en cours" };
        let name = format!("{}{ongoing}\u{a0}: ", wording::capitalized(&half.label()));
        Group::new(phrase![name, figure.counted("échange", "échanges")], marks, is_aside)
    };
    let mut groups: Vec<Group> = before.iter().map(|(half, figure)| group(*half, figure, true)).collect();
    groups.push(group(report.half, &now, false));
    let part = Some("au-delà de la prise de contact".to_owned());
    let measured = "Échanges avec les entreprises, par mois. Foncé\u{a0}: sensibilisation et accompagnement\u{202f}; clair\u{a0}: prises de contact";
    let shown = charts::columns(finding, rows.clone(), groups, About { part, ..about(report, measured) });
    (shown.into(), rows)
}

/// The firms that were met, where the exchanges of a month are withheld and with them their sum.
fn firms_met(report: &Report, progress: Option<&str>) -> Phrase {
    Indicator::of("entreprises.rencontrees").map_or_else(Phrase::default, |indicator| {
        let (before, now, _) = report.course(indicator);
        charts::change(&now, before.as_ref(), ["entreprise rencontrée", "entreprises rencontrées"], progress)
    })
}

/// How many of the firms that were met were accompanied.
pub(super) fn accompanied(report: &Report) -> Option<Phrase> {
    let (met, accompanied) = (report.now("entreprises.rencontrees")?, report.now("entreprises.accompagnees")?);
    let nouns = (["entreprise accompagnée", "entreprises accompagnées"], ["rencontrée", "rencontrées"]);
    (!met.is_zero() && !met.is_secret() && !accompanied.is_secret())
        .then(|| charts::part_of(&accompanied, &met, nouns.0, nouns.1))
}

/// Firms by the highest level that they reached: the parts of a whole.
pub(super) fn levels(report: &Report) -> Told {
    let classes = report.statistics.firms_by(Trait::Level, report.half.period(), false);
    // The furthest first: what counts is never the palest.
    let rows: Vec<Row> = classes.iter().rev().map(row).collect();
    let nobody = report.now("entreprises.rencontrees").is_none_or(|met| met.is_zero());
    let else_said = if nobody { "Aucune entreprise rencontrée" } else { "Les entreprises rencontrées, par niveau" };
    let finding = accompanied(report).unwrap_or_else(|| phrase![else_said]);
    charts::parts(
        finding,
        rows,
        about(report, "Entreprises rencontrées, par le niveau le plus élevé que chacune a atteint"),
    )
    .into()
}

/// The firms that were met, and in them those that were accompanied, by each trait; on one scale.
pub(super) fn breakdowns(report: &Report) -> Vec<Told> {
    let by_trait: Vec<(Trait, Vec<Row>)> =
        super::parts::traits(report).into_iter().map(|by| (by, rows(report, by))).collect();
    // What is said in a sentence has no part in the scale of what is seen.
    let is_seen = |(by, rows): &&(Trait, Vec<Row>)| breakdown(report, *by, rows.clone()).chart().is_some();
    let scale = charts::scale(by_trait.iter().filter(is_seen).flat_map(|(_, rows)| rows));
    let shown = by_trait.into_iter().filter(|(_, rows)| !rows.is_empty());
    shown.map(|(by, rows)| on_scale(report, by, rows, scale)).collect()
}

/// One breakdown, on a scale of its own.
pub(super) fn breakdown(report: &Report, by: Trait, rows: Vec<Row>) -> Told {
    let scale = charts::scale(&rows);
    on_scale(report, by, rows, scale)
}

fn on_scale(report: &Report, by: Trait, rows: Vec<Row>, scale: i64) -> Told {
    let measured = format!("Entreprises rencontrées, par {}", by.label());
    let part = rows.iter().any(|row| row.part.is_some()).then(|| "accompagnées".to_owned());
    charts::bars(rows, scale, &noun(by), About { part, ..about(report, measured) }).into()
}

/// What the classes of a trait are called.
pub(super) fn noun(by: Trait) -> Noun {
    let (classes, is_feminine) = match by {
        Trait::Theme => ("thèmes", false),
        Trait::Council => ("intercommunalités", true),
        Trait::Sector => ("filières", true),
        Trait::Size => ("tailles d’entreprise", true),
        Trait::Scheme => ("dispositifs", false),
        Trait::Level => ("niveaux", false),
    };
    Noun { one: "entreprise", many: "entreprises", classes, is_feminine }
}

/// The classes of a trait: those that were met, and of each those that were accompanied where they may be read.
pub(super) fn rows(report: &Report, by: Trait) -> Vec<Row> {
    let period = report.half.period();
    let accompanied = report.statistics.firms_by(by, period, true);
    let part = |class: &SupportClass| {
        accompanied.iter().find(|other| other.is_named && other.label == class.label).map(|other| other.firms.clone())
    };
    let classes = report.statistics.firms_by(by, period, false);
    classes.iter().map(|class| Row { part: part(class), ..row(class) }).collect()
}

fn row(class: &SupportClass) -> Row {
    let name = wording::prose(&wording::capitalized(&class.label));
    Row { is_named: class.is_named, ..Row::new(name, class.firms.clone()) }
}

/// What was decided.
pub(super) fn decisions(report: &Report) -> Told {
    let row = |name: &str, id: &str| Some(Row::new(name, report.now(id)?));
    let rows = [
        row("Lauréats", "dossiers.laureats"),
        row("Refusés", "dossiers.refuses"),
        row("En instruction à la fin", "dossiers.instruction"),
    ];
    let (rate, granted) = (report.now("dossiers.taux"), report.now("dossiers.laureats"));
    let finding = match (&rate, granted) {
        (Some(rate), Some(granted)) if let Quantity::Share(_, judged @ 1..) = rate.value() => {
            let name = format!("dossiers.decides{}@{}", of(report), report.half);
            let judged = Figure::new(name, "dossiers décidés", Quantity::Count(judged), rate.sources().clone());
            charts::part_of(&granted, &judged, ["dossier retenu", "dossiers retenus"], ["décidé", "décidés"])
        }
        (Some(rate), _) if rate.is_secret() => phrase!["Les décisions du semestre"],
        _ => phrase!["Aucune décision ce semestre"],
    };
    charts::parts(
        finding,
        rows.into_iter().flatten().collect(),
        about(report, "Dossiers du semestre, accompagnés ou non par le programme"),
    )
    .into()
}

/// Followers and views of the last twelve months: how far they came.
pub(super) fn audience(report: &Report) -> Vec<(Told, Vec<Row>)> {
    if report.council.is_some() {
        return Vec::new();
    }
    let months = report.months();
    // A line joins months that follow each other: it ends with the last that is known, and begins behind the last gap.
    let known = months.iter().rev().map(|month| report.scope.communication().find(|row| row.month() == *month));
    let mut rows: Vec<At<CommunicationMonth>> = known.skip_while(Option::is_none).map_while(|row| row).collect();
    rows.reverse();
    let line = |index: usize, noun: [&str; 2], measured: &str| {
        let rows: Vec<Row> = rows
            .iter()
            .map(|row| {
                let month = row.month().first_day();
                let short = wording::month_short(month).to_owned();
                Row { short, ..Row::new(wording::month(month), super::parts::networks(*row)[index].clone()) }
            })
            .collect();
        let finding = course(&rows, noun);
        (Told::from(charts::line(finding, rows.clone(), about(report, measured))), rows)
    };
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        line(0, ["abonné", "abonnés"], "Abonnés sur le réseau professionnel, à la fin de chaque mois"),
        line(2, ["vue", "vues"], "Vues des publications, par mois"),
    ]
}

/// From where to where a line went.
fn course(rows: &[Row], noun: [&str; 2]) -> Phrase {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Phrase::default() };
    let now = last.whole.counted(noun[0], noun[1]);
    let link = match last.whole.amount().cmp(&first.whole.amount()) {
        std::cmp::Ordering::Less => "contre",
        std::cmp::Ordering::Equal => "comme",
        std::cmp::Ordering::Greater => "contre",
    };
    if rows.len() == 1 {
        return phrase![now, format!(" en {}", last.name)];
    }
    if link == "comme" {
        return phrase![now, format!(" en {}, comme en {}", last.name, first.name)];
    }
    phrase![now, format!(" en {}, {link} ", last.name), first.whole.count(), format!(" en {}", first.name)]
}

/// A council among the others, where every partner may read the values of all.
pub(super) fn among(report: &Report) -> Vec<Told> {
    let Some(council) = report.council else { return Vec::new() };
    let own = wording::prose(council.usual_name());
    let whole = report.scope.statistics();
    let chart = |accompanied: bool, done: [&str; 2]| {
        let classes = whole.firms_by(Trait::Council, report.half.period(), accompanied);
        let rows: Vec<Row> = classes
            .iter()
            .filter(|it| it.is_named && !it.firms.is_secret())
            .map(row)
            .map(|it| Row { is_aside: it.name != own, ..it })
            .collect();
        let mine = rows.iter().find(|row| !row.is_aside)?;
        let above = rows.iter().filter(|row| row.whole.amount() > mine.whole.amount()).count();
        let equal = rows.iter().filter(|row| row.whole.amount() == mine.whole.amount()).count() - 1;
        let finding = rank(mine, rows.len(), above, equal, done);
        let measured = format!("Entreprises {} au semestre, par intercommunalité", done[1]);
        let shown = charts::points(finding, rows, about(report, measured));
        shown.chart().is_some().then(|| Told::from(shown))
    };
    [chart(false, ["rencontrée", "rencontrées"]), chart(true, ["accompagnée", "accompagnées"])]
        .into_iter()
        .flatten()
        .collect()
}

/// Where a body stands among so many.
fn rank(mine: &Row, of: usize, above: usize, equal: usize, done: [&str; 2]) -> Phrase {
    let counted = mine.whole.counted(&format!("entreprise {}", done[0]), &format!("entreprises {}", done[1]));
    let count = |name: &str, value: usize| {
        common::count(format!("{}.{name}", mine.whole.name()), "rang", value, Cells::default())
    };
    let rank = count("rang", above + 1);
    let among = count("rang.sur", of);
    let tie = if equal > 0 { ", à égalité" } else { "" };
    phrase![counted, "\u{a0}: ", rank.ordinal(true), " sur ", among.count(), tie]
}

/// The map: firms that were met by council, and the awards that were announced by commune.
pub(super) fn territory_map(report: &Report, on_slide: bool) -> Option<Map> {
    let atlas = report.scope.atlas();
    let classes = report.statistics.firms_by(Trait::Council, report.half.period(), false);
    let partners: Vec<At<Partner>> = super::councils(report.scope, report.half);
    let is_own = |partner: At<Partner>| report.council.is_some_and(|council| council.index() == partner.index());
    let value = |partner: At<Partner>| {
        let class = classes.iter().find(|class| class.is_named && class.label == partner.usual_name())?;
        Some(class.firms.clone()).filter(|firms| !firms.is_secret())
    };
    let frame = match report.council {
        Some(_) => OWN_MAP,
        None if on_slide => SLIDE_MAP,
        None => MAP,
    };
    let places: Vec<_> = partners.iter().map(|partner| partner.place_on_map()).collect();
    let tiles = map::tiles(&places, (frame.width, frame.height));
    let has_contours = partners.iter().any(|partner| atlas.area(*partner).is_some());
    let area = |(partner, tile): (&At<Partner>, Vec<Vec<map::Point>>)| Area {
        name: wording::prose(partner.usual_name()),
        rings: if has_contours { atlas.area(*partner).map(<[_]>::to_vec).unwrap_or_default() } else { tile },
        value: value(*partner),
        is_own: report.council.is_none() || is_own(*partner),
    };
    let areas: Vec<Area> = partners.iter().zip(tiles).map(area).collect();
    let sites = if has_contours { sites(report) } else { Vec::new() };
    let discs = if sites.is_empty() { "" } else { " Disques\u{a0}: lauréats annoncés publiquement, par commune." };
    let measured = format!("Nombre et teinte\u{a0}: entreprises rencontrées au semestre.{discs}");
    let drawn = if has_contours { atlas.source.as_deref().map(|it| format!("{} ", wording::prose(it))) } else { None };
    let source = format!("{}{}", drawn.unwrap_or_default(), source(report));
    let finding = match report.council {
        Some(council) => own_finding(report, council, &sites),
        None => charts::leaders(&rows(report, Trait::Council), &noun(Trait::Council)),
    };
    map::map(finding, areas, &sites, frame, About { measured, part: None, source })
}

/// What the map of one council finds: its firms, and the awards that were announced in it.
fn own_finding(report: &Report, council: At<Partner>, sites: &[Site]) -> Phrase {
    let name =
        format!("{}\u{a0}: ", wording::capitalized(&wording::without_de(&wording::prose(council.name_with_de()))));
    let met: Option<Printed> = report
        .now("entreprises.rencontrees")
        .map(|met| met.counted("entreprise rencontrée", "entreprises rencontrées"));
    let mut finding = Phrase::from(name);
    finding.extend(met.map(Phrase::from).unwrap_or_default());
    if !sites.is_empty() {
        let all = sum(
            format!("laureats.annonces{}@..{}", of(report), report.situation()),
            "lauréats annoncés",
            sites.iter().map(|site| &site.count),
        );
        finding.extend(phrase![" au semestre, ", all.counted("lauréat annoncé", "lauréats annoncés")]);
    }
    finding
}

/// The awards that were announced publicly, by commune, where the map knows its place; in an own report, the council's own.
fn sites(report: &Report) -> Vec<Site> {
    let (atlas, day) = (report.scope.atlas(), report.situation());
    let mut towns: BTreeMap<String, Vec<At<Aid>>> = BTreeMap::new();
    let announced =
        report.scope.aids().filter(|aid| aid.is_announced() && aid.decision_on(day) == Some(Decision::Granted));
    let is_own = |aid: &At<Aid>| report.council.is_none_or(|council| aid.firm().partner().index() == council.index());
    for aid in announced.filter(is_own) {
        if let Some(commune) = aid.firm().commune() {
            towns.entry(commune.to_owned()).or_default().push(aid);
        }
    }
    let site = |(name, aids): (String, Vec<At<Aid>>)| {
        let at = atlas.town(&name)?;
        let key = format!("laureats.annonces.{}@..{day}", wording::fold(&name).replace(' ', "-"));
        let cells = cells_under(aids.iter().copied(), Aid::DECISION);
        let count = common::count(key, &format!("lauréats annoncés, {name}"), aids.len(), cells);
        Some(Site { name: wording::prose(&name), at, count })
    };
    towns.into_iter().filter_map(site).collect()
}

fn sum<'f>(name: String, label: &str, figures: impl IntoIterator<Item = &'f Figure>) -> Figure {
    Figure::sum(name, label, Quantity::Count, figures)
}
