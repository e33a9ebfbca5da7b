"""Lettres and Articles: the issues (letters.csv) and their texts (letters/NUMBER/*.md).

A text opens with a head of `Heading: value` lines, named as the columns of the sheet, between two lines of dashes.
"""

from tables import HERE, day, read
from lists import FRAMINGS, RUBRICS, YES
from workbook import Column, Sheet

LETTERS = HERE / "letters"
SIGNATORY = "La cheffe de projet"
NEXT_ISSUE = "14"


def letters_sheet() -> Sheet:
    """One row an issue; all but the next one were sent on their day."""
    columns = [
        Column("Numéro", 10, "year"),
        Column("Parution", 12, "date"),
        Column("Objet", 62, wrap=True),
        Column("Éditorial", 90, wrap=True),
        Column("Signataire", 20),
        Column("Envoyée le", 12, "date"),
    ]
    rows = []
    for row in read("letters.csv"):
        editorial = LETTERS / row["Numéro"] / "editorial.md"
        published = day(row["Parution"])
        rows.append(
            [
                int(row["Numéro"]),
                published,
                row["Objet"],
                editorial.read_text(encoding="utf-8").strip() if editorial.exists() else None,
                SIGNATORY,
                None if row["Numéro"] == NEXT_ISSUE else published,
            ]
        )
    return Sheet("Lettres", columns, rows)


def articles_sheet() -> Sheet:
    """The texts of the last issues, in the order of the files."""
    columns = [
        Column("Lettre", 9, "year", codes_of="Lettres"),
        Column("Rubrique", 21, choices=RUBRICS),
        Column("Ordre", 8, "year"),
        Column("À la une", 9, choices=YES),
        Column("Titre", 44, wrap=True),
        Column("Chapô", 52, wrap=True),
        Column("Texte", 100, wrap=True),
        Column("Source", 40, wrap=True),
        Column("Lien", 44),
        Column("Image", 28),
        Column("Cadrage", 11, choices=FRAMINGS),
        Column("Texte de remplacement", 44, wrap=True),
        Column("Crédit", 40, wrap=True),
    ]
    headings = [column.heading for column in columns]
    rows = []
    for folder in sorted(LETTERS.iterdir(), key=lambda folder: int(folder.name)):
        for file in sorted(folder.glob("[0-9]*.md")):
            article = _article(file.read_text(encoding="utf-8"))
            assert set(article) <= set(headings), (file.name, set(article) - set(headings))
            article["Lettre"], article["Ordre"] = int(folder.name), int(article["Ordre"])
            rows.append([article.get(heading) for heading in headings])
    return Sheet("Articles", columns, rows, frozen_columns=1)


def _article(text: str) -> dict:
    _, head, body = text.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().split("\n"))
    return fields | {"Texte": body.strip()}
