"""Entreprises: invented firms in real communes (firms.csv)."""

from dataclasses import dataclass

from tables import read
from workbook import Column, Sheet


@dataclass(frozen=True)
class Firm:
    """A firm, or one of its sites."""

    name: str
    site: str
    partner: str
    town: str
    sector: str
    staff: int
    accompanied: bool
    """Beyond a first contact, by 30 June 2022."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it unique."""
        return (self.name, self.site)


FIRMS = [
    Firm(
        row["Raison sociale"],
        row["Site"],
        row["Partenaire"],
        row["Commune"],
        row["Filière"],
        int(row["Effectif"]),
        row["Accompagnée"] == "x",
    )
    for row in read("firms.csv")
]
BY_KEY = {firm.key: firm for firm in FIRMS}


def firms_sheet() -> Sheet:
    """Every site met or to be met; which ones are accompanied is told by Accompagnements alone."""
    columns = [
        Column("Raison sociale", 38),
        Column("Site", 12),
        Column("SIRET", 17),
        Column("Partenaire", 12, codes_of="Partenaires"),
        Column("Commune", 27),
        Column("Filière", 18),
        Column("Effectif", 10, "integer"),
    ]
    rows = [[firm.name, firm.site, None, firm.partner, firm.town, firm.sector, firm.staff] for firm in FIRMS]
    return Sheet("Entreprises", columns, rows)
