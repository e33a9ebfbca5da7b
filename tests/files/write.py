"""Writes the workbooks of this folder: the territory of territory.json as other programs save it, and one quirk a folder.

Needs openpyxl, pandas, xlsxwriter, msoffcrypto-tool (PyPI), SheetJS (`npm install xlsx`; NODE_PATH names where), and
soffice. The tests read what is committed: run this only to add a quirk.

    python tests/files/write.py [folder …]
"""

import copy
import datetime
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import msoffcrypto.format.ooxml
import openpyxl
import pandas
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

HERE = Path(__file__).parent
TERRITORY = json.loads((HERE / "territory.json").read_text())
NUMBER_FORMATS = {"date": "dd/mm/yyyy", "time": "hh:mm", "percent": "0%"}
FIXED = datetime.datetime(2022, 9, 1)
QUIRKS = {}


def quirk(folder, stem, also_ods=False, finish=None):
    """A function that changes the workbook `stem`; `finish` saves it in another way, `also_ods` twice."""

    def register(change):
        QUIRKS[folder] = lambda: (finish or save)(changed(stem, change), HERE / folder / f"{stem}.xlsx")
        if also_ods:
            twin = HERE / f"{folder}-ods" / f"{stem}.xlsx"
            QUIRKS[twin.parent.name] = lambda: by_libreoffice("ods")(changed(stem, change), twin)
        return change

    return register


def raw(folder, stem):
    """A function that changes the text of each XML part of the workbook `stem`: (name, text) → text."""

    def register(change):
        def write():
            path = HERE / folder / f"{stem}.xlsx"
            save(changed(stem), path)
            repack(path, change)

        QUIRKS[folder] = write
        return change

    return register


def whole(folder):
    """A function that writes the folder by itself."""

    def register(write):
        QUIRKS[folder] = lambda: write(HERE / folder)
        return write

    return register


def value(cell):
    """A cell of territory.json as a Python value, with its kind."""
    if not isinstance(cell, dict):
        return cell, None
    [(kind, text)] = cell.items()
    if kind == "date":
        return datetime.datetime.fromisoformat(text), kind
    if kind == "time":
        return datetime.time.fromisoformat(text), kind
    return text, kind


