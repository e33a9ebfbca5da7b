"""Séances, Présences, Conventions, Délibérations.

The sitting of 6 July 2022 is true to the act; the five sittings of autumn are drafts, with what a draft knows.
"""

from dataclasses import dataclass
from datetime import date, time

from finances import NEW_YEAR, OLD_YEAR
from lists import ACTS, ATTENDANCE, BALLOTS, OUTCOMES, YES
from tables import read
from workbook import Column, Sheet

OBJECT = (
    "Renouvellement de la convention de partenariat pour l'animation du programme Territoires d'industrie "
    "Hainaut-Douaisis-Cambrésis"
)
ANNEXES = "bilan; feuille-de-route; convention"
JULY_SITTING = "CA2C-2022-07-06"
# What the six councils share: the text, hence the annexes, and the day on which their figures are closed.
DECISION = "convention-2022"
FIGURES_CLOSED = date(2022, 6, 28)


@dataclass
class DraftSitting:
    """A sitting that is planned, not held: its place and its members remain to be confirmed by the secretariat."""

    partner: str
    day: date
    hour: time
    convened: date
    members: int
    president: str
    handed_over: date | None = None
    """When the secretariat got the text; not yet if empty."""

    @property
    def code(self) -> str:
        """Partner and day, as for the sittings held."""
        return f"{self.partner}-{self.day.isoformat()}"


DRAFTS = [
    DraftSitting("CAC", date(2022, 9, 26), time(18, 0), date(2022, 9, 16), 90, "Nicolas SIEGLER", date(2022, 9, 2)),
    DraftSitting(
        "CAMVS", date(2022, 9, 29), time(18, 30), date(2022, 9, 21), 77, "Benjamin SAINT-HUILE", date(2022, 9, 7)
    ),
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
        Column("Première séance", 12, "date"),
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
        Column("Absent pour", 20),
    ]
    rows = [
        [JULY_SITTING, row["Nom"], row["Prénom"], row["Statut"], row["Mandataire"], None]
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
    """The act voted on 6 July 2022, and the same decision in draft for the five other councils.

    The act tells unanimity; the show of hands and the day of the signature are invented, as are the days on which
    the secretariats got the text.
    """
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
        Column("Décision commune", 17),
        Column("Chiffres arrêtés au", 13, "date"),
        Column("Ne prennent pas part", 24, wrap=True),
        Column("Scrutin", 13, choices=BALLOTS),
        Column("Résultat", 13, choices=OUTCOMES),
        Column("Pour", 8, "integer"),
        Column("Contre", 9, "integer"),
        Column("Abstentions", 15, "integer"),
        Column("Ont voté contre", 20, wrap=True),
        Column("Se sont abstenus", 20, wrap=True),
        Column("Rectifie", 17, codes_of="Délibérations"),
        Column("Transmis au secrétariat le", 14, "date"),
        Column("Signée le", 12, "date"),
        Column("Envoyé le", 12, "date"),
        Column("Reçu le", 12, "date"),
        Column("Publié le", 12, "date"),
        Column("Adresse de publication", 44),
    ]
    voted = {
        "Numéro": "2022/70",
        "Scrutin": "Main levée",
        "Résultat": "Adoptée",
        "Pour": 64,
        "Contre": 0,
        "Abstentions": 0,
        "Transmis au secrétariat le": date(2022, 6, 28),
        "Signée le": date(2022, 7, 19),
        "Envoyé le": date(2022, 7, 11),
        "Reçu le": date(2022, 7, 11),
        "Publié le": date(2022, 7, 12),
        "Adresse de publication": "https://example.org/actes/ca2c/2022-70",
    }
    acts = [_act("CA2C", JULY_SITTING) | voted]
    acts += [_act(draft.partner, draft.code) | {"Transmis au secrétariat le": draft.handed_over} for draft in DRAFTS]
    return Sheet("Délibérations", columns, [[act.get(column.heading) for column in columns] for act in acts])


def _act(partner: str, sitting: str) -> dict:
    """What the six acts have in common, whether voted or not."""
    return {
        "Code": ACTS[partner],
        "Séance": sitting,
        "Objet": OBJECT,
        "Matière": "8.4",
        "Exercice": NEW_YEAR,
        "Annexes": ANNEXES,
        "Convention": "2022",
        "Décision commune": DECISION,
        "Chiffres arrêtés au": FIGURES_CLOSED,
    }
