"""Contacts: invented people (contacts.csv), all with addresses at example.org."""

import unicodedata
from datetime import date, timedelta

from committees import last_attended
from lists import COLLEGES, YES_NO
from tables import day, generator, read, working_day
from workbook import Column, Sheet

# The day after which everybody met there was told what the list is for.
INFORMED_AFTER = {
    "Webinaire du 20 avril 2021": date(2021, 4, 21),
    "COPIL du 22 juin 2021": date(2021, 6, 23),
    "Atelier du 30 septembre 2021": date(2021, 10, 1),
    "Atelier du 10 février 2022": date(2022, 2, 11),
    "Atelier du 19 mai 2022": date(2022, 5, 20),
}
LIST_STARTED = date(2021, 1, 11)
LAST_NEWCOMER = date(2022, 7, 1)
LAST_EXCHANGE = date(2022, 8, 31)


def contacts_sheet() -> Sheet:
    """The mailing list and the people around it."""
    columns = [
        Column("Prénom", 17),
        Column("Nom", 20),
        Column("Organisation", 46),
        Column("Fonction", 47),
        Column("Courriel", 44),
        Column("Partenaire", 12, codes_of="Partenaires"),
        Column("Collège", 26, choices=COLLEGES),
        Column("Lettre", 9, choices=YES_NO),
        Column("Opposition", 12, "date"),
        Column("Source", 30),
        Column("Informé le", 12, "date"),
        Column("Dernier échange", 12, "date"),
    ]
    chance = generator("contacts")
    attended = last_attended()
    rows = [_contact(row, attended, chance) for row in read("contacts.csv")]
    return Sheet("Contacts", columns, rows, frozen_columns=2)


def _contact(row: dict, attended: dict[str, date], chance) -> list:
    """Nobody's last exchange is older than the last committee that saw him."""
    informed = INFORMED_AFTER.get(row["Source"])
    if informed is None:
        informed = _between(LIST_STARTED, LAST_NEWCOMER, chance)
    objected = day(row["Opposition"])
    if objected:
        informed = min(informed, working_day(objected - timedelta(days=120)))
    last = objected or _between(informed, LAST_EXCHANGE, chance)
    last = max(last, attended.get(f"{row['Prénom']} {row['Nom']}", last))
    return [
        row["Prénom"],
        row["Nom"],
        row["Organisation"],
        row["Fonction"],
        address(row["Prénom"], row["Nom"]),
        row["Partenaire"],
        row["Collège"],
        row["Lettre"],
        objected,
        row["Source"],
        informed,
        last,
    ]


def _between(first: date, last: date, chance) -> date:
    return min(working_day(first + timedelta(days=chance.randint(0, (last - first).days))), last)


def address(first: str, last: str) -> str:
    """`Éric van der Straelens` is written to at eric.van-der-straelens@example.org."""
    return f"{_ascii(first)}.{_ascii(last)}@example.org"


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().replace("œ", "oe"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return kept.replace("'", "").replace(" ", "-")
