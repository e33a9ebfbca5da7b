"""Reads the text tables beside this file, and deals in dates and seeded choices."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent

# The sheets were kept up to this day: no recorded fact is younger, only what is planned.
KNOWN_UNTIL = date(2022, 9, 8)

# Public holidays and the weeks in which nobody is met.
CLOSED_DAYS = {
    date(2020, 11, 11),
    date(2020, 12, 25),
    date(2021, 1, 1),
    date(2021, 4, 5),
    date(2021, 5, 13),
    date(2021, 5, 24),
    date(2021, 7, 14),
    date(2021, 11, 1),
    date(2021, 11, 11),
    date(2022, 4, 18),
    date(2022, 5, 26),
    date(2022, 6, 6),
    date(2022, 7, 14),
    date(2022, 8, 15),
}


def read(name: str, delimiter: str = ";") -> list[dict[str, str]]:
    """The rows of a table; values are text, empty ones too."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def generator(purpose: str) -> random.Random:
    """A generator of its own for each purpose, so that one table never moves another."""
    return random.Random(f"liasse-2022 {purpose}")


def day(text: str) -> date | None:
    """`2022-07-06` as a date; nothing for an empty cell."""
    return date.fromisoformat(text) if text else None


def is_working_day(when: date) -> bool:
    """Neither a week-end, nor a holiday, nor the weeks around 15 August and Christmas."""
    closed_weeks = (when.month, when.day) >= (12, 24) or when.month == 8 and 6 <= when.day <= 21
    return when.weekday() < 5 and when not in CLOSED_DAYS and not closed_weeks


def working_day(when: date) -> date:
    """The same day, or the next one that is worked."""
    while not is_working_day(when):
        when += timedelta(days=1)
    return when


def number(text: str) -> int | None:
    """A whole number; nothing for an empty cell."""
    return int(text) if text else None
