"""Paiements: what was paid in the first year by the day on which the sheets were kept last; all of it is invented.

Salaries follow from a gross pay, month by month; the rest stands in payments.csv. The first month counts for sixteen
days. The contributions of August, the salary of September and the last quarter are paid after that day: the year is
not spent to its end.
"""

from datetime import date, timedelta

from finances import OLD_YEAR, START
from tables import CLOSED_DAYS, KNOWN_UNTIL, day, read
from workbook import Column, Sheet

SALARY = "Salaire et charges"
# In cents a month. The shares below are thousandths of it; contributions are those of both sides.
GROSS_PAY = 508_000
NET_PAY, INCOME_TAX = 710, 70
SOCIAL_SECURITY, PENSION = 505, 135
OTHERS = sorted({row["Nature"] for row in read("payments.csv")})


def payments_sheet() -> Sheet:
    """One row a payment, by the day on which it was made."""
    columns = [
        Column("Exercice", 13, codes_of="Exercices"),
        Column("Nature", 52, choices=[SALARY, *OTHERS], open_list=True),
        Column("Montant", 15, "cents"),
        Column("Acquittée le", 12, "date"),
        Column("Bénéficiaire", 38),
        Column("Justificatif", 30),
        Column("Mois", 12, "month"),
    ]
    rows = _salaries() + _others()
    assert all(row[3] <= KNOWN_UNTIL for row in rows)
    return Sheet("Paiements", columns, sorted(rows, key=lambda row: (row[3], row[1], row[5])))


def _salaries() -> list[list]:
    """The pay on the last day worked of its month; contributions on the 15th and the 25th of the next one."""
    rows = []
    month = START.replace(day=1)
    while month <= KNOWN_UNTIL:
        following = (month + timedelta(days=31)).replace(day=1)
        name = f"{month:%Y-%m}"
        for share, when, payee, receipt in [
            (NET_PAY, _bank_day(following - timedelta(days=1), -1), "Cheffe de projet", f"Bulletin de paie {name}"),
            (
                INCOME_TAX,
                _bank_day(following.replace(day=15)),
                "Direction générale des finances publiques",
                f"Prélèvement à la source {name}",
            ),
            (SOCIAL_SECURITY, _bank_day(following.replace(day=15)), "URSSAF", f"Bordereau URSSAF {name}"),
            (
                PENSION,
                _bank_day(following.replace(day=25)),
                "Caisse de retraite complémentaire",
                f"Bordereau de retraite {name}",
            ),
        ]:
            if when <= KNOWN_UNTIL:
                rows.append([OLD_YEAR, SALARY, _pay(share, month), when, payee, receipt, month])
        month = following
    return rows


def _pay(share: int, month: date) -> float:
    """A share of the gross pay, of which the first month counts for the days since the year began."""
    days = 30 - START.day + 1 if (month.year, month.month) == (START.year, START.month) else 30
    return round(GROSS_PAY * share * days / 30_000) / 100


def _bank_day(when: date, step: int = 1) -> date:
    """The same day, or the nearest one in the direction of `step` on which banks work."""
    while when.weekday() > 4 or when in CLOSED_DAYS:
        when += timedelta(days=step)
    return when


def _others() -> list[list]:
    return [
        [
            OLD_YEAR,
            row["Nature"],
            float(row["Montant"]),
            day(row["Acquittée le"]),
            row["Bénéficiaire"],
            row["Justificatif"],
            day(f"{row['Mois']}-01"),
        ]
        for row in read("payments.csv")
    ]
