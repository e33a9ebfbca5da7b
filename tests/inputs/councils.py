"""Séances, Présences, Conventions, Délibérations.

The sitting of 6 July 2022 is true to the act; the five sittings of autumn are drafts, with what a draft knows.
"""

from dataclasses import dataclass
from datetime import date, time

from finances import NEW_YEAR, OLD_YEAR
from lists import ATTENDANCE, YES
from tables import read
from workbook import Column, Sheet

OBJECT = (
    "Renouvellement de la convention de partenariat pour l'animation du programme Territoires d'industrie "
    "Hainaut-Douaisis-Cambrésis"
)
ANNEXES = "bilan; feuille-de-route; convention"
JULY_SITTING = "CA2C-2022-07-06"


@dataclass
class DraftSitting:
    """A sitting that is planned, not held: its place and its members remain to be confirmed by the secretariat."""

    partner: str
    day: date
    hour: time
    convened: date
    members: int
    president: str

    @property
    def code(self) -> str:
        """Partner and day, as for the sittings held."""
        return f"{self.partner}-{self.day.isoformat()}"


DRAFTS = [
    DraftSitting("CAC", date(2022, 9, 26), time(18, 0), date(2022, 9, 16), 90, "Nicolas SIEGLER"),
    DraftSitting("CAMVS", date(2022, 9, 29), time(18, 30), date(2022, 9, 21), 77, "Benjamin SAINT-HUILE"),
    DraftSitting("CAD", date(2022, 9, 30), time(18, 0), date(2022, 9, 22), 78, "Christian POIRET"),
    DraftSitting("CAVM", date(2022, 10, 6), time(18, 30), date(2022, 9, 28), 89, "Laurent DEGALLAIX"),
    DraftSitting("CAPH", date(2022, 10, 10), time(18, 0), date(2022, 9, 30), 83, "Aymeric ROBIN"),
]


def sittings_sheet() -> Sheet:
    """One sitting held, five planned."""
    columns = [
        Column("Code", 18),
        Column("Partenaire", 12),
        Column("Date", 12, "date"),
        Column("Heure", 9, "time"),
        Column("Lieu", 44),
        Column("Convocation", 13, "date"),
        Column("Membres en exercice", 12, "integer"),
        Column("Président de séance", 24),
        Column("Qualité du président", 14),
        Column("Secrétaire", 20),
        Column("Urgence", 10, choices=YES),
        Column("Seconde convocation", 13, choices=YES),
    ]
    rows = [
        [
            JULY_SITTING,
            "CA2C",
            date(2022, 7, 6),
            time(18, 0),
            "salle des fêtes de Montigny-en-Cambrésis",
            date(2022, 6, 29),
            74,
            "Serge SIMEON",
            "Président",
            "Yannick HERBET",
            None,
            None,
        ]
    ]
    rows += [
        [
            draft.code,
            draft.partner,
            draft.day,
            draft.hour,
            "lieu à préciser",
            draft.convened,
            draft.members,
            draft.president,
            "Président",
            None,
            None,
            None,
        ]
        for draft in DRAFTS
    ]
    return Sheet("Séances", columns, rows)


def attendance_sheet() -> Sheet:
    """The roll of 6 July 2022, in the order of the act."""
    columns = [
        Column("Séance", 18, codes_of="Séances"),
        Column("Nom", 24),
        Column("Prénom", 18),
        Column("Statut", 19, choices=ATTENDANCE),
        Column("Mandataire", 26),
    ]
    rows = [
        [JULY_SITTING, row["Nom"], row["Prénom"], row["Statut"], row["Mandataire"]]
        for row in read("presences-2022-07-06.csv", ",")
    ]
    return Sheet("Présences", columns, rows, frozen_columns=3)


def conventions_sheet() -> Sheet:
    """The text of 2020 and the one that replaces it."""
    columns = [
        Column("Version", 10),
        Column("Date de référence", 14, "date"),
        Column("Début", 12, "date"),
        Column("Fin", 12, "date"),
        Column("Remplace", 11),
        Column("Exercice", 13),
    ]
    return Sheet(
        "Conventions",
        columns,
        [
            ["2020", date(2020, 7, 1), date(2020, 9, 15), date(2022, 9, 14), None, OLD_YEAR],
            ["2022", date(2022, 7, 6), date(2022, 9, 15), date(2024, 9, 14), "2020", NEW_YEAR],
        ],
    )


def deliberations_sheet() -> Sheet:
    """The act voted on 6 July 2022, and the same decision in draft for the five other councils."""
    columns = [
        Column("Code", 17),
        Column("Séance", 18, codes_of="Séances"),
        Column("Numéro", 11),
        Column("Objet", 60, wrap=True),
        Column("Rapporteur", 20),
        Column("Matière", 10),
        Column("Exercice", 12),
        Column("Annexes", 36),
        Column("Convention", 12, codes_of="Conventions"),
        Column("Ne prennent pas part", 24, wrap=True),
        Column("Pour", 8, "integer"),
        Column("Contre", 9, "integer"),
        Column("Abstentions", 15, "integer"),
        Column("Envoyé le", 12, "date"),
        Column("Reçu le", 12, "date"),
        Column("Publié le", 12, "date"),
        Column("Adresse de publication", 44),
    ]
    rows = [
        [
            "CA2C-2022-70",
            JULY_SITTING,
            "2022/70",
            OBJECT,
            None,
            "8.4",
            NEW_YEAR,
            ANNEXES,
            "2022",
            None,
            64,
            0,
            0,
            date(2022, 7, 11),
            date(2022, 7, 11),
            date(2022, 7, 12),
            "https://example.org/actes/ca2c/2022-70",
        ]
    ]
    rows += [
        [f"{draft.partner}-2022-TI", draft.code, None, OBJECT, None, "8.4", NEW_YEAR, ANNEXES, "2022"] + [None] * 8
        for draft in DRAFTS
    ]
    return Sheet("Délibérations", columns, rows)
