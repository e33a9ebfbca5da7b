"""Accompagnements and Communication: what the chef de projet did, month by month.

The targets are those of the field in mid-2022: more than 200 first contacts, and 43 firms that went further. Which 43
is written in firms.csv; when and about what is drawn here, always in the same way.
"""

from collections import Counter
from datetime import date, timedelta

from aids import applications
from firms import BY_KEY, FIRMS, Firm
from lists import AWARENESS, CONTACT, EPCI, LEVELS, STRONG, THEMES, YES_NO
from tables import generator, is_working_day, read, working_day
from workbook import Column, Sheet

# First contacts by month, from January 2021 to June 2022: 208 in all.
MONTHLY_CONTACTS = [6, 8, 10, 8, 9, 12, 9, 3, 13, 14, 13, 8, 12, 15, 18, 14, 17, 19]
START = date(2021, 1, 4)
MID_2022 = date(2022, 6, 30)
# The day on which the annexes close their figures: nothing happens between it and the end of the half-year, so that the
# report and the annexes, eight days apart, say nothing of one firm by their difference.
CLOSED = date(2022, 6, 28)
NEVER_MET_BY_MID_2022 = 13
MET_IN_SUMMER = 6
STRONGLY_ACCOMPANIED = 19

THEME_WEIGHTS = {
    "Bas carbone": 24,
    "Industrie 4.0": 22,
    "Emploi et compétences": 15,
    "Foncier": 8,
    "Export": 5,
    "Innovation": 9,
    "Financement": 13,
    "Autre": 4,
}
assert list(THEME_WEIGHTS) == THEMES
HOURS = {CONTACT: [0.5, 1, 1, 1.5, 2], AWARENESS: [1.5, 2, 3, 3, 3.5, 4], STRONG: [3, 3.5, 4, 5, 7, 7, 10.5, 14]}
PRESENT_CHANCE = {CONTACT: 0.35, AWARENESS: 0.5, STRONG: 0.65}
RELAUNCH_CHANCE = {CONTACT: 0.3, AWARENESS: 0.45, STRONG: 0.4}


def support_sheet() -> Sheet:
    """One row a meeting, by date."""
    columns = [
        Column("Date", 12, "date"),
        Column("Entreprise", 38),
        Column("Site", 11),
        Column("Niveau", 31, choices=LEVELS),
        Column("Thème", 24, choices=THEMES),
        Column("EPCI présent", 11, choices=YES_NO),
        Column("Heures", 9, "hours"),
        Column("Suite", 82, wrap=True),
        Column("Relance le", 12, "date"),
    ]
    return Sheet("Accompagnements", columns, _rows(), frozen_columns=2)


def _rows() -> list[list]:
    chance = generator("support")
    first_contacts, later_contacts = _contacts(chance)
    meetings = [(when, firm, CONTACT) for firm, when in first_contacts.items()]
    meetings += [(when, firm, CONTACT) for when, firm in later_contacts]
    strong = _strongly_accompanied(chance)
    for firm in FIRMS:
        if firm.accompanied:
            meetings += _further_meetings(firm, first_contacts[firm], firm in strong, chance)
    meetings.sort(key=lambda meeting: (meeting[0], meeting[1].key, LEVELS.index(meeting[2])))
    return _with_details(meetings, chance)


def _contacts(chance) -> tuple[dict[Firm, date], list[tuple[date, Firm]]]:
    """The first contact of each firm, and the repeated ones; accompanied firms come early enough to go further."""
    days = [day for month in range(18) for day in _days(month, MONTHLY_CONTACTS[month], chance)]
    deadlines = _deadlines(chance)
    others = [firm for firm in FIRMS if firm not in deadlines]
    chance.shuffle(others)
    left, others = others[:NEVER_MET_BY_MID_2022], others[NEVER_MET_BY_MID_2022:]

    first: dict[Firm, date] = {}
    free = list(days)
    for firm in sorted(deadlines, key=lambda firm: (deadlines[firm], firm.key)):
        known = [day for day in free if day <= deadlines[firm]]
        candidates = [day for day in known if day > deadlines[firm] - timedelta(days=75)] or known
        first[firm] = chance.choice(candidates)
        free.remove(first[firm])
    repeated = len(free) - len(others)
    again_days = sorted(chance.sample([day for day in free if day >= date(2021, 4, 1)], repeated))
    for day in again_days:
        free.remove(day)
    for firm, day in zip(others, free):
        first[firm] = day

    later = []
    for day in again_days:
        known = [firm for firm in others if first[firm] < day - timedelta(days=40)]
        later.append((day, chance.choice(sorted(known, key=lambda firm: firm.key))))
    for firm in left[:MET_IN_SUMMER]:
        first[firm] = working_day(date(2022, 7, 4) + timedelta(days=chance.randint(0, 60)))
    return first, later


