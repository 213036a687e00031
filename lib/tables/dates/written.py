"""Read a date as people and their tools write it, with every meaning that it can have.

Most writings mean one moment. `10/03/2026` means two: which of them, only the whole column can say.
A general parser is no help: those tried fill in what is missing and turn day and month round from
row to row. So a writing that is not known here is not a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from unicodedata import category, normalize

from lib.tables.dates.eras import first_year
from lib.tables.dates.zones import ZONE, zone_named

DMY, MDY, YMD = "dmy", "mdy", "ymd"
EXCEL, EPOCH, DIGITS = "excel", "epoch", "digits"  # what a number can be
SURE = ""  # the form of a writing that means one moment

LONGEST_DATE = 100  # characters
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # as Excel counts days: 1954 to 2119
SERIAL_ZERO = datetime(1899, 12, 30)
PER_SECOND = {10: 1, 13: 10**3, 16: 10**6, 19: 10**9}  # by the digits of an epoch
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WHOLE_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august",
                "september", "october", "november", "december"]  # fmt: skip
MONTH = {name: n % 12 + 1 for n, name in enumerate([*MONTHS, *WHOLE_MONTHS])} | {"sept": 9}

HALF = r"(?:am|pm|a\.m\.|p\.m\.|午前|午後|上午|下午|오전|오후)(?![a-z])"
TIME = re.compile(
    rf"(?:^|[\s,、]+|(?<=\d)t|(?<=[日)]))(?:at\s+)?(?:(?P<before>{HALF})\s*)?"
    r"(?:(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"|(?P<jh>\d{1,2})\s*時\s*(?:(?P<jm>\d{1,2})\s*分\s*(?:(?P<js>\d{1,2})\s*秒)?|(?P<half>半))?"
    rf"|(?P<oh>\d{{1,2}})(?=\s*(?:am|pm|a\.m|p\.m)))"
    rf"\s*(?P<after>{HALF})?"
    rf"(?:\s*\(?(?P<zone>{ZONE})\)?(?:\s*[(\[][^)\]]*[)\]]|\s+(?:utc|gmt|jst))?)?(?=\s|,|$)"
)
ZONE_AFTER_DAY = re.compile(rf"\s*\(?(?P<zone>{ZONE})\)?$")
WEEKDAY = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur)?(?:day)?\b\.?,?"
    r"|\(([月火水木金土日])(?:曜日?)?(?:[・,]?[祝休])?\)|([月火水木金土日])曜日?"
)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", *"月火水木金土日"]

BY_YEAR = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日일]?\.?")
OF_DIGITS = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
OF_AN_ERA = re.compile(
    r"(令和|平成|昭和|大正|明治|[令平昭大明]|[rhstm])\.?\s*(元|\d{1,2})\s*[-/.年]"
    r"\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
)
ISO_WEEK = re.compile(r"(\d{4})-?w(\d{2})-?([1-7])")
DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-./,]*(?:of )?([a-z]+)[\s\-./,]*(\d{4}|\d{2})"
)
MONTH_DAY = re.compile(r"([a-z]+)[\s\-./]*(\d{1,2})(?:st|nd|rd|th)?[\s\-./,]+(\d{4})")
YEAR_MONTH = re.compile(r"(\d{4})[\s\-./,]*([a-z]+)[\s\-./]*(\d{1,2})")
NUMBERS = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:[t ]?(\d{2})(\d{2})(\d{2})?(\d{3})?)?(z)?")
NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")
KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十]+(?=[年月日時分秒])")


# Nearly all dates of programs are written like this, and mean one moment.
PLAIN = re.compile(
    r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?"
)


@dataclass(frozen=True)
class Written:
    """What a writing can mean: a moment for each form, naive where it names no zone.

    One that means a single moment has it under SURE; one that is no date has none.
    """

    moments: Mapping[str, datetime]
    has_time: bool = True
    number: str = ""  # EXCEL, EPOCH or DIGITS, if it is nothing but a number
    has_short_year: bool = False  # 26/10/05
    is_dotted: bool = False  # 5.10.2026: nobody writes the month first with dots

    @property
    def is_date(self) -> bool:
        return bool(self.moments)

    @property
    def is_sure(self) -> bool:
        return SURE in self.moments

    @property
    def names_no_zone(self) -> bool:
        return any(moment.tzinfo is None for moment in self.moments.values())

    def not_after(self, latest: datetime) -> Written:
        """The same without those years of two digits that have not been yet, if one has been."""
        if not self.has_short_year:
            return self
        end = latest.replace(tzinfo=None)
        past = {form: day for form, day in self.moments.items() if day.replace(tzinfo=None) <= end}
        return replace(self, moments=past or self.moments)

    def by(self, form: str) -> datetime | None:
        """The moment that it means in this form; None where it is not of this form."""
        if form in (EXCEL, EPOCH) and self.number and self.number != form:
            return None
        return self.moments.get(SURE) or self.moments.get(form)


NO_DATE = Written({})


def read_written(text: str) -> Written:
    """What this text can mean as a date."""
    if len(text) > LONGEST_DATE:
        return NO_DATE
    try:
        return _plainly(text) or _as_people_write(text)
    except (ValueError, OverflowError):  # the 31st of February
        return NO_DATE


def _plainly(text: str) -> Written | None:
    if not (parts := PLAIN.fullmatch(text)):
        return None
    year, _mark, month, day, hour, minute, second = parts.groups()
    moment = datetime(
        int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
    )
    return Written({SURE: moment}, has_time=hour is not None)


def _as_people_write(text: str) -> Written:
    words = _plain(text)
    return _number(words) or _compact(words) or _day_and_time(words)


def has_time(text: str) -> bool:
    """Whether this is a date that says the time of day, too."""
    written = read_written(text)
    return written.is_date and written.has_time


def is_time_of_day(text: str) -> bool:
    """Whether this is a time and no day: `15:04`, 午後3時."""
    return not read_written(text).is_date and has_time(f"2000-01-01 {text}")


def _plain(text: str) -> str:
    """Small letters and digits of one width, without invisible marks; kanji numbers as digits."""
    words = "".join(c for c in normalize("NFKC", text) if category(c) != "Cf").casefold()
    words = re.sub("[−‐‑–—]", "-", words)
    return KANJI_NUMBER.sub(lambda number: _of_kanji(number[0]), " ".join(words.split()))


def _of_kanji(number: str) -> str:
    if "十" not in number:
        return "".join(str("〇一二三四五六七八九".index(digit)) for digit in number)
    tens, ones = ("〇一二三四五六七八九".find(part) for part in number.split("十", 1))
    return str((tens or 1) * 10 + ones)


def _number(words: str) -> Written | None:
    """A day as Excel counts it, or the seconds since 1970, as its length tells."""
    if not (number := NUMBER.fullmatch(words)):
        return None
    whole, part = int(number[1]), float(f"0.{number[2] or 0}")
    if len(number[1]) == 5 and FIRST_SERIAL <= whole <= LAST_SERIAL:
        moment = SERIAL_ZERO + timedelta(days=whole, seconds=round(part * 86_400))
        return Written({SURE: moment}, has_time=bool(part), number=EXCEL)
    if per_second := PER_SECOND.get(len(number[1])):
        seconds = timedelta(microseconds=whole * 10**6 // per_second + round(part * 10**6))
        return Written({SURE: datetime(1970, 1, 1, tzinfo=UTC) + seconds}, number=EPOCH)
    return None


def _compact(words: str) -> Written | None:
    if not (digits := COMPACT.fullmatch(words)):
        return None
    moment = datetime(*(int(part or 0) for part in digits.groups()[:6]))  # type: ignore[arg-type]
    moment += timedelta(milliseconds=int(digits[7] or 0))
    moment = moment.replace(tzinfo=UTC) if digits[8] else moment
    return Written({SURE: moment}, has_time=bool(digits[4]), number=DIGITS)


def _day_and_time(words: str) -> Written:
    clock = TIME.search(words)
    rest = words
    if clock:
        rest = f"{words[: clock.start()]} {words[clock.end() :]}"
    zone = clock["zone"] if clock else ""
    if not clock and (only := ZONE_AFTER_DAY.search(rest)) and only["zone"][0] not in "+-":
        zone, rest = only["zone"], rest[: only.start()]
    weekday = WEEKDAY.search(rest)
    days = dict(_days(WEEKDAY.sub(" ", rest).strip(" ,")))
    days = _on_weekday(days, weekday)
    at = _time(clock) if clock else time()
    tz = zone_named(zone) if zone else None
    if zone and tz is None:
        return NO_DATE
    return Written(
        {form: datetime.combine(day, at, tz) for form, day in days.items()},
        has_time=bool(clock),
        has_short_year=SURE not in days and not re.search(r"\d{4}", rest),
        is_dotted="." in rest and DMY in days and YMD not in days,
    )


def _on_weekday(days: dict[str, date], named: re.Match[str] | None) -> dict[str, date]:
    """Of several days those on the weekday that stands beside them, if any is."""
    if named is None or len(days) < 2:
        return days
    weekday = WEEKDAYS.index(next(filter(None, named.groups()))) % 7
    return {form: day for form, day in days.items() if day.weekday() == weekday} or days


def _time(clock: re.Match[str]) -> time:
    hour = int(clock["h"] or clock["jh"] or clock["oh"])
    minute = 30 if clock["half"] else int(clock["m"] or clock["jm"] or 0)
    second = int(clock["s"] or clock["js"] or 0)
    fraction = int((clock["f"] or "0").ljust(9, "0")[:6])
    return time(_hour(hour, clock["before"] or clock["after"]), minute, second, fraction)


def _hour(hour: int, half: str | None) -> int:
    """The hour of the day; 12 AM is midnight. Raises ValueError for 15 AM."""
    if half is None:
        return hour
    if half in ("午後", "下午", normalize("NFKC", "오후"), "pm", "p.m."):
        return hour if hour >= 12 else hour + 12
    if hour > 12:
        raise ValueError(f"no hour before noon: {hour}")
    return hour % 12


def _days(words: str) -> Iterator[tuple[str, date]]:
    """The days that these words can mean, each with the form that it takes."""
    for pattern, day in ONE_MEANING.items():
        if parts := pattern.fullmatch(words):
            yield SURE, day(*parts.groups())
            return
    if parts := NUMBERS.fullmatch(words):
        first, _dot, second, year = parts.groups()
        yield from _possible(first, second, year)


def _possible(first: str, second: str, last: str) -> Iterator[tuple[str, date]]:
    orders = {DMY: (last, second, first), MDY: (last, first, second)}
    if len(last) == 2 and len(first) == 2:
        orders[YMD] = (first, second, last)
    for form, (year, month, day) in orders.items():
        try:
            yield form, date(_year(year), int(month), int(day))
        except ValueError:  # there is no month 25: so it is not this form
            continue


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _month(name: str) -> int:
    if name not in MONTH:
        raise ValueError(f"no month: {name}")
    return MONTH[name]


ONE_MEANING: dict[re.Pattern[str], Callable[..., date]] = {
    BY_YEAR: lambda year, month, day: date(int(year), int(month), int(day)),
    OF_DIGITS: lambda year, month, day: date(int(year), int(month), int(day)),
    OF_AN_ERA: lambda era, year, month, day: date(
        first_year(era) + (0 if year == "元" else int(year) - 1), int(month), int(day)
    ),
    ISO_WEEK: lambda *parts: date.fromisocalendar(*map(int, parts)),
    DAY_MONTH: lambda day, month, year: date(_year(year), _month(month), int(day)),
    MONTH_DAY: lambda month, day, year: date(int(year), _month(month), int(day)),
    YEAR_MONTH: lambda year, month, day: date(int(year), _month(month), int(day)),
}
