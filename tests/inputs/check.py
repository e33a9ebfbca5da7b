"""Reads the three written workbooks again and checks their form and every figure that the documents rest on.

Prints a table, one line a target; status 1 when one is missed.
"""

import re
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

import lists
from check_work import check_work
from report import Report

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
FIGURES_CLOSED = date(2022, 6, 28)
MID_2022 = date(2022, 6, 30)
APRIL_2022 = date(2022, 4, 30)
ISSUE, NEXT_ISSUE = date(2022, 9, 15), date(2022, 11, 15)

CONTRACT = {
    "contacts": {
        "Partenaires": "Code, Type, Nom officiel, Nom usuel, Forme avec de, Sigle, Assemblée, SIREN, SIRET, Adresse, "
        "Code postal, Ville, Département, Sous-préfecture, Code préfecture, Tribunal administratif, Communes, "
        "Population, Millésime, Courriel du secrétariat, Logo, Texte de remplacement du logo, Case, Depuis, Jusqu'au",
        "Représentants": "Partenaire, Civilité, Prénom, Nom, Qualité, Rôle, Portrait, Depuis, Jusqu'au",
        "Contacts": "Prénom, Nom, Organisation, Fonction, Courriel, Partenaire, Collège, Lettre, Opposition, Source, "
        "Informé le, Dernier échange",
        "Entreprises": "Raison sociale, Site, SIRET, Partenaire, Commune, Filière, Effectif",
    },
    "evenements": {
        "Lettres": "Numéro, Parution, Objet, Éditorial, Signataire, Envoyée le",
        "Articles": "Lettre, Rubrique, Ordre, À la une, Titre, Chapô, Texte, Source, Lien, Image, "
        "Cadrage, Texte de remplacement, Crédit",
        "Agenda": "Code, Date, Heure, Date de fin, Heure de fin, Intitulé, Type, Lieu, Partenaire, Participants, "
        "Dans la lettre, Annulé, Inscription, Convoqué le, Lien",
        "Participants": "Événement, Nom, Organisation, Partenaire, Présent",
        "Ordres du jour": "Événement, Point, Intitulé, Rapporteur, Durée, Décision, Responsable, Échéance, Fait le",
        "Appels à projets": "Intitulé, Opérateur, Nature, Dispositif, Thème, Ouverture, Clôture, Relèves, Vérifié le, "
        "Lien",
        "Accompagnements": "Date, Entreprise, Site, Niveau, Thème, EPCI présent, Heures, Suite, Relance le",
        "Communication": "Mois, Abonnés, Publications, Vues",
        "Actions": "Code, Axe, Intitulé, Objectif, Porteur, Partenaires, État, Début, Fin, Budget, Financeurs, "
        "Emplois prévus, Indicateur, Point de départ, Cible, Réalisé, Prochaine étape, Échéance, Publique",
        "Séances": "Code, Partenaire, Date, Heure, Lieu, Convocation, Membres en exercice, Président de séance, "
        "Qualité du président, Secrétaire, Urgence, Seconde convocation, Première séance",
        "Présences": "Séance, Nom, Prénom, Statut, Mandataire, Absent pour",
        "Conventions": "Version, Date de référence, Début, Fin, Remplace, Exercice",
        "Délibérations": "Code, Séance, Numéro, Objet, Rapporteur, Matière, Exercice, Annexes, Convention, "
        "Décision commune, Chiffres arrêtés au, Ne prennent pas part, Scrutin, Résultat, Pour, Contre, Abstentions, "
        "Ont voté contre, Se sont abstenus, Rectifie, Transmis au secrétariat le, Signée le, Envoyé le, Reçu le, "
        "Publié le, Adresse de publication",
    },
    "finances": {
        "Exercices": "Code, Début, Fin, Écart d'arrondi à la charge de",
        "Dépenses": "Exercice, Nature, Prévu, Réalisé",
        "Paiements": "Exercice, Nature, Montant, Acquittée le, Bénéficiaire, Justificatif, Mois",
        "Recettes": "Exercice, Financeur, Mode, Prévu, Clé, Apport, Plafond voté, Délibération, N° de demande, Appelé, "
        "Appelé le, Échéance, Encaissé, Encaissé le, Code service, N° d'engagement",
        "Aides": "Entreprise, Site, Dispositif, Plan, Déposé le, Décision, Décidé le, Investissement, Aide demandée, "
        "Aide obtenue, Forme, Accompagné, Emplois créés, Emplois maintenus, Annonce publique",
    },
}


