"""Participants and Ordres du jour: who sits on three committees, what they deal with and what was decided.

The first two were held, the third is to come: its point 1 takes up what the second decided. People and decisions are
invented (participants.csv, agenda_points.csv); people on the mailing list are named as there.
"""

from datetime import date

from lists import YES_NO
from tables import day, number, read
from workbook import Column, Sheet


def participants_sheet() -> Sheet:
    """Those invited, partner by partner; whether they came is known once the committee was held."""
    columns = [
        Column("Événement", 17, codes_of="Agenda"),
        Column("Nom", 26),
        Column("Organisation", 44),
        Column("Partenaire", 12),
        Column("Présent", 10, choices=YES_NO),
    ]
    rows = [[row[column.heading] for column in columns] for row in read("participants.csv")]
    return Sheet("Participants", columns, rows, frozen_columns=2)


def points_sheet() -> Sheet:
    """The points in order, their length in minutes, at the most one decision each with its owner and day."""
    columns = [
        Column("Événement", 17, codes_of="Agenda"),
        Column("Point", 8, "year"),
        Column("Intitulé", 50, wrap=True),
        Column("Rapporteur", 22),
        Column("Durée", 9, "integer"),
        Column("Décision", 60, wrap=True),
        Column("Responsable", 22),
        Column("Échéance", 12, "date"),
        Column("Fait le", 12, "date"),
    ]
    rows = [
        [
            row["Événement"],
            number(row["Point"]),
            row["Intitulé"],
            row["Rapporteur"],
            number(row["Durée"]),
            row["Décision"],
            row["Responsable"],
            day(row["Échéance"]),
            day(row["Fait le"]),
        ]
        for row in read("agenda_points.csv")
    ]
    return Sheet("Ordres du jour", columns, rows, frozen_columns=2)


def last_attended() -> dict[str, date]:
    """The latest committee at which each person was present."""
    held = {row["Code"]: day(row["Date"]) for row in read("agenda.csv")}
    last = {}
    for row in read("participants.csv"):
        if row["Présent"] == "oui":
            last[row["Nom"]] = max(held[row["Événement"]], last.get(row["Nom"], date.min))
    return last
