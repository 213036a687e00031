"""Tables for the terminal: figures in aligned columns, under a heading."""

from __future__ import annotations

from collections.abc import Sequence


def show(heading: str, lines: Sequence[Sequence[str]], *notes: str) -> None:
    """Print a heading, the lines (the first names the columns) and what is to be known of them."""
    print(f"\n{heading}\n{'=' * len(heading)}\n{table(lines)}", *notes, sep="\n", flush=True)


def table(lines: Sequence[Sequence[str]]) -> str:
    """Aligned: names to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in lines
    )


def share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