def main() -> int:
    """All checks, in the order of the workbooks."""
    report = Report()
    data = read_and_check_form(report)
    settings = tomllib.loads((INPUTS / "territoire.toml").read_text(encoding="utf-8"))
    check_settings(report, data, settings)
    check_lists(report, data)
    check_partners(report, data)
    check_contacts(report, data)
    check_firms_and_support(report, data)
    check_letters(report, data)
    check_calls_and_agenda(report, data)
    check_communication(report, data)
    check_councils(report, data)
    check_budgets(report, data)
    check_aids(report, data)
    check_work(report, data, settings)
    print(f"\n{report.failed} target(s) missed" if report.failed else "\nAll targets met.")
    return 1 if report.failed else 0


def read_and_check_form(report: Report) -> dict[str, list[dict]]:
    """Headings, order, no formula, no merge, frozen head, filter; identifiers as text. Returns the rows by sheet."""
    data = {}
    for name, sheets in CONTRACT.items():
        book = load_workbook(INPUTS / f"{name}.xlsx")
        report.equal(f"{name}.xlsx: sheets in order", book.sheetnames, list(sheets))
        report.equal(f"{name}.xlsx: created", book.properties.created, datetime(2022, 9, 1))
        faults = []
        for sheet, headings in sheets.items():
            page = book[sheet]
            rows = list(page.iter_rows(values_only=True))
            if ", ".join(rows[0]) != headings:
                faults.append(f"{sheet}: headings")
            if page.merged_cells.ranges or not page.freeze_panes or not page.auto_filter.ref:
                faults.append(f"{sheet}: merge, freeze or filter")
            for row in page.iter_rows():
                faults += [f"{sheet}!{cell.coordinate}: {cell.data_type}" for cell in row if cell.data_type in "fe"]
            if any(all(value is None for value in row) for row in rows):
                faults.append(f"{sheet}: empty row")
            data[sheet] = [dict(zip(rows[0], map(_plain, row))) for row in rows[1:]]
        report.none(f"{name}.xlsx: faults of form", faults)
    texts = [value for rows in data.values() for row in rows for value in row.values() if isinstance(value, str)]
    report.none(
        "characters beyond Latin, € and …",
        sorted({letter for text in texts for letter in text if ord(letter) > 0x17F and letter not in "€…–—’«»"}),
    )
    report.none("spaces at the ends of a text", [text for text in texts if text != text.strip()])
    return data


def _plain(value):
    return value.date() if isinstance(value, datetime) else value


def check_settings(report: Report, data: dict, settings: dict) -> None:
    """territoire.toml agrees with the sheets; the IBAN passes the modulo."""
    report.equal("territoire.toml: themes as in the sheets", settings["territoire"]["themes"], lists.THEMES)
    iban = settings["demandes"]["iban"].replace(" ", "")
    digits = "".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])
    report.equal("IBAN modulo 97", int(digits) % 97, 1)
    report.equal("SIRET passes Luhn", luhn(settings["demandes"]["siret"]), True)
    images = {article["Image"] for article in data["Articles"] if article["Image"]} | {settings["charte"]["logo"]}
    report.none("images named but absent", sorted(image for image in images if not (INPUTS / image).is_file()))


