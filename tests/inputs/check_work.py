"""Checks what the sheets tell of the work itself: committees, actions, steps of the councils, payments.

References lead somewhere, sums agree, dates stand in order, and nothing is recorded that the sheets cannot know yet.
"""

import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

import lists
from report import Report
from tables import KNOWN_UNTIL

# What is recorded once it has happened. Agenda and Séances also hold what is planned.
RECORDED = {
    "Contacts": ["Opposition", "Informé le", "Dernier échange"],
    "Lettres": ["Envoyée le"],
    "Agenda": ["Convoqué le"],
    "Ordres du jour": ["Fait le"],
    "Appels à projets": ["Vérifié le"],
    "Accompagnements": ["Date"],
    "Communication": ["Mois"],
    "Délibérations": [
        "Chiffres arrêtés au",
        "Transmis au secrétariat le",
        "Signée le",
        "Envoyé le",
        "Reçu le",
        "Publié le",
    ],
    "Paiements": ["Acquittée le"],
    "Recettes": ["Appelé le", "Encaissé le"],
    "Aides": ["Déposé le", "Décidé le"],
}


def check_work(report: Report, data: dict, settings: dict) -> None:
    """All checks of this file."""
    check_day(report, data, settings)
    check_events(report, data)
    check_participants(report, data)
    check_points(report, data)
    check_actions(report, data)
    check_steps(report, data)
    check_payments(report, data)
    check_tiles(report, data)


def check_day(report: Report, data: dict, settings: dict) -> None:
    """No fact is younger than the sheets; something is late on the day of reckoning, something to come."""
    report.none(
        "recorded after the sheets were kept last",
        [
            f"{sheet} {column}: {row[column]}"
            for sheet, columns in RECORDED.items()
            for column in columns
            for row in data[sheet]
            if row[column] and row[column] > KNOWN_UNTIL
        ],
    )
    day = settings["territoire"]["arrete_au"]
    report.equal("day of reckoning is the letter's", day, data["Lettres"][-1]["Parution"])
    for sheet, is_open in (
        ("Ordres du jour", lambda row: row["Décision"] and not row["Fait le"]),
        ("Actions", lambda row: row["État"] not in ("Réalisée", "Abandonnée")),
    ):
        due = [row["Échéance"] for row in data[sheet] if is_open(row)]
        report.within(f"{sheet}: late on that day", sum(when < day for when in due), 2, 3)
        report.within(f"{sheet}: to come", sum(when >= day for when in due), 2, 10)
    convened = [row["Convocation"] for row in data["Séances"]]
    report.equal("councils to be convened after that day", sum(when > day for when in convened), 5)


def check_events(report: Report, data: dict) -> None:
    """Codes name one event each, with its year; committees are convened, nothing else is."""
    agenda = data["Agenda"]
    codes = [row["Code"] for row in agenda]
    report.equal("codes of events are unique", len(set(codes)), len(agenda))
    report.none(
        "codes that do not say type and year",
        [
            row["Code"]
            for row in agenda
            if not re.fullmatch(r"[A-Z]+-\d{4}(-\d)?", row["Code"]) or f"-{row['Date'].year}" not in row["Code"]
        ],
    )
    report.none(
        "committees not convened, or others that are",
        [row["Code"] for row in agenda if (row["Type"] in lists.COMMITTEES) != (row["Convoqué le"] is not None)],
    )
    report.none(
        "convened less than three weeks before",
        [row["Code"] for row in agenda if row["Convoqué le"] and row["Date"] - row["Convoqué le"] < timedelta(weeks=3)],
    )


def check_participants(report: Report, data: dict) -> None:
    """As many came as the agenda counts; organisations are known; people are invented."""
    agenda = {row["Code"]: row for row in data["Agenda"]}
    rows = data["Participants"]
    report.none("participants of unknown events", [row for row in rows if row["Événement"] not in agenda])
    report.none(
        "somebody twice at one event",
        [key for key, count in Counter((row["Événement"], row["Nom"]) for row in rows).items() if count > 1],
    )
    present = Counter(row["Événement"] for row in rows if row["Présent"] == "oui")
    report.equal(
        "present, as the agenda counts",
        dict(present),
        {code: agenda[code]["Participants"] for code in ("COTECH-2022-1", "COPIL-2022")},
    )
    report.none(
        "presence unknown of a past event, or known of one to come",
        [row["Nom"] for row in rows if (row["Présent"] is None) != (agenda[row["Événement"]]["Date"] > KNOWN_UNTIL)],
    )
    contacts = {f"{row['Prénom']} {row['Nom']}": row for row in data["Contacts"]}
    report.equal("participants who are no contacts", {row["Nom"] for row in rows} - set(contacts), {"Camille Exemple"})
    known = [(row, contacts[row["Nom"]]) for row in rows if row["Nom"] in contacts]
    report.none(
        "another organisation than in Contacts",
        [row["Nom"] for row, contact in known if row["Organisation"] != contact["Organisation"]],
    )
    report.none(
        "another partner than in Contacts, firms aside",
        [
            row["Nom"]
            for row, contact in known
            if row["Partenaire"] != (contact["Partenaire"] if contact["Collège"] != "Industriel" else None)
        ],
    )
    report.none("participants who objected", [row["Nom"] for row, contact in known if contact["Opposition"]])
    report.none(
        "last exchange before the committee",
        [
            row["Nom"]
            for row, contact in known
            if row["Présent"] == "oui" and contact["Dernier échange"] < agenda[row["Événement"]]["Date"]
        ],
    )
    real = {f"{row['Prénom']} {row['Nom']}".upper() for row in data["Présences"] + data["Représentants"]}
    report.none("real persons at a committee", [row["Nom"] for row in rows if row["Nom"].upper() in real])


