"""Partenaires and Représentants: true facts of July 2022 (partenaires.csv), nothing invented."""

from datetime import date

from lists import PARTNER_TYPES, ROLES, CIVILITIES
from tables import number, read
from workbook import Column, Sheet

# In office, or a partner, at the reference date of the first convention (1 July 2020): the sources do not say since
# when, so the sheets say « since the beginning of that year ».
KNOWN_SINCE = date(2020, 1, 1)
# The elections of 2020 change some presidents on this day.
ELECTED = date(2020, 7, 15)
LAST_DAY_BEFORE = date(2020, 7, 14)

SEATS = {
    "CCI": "Lille cedex",
    "CAVM": "Valenciennes",
    "CAPH": "Wallers",
    "CAMVS": "Maubeuge",
    "CAC": "Cambrai",
    "CA2C": "Beauvois-en-Cambrésis",
    "CAD": "Douai",
}

# Columns run from west to east, rows from north to south: a map of six tiles.
#
#     Douaisis    Porte du Hainaut    Valenciennes Métropole    Maubeuge Val de Sambre
#     Cambrai     Caudrésis-Catésis
TILES = {"CAD": "A1", "CAPH": "B1", "CAVM": "C1", "CAMVS": "D1", "CAC": "A2", "CA2C": "B2"}


def partners_sheet() -> Sheet:
    """The seven parties to the convention, and the State which finances."""
    columns = [
        Column("Code", 9),
        Column("Type", 9, choices=PARTNER_TYPES),
        Column("Nom officiel", 44, wrap=True),
        Column("Nom usuel", 24),
        Column("Forme avec de", 28),
        Column("Sigle", 9),
        Column("Assemblée", 22),
        Column("SIREN", 12),
        Column("SIRET", 17),
        Column("Adresse", 36, wrap=True),
        Column("Code postal", 9),
        Column("Ville", 22),
        Column("Département", 13),
        Column("Sous-préfecture", 18),
        Column("Code préfecture", 16),
        Column("Tribunal administratif", 17),
        Column("Communes", 11, "integer"),
        Column("Population", 12, "integer"),
        Column("Millésime", 11, "year"),
        Column("Courriel du secrétariat", 34),
        Column("Logo", 24),
        Column("Texte de remplacement du logo", 30, wrap=True),
        Column("Case", 8),
        Column("Depuis", 12, "date"),
        Column("Jusqu'au", 12, "date"),
    ]
    return Sheet("Partenaires", columns, [_partner(row) for row in read("partenaires.csv", ",")] + [_state()])


def _partner(row: dict) -> list:
    code = row["Code"]
    is_epci = row["Type"] == "CA"
    population = number(row["Population totale (2022)"])
    return [
        code,
        row["Type"],
        row["Nom officiel"],
        row["Nom usuel"],
        row["Forme avec de"],
        row["Sigle"],
        "conseil communautaire" if is_epci else None,
        row["SIREN"],
        None,
        None if is_epci else "299 boulevard de Leeds, CS 90028",
        None if is_epci else "59031",
        SEATS[code],
        "59",
        row["Sous-préfecture"],
        None,
        "Lille",
        number(row["Communes (2022)"]),
        population,
        2022 if population else None,
        f"secretariat-{code.lower()}@example.org",
        None,
        None,
        TILES.get(code),
        KNOWN_SINCE,
        None,
    ]


def _state() -> list:
    return [
        "ETAT",
        "État",
        "État",
        "État (FNADT)",
        "de l'État",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        KNOWN_SINCE,
        None,
    ]


def representatives_sheet() -> Sheet:
    """Who signs for whom. No pair of an elected person and an industrialist: no source names one."""
    columns = [
        Column("Partenaire", 12, codes_of="Partenaires"),
        Column("Civilité", 10, choices=CIVILITIES),
        Column("Prénom", 20),
        Column("Nom", 22),
        Column("Qualité", 18),
        Column("Rôle", 18, choices=ROLES),
        Column("Portrait", 24),
        Column("Depuis", 12, "date"),
        Column("Jusqu'au", 12, "date"),
    ]
    rows = []
    for partner in read("partenaires.csv", ","):
        code, before, after = partner["Code"], partner["Président en 2020"], partner["Président en 2022"]
        if before == after:
            rows.append(_president(code, after, KNOWN_SINCE, None))
        else:
            rows.append(_president(code, before, KNOWN_SINCE, LAST_DAY_BEFORE))
            rows.append(_president(code, after, ELECTED, None))
    return Sheet("Représentants", columns, rows)


def _president(code: str, name: str, since: date, until: date | None) -> list:
    first, last = name.split(" ", 1)
    return [code, "M.", first, last, "Président", "Signataire", None, since, until]