CLOSED = [
    ("Partenaires", "Type", lists.PARTNER_TYPES),
    ("Représentants", "Rôle", lists.ROLES),
    ("Contacts", "Collège", lists.COLLEGES),
    ("Contacts", "Lettre", lists.YES_NO),
    ("Articles", "Rubrique", lists.RUBRICS),
    ("Articles", "À la une", lists.YES),
    ("Articles", "Cadrage", lists.FRAMINGS),
    ("Agenda", "Type", lists.EVENT_TYPES),
    ("Agenda", "Dans la lettre", lists.YES_NO),
    ("Agenda", "Annulé", lists.YES),
    ("Participants", "Présent", lists.YES_NO),
    ("Appels à projets", "Nature", lists.CALL_NATURES),
    ("Appels à projets", "Thème", lists.THEMES),
    ("Accompagnements", "Niveau", lists.LEVELS),
    ("Accompagnements", "Thème", lists.THEMES),
    ("Accompagnements", "EPCI présent", lists.YES_NO),
    ("Actions", "Axe", lists.AXES),
    ("Actions", "État", lists.ACTION_STATES),
    ("Actions", "Publique", lists.YES_NO),
    ("Présences", "Statut", lists.ATTENDANCE),
    ("Délibérations", "Scrutin", lists.BALLOTS),
    ("Délibérations", "Résultat", lists.OUTCOMES),
    ("Recettes", "Mode", lists.RESOURCE_MODES),
    ("Recettes", "Apport", lists.CONTRIBUTIONS),
    ("Aides", "Plan", lists.PLANS),
    ("Aides", "Décision", lists.DECISIONS),
    ("Aides", "Forme", lists.AID_FORMS),
    ("Aides", "Accompagné", lists.YES_NO),
    ("Aides", "Annonce publique", lists.YES_NO),
]


def check_lists(report: Report, data: dict) -> None:
    """Closed lists, partner codes and the codes of years hold."""
    report.none(
        "values outside their closed list",
        [
            f"{sheet} {column}: {row[column]}"
            for sheet, column, allowed in CLOSED
            for row in data[sheet]
            if row[column] is not None and row[column] not in allowed
        ],
    )
    codes = {row["Code"] for row in data["Partenaires"]}
    sheets = ("Représentants", "Contacts", "Entreprises", "Agenda", "Participants", "Séances")
    uses = [(sheet, "Partenaire") for sheet in sheets]
    uses += [("Actions", "Porteur"), ("Recettes", "Financeur"), ("Exercices", "Écart d'arrondi à la charge de")]
    report.none(
        "unknown partner codes",
        [
            f"{sheet}: {row[column]}"
            for sheet, column in uses
            for row in data[sheet]
            if row[column] is not None and row[column] not in codes
        ],
    )
    years = {row["Code"] for row in data["Exercices"]}
    report.none(
        "unknown years",
        [
            f"{sheet}: {row['Exercice']}"
            for sheet in ("Dépenses", "Paiements", "Recettes", "Conventions", "Délibérations")
            for row in data[sheet]
            if row["Exercice"] not in years
        ],
    )


def luhn(number: str) -> bool:
    """The checksum of SIREN and SIRET."""
    total = 0
    for index, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def check_partners(report: Report, data: dict) -> None:
    """Eight parties; one signatory each, save the State, at both reference dates."""
    partners = data["Partenaires"]
    report.equal("Partenaires", len(partners), 8)
    report.none(
        "SIREN that fail Luhn or are not text",
        [
            row["SIREN"]
            for row in partners
            if row["SIREN"] and not (isinstance(row["SIREN"], str) and luhn(row["SIREN"]))
        ],
    )
    for day in (date(2020, 7, 1), date(2022, 7, 6)):
        signatories = Counter(
            row["Partenaire"]
            for row in data["Représentants"]
            if row["Depuis"] <= day and (row["Jusqu'au"] is None or day <= row["Jusqu'au"])
        )
        report.equal(
            f"one signatory each on {day}",
            sorted(signatories.items()),
            sorted((row["Code"], 1) for row in partners if row["Code"] != "ETAT"),
        )


def check_contacts(report: Report, data: dict) -> None:
    """The list of nearly 90 people, and the three who objected."""
    rows = data["Contacts"]
    report.within("Contacts", len(rows), 95, 110)
    report.equal("Lettre = oui", sum(row["Lettre"] == "oui" for row in rows), 90)
    report.equal(
        "Opposition, by Lettre", sorted(row["Lettre"] for row in rows if row["Opposition"]), ["non", "non", "oui"]
    )
    report.equal("receive the letter", sum(row["Lettre"] == "oui" and not row["Opposition"] for row in rows), 89)
    emails = [row["Courriel"] for row in rows]
    report.equal("unique addresses", len(set(emails)), len(rows))
    report.none(
        "addresses not ASCII or not example.org",
        [email for email in emails if not re.fullmatch(r"[a-z.-]+@example\.org", email)],
    )
    report.none("colleges without anybody", sorted(set(lists.COLLEGES) - {row["Collège"] for row in rows}))
    firms = {row["Raison sociale"] for row in data["Entreprises"]}
    report.none(
        "industrialists of unknown firms",
        [row["Organisation"] for row in rows if row["Collège"] == "Industriel" and row["Organisation"] not in firms],
    )
    real = {(row["Prénom"], row["Nom"].upper()) for row in data["Présences"] + data["Représentants"]}
    report.none(
        "real persons among contacts", [row["Nom"] for row in rows if (row["Prénom"], row["Nom"].upper()) in real]
    )