def changed(stem, change=lambda book: None):
    """The workbook `stem` by openpyxl, changed."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in TERRITORY[stem].items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells, 1):
                content, kind = value(cell)
                sheet.cell(row, column, content)
                if kind:
                    sheet.cell(row, column).number_format = NUMBER_FORMATS[kind]
    change(book)
    return book


def save(book, path):
    path.parent.mkdir(exist_ok=True)
    book.properties.created = FIXED
    book.save(path)
    repack(path)


def repack(path, change=lambda name, text: text):
    """Writes the zip anew with its XML parts changed, and nothing that depends on the day."""
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist() if "Thumbnails" not in name and not name.endswith("/")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            if name.endswith((".xml", ".rels")):
                text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(?=Z?</(dc|meta))", FIXED.isoformat(), content.decode())
                content = change(name, text).encode()
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, (2022, 9, 1, 0, 0, 0)), content, stored)


def by_libreoffice(ending):
    """Saves with openpyxl, then opens in LibreOffice and saves there."""

    def finish(book, path):
        with tempfile.TemporaryDirectory() as folder:
            book.save(Path(folder) / path.name)
            libreoffice(Path(folder) / path.name, ending, path.parent)

    return finish


def libreoffice(path, ending, folder):
    folder.mkdir(exist_ok=True)
    command = ["soffice", "--headless", "--convert-to", ending, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True)
    if ending != "xls":
        repack(folder / f"{path.stem}.{ending}")


# The whole territory, by each program.


@whole("openpyxl")
def _(folder):
    for stem in TERRITORY:
        save(changed(stem), folder / f"{stem}.xlsx")


@whole("libreoffice-xlsx")
def _(folder):
    for stem in TERRITORY:
        by_libreoffice("xlsx")(changed(stem), folder / f"{stem}.xlsx")


@whole("libreoffice-ods")
def _(folder):
    for stem in TERRITORY:
        by_libreoffice("ods")(changed(stem), folder / f"{stem}.xlsx")


@whole("pandas")
def _(folder):
    folder.mkdir(exist_ok=True)
    for stem, sheets in TERRITORY.items():
        path = folder / f"{stem}.xlsx"
        with pandas.ExcelWriter(path, engine="xlsxwriter", datetime_format="dd/mm/yyyy") as writer:
            percent = writer.book.add_format({"num_format": "0%"})
            for name, (headings, *rows) in sheets.items():
                frame = pandas.DataFrame([[value(cell)[0] for cell in row] for row in rows], columns=headings)
                frame.to_excel(writer, sheet_name=name, index=False)
                if "Clé" in headings:
                    column = headings.index("Clé")
                    writer.sheets[name].set_column(column, column, None, percent)
        repack(path)


@whole("sheetjs")
def _(folder):
    folder.mkdir(exist_ok=True)
    subprocess.run(["node", HERE / "sheetjs.js", HERE / "territory.json", folder, "xlsx"], check=True)
    for stem in TERRITORY:
        repack(folder / f"{stem}.xlsx")


# Formulas and errors.


@quirk("formula-with-result", "finances", also_ods=True, finish=by_libreoffice("xlsx"))
def _(book):
    book["Dépenses"]["C2"] = "=50000+10000"
    book["Dépenses"]["B3"] = '="Salaires"&" et charges"'
    book["Dépenses"]["C4"] = "=D4+34.51"
    book["Exercices"]["B3"] = "=C2+1"
    book["Recettes"]["E6"] = "=1/4"
    book["Aides"]["L2"] = "=1=1"
    book["Aides"]["L3"] = '=""&"non"'


@quirk("formula-without-result", "finances")
def _(book):
    book["Dépenses"]["C3"] = "=60000+5000"
    book["Exercices"]["B3"] = "=C2+1"


@raw("shared-formula-without-result", "finances")
def _(name, text):
    if not name.endswith("sheet2.xml"):
        return text
    text = with_cell(text, "C2", '<f t="shared" ref="C2:C3" si="0">D2+1</f>')
    return with_cell(text, "C3", '<f t="shared" si="0"/>')


@quirk("formula-of-empty-text", "finances", finish=by_libreoffice("xlsx"))
def _(book):
    book["Dépenses"]["D3"] = '=""'
    book["Dépenses"]["B4"] = '=""'


@quirk("error-cells", "finances", also_ods=True)
def _(book):
    book["Dépenses"]["C2"] = "#REF!"
    book["Dépenses"]["D2"] = "#DIV/0!"
    book["Dépenses"]["C3"] = "#N/A"


@raw("error-cells-of-today", "finances")
def _(name, text):
    return with_cell(text, "C3", "<v>#SPILL!</v>", "e") if name.endswith("sheet2.xml") else text


# The shape of a sheet.


@quirk("merged-cells", "finances", also_ods=True)
def _(book):
    book["Dépenses"].merge_cells("A3:A4")


@quirk("hidden", "finances", also_ods=True)
def _(book):
    book["Dépenses"].row_dimensions[3].hidden = True
    book["Dépenses"].column_dimensions["D"].hidden = True


@quirk("blank-row", "finances")
def _(book):
    book["Dépenses"].insert_rows(3)


@quirk("second-table", "finances")
def _(book):
    sheet = book["Dépenses"]
    for column, heading in enumerate(TERRITORY["finances"]["Dépenses"][0], 1):
        sheet.cell(7, column, heading)
    for column, cell in enumerate([2023, "Salaire", 1, 1], 1):
        sheet.cell(8, column, cell)


@quirk("title-above", "finances")
def _(book):
    book["Aides"].insert_rows(1)
    book["Aides"]["A1"] = "Les aides du programme"


@quirk("headings-on-two-rows", "finances")
def _(book):
    sheet = book["Aides"]
    sheet.insert_rows(1)
    for cell in sheet[2]:
        if cell.column_letter not in "HIJ":
            sheet.cell(1, cell.column, cell.value)
            cell.value = None
    sheet["H1"] = "Montants"
    sheet.merge_cells("H1:J1")


@quirk("extra-sheets", "finances")
def _(book):
    book.create_sheet("Brouillon", 0)["A1"] = "à revoir"
    book.create_sheet("Listes").sheet_state = "veryHidden"
    book.create_chartsheet("Graphique")


@raw("sheet-names", "finances")
def _(name, text):
    for old, new in [("Exercices", "exercices"), ("Dépenses", "DEPENSES"), ("Recettes", " Recettes  "), ("Aides", "AIDES")]:
        text = text.replace(f'name="{old}"', f'name="{new}"') if name == "xl/workbook.xml" else text
    return text


@quirk("moved", "finances")
def _(book):
    book._sheets.reverse()
    for sheet in book:
        rows = [[copy.copy(cell) for cell in row] for row in sheet.iter_rows()]
        for row in rows:
            for cell, source in zip(row, [(cell.value, cell.number_format) for cell in reversed(row)]):
                target = sheet[cell.coordinate]
                target.value, target.number_format = source


@quirk("furniture", "finances")
def _(book):
    sheet = book["Recettes"]
    sheet.add_table(Table(displayName="Recettes_", ref="A1:O6"))
    sheet["D2"].comment = Comment("À vérifier", "Quelqu’un")
    sheet["O5"].hyperlink = "https://example.org/eng-1"
    sheet.freeze_panes = "C2"
    sheet = book["Dépenses"]
    sheet.auto_filter.ref = "A1:D4"
    choices = DataValidation(type="list", formula1='"2021,2022"')
    choices.add("A2:A500")
    sheet.add_data_validation(choices)
    red = PatternFill("solid", bgColor="FFC7CE")
    sheet.conditional_formatting.add("C2:C9", CellIsRule(operator="greaterThan", formula=["1000"], fill=red))
    book.defined_names["Total"] = DefinedName("Total", attr_text="SUM('Dépenses'!$C$2:$C$4)")
    for row in range(5, 200):
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFFFCC")


@quirk("libreoffice-validations", "contacts", finish=by_libreoffice("xlsx"))
def _(book):
    for sheet in book:
        for cell in sheet[1]:
            choices = DataValidation(type="list", formula1='"un,deux"', showInputMessage=True, prompt=cell.value)
            choices.add(f"{cell.column_letter}2:{cell.column_letter}500")
            sheet.add_data_validation(choices)


# Values that were typed or stored in another way.


@quirk("dates-1904", "evenements")
def _(book):
    book.epoch = CALENDAR_MAC_1904


@quirk("dates-as-text", "evenements")
def _(book):
    for sheet in book:
        for number, cell in enumerate(cell for row in sheet.iter_rows(min_row=2) for cell in row):
            if isinstance(cell.value, datetime.datetime):
                forms = ["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%-d/%-m/%Y"]
                cell.value = cell.value.strftime(forms[number % len(forms)])
            elif isinstance(cell.value, datetime.time):
                cell.value = cell.value.strftime(["%H:%M", "%-H h %M"][number % 2])
    book["Lettres"]["B2"] = "lundi 17 janvier 2022"


@quirk("identifiers-as-numbers", "contacts")
def _(book):
    for sheet, headings in [("Partenaires", ["SIREN", "SIRET", "Code postal", "Département"]), ("Entreprises", ["SIRET"])]:
        for column in book[sheet].iter_cols():
            if column[0].value in headings:
                for cell in column[1:]:
                    cell.value = cell.value and int(cell.value)


@quirk("lost-zeros", "contacts")
def _(book):
    sheet = book["Partenaires"]
    sheet["A4"], sheet["H4"], sheet["K4"] = 12, 5520135, 2100
    sheet["A4"].number_format = "00000"


@quirk("code-turned-date", "finances")
def _(book):
    book["Recettes"]["H5"] = datetime.datetime(2022, 7, 1)
    book["Recettes"]["H5"].number_format = "mmm-yy"


@quirk("rounded-siret", "contacts")
def _(book):
    book["Entreprises"]["C2"] = 7.3282932e16


@quirk("spaces-and-accents", "evenements")
def _(book):
    for sheet in book:
        for cell in sheet[1]:
            cell.value = unicodedata.normalize("NFD", cell.value).replace(" ", "\u00a0").replace("'", "’") + " \u202f"
    for row in book["Accompagnements"].iter_rows(min_row=2):
        row[3].value = unicodedata.normalize("NFD", row[3].value.upper()).replace(" ", "\u00a0")
        row[1].value = f"\u00a0{unicodedata.normalize('NFD', row[1].value)} \n"
    book["Délibérations"]["A2"] = "VAL\u201112"
    book["Délibérations"]["D2"] = "Renouvellement\nde la convention"
    book["Communication"]["D2"] = "3\u202f200"
    book["Communication"]["D3"] = " 3\u00a0900 "
    book["Séances"]["D2"] = "18\u202fh"
    book["Séances"]["D3"] = "18\u00a0h\u00a030"


@quirk("percent-in-decimals", "finances")
def _(book):
    book["Recettes"]["E6"].number_format = '0.00\\ %;[Red]-0.00\\ %'


@quirk("percent-without-format", "finances")
def _(book):
    book["Recettes"]["E6"].number_format = "General"


@quirk("percent-as-number", "finances")
def _(book):
    book["Recettes"]["E6"] = 25
    book["Recettes"]["E6"].number_format = "General"


@quirk("money-formats", "finances")
def _(book):
    formats = ['#,##0.00\\ "€"', "#,##0.00\\ [$€-40C];[Red]\\-#,##0.00\\ [$€-40C]", "_-* #,##0.00\\ _€_-", "0.00E+00", "@"]
    for row in book["Recettes"].iter_rows(min_row=2):
        for cell, number_format in zip([row[3], row[6], row[8], row[11]] * 2, formats):
            cell.number_format = number_format


@quirk("times", "evenements")
def _(book):
    book["Agenda"]["B2"] = datetime.datetime(2022, 1, 25, 9, 30)
    book["Agenda"]["B2"].number_format = "dd/mm hh:mm"
    book["Agenda"]["D2"].number_format = "h:mm AM/PM"
    book["Séances"]["D2"].number_format = "[h]:mm"
    book["Séances"]["D3"].number_format = '[$-F400]h"h"mm'


@quirk("booleans", "contacts")
def _(book):
    book["Contacts"]["H2"], book["Contacts"]["H3"], book["Contacts"]["H4"] = True, False, True


@quirk("yes-as-number", "contacts")
def _(book):
    book["Contacts"]["H2"] = 1


# How cells are stored.


@whole("inline-strings")
def _(folder):
    folder.mkdir(exist_ok=True)
    path = folder / "finances.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        formats = {kind: book.add_format({"num_format": code}) for kind, code in NUMBER_FORMATS.items()}
        for name, rows in TERRITORY["finances"].items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    content, kind = value(cell)
                    sheet.write(row, column, content, formats.get(kind))
    repack(path)


@quirk("rich-text", "contacts")
def _(book):
    bold = InlineFont(b=True)
    book["Partenaires"]["C2"] = CellRichText("Chambre ", TextBlock(bold, "de commerce"), " d’Essai")
    book["Entreprises"]["A1"] = CellRichText("Raison", TextBlock(bold, " sociale"))


@raw("phonetic-text", "contacts")
def _(name, text):
    reading = '<rPh sb="0" eb="2"><t>lu autrement</t></rPh><phoneticPr fontId="0"/>'
    return text.replace("d’Essai</t></si>", f"d’Essai</t>{reading}</si>") if "sharedStrings" in name else text


@raw("strict", "finances")
def _(name, text):
    text = text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
    return text.replace("http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument")


@raw("prefixed", "finances")
def _(name, text):
    if "/2006/main" not in text or not name.startswith("xl/") or "theme" in name:
        return text
    text = re.sub(r"<(/?)([a-zA-Z]+)(?=[ />])", r"<\1x:\2", text)
    return text.replace('xmlns="http://schemas.openxmlformats.org/spreadsheetml', 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml')


@raw("cells-without-address", "finances")
def _(name, text):
    if "worksheets/" not in name:
        return text
    # A cell that its neighbours leave out must be there, or the next one would take its place.
    columns = "ABCDEFGHIJKLMNO"

    def row(match):
        cells = re.findall(r'(<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>))', match[1], flags=re.S)
        found = {letters: re.sub(r' r="[A-Z]+\d+"', "", cell) for cell, letters in cells}
        return "<row>" + "".join(found.get(letter, "<c/>") for letter in columns) + "</row>"

    return re.sub(r"<row [^>]*>(.*?)</row>", row, text, flags=re.S)


def with_cell(text, address, content, kind=None):
    """Replaces what a cell of a sheet's XML holds; keeps its style."""
    style = re.search(rf'<c r="{address}"[^>]*?( s="\d+")', text)
    kind = f' t="{kind}"' if kind else ""
    cell = f'<c r="{address}"{style[1] if style else ""}{kind}>{content}</c>'
    text, count = re.subn(rf'<c r="{address}"[^>]*?(/>|>.*?</c>)', cell.replace("\\", r"\\"), text, flags=re.S)
    assert count == 1, address
    return text


