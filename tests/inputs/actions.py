"""Actions: the plan of the territory on the programme's four axes. Every action is invented (actions.csv)."""

from lists import ACTION_STATES, AXES, YES_NO
from tables import day, number, read
from workbook import Column, Sheet


def actions_sheet() -> Sheet:
    """One row an action, by axis; what it measures has a starting point, a target and what was reached so far."""
    columns = [
        Column("Code", 9),
        Column("Axe", 23, choices=AXES, open_list=True),
        Column("Intitulé", 46, wrap=True),
        Column("Objectif", 54, wrap=True),
        Column("Porteur", 11),
        Column("Partenaires", 26, wrap=True),
        Column("État", 13, choices=ACTION_STATES),
        Column("Début", 12, "date"),
        Column("Fin", 12, "date"),
        Column("Budget", 13, "euros"),
        Column("Financeurs", 34, wrap=True),
        Column("Emplois prévus", 10, "integer"),
        Column("Indicateur", 34, wrap=True),
        Column("Point de départ", 11, "integer"),
        Column("Cible", 9, "integer"),
        Column("Réalisé", 10, "integer"),
        Column("Prochaine étape", 40, wrap=True),
        Column("Échéance", 12, "date"),
        Column("Publique", 11, choices=YES_NO),
    ]
    rows = [[_value(column, row[column.heading]) for column in columns] for row in read("actions.csv")]
    return Sheet("Actions", columns, rows, frozen_columns=3)


def _value(column: Column, text: str):
    """A cell of the table as the kind of its column asks for it."""
    return {"date": day, "euros": number, "integer": number}.get(column.kind, str)(text)
