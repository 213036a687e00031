"""The Japanese eras by which people count years: 令和8年 is 2026."""

from __future__ import annotations

FIRST_YEARS = {
    ("令和", "令", "r"): 2019,
    ("平成", "平", "h"): 1989,
    ("昭和", "昭", "s"): 1926,
    ("大正", "大", "t"): 1912,
    ("明治", "明", "m"): 1868,
}


def first_year(era: str) -> int:
    """The year that is the era's first (元年), by its name, its first kanji or its letter."""
    return next(year for names, year in FIRST_YEARS.items() if era in names)