# OpenDocument, as the format allows and LibreOffice does not write.


@whole("ods-by-hand")
def _(folder):
    open_document(folder / "finances.ods", ods_tables(TERRITORY["finances"]))


@whole("ods-formula-without-result")
def _(folder):
    tables = ods_tables(TERRITORY["finances"])
    stored = ods_cell(1234.51)
    assert stored in tables
    open_document(folder / "finances.ods", tables.replace(stored, '<table:table-cell table:formula="of:=[.D4]+34.51"/>'))


def ods_tables(sheets):
    return "".join(
        f'<table:table table:name="{escape(name)}"><table:table-column table:number-columns-repeated="16384"/>'
        + "".join(f"<table:table-row>{ods_row(row)}</table:table-row>" for row in rows)
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        + "</table:table>"
        for name, rows in sheets.items()
    )


def ods_row(cells):
    """Cells, with neighbours that are the same told once."""
    written = [ods_cell(cell) for cell in cells]
    row = ""
    while written:
        count = next((index for index, cell in enumerate(written) if cell != written[0]), len(written))
        repeated = f'<table:table-cell table:number-columns-repeated="{count}"' if count > 1 else "<table:table-cell"
        row += written[0].replace("<table:table-cell", repeated, 1)
        written = written[count:]
    return row


