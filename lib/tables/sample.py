"""Look at the first rows of a table and still read it from the first."""

from __future__ import annotations

from collections.abc import Iterator

from lib.tables.read import Row, UnreadableTable

FIRST_LOOK = 1_000  # rows, to see what columns hold


class SampledRows:
    """Rows of which some have been looked at. They are read once, from the first, in order."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._seen: list[Row] = []
        self._broken: UnreadableTable | None = None

    def look(self, most: int) -> list[Row]:
        """The first rows, as many as there are up to `most`.

        Where the table breaks off among them, that is told to whoever reads it as far.
        """
        while len(self._seen) < most and self._broken is None:
            try:
                self._seen.append(next(self._rows))
            except StopIteration:
                break
            except UnreadableTable as broken:
                self._broken = broken
        return self._seen[:most]

    def cells(self, header: str, most: int = FIRST_LOOK) -> list[str]:
        """What stands below this header in the first rows, but for empty cells."""
        return [cell for row in self.look(most) if (cell := row.cell(header))]

    def __iter__(self) -> Iterator[Row]:
        yield from self._seen
        if self._broken:
            raise self._broken
        yield from self._rows