def check_firms_and_support(report: Report, data: dict) -> None:
    """43 firms beyond a first contact, after 208 contacts."""
    firms = data["Entreprises"]
    keys = {(row["Raison sociale"], row["Site"]): row["Partenaire"] for row in firms}
    report.within("Entreprises", len(firms), 165, 200)
    report.equal("name and site are unique", len(keys), len(firms))
    sites = Counter(row["Raison sociale"] for row in firms)
    report.within("firms with several sites", sum(count > 1 for count in sites.values()), 2, 3)
    staff = [row["Effectif"] for row in firms]
    report.within("of 30 to 200 people, %", round(100 * sum(30 <= n <= 200 for n in staff) / len(staff)), 80, 100)

    rows = data["Accompagnements"]
    key = lambda row: (row["Entreprise"], row["Site"])
    report.none("unknown firms in Accompagnements", [key(row) for row in rows if key(row) not in keys])
    early = [row for row in rows if row["Date"] <= MID_2022]
    report.equal("contacts by 30 June 2022", sum(row["Niveau"] == lists.CONTACT for row in early), 208)
    closed = [row for row in early if row["Date"] <= FIGURES_CLOSED]
    report.within("… by 28 June", sum(row["Niveau"] == lists.CONTACT for row in closed), 201, 208)
    first = {}
    for row in rows:
        if row["Niveau"] != lists.CONTACT:
            first[key(row)] = min(row["Date"], first.get(key(row), row["Date"]))
    report.equal("accompanied firms, all dates", len(first), 43)
    report.equal("accompanied firms by 28 June 2022", sum(day <= FIGURES_CLOSED for day in first.values()), 43)
    halves = Counter((day.year, 1 + (day.month > 6)) for day in first.values())
    report.within(
        "newly accompanied, least of the three half-years",
        min(halves[h] for h in [(2021, 1), (2021, 2), (2022, 1)]),
        5,
        20,
    )
    report.within("rows after 30 June 2022", len(rows) - len(early), 4, 20)
    report.none("EPCI without accompanied firm", sorted(set(lists.EPCI) - {keys[k] for k in first}))
    report.none("themes never used", sorted(set(lists.THEMES) - {row["Thème"] for row in rows}))
    report.within("from", min(row["Date"] for row in rows), date(2021, 1, 1), date(2021, 1, 31))
    report.within("to", max(row["Date"] for row in rows), date(2022, 7, 1), date(2022, 9, 14))
    report.none(
        "relaunch before the meeting", [row for row in rows if row["Relance le"] and row["Relance le"] <= row["Date"]]
    )
    report.none("week-end meetings", [row["Date"] for row in rows if row["Date"].weekday() > 4])
    data["accompanied"] = first