def ods_cell(cell):
    content, kind = value(cell)
    if content is None:
        return "<table:table-cell/>"
    if kind == "date":
        typed, shown = f'date" office:date-value="{content.isoformat()}', content.strftime("%d %b %y")
    elif kind == "percent":
        typed, shown = f'percentage" office:value="{content}', f"{content:.0%}"
    elif isinstance(content, bool):
        typed, shown = f'boolean" office:boolean-value="{str(content).lower()}', "VRAI" if content else "FAUX"
    elif isinstance(content, (int, float)):
        typed, shown = f'currency" office:currency="EUR" office:value="{content}', f"{round(content):,} k€"
    else:
        note = "<office:annotation><text:p>une note</text:p></office:annotation>"
        words = "<text:s/>".join(f"<text:span>{escape(word)}</text:span>" for word in content.split(" "))
        return f'<table:table-cell office:value-type="string">{note}<text:p>{words}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="{typed}"><text:p>{shown}</text:p></table:table-cell>'


def open_document(path, tables):
    spaces = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    content = f"<office:document-content{spaces}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    repack(path)


# What is refused.


@whole("password")
def _(folder):
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryFile() as plain:
        changed("finances").save(plain)
        with open(folder / "finances.xlsx", "wb") as file:
            msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", file)


@whole("xls")
def _(folder):
    by_libreoffice("xls")(changed("finances"), folder / "finances.xlsx")


@whole("xlsb")
def _(folder):
    folder.mkdir(exist_ok=True)
    subprocess.run(["node", HERE / "sheetjs.js", HERE / "territory.json", folder, "xlsb", "finances"], check=True)
    repack(folder / "finances.xlsb")


if __name__ == "__main__":
    for folder in sys.argv[1:] or QUIRKS:
        print(folder)
        QUIRKS[folder]()