def check_points(report: Report, data: dict) -> None:
    """Four to eight points that fill the hours; a decision has owner and day; none where nothing was held."""
    agenda = {row["Code"]: row for row in data["Agenda"]}
    people = defaultdict(set)
    for row in data["Participants"]:
        people[row["Événement"]].add(row["Nom"])
    points = defaultdict(list)
    for row in data["Ordres du jour"]:
        points[row["Événement"]].append(row)
    report.equal("committees with an agenda", list(points), ["COTECH-2022-1", "COPIL-2022", "COTECH-2022-2"])
    for code, rows in points.items():
        event = agenda[code]
        report.equal(f"{code}: points in order", [row["Point"] for row in rows], list(range(1, len(rows) + 1)))
        report.within(f"{code}: points", len(rows), 4, 8)
        hours = datetime.combine(date.min, event["Heure de fin"]) - datetime.combine(date.min, event["Heure"])
        report.equal(f"{code}: minutes", sum(row["Durée"] for row in rows), hours.seconds // 60)
        report.none(
            f"{code}: rapporteurs or owners not invited",
            [row["Rapporteur"] for row in rows if row["Rapporteur"] not in people[code]]
            + [row["Responsable"] for row in rows if row["Responsable"] and row["Responsable"] not in people[code]],
        )
        decided = [row for row in rows if row["Décision"]]
        report.equal(f"{code}: decisions only if held", bool(decided), event["Date"] <= KNOWN_UNTIL)
        report.none(
            f"{code}: decision without owner and day, or the reverse",
            [
                row["Point"]
                for row in rows
                if not bool(row["Décision"]) == bool(row["Responsable"]) == bool(row["Échéance"])
            ],
        )
        report.none(
            f"{code}: due or done before the committee, or done undecided",
            [
                row["Point"]
                for row in rows
                if any(row[column] and row[column] <= event["Date"] for column in ("Échéance", "Fait le"))
                or row["Fait le"]
                and not row["Décision"]
            ],
        )
        if decided:
            report.within(f"{code}: decisions done", sum(row["Fait le"] is not None for row in decided), 2, 5)
            report.within(f"{code}: decisions open", sum(row["Fait le"] is None for row in decided), 1, 4)


def check_actions(report: Report, data: dict) -> None:
    """About a dozen on four axes, every state, two that are not public; targets and dates make sense."""
    rows = data["Actions"]
    codes = {row["Code"] for row in data["Partenaires"]}
    report.within("actions", len(rows), 11, 14)
    report.equal("codes of actions are unique", len({row["Code"] for row in rows}), len(rows))
    report.equal("axes in order", list(dict.fromkeys(row["Axe"] for row in rows)), lists.AXES)
    report.none("states never used", sorted(set(lists.ACTION_STATES) - {row["État"] for row in rows}))
    report.equal("not public", sum(row["Publique"] == "non" for row in rows), 2)
    report.none(
        "partners of an action unknown, twice or the owner",
        [
            row["Code"]
            for row in rows
            if not set(partners := row["Partenaires"].split("; ")) <= codes - {row["Porteur"]}
            or len(set(partners)) < len(partners)
        ],
    )
    report.none("end before the start", [row["Code"] for row in rows if row["Fin"] <= row["Début"]])
    report.none(
        "state against dates",
        [
            row["Code"]
            for row in rows
            if (row["Début"] > KNOWN_UNTIL) != (row["État"] == "À lancer")
            or (row["Fin"] <= KNOWN_UNTIL) != (row["État"] in ("Réalisée", "Abandonnée"))
        ],
    )
    report.none(
        "next step without a day, or the reverse",
        [row["Code"] for row in rows if (row["Prochaine étape"] is None) != (row["Échéance"] is None)],
    )
    report.none(
        "open without a next step, or closed with one",
        [
            row["Code"]
            for row in rows
            if (row["État"] in ("Réalisée", "Abandonnée")) != (row["Prochaine étape"] is None)
        ],
    )
    report.none(
        "target not above the starting point", [row["Code"] for row in rows if row["Cible"] <= row["Point de départ"]]
    )
    report.none(
        "next step after the end", [row["Code"] for row in rows if row["Échéance"] and row["Échéance"] > row["Fin"]]
    )
    firms = {row["Raison sociale"] for row in data["Entreprises"]}
    texts = [text for row in rows for text in row.values() if isinstance(text, str)]
    report.none("firms named in an action", [name for name in firms for text in texts if name in text])


def check_steps(report: Report, data: dict) -> None:
    """One decision for six councils, each a little further than the next; every step after the one before."""
    acts = data["Délibérations"]
    sittings = {row["Code"]: row for row in data["Séances"]}
    report.equal("one decision", {row["Décision commune"] for row in acts}, {"convention-2022"})
    report.equal("figures closed on one day", {row["Chiffres arrêtés au"] for row in acts}, {date(2022, 6, 28)})
    report.equal("texts handed over", sum(row["Transmis au secrétariat le"] is not None for row in acts), 3)
    steps = ("Chiffres arrêtés au", "Transmis au secrétariat le", "Convocation", "Date")
    report.none(
        "figures, text, convocation, sitting out of order",
        [row["Code"] for row in acts if not _in_order([(row | sittings[row["Séance"]])[step] for step in steps])],
    )
    voted = acts[0]
    report.equal(
        "day of the text, the day before the convocation",
        voted["Transmis au secrétariat le"],
        sittings[voted["Séance"]]["Convocation"] - timedelta(days=1),
    )
    report.equal("ballot and outcome", (voted["Scrutin"], voted["Résultat"]), ("Main levée", "Adoptée"))
    steps = ("Envoyé le", "Reçu le", "Publié le", "Signée le")
    report.equal("sent, received, published, signed", _in_order([voted[step] for step in steps]), True)
    report.equal("signed only once executory", voted["Signée le"] > voted["Publié le"], True)
    report.none(
        "drafts that know more than a draft",
        [
            row["Code"]
            for row in acts[1:]
            for column in ("Scrutin", "Résultat", "Signée le", "Reçu le")
            if row[column] is not None
        ],
    )
    partner_of = {row["Code"]: sittings[row["Séance"]]["Partenaire"] for row in acts}
    year_of = {row["Code"]: row["Exercice"] for row in acts}
    report.none(
        "resources whose act is another body's or year's, or absent",
        [
            (row["Exercice"], row["Financeur"])
            for row in data["Recettes"]
            if (row["Plafond voté"] is not None) != (row["Délibération"] is not None)
            or row["Délibération"]
            and (partner_of.get(row["Délibération"]), year_of.get(row["Délibération"]))
            != (row["Financeur"], row["Exercice"])
        ],
    )


def _in_order(days: list[date | None]) -> bool:
    known = [day for day in days if day is not None]
    return known == sorted(known)


def check_payments(report: Report, data: dict) -> None:
    """Paid within the year, for a nature of it, not beyond what was planned; every receipt once."""
    cents = lambda value: round(value * 100)
    years = {row["Code"]: row for row in data["Exercices"]}
    expenses = {(row["Exercice"], row["Nature"]): row for row in data["Dépenses"]}
    rows = data["Paiements"]
    report.within("payments", len(rows), 50, 100)
    report.equal("of one year", {row["Exercice"] for row in rows}, {"2021-2022"})
    paid = Counter()
    for row in rows:
        paid[row["Exercice"], row["Nature"]] += cents(row["Montant"])
    report.equal("natures paid, all of that year", set(paid), {key for key in expenses if key[0] == "2021-2022"})
    report.none(
        "paid outside the year",
        [
            row["Justificatif"]
            for row in rows
            if not years[row["Exercice"]]["Début"] <= row["Acquittée le"] <= years[row["Exercice"]]["Fin"]
        ],
    )
    report.none(
        "paid before its month, or more than two months after it began",
        [
            row["Justificatif"]
            for row in rows
            if row["Mois"].day != 1 or not timedelta() <= row["Acquittée le"] - row["Mois"] < timedelta(days=62)
        ],
    )
    report.none("paid on a week-end", [row["Justificatif"] for row in rows if row["Acquittée le"].weekday() > 4])
    report.equal("receipts are unique", len({row["Justificatif"] for row in rows}), len(rows))
    report.none("nothing or less paid", [row["Justificatif"] for row in rows if row["Montant"] <= 0])
    report.none("paid beyond what was planned", [key for key in paid if paid[key] > cents(expenses[key]["Prévu"])])
    report.none(
        "« Réalisé » that is not the sum of its payments",
        [key for key, row in expenses.items() if row["Réalisé"] is not None and cents(row["Réalisé"]) != paid[key]],
    )
    report.equal("paid in 2021-2022, cents", sum(paid.values()), 8_812_955)
    people = {row["Nom"].upper() for sheet in ("Présences", "Représentants", "Contacts") for row in data[sheet]}
    payees = {row["Bénéficiaire"] for row in rows}
    report.none("persons among the payees", [payee for payee in payees if people & set(payee.upper().split())])


def check_tiles(report: Report, data: dict) -> None:
    """A place of its own on the map for each EPCI and for nobody else."""
    tiles = {row["Code"]: row["Case"] for row in data["Partenaires"] if row["Case"]}
    report.equal("partners on the map", set(tiles), set(lists.EPCI))
    report.equal("places on the map", sorted(tiles.values()), ["A1", "A2", "B1", "B2", "C1", "D1"])