def check_letters(report: Report, data: dict) -> None:
    """Fourteen issues; ten articles in the next one."""
    letters = data["Lettres"]
    report.equal("letters", [row["Numéro"] for row in letters], list(range(1, 15)))
    report.equal("not sent", [row["Numéro"] for row in letters if row["Envoyée le"] is None], [14])
    report.equal("letter 14 appears", letters[-1]["Parution"], ISSUE)
    sent = [row["Envoyée le"] for row in letters if row["Envoyée le"] and row["Envoyée le"] <= FIGURES_CLOSED]
    report.equal("sent when the figures were closed", len(sent), 13)
    report.within("words of the editorial", len(letters[-1]["Éditorial"].split()), 120, 180)
    articles = [row for row in data["Articles"] if row["Lettre"] == 14]
    report.equal("articles of letter 14", len(articles), 10)
    rubrics = Counter(row["Rubrique"] for row in articles)
    report.equal("by rubric", [rubrics[name] for name in lists.RUBRICS], [2, 4, 2, 2])
    leads = [row for row in articles if row["À la une"] == "oui"]
    report.equal("lead stories", len(leads), 1)
    words = lambda row: sum(any(letter.isalnum() for letter in word) for word in row["Texte"].split())
    report.within("words of the lead", words(leads[0]), 200, 260)
    lengths = [words(row) for row in articles if row not in leads]
    report.within("shortest of the others", min(lengths), 60, 160)
    report.within("longest of the others", max(lengths), 60, 160)
    report.within("longest title of all letters", max(len(row["Titre"]) for row in data["Articles"]), 20, 80)
    pictures = [row for row in articles if row["Image"]]
    report.equal(
        "pictures in letter 14, with alternative and credit",
        sum(bool(row["Texte de remplacement"] and row["Crédit"]) for row in pictures),
        4,
    )
    for number, low in ((12, 2), (13, 2)):
        report.within(f"articles of letter {number}", sum(row["Lettre"] == number for row in data["Articles"]), low, 4)
    toolbox = [row for row in data["Articles"] if row["Rubrique"] == lists.RUBRICS[3]]
    lines = ("Pour qui : ", "Quoi : ", "Combien : ", "Jusqu'à : ", "Où : ")
    report.none(
        "toolbox articles without the five lines",
        [
            row["Titre"]
            for row in toolbox
            if not all(any(part.startswith(line) for part in row["Texte"].split("\n")) for line in lines)
        ],
    )
    people = {row["Nom"] for row in data["Contacts"]} | {row["Raison sociale"] for row in data["Entreprises"]}
    published = [
        text for row in data["Articles"] + data["Agenda"] + letters for text in row.values() if isinstance(text, str)
    ]
    report.none(
        "contacts or listed firms named in a letter",
        [name for name in people for text in published if re.search(rf"\b{re.escape(name)}\b", text)],
    )
    links = [row["Lien"] for sheet in ("Articles", "Agenda", "Appels à projets") for row in data[sheet] if row["Lien"]]
    links += [row["Inscription"] for row in data["Agenda"] if row["Inscription"]]
    report.none(
        "links elsewhere than example.org", [link for link in links if not link.startswith("https://example.org/")]
    )


def check_calls_and_agenda(report: Report, data: dict) -> None:
    """What the calendars of letter 14 must show, and must not."""
    calls = data["Appels à projets"]
    report.within("calls", len(calls), 14, 20)
    open_calls = [
        row for row in calls if row["Ouverture"] <= ISSUE and (row["Clôture"] is None or row["Clôture"] >= ISSUE)
    ]
    report.within("open on 15 September 2022", len(open_calls), 9, 15)
    report.equal("« au fil de l'eau »", sum(row["Clôture"] is None for row in open_calls), 2)
    report.equal("opening later", sum(row["Ouverture"] > ISSUE for row in calls), 1)
    report.within("closed before", sum(row["Clôture"] is not None and row["Clôture"] < ISSUE for row in calls), 2, 5)
    report.equal("with several dates", sum(";" in (row["Relèves"] or "") for row in calls), 1)
    report.none("natures never used", sorted(set(lists.CALL_NATURES) - {row["Nature"] for row in calls}))

    agenda = data["Agenda"]
    past = [row for row in agenda if date(2021, 1, 1) <= row["Date"] <= MID_2022]
    report.within("events from 2021-01 to 2022-06", len(past), 9, 12)
    report.equal(
        "COPIL by year",
        sorted(Counter(row["Date"].year for row in past if row["Type"] == "COPIL").items()),
        [(2021, 1), (2022, 1)],
    )
    report.none("past events without participants", [row["Intitulé"] for row in past if not row["Participants"]])
    window = [row for row in agenda if ISSUE < row["Date"] < NEXT_ISSUE]
    listed = [row for row in window if row["Dans la lettre"] == "oui"]
    report.within("in letter 14", len(listed), 11, 16)
    report.equal("… cancelled", sum(row["Annulé"] == "oui" for row in listed), 1)
    report.equal("… over several days", sum(row["Date de fin"] is not None for row in listed), 1)
    report.equal("… all day", sum(row["Heure"] is None for row in listed), 1)
    report.none("… EPCI without an event", sorted(set(lists.EPCI) - {row["Partenaire"] for row in listed}))
    report.within("in the window but internal", len(window) - len(listed), 1, 5)
    report.within("after the window", sum(row["Date"] > NEXT_ISSUE for row in agenda), 2, 6)
    report.none("types outside the list", [row["Type"] for row in agenda if row["Type"] not in lists.EVENT_TYPES])


