"""Agenda and Appels à projets: the programme's own events (agenda.csv), calls by invented operators (calls.csv)."""

from datetime import date, time

from lists import CALL_NATURES, EVENT_TYPES, THEMES, YES, YES_NO
from tables import day, number, read
from workbook import Column, Sheet


def agenda_sheet() -> Sheet:
    """Past and coming events, by date; a committee is convened three or four weeks before."""
    columns = [
        Column("Code", 17),
        Column("Date", 12, "date"),
        Column("Heure", 9, "time"),
        Column("Date de fin", 12, "date"),
        Column("Heure de fin", 9, "time"),
        Column("Intitulé", 74),
        Column("Type", 19, choices=EVENT_TYPES),
        Column("Lieu", 44),
        Column("Partenaire", 12),
        Column("Participants", 15, "integer"),
        Column("Dans la lettre", 10, choices=YES_NO),
        Column("Annulé", 10, choices=YES),
        Column("Inscription", 58),
        Column("Convoqué le", 12, "date"),
        Column("Lien", 44),
    ]
    rows = [
        [
            row["Code"],
            day(row["Date"]),
            _hour(row["Heure"]),
            day(row["Date de fin"]),
            _hour(row["Heure de fin"]),
            row["Intitulé"],
            row["Type"],
            row["Lieu"],
            row["Partenaire"],
            number(row["Participants"]),
            row["Dans la lettre"],
            row["Annulé"],
            row["Inscription"],
            day(row["Convoqué le"]),
            row["Lien"],
        ]
        for row in read("agenda.csv")
    ]
    return Sheet("Agenda", columns, sorted(rows, key=lambda row: (row[1], row[2] or time())), frozen_columns=2)


def _hour(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def calls_sheet() -> Sheet:
    """Calls by opening date; those without a closing date run « au fil de l'eau »."""
    columns = [
        Column("Intitulé", 62),
        Column("Opérateur", 30),
        Column("Nature", 11, choices=CALL_NATURES),
        Column("Dispositif", 28),
        Column("Thème", 24, choices=THEMES),
        Column("Ouverture", 12, "date"),
        Column("Clôture", 12, "date"),
        Column("Relèves", 38),
        Column("Vérifié le", 12, "date"),
        Column("Lien", 50),
    ]
    rows = [
        [
            row["Intitulé"],
            row["Opérateur"],
            row["Nature"],
            row["Dispositif"],
            row["Thème"],
            day(row["Ouverture"]),
            day(row["Clôture"]),
            _french_dates(row["Relèves"]),
            day(row["Vérifié le"]),
            row["Lien"],
        ]
        for row in read("calls.csv")
    ]
    return Sheet("Appels à projets", columns, sorted(rows, key=lambda row: (row[5], row[0])))


def _french_dates(text: str) -> str | None:
    """Several dates share a cell, so they are text, written as people write them: `31/10/2022; 16/01/2023`."""
    dates = [date.fromisoformat(part.strip()) for part in text.split(";") if part.strip()]
    return "; ".join(f"{when:%d/%m/%Y}" for when in dates) or None
