"""Writes the three workbooks and the map of the example territory into inputs/.

    pip install xlsxwriter openpyxl
    python3 tests/inputs/write.py && python3 tests/inputs/check.py

Institutions, presidents, the roll of 6 July 2022 and the budgets are true (the CSV files beside this one that bear
their names). People on the mailing list, firms, applications, calls, events, committees, actions and payments are
invented. The same run gives the same bytes.
"""

from pathlib import Path

from actions import actions_sheet
from aids import aids_sheet
from calendar_sheets import agenda_sheet, calls_sheet
from committees import participants_sheet, points_sheet
from contacts import contacts_sheet
from councils import attendance_sheet, conventions_sheet, deliberations_sheet, sittings_sheet
from finances import expenses_sheet, resources_sheet, years_sheet
from firms import firms_sheet
from letters import articles_sheet, letters_sheet
from partners import partners_sheet, representatives_sheet
from payments import payments_sheet
from support import communication_sheet, support_sheet
from territory_map import write_map
from workbook import write

INPUTS = Path(__file__).resolve().parents[2] / "inputs"


def main() -> None:
    """Sheets in the order of the contract."""
    INPUTS.mkdir(exist_ok=True)
    write_map(INPUTS / "carte.geojson")
    write(
        INPUTS / "contacts.xlsx",
        "Partenaires, contacts et entreprises",
        [
            partners_sheet(),
            representatives_sheet(),
            contacts_sheet(),
            firms_sheet(),
        ],
    )
    write(
        INPUTS / "evenements.xlsx",
        "Lettres, agenda, accompagnements et séances",
        [
            letters_sheet(),
            articles_sheet(),
            agenda_sheet(),
            participants_sheet(),
            points_sheet(),
            calls_sheet(),
            support_sheet(),
            communication_sheet(),
            actions_sheet(),
            sittings_sheet(),
            attendance_sheet(),
            conventions_sheet(),
            deliberations_sheet(),
        ],
    )
    write(
        INPUTS / "finances.xlsx",
        "Budgets et aides",
        [
            years_sheet(),
            expenses_sheet(),
            payments_sheet(),
            resources_sheet(),
            aids_sheet(),
        ],
    )


if __name__ == "__main__":
    main()