def check_communication(report: Report, data: dict) -> None:
    """512 followers, 90 posts, 77 000 views in the months that had ended when the figures were closed."""
    rows = [row for row in data["Communication"] if row["Mois"] + timedelta(days=31) <= FIGURES_CLOSED]
    report.equal("months, to August 2022", len(data["Communication"]), 20)
    report.equal("followers at the end of May 2022", rows[-1]["Abonnés"], 512)
    report.equal("posts by then", sum(row["Publications"] for row in rows), 90)
    report.equal("views by then", sum(row["Vues"] for row in rows), 77_000)
    followers = [row["Abonnés"] for row in data["Communication"]]
    report.equal("followers only rise", followers, sorted(followers))


def check_councils(report: Report, data: dict) -> None:
    """The roll adds up; proxies are held once, by somebody present; drafts know no vote."""
    roll = data["Présences"]
    counts = Counter(row["Statut"] for row in roll)
    kinds = [("Présent", "Présente"), ("Suppléant présent", "Suppléante présente"), ("Procuration",), ("Excusé", "Excusée"), ("Absent", "Absente")]
    report.equal("roll of 6 July 2022", [sum(counts[status] for status in kind) for kind in kinds], [53, 4, 7, 1, 9])
    sittings = {row["Code"]: row for row in data["Séances"]}
    report.equal("members in office", sittings["CA2C-2022-07-06"]["Membres en exercice"], len(roll))
    present = {f"{row['Nom']} {row['Prénom']}" for row in roll if row["Statut"] in lists.ATTENDANCE[:2]}
    proxies = [row["Mandataire"] for row in roll if row["Statut"] == "Procuration"]
    report.equal("proxies held by different members present", len(set(proxies) & present), 7)
    report.none(
        "convened less than five clear days before",
        [code for code, row in sittings.items() if row["Date"] - row["Convocation"] < timedelta(days=6)],
    )
    acts = data["Délibérations"]
    report.equal("acts, drafts", (len(acts), sum(row["Numéro"] is None for row in acts)), (6, 5))
    report.none("acts of unknown sittings", [row["Code"] for row in acts if row["Séance"] not in sittings])
    voted = acts[0]
    report.equal("votes of 2022/70", (voted["Pour"], voted["Contre"], voted["Abstentions"]), (64, 0, 0))
    report.none(
        "drafts with a vote or a date",
        [
            row["Code"]
            for row in acts[1:]
            if any(row[column] is not None for column in ("Pour", "Envoyé le", "Publié le"))
        ],
    )
    report.equal("convention versions are text", [type(row["Version"]) for row in data["Conventions"]], [str, str])


