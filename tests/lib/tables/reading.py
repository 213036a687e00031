"""What the tests of reading tables have in common."""

import io

from lib.tables.read import read_table


def sheet(content, **options):
    content = content.encode() if isinstance(content, str) else content
    return read_table(io.BytesIO(content), **options)


def values(content, **options):
    return [list(row.values.values()) for row in sheet(content, **options).rows]


def faults(content, **options):
    """The rows that have one."""
    rows = sheet(content, **options).rows
    return {row.number: row.fault for row in rows if row.fault}


def notes(content, **options):
    """What is noted when the last row has been read."""
    read = sheet(content, **options)
    list(read.rows)
    return read.notes
