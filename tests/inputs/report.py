"""What a check found: a table, one line a target, and how many were missed."""


class Report:
    """The lines of the table, and whether one of them failed."""

    def __init__(self) -> None:
        self.failed = 0

    def equal(self, what: str, found, expected) -> None:
        """An exact target."""
        self._line(what, found, expected, found == expected)

    def within(self, what: str, found, low, high) -> None:
        """A target that is a range."""
        self._line(what, found, f"{low} … {high}", low <= found <= high)

    def none(self, what: str, found: list) -> None:
        """Nothing of this must exist."""
        self._line(what, found if found else "none", "none", not found)

    def _line(self, what: str, found, expected, good: bool) -> None:
        self.failed += not good
        print(f"{'ok ' if good else 'BAD'}  {what:<58} {_text(found):>24}   {_text(expected)}")
        if not good and isinstance(found, list):
            print("     ", *found[:10], sep="\n      ")


def _text(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:,}".replace(",", " ")
    if isinstance(value, (list, set, dict)) and len(str(value)) > 24:
        return f"{type(value).__name__} of {len(value)}"
    return str(value)