def _days(month: int, count: int, chance) -> list[date]:
    """So many working days of a month counted from January 2021; the same one may come twice."""
    start = max(date(2021 + month // 12, month % 12 + 1, 1), START)
    days = [start + timedelta(days=offset) for offset in range(31)]
    choices = [day for day in days if day.month == start.month and is_working_day(day)]
    return sorted(map(_before_closing, chance.choices(choices, k=count)))


def _before_closing(day: date) -> date:
    return CLOSED if CLOSED < day <= MID_2022 else day


def _deadlines(chance) -> dict[Firm, date]:
    """The last possible day of the first contact with each accompanied firm.

    A firm helped with an application was met two months before it filed; the rest came at a growing pace.
    """
    deadlines = {}
    for one in applications():
        if one.accompanied:
            deadlines[one.firm] = min(deadlines.get(one.firm, MID_2022), one.filed - timedelta(days=60))
    rest = [firm for firm in FIRMS if firm.accompanied and firm not in deadlines]
    chance.shuffle(rest)
    for index, firm in enumerate(rest):
        deadlines[firm] = date(2021, 4, 1) + timedelta(days=round(405 * (index / len(rest)) ** 0.7))
    return deadlines


def _strongly_accompanied(chance) -> set[Firm]:
    """Those helped with an application, and a few more."""
    chosen = {one.firm for one in applications() if one.accompanied}
    rest = sorted((firm for firm in FIRMS if firm.accompanied and firm not in chosen), key=lambda firm: firm.key)
    return chosen | set(chance.sample(rest, STRONGLY_ACCOMPANIED - len(chosen)))


def _further_meetings(firm: Firm, met: date, strongly: bool, chance) -> list[tuple[date, Firm, str]]:
    """What follows a first contact: always at least one row of awareness by mid-2022."""
    when = working_day(met + timedelta(days=chance.randint(14, 38)))
    meetings = [(min(when, CLOSED), firm, AWARENESS)]
    levels = [AWARENESS] * chance.choice([0, 1, 1])
    if strongly:
        levels += [STRONG] * chance.choice([1, 2, 2, 3])
    for level in levels:
        when = _before_closing(working_day(when + timedelta(days=chance.randint(25, 75))))
        if when <= date(2022, 8, 31):
            meetings.append((when, firm, level))
    return meetings


def _with_details(meetings: list, chance) -> list[list]:
    texts = {}
    for row in read("follow_ups.csv"):
        texts.setdefault((row["Niveau"], row["Thème"]), []).append(row["Suite"])
    used = Counter()
    theme_of = {}
    rows = []
    for when, firm, level in meetings:
        # A firm mostly keeps the theme for which it came.
        theme = theme_of.get(firm)
        if theme is None or chance.random() < 0.25:
            theme = chance.choices(THEMES, weights=THEME_WEIGHTS.values())[0]
        theme_of.setdefault(firm, theme)
        choices = texts[level, theme]
        suite = choices[used[level, theme] % len(choices)]
        used[level, theme] += 1
        relaunch = None
        if chance.random() < RELAUNCH_CHANCE[level]:
            relaunch = working_day(when + timedelta(days=chance.choice([21, 30, 45, 60, 90])))
        rows.append(
            [
                when,
                firm.name,
                firm.site,
                level,
                theme,
                "oui" if chance.random() < PRESENT_CHANCE[level] else "non",
                chance.choice(HOURS[level]),
                suite if level != CONTACT or chance.random() < 0.75 else None,
                relaunch,
            ]
        )
    return rows


COMMUNICATION = [
    # followers at the month's end, posts and views in the month
    (2021, 1, 38, 3, 820),
    (2021, 2, 71, 4, 1_640),
    (2021, 3, 104, 5, 2_310),
    (2021, 4, 128, 4, 2_180),
    (2021, 5, 151, 4, 2_560),
    (2021, 6, 187, 6, 4_120),
    (2021, 7, 203, 3, 2_390),
    (2021, 8, 209, 1, 760),
    (2021, 9, 243, 6, 4_870),
    (2021, 10, 276, 6, 5_430),
    (2021, 11, 305, 6, 5_210),
    (2021, 12, 322, 4, 3_640),
    (2022, 1, 358, 6, 6_140),
    (2022, 2, 393, 8, 7_480),
    (2022, 3, 437, 9, 9_260),
    (2022, 4, 472, 6, 7_650),
    (2022, 5, 512, 9, 10_540),
    (2022, 6, 523, 6, 6_380),
    (2022, 7, 529, 3, 3_450),
    (2022, 8, 533, 1, 1_120),
]


def communication_sheet() -> Sheet:
    """The programme's page on the professional network: 90 posts and 77 000 views in the months that ended by 28 June 2022."""
    columns = [
        Column("Mois", 12, "month"),
        Column("Abonnés", 12, "integer"),
        Column("Publications", 14, "integer"),
        Column("Vues", 12, "integer"),
    ]
    rows = [[date(year, month, 1), followers, posts, views] for year, month, followers, posts, views in COMMUNICATION]
    return Sheet("Communication", columns, rows)


assert {firm.partner for firm in FIRMS} == set(EPCI) and len(BY_KEY) == len(FIRMS)
