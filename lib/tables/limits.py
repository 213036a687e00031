"""How much a table may be: beyond these a file, or the row that breaks one, is refused."""

from __future__ import annotations

BYTES_PER_FILE = 20_000_000
ROWS_PER_FILE = 200_000
LINES_PER_FILE = 1_100_000  # with the empty ones: as many as a sheet of Excel has
CELLS_PER_ROW = 500
CHARACTERS_PER_CELL = 20_000

# A workbook is a zip archive: a few kilobytes can unpack to gigabytes.
BYTES_UNPACKED = 200_000_000
UNPACKING_RATIO = 200  # what people type shrinks to a thirtieth at most

LONGEST_EXCERPT = 60  # characters of a cell that a sentence shows