def check_budgets(report: Report, data: dict) -> None:
    """97 865 € and 74 865 €, in cents, with the rounding on the CCI."""
    cents = lambda value: round(value * 100)
    spent, planned = defaultdict(int), defaultdict(int)
    for row in data["Dépenses"]:
        spent[row["Exercice"]] += cents(row["Prévu"])
    for row in data["Recettes"]:
        planned[row["Exercice"]] += cents(row["Prévu"] or 0)
    report.equal("expenses 2021-2022, cents", spent["2021-2022"], 9_786_500)
    report.equal("resources 2021-2022, cents", planned["2021-2022"], 9_786_500)
    report.equal("expenses 2022-2023, cents", spent["2022-2023"], 7_486_500)
    shares = [row for row in data["Recettes"] if row["Mode"] == "Part égale du reste à charge"]
    report.equal("equal shares 2022-2023", len(shares), 6)
    report.equal("ceilings, cents", {cents(row["Plafond voté"]) for row in shares}, {1_083_333})
    rest = spent["2022-2023"] - planned["2022-2023"]
    report.equal("cents left to the CCI", rest - 6 * (rest // 6), 2)


def check_aids(report: Report, data: dict) -> None:
    """53 laureates, their amounts to the euro, and the smaller figures of those accompanied."""
    rows = data["Aides"]
    firms = {(row["Raison sociale"], row["Site"]): row["Partenaire"] for row in data["Entreprises"]}
    key = lambda row: (row["Entreprise"], row["Site"])
    total = lambda group, column: sum(row[column] or 0 for row in group)
    report.within("Aides", len(rows), 100, 112)
    report.none("unknown firms", [key(row) for row in rows if key(row) not in firms])
    decisions = Counter(row["Décision"] for row in rows)
    report.equal(
        "laureates, refused, examined, abandoned",
        [decisions[name] for name in ("Lauréat", "Refusé", "En instruction", "Abandonné")],
        [53, 46, 6, 4],
    )
    laureates = [row for row in rows if row["Décision"] == "Lauréat"]
    fund = [row for row in laureates if row["Dispositif"] == "Fonds Territoires d'industrie"]
    others = [row for row in laureates if row not in fund]
    report.equal("laureates of the fund", len(fund), 25)
    report.equal("… granted", total(fund, "Aide obtenue"), 17_000_000)
    report.equal("… invested", total(fund, "Investissement"), 220_000_000)
    report.equal("laureates of other calls", len(others), 28)
    report.equal("… granted", total(others, "Aide obtenue"), 46_500_000)
    report.equal("… invested", total(others, "Investissement"), 368_000_000)
    report.equal("jobs of laureates", total(laureates, "Emplois créés") + total(laureates, "Emplois maintenus"), 4_012)
    report.within("laureates decided from", min(row["Décidé le"] for row in laureates), date(2021, 1, 1), MID_2022)
    report.within("laureates decided to", max(row["Décidé le"] for row in laureates), date(2021, 1, 1), FIGURES_CLOSED)
    report.equal("public laureates", sum(row["Annonce publique"] == "oui" for row in laureates), 29)
    report.none(
        "public but not laureate",
        [key(row) for row in rows if row["Annonce publique"] == "oui" and row not in laureates],
    )

    helped = [row for row in rows if row["Accompagné"] == "oui"]
    report.equal("accompanied applications", len(helped), 14)
    won = [row for row in helped if row["Décision"] == "Lauréat" and row["Décidé le"] <= APRIL_2022]
    report.equal("… granted by 30 April 2022", total(won, "Aide obtenue"), 1_200_000)
    report.equal("… all their laureates", len(won), sum(row["Décision"] == "Lauréat" for row in helped))
    examined = [row for row in helped if row["Décision"] == "En instruction"]
    report.equal("… requested, in examination", total(examined, "Aide demandée"), 3_400_000)
    report.within("… filed at the latest", max(row["Déposé le"] for row in examined), date(2022, 1, 1), MID_2022)
    first = data["accompanied"]
    report.none(
        "… of firms not accompanied, or only later",
        [key(row) for row in helped if first.get(key(row), ISSUE) > row["Déposé le"]],
    )

    report.none(
        "requested below granted", [key(row) for row in laureates if row["Aide demandée"] < row["Aide obtenue"]]
    )
    report.none(
        "investment not above the grant",
        [key(row) for row in rows if row["Investissement"] <= (row["Aide obtenue"] or row["Aide demandée"])],
    )
    report.none(
        "decided before filed", [key(row) for row in rows if row["Décidé le"] and row["Décidé le"] <= row["Déposé le"]]
    )
    report.none(
        "decided while in examination, or the reverse",
        [key(row) for row in rows if (row["Décidé le"] is None) != (row["Décision"] == "En instruction")],
    )
    report.within("most applications of a firm", max(Counter(map(key, rows)).values()), 2, 3)
    cells = Counter((firms[key(row)], row["Décidé le"].year) for row in laureates)
    report.none("EPCI without laureate", sorted(set(lists.EPCI) - {partner for partner, _ in cells}))
    report.within("EPCI × year cells under three", sum(count < 3 for count in cells.values()), 1, 12)
    staff = {(row["Raison sociale"], row["Site"]): row["Effectif"] for row in data["Entreprises"]}
    kept = Counter()
    for row in laureates:
        kept[key(row)] += row["Emplois maintenus"]
    report.none("more jobs kept than staff", [name for name, count in kept.items() if count > staff[name]])


if __name__ == "__main__":
    sys.exit(main())
