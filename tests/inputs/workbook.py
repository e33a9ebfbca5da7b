"""Writes a list of sheets as one workbook. Knows how a sheet looks, not what it says.

Same rows, same bytes: the creation date is fixed and nothing else in the file depends on the day.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import ceil
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

CREATED = datetime(2022, 9, 1)
BRAND = "#12365b"
RULE = "#c5d0db"

# What a kind of column means for a cell: its number format and its alignment.
NUMBER_FORMATS = {
    "date": "dd/mm/yyyy",
    "month": "mm/yyyy",
    "time": "hh:mm",
    "euros": '#,##0 "€"',
    "cents": '#,##0.00 "€"',
    "integer": "#,##0",
    "year": "0",
    "hours": "0.0",
    "text": "@",
}
CENTRED = {"date", "month", "time", "year"}
RIGHT = {"euros", "cents", "integer", "hours"}

# A drop-down serves new rows too.
SPARE_ROWS = 500
# Texts and numbers keep a little room to the rule of their column.
INDENT_WIDTH = 1.5
LINE_HEIGHT = 15.0
TALLEST_ROW = 405.0


@dataclass
class Column:
    """A heading, the width in characters, the kind of value, and where its drop-down comes from."""

    heading: str
    width: float
    kind: str = "text"
    choices: list[str] | None = None
    """The values of a list; a closed one unless `open_list` is set."""
    open_list: bool = False
    """Other values than `choices` are good too: the drop-down only proposes."""
    codes_of: str | None = None
    """The sheet of the same workbook whose first column defines the codes."""
    wrap: bool = False


@dataclass
class Sheet:
    """A table: row 1 holds the headings, row 2 the first record."""

    name: str
    columns: list[Column]
    rows: list[list] = field(default_factory=list)
    frozen_columns: int = 1


def write(path: Path, title: str, sheets: list[Sheet]) -> None:
    """Writes the workbook, replacing what was there."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": title,
            "author": "Territoires d'industrie Hainaut-Douaisis-Cambrésis",
            "created": CREATED,
        }
    )
    book.set_size(2400, 1500)
    formats = {}
    headers = {alignment: _header_format(book, alignment) for alignment in ("left", "center", "right")}
    sizes = {sheet.name: len(sheet.rows) for sheet in sheets}
    for sheet in sheets:
        _write_sheet(book, sheet, headers, formats, sizes)
    book.close()


def _write_sheet(book, sheet: Sheet, headers: dict, formats: dict, sizes: dict) -> None:
    page = book.add_worksheet(sheet.name)
    page.set_tab_color(BRAND)
    last_row, last_column = len(sheet.rows), len(sheet.columns) - 1
    page.set_row(0, 36)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, _width(column), _cell_format(book, formats, column))
        page.write_string(0, index, column.heading, headers[_alignment(column)])
        _add_drop_down(page, index, column, last_row, sizes)
    for number, row in enumerate(sheet.rows, start=1):
        assert len(row) == len(sheet.columns), (sheet.name, number, row)
        page.set_row(number, _row_height(sheet.columns, row))
        for index, (column, value) in enumerate(zip(sheet.columns, row)):
            _write_cell(page, number, index, value, _cell_format(book, formats, column))
    page.freeze_panes(1, sheet.frozen_columns)
    page.autofilter(0, 0, max(last_row, 1), last_column)
    page.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(last_column)}{last_row + 1}"})
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&9&A&R&9&P / &N")


def _width(column: Column) -> float:
    return column.width if column.kind in CENTRED else column.width + INDENT_WIDTH


def _header_format(book, alignment: str):
    return book.add_format(
        {
            "bold": True,
            "font_color": "#ffffff",
            "bg_color": BRAND,
            "font_name": "Calibri",
            "font_size": 11,
            "align": alignment,
            "indent": 0 if alignment == "center" else 1,
            "valign": "top",
            "text_wrap": True,
            "border": 1,
            "border_color": BRAND,
        }
    )


def _alignment(column: Column) -> str:
    return "center" if column.kind in CENTRED else "right" if column.kind in RIGHT else "left"


def _cell_format(book, formats: dict, column: Column):
    key = (column.kind, column.wrap)
    if key not in formats:
        style = {
            "font_name": "Calibri",
            "font_size": 11,
            "valign": "top",
            "num_format": NUMBER_FORMATS[column.kind],
            "bottom": 1,
            "bottom_color": RULE,
        }
        if column.wrap:
            style["text_wrap"] = True
        style["align"] = _alignment(column)
        style["indent"] = 0 if column.kind in CENTRED else 1
        formats[key] = book.add_format(style)
    return formats[key]


def _write_cell(page, row: int, column: int, value, style) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, style)
    elif isinstance(value, str):
        page.write_string(row, column, value, style)
    elif isinstance(value, (date, datetime, time)):
        page.write_datetime(row, column, value, style)
    else:
        page.write_number(row, column, value, style)


def _add_drop_down(page, index: int, column: Column, last_row: int, sizes: dict) -> None:
    """Closed lists refuse other values; open ones take them; codes of another sheet warn, since it may grow."""
    if column.open_list:
        rule = {"source": column.choices, "show_error": False}
        message = None
    elif column.choices:
        rule = {"source": column.choices, "error_type": "stop"}
        message = "Choisissez une valeur de la liste."
    elif column.codes_of:
        last_code = sizes[column.codes_of] + SPARE_ROWS
        rule = {"source": f"='{column.codes_of}'!$A$2:$A${last_code}", "error_type": "warning"}
        message = f"Cette valeur n'est pas dans la feuille {column.codes_of}."
    else:
        return
    page.data_validation(
        1,
        index,
        last_row + SPARE_ROWS,
        index,
        {
            "validate": "list",
            "ignore_blank": True,
            "error_title": column.heading,
            "error_message": message,
            **rule,
        },
    )


def _row_height(columns: list[Column], row: list) -> float:
    """Enough lines for the longest wrapped text, so that nothing is hidden when the file opens."""
    lines = 1
    for column, value in zip(columns, row):
        if column.wrap and isinstance(value, str):
            room = column.width * 1.05
            lines = max(lines, sum(max(1, ceil(len(part) / room)) for part in value.split("\n")))
    return min(lines * LINE_HEIGHT + 3, TALLEST_ROW)
