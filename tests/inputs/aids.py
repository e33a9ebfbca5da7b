"""Aides: invented applications (aids.csv) whose totals are those of the field in mid-2022.

The table says who, which scheme and what was decided; the amounts it leaves open are spread here so that each group
adds up to its target to the euro.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from firms import BY_KEY, Firm
from lists import AID_FORMS, DECISIONS, PLANS, YES_NO
from tables import day, generator, number, read, working_day
from workbook import Column, Sheet

SCHEMES = {
    "TI": ("Fonds Territoires d'industrie", "France Relance"),
    "SI": ("Soutien à l'investissement industriel", "France Relance"),
    "MF": ("Modernisation des filières automobile et aéronautique", "France Relance"),
    "DC": ("Décarbonation de l'industrie", "France Relance"),
    "RE": ("Résilience", "France Relance"),
    "EU": ("Appel européen", "Europe"),
}
# How much more a scheme invests and grants than another, for a firm of the same size.
INVESTMENT_SCALE = {"TI": 1.0, "SI": 0.7, "MF": 1.0, "DC": 1.1, "RE": 0.7, "EU": 1.5}
GRANT_SCALE = {"TI": 1.0, "SI": 0.7, "MF": 0.9, "DC": 1.5, "RE": 0.8, "EU": 1.4}

FUND_GRANTS, FUND_INVESTMENT = 17_000_000, 220_000_000
OTHER_GRANTS, OTHER_INVESTMENT = 46_500_000, 368_000_000
LAUREATE_JOBS = 4_012
FIRST_FILING = date(2020, 9, 15)


@dataclass
class Application:
    """A row of the sheet, with the amounts still open until they are spread."""

    firm: Firm
    scheme: str
    decision: str
    filed: date | None
    decided: date | None
    accompanied: bool
    public: bool
    investment: int | None
    requested: int | None
    granted: int | None
    form: str = "subvention"
    jobs_created: int | None = None
    jobs_kept: int | None = None

    @property
    def is_laureate(self) -> bool:
        """Whether it was granted."""
        return self.decision == "Lauréat"


def applications() -> list[Application]:
    """All applications, by date of filing."""
    chance = generator("aids")
    table = [_application(row) for row in read("aids.csv")]
    laureates = [one for one in table if one.is_laureate]
    fund = [one for one in laureates if one.scheme == "TI"]
    others = [one for one in laureates if one.scheme != "TI"]
    _spread(fund, FUND_INVESTMENT, FUND_GRANTS, chance)
    _spread(others, OTHER_INVESTMENT, OTHER_GRANTS, chance)
    _spread_jobs(laureates, chance)
    for one in table:
        _fill(one, chance)
    return sorted(table, key=lambda one: (one.filed, one.firm.key))


def _application(row: dict) -> Application:
    return Application(
        BY_KEY[row["Entreprise"], row["Site"]],
        row["Dispositif"],
        row["Décision"],
        day(row["Déposé le"]),
        day(row["Décidé le"]),
        row["Accompagné"] == "oui",
        row["Annonce publique"] == "oui",
        number(row["Investissement"]),
        number(row["Aide demandée"]),
        number(row["Aide obtenue"]),
    )


def _spread(group: list[Application], investment: int, grants: int, chance) -> None:
    """Gives every open row its part of the two totals; the largest project takes what rounding leaves."""
    open_rows = [one for one in group if one.investment is None]
    for attribute, total, scale, power, step in [
        ("investment", investment, INVESTMENT_SCALE, 0.75, 1_000),
        ("granted", grants, GRANT_SCALE, 0.55, 100),
    ]:
        rest = total - sum(getattr(one, attribute) or 0 for one in group)
        weights = [scale[one.scheme] * one.firm.staff**power * chance.lognormvariate(0, 0.28) for one in open_rows]
        shares = [round(rest * weight / sum(weights) / step) * step for weight in weights]
        shares[shares.index(max(shares))] += rest - sum(shares)
        for one, share in zip(open_rows, shares):
            setattr(one, attribute, share)


def _spread_jobs(laureates: list[Application], chance) -> None:
    """Jobs kept are a part of the staff, jobs created a few more; together they make the total."""
    created = [max(1, round(one.firm.staff * chance.uniform(0.03, 0.16))) for one in laureates]
    rest = LAUREATE_JOBS - sum(created)
    projects = {one.firm.key: sum(other.firm.key == one.firm.key for other in laureates) for one in laureates}
    weights = [one.firm.staff / projects[one.firm.key] * chance.uniform(0.55, 0.9) for one in laureates]
    kept = [round(rest * weight / sum(weights)) for weight in weights]
    kept[kept.index(max(kept))] += rest - sum(kept)
    for one, new, old in zip(laureates, created, kept):
        one.jobs_created, one.jobs_kept = new, old


def _fill(one: Application, chance) -> None:
    """Completes a row: what was asked for, when it was filed, and the amounts of those that were not granted."""
    if one.filed is None:
        delay = chance.randint(75, 105) if one.accompanied else chance.randint(70, 150)
        one.filed = max(working_day(one.decided - timedelta(days=delay)), working_day(FIRST_FILING))
    if one.is_laureate:
        if one.requested is None:
            one.requested = round(one.granted * chance.choice([1, 1, 1.08, 1.15, 1.22, 1.35]) / 100) * 100
        one.requested = max(one.requested, one.granted)
        return
    if one.investment is None:
        size = INVESTMENT_SCALE[one.scheme] * one.firm.staff * 24_000 * chance.lognormvariate(0, 0.5)
        one.investment = round(size / 1_000) * 1_000
        one.requested = round(one.investment * chance.uniform(0.12, 0.32) / 100) * 100
    if not one.accompanied:
        one.form = chance.choice(["subvention"] * 6 + ["avance", "prêt"])
    if one.decision == "En instruction":
        one.jobs_created = max(1, round(one.firm.staff * chance.uniform(0.04, 0.12)))
        one.jobs_kept = round(one.firm.staff * chance.uniform(0.3, 0.6))


def aids_sheet() -> Sheet:
    """The applications of all firms, accompanied or not."""
    columns = [
        Column("Entreprise", 36),
        Column("Site", 11),
        Column("Dispositif", 56),
        Column("Plan", 16, choices=PLANS),
        Column("Déposé le", 12, "date"),
        Column("Décision", 16, choices=DECISIONS),
        Column("Décidé le", 12, "date"),
        Column("Investissement", 17, "euros"),
        Column("Aide demandée", 16, "euros"),
        Column("Aide obtenue", 16, "euros"),
        Column("Forme", 13, choices=AID_FORMS),
        Column("Accompagné", 13, choices=YES_NO),
        Column("Emplois créés", 11, "integer"),
        Column("Emplois maintenus", 12, "integer"),
        Column("Annonce publique", 12, choices=YES_NO),
    ]
    return Sheet("Aides", columns, [_row(one) for one in applications()])


def _row(one: Application) -> list:
    scheme, plan = SCHEMES[one.scheme]
    return [
        one.firm.name,
        one.firm.site,
        scheme,
        plan,
        one.filed,
        one.decision,
        one.decided,
        one.investment,
        one.requested,
        one.granted,
        one.form,
        "oui" if one.accompanied else "non",
        one.jobs_created,
        one.jobs_kept,
        "oui" if one.public else "non",
    ]
