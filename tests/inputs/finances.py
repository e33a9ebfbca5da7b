"""Exercices, Dépenses and Recettes: the two budgets of budgets.csv.

The sources tell nothing of what was called or cashed: those columns stay empty. What was spent is told, payment by
payment, by Paiements: « Réalisé » stays empty, so that no figure stands twice.
"""

from datetime import date

from lists import ACTS, CONTRIBUTIONS, EPCI, RESOURCE_MODES
from tables import read
from workbook import Column, Sheet

OLD_YEAR, NEW_YEAR = "2021-2022", "2022-2023"
START = date(2021, 9, 15)
EQUAL_SHARE = "Part égale du reste à charge"


def years_sheet() -> Sheet:
    """Twelve months from 15 September; the CCI carries the cents that six equal shares leave."""
    columns = [
        Column("Code", 13),
        Column("Début", 13, "date"),
        Column("Fin", 13, "date"),
        Column("Écart d'arrondi à la charge de", 20),
    ]
    return Sheet(
        "Exercices",
        columns,
        [
            [OLD_YEAR, START, date(2022, 9, 14), "CCI"],
            [NEW_YEAR, date(2022, 9, 15), date(2023, 9, 14), "CCI"],
        ],
    )


def expenses_sheet() -> Sheet:
    """The four natures of expense, which are the same in both years."""
    columns = [
        Column("Exercice", 13, codes_of="Exercices"),
        Column("Nature", 52),
        Column("Prévu", 16, "cents"),
        Column("Réalisé", 16, "cents"),
    ]
    rows = [
        [line["Exercice"], line["Ligne"], float(line["Montant"]), None]
        for line in read("budgets.csv", ",")
        if line["Sens"] == "Dépenses"
    ]
    return Sheet("Dépenses", columns, rows)


def resources_sheet() -> Sheet:
    """Amounts in the first year; in the second, the six share equally what the CCI leaves, under a voted ceiling."""
    columns = [
        Column("Exercice", 13, codes_of="Exercices"),
        Column("Financeur", 12),
        Column("Mode", 29, choices=RESOURCE_MODES),
        Column("Prévu", 15, "cents"),
        Column("Clé", 9, "hours"),
        Column("Apport", 13, choices=CONTRIBUTIONS),
        Column("Plafond voté", 15, "cents"),
        Column("Délibération", 17),
        Column("N° de demande", 16),
        Column("Appelé", 15, "cents"),
        Column("Appelé le", 12, "date"),
        Column("Échéance", 12, "date"),
        Column("Encaissé", 15, "cents"),
        Column("Encaissé le", 12, "date"),
        Column("Code service", 14),
        Column("N° d'engagement", 17),
    ]
    cash, in_kind = CONTRIBUTIONS
    rows = [_resource(OLD_YEAR, "ETAT", "Montant", 40_000, cash)]
    rows += [_resource(OLD_YEAR, code, "Montant", 8_000, cash) for code in EPCI]
    rows.append(_resource(OLD_YEAR, "CCI", "Montant", 9_865, in_kind))
    rows.append(_resource(NEW_YEAR, "CCI", "Montant", 9_865, in_kind))
    rows += [_resource(NEW_YEAR, code, EQUAL_SHARE, None, cash, 10_833.33, ACTS[code]) for code in EPCI]
    return Sheet("Recettes", columns, rows, frozen_columns=2)


def _resource(
    year: str,
    code: str,
    mode: str,
    planned: float | None,
    kind: str,
    ceiling: float | None = None,
    act: str | None = None,
) -> list:
    return [year, code, mode, planned, None, kind, ceiling, act] + [None] * 8
