"""Search as people mean it: ﾗﾍﾞﾙ finds ラベル, Café finds CAFE, and が made of か and ゛ is a が.

What is searched and what is looked for are folded by one expression, in the database, which keeps
the folded text of what is long beside the text itself (a generated column): whoever writes the
text, and by whatever statement, has written the other too. On SQLite a function of Python does it.

Whoever changes the folding changes what the generated columns hold: it takes a migration.

On PostgreSQL big tables have an index of grams, the three letters that begin at each place: words
of one and two letters are the beginning of some. What it finds is looked through all the same, so
that every database finds the same. SQLite looks through everything.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, F, Func, Lookup, Model, Q, TextField, Transform, Value
from django.db.models.functions import Concat, Replace, StrIndex
from django.db.models.lookups import Contains, GreaterThan

FIRST_ACCENTED, LAST_ACCENTED = "À", "ɏ"
MOST_CHARACTERS = 400  # of a search; a database refuses conditions that are too deep


def _folds() -> dict[str, str]:
    """Letters that are left apart by NFKC and lower case, each with the one it is taken for."""
    katakana = {chr(code): chr(code - 0x60) for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
    accented = {letter: _base(letter) for letter in _accented()}
    dashes = dict.fromkeys("-‐‒–—―−─━⁃﹣", "ー")
    marks = dict.fromkeys("‘’‛′`", "'") | dict.fromkeys("“”„″", '"')
    others = {"〜": "~", "∼": "~", "·": "・", "•": "・", "ё": "е", "Ё": "е", "ς": "σ", "ø": "o"}
    plain = {one: other for one, other in accented.items() if one != other}
    return katakana | plain | dashes | marks | others


def _accented() -> Iterator[str]:
    return map(chr, range(ord(FIRST_ACCENTED), ord(LAST_ACCENTED) + 1))


def _base(letter: str) -> str:
    """The letter without its accents: é is e. Letters that no accents are part of stay."""
    return unicodedata.normalize("NFD", letter)[0].lower()


FOLDS = _folds()
# What nobody sees, between letters and after signs, is left out.
INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"
ASCII_FOLDS = {one: other for one, other in FOLDS.items() if one.isascii()}
OTHER_FOLDS = {
    one: other for one, other in FOLDS.items() if not FIRST_ACCENTED <= one <= LAST_ACCENTED
}
TABLE = str.maketrans("".join(FOLDS), "".join(FOLDS.values()), INVISIBLE)
LETTERS = str.maketrans(FOLDS)


def fold(text: str | None) -> str | None:
    """What SQLite folds with; PostgreSQL does the same in its own words, in `Folded`."""
    return unicodedata.normalize("NFKC", text).lower().translate(TABLE) if text else text


def fold_letters(text: str) -> str:
    """The same for text that is in NFKC already, letter for letter: each stays in its place."""
    return text.lower().translate(LETTERS)


class Folded(Transform):
    """A text as it is searched. As a look-up of a field: name__folded__contains."""

    lookup_name = "folded"
    function = "todoku_fold"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        """The whole table only for words with accents: each letter is looked up from its top.

        An address is folded in a thirtieth of the time, and each row that is written is folded.
        """
        text, params = compiler.compile(self.source_expressions[0])
        small = f"lower(normalize({text}, NFKC))"
        sql = (
            f"CASE WHEN octet_length({text}) = length({text})"
            f" THEN {_translated(f'lower({text})', ASCII_FOLDS)}"
            f" WHEN {small} ~ '[{FIRST_ACCENTED}-{LAST_ACCENTED}]'"
            f" THEN {_translated(small, FOLDS, INVISIBLE)}"
            f" ELSE {_translated(small, OTHER_FOLDS, INVISIBLE)} END"
        )
        return sql, [*params] * sql.count(text) if params else []


def _translated(text: str, folds: Mapping[str, str], left_out: str = "") -> str:
    one, other = "".join(folds) + left_out, "".join(folds.values())
    table = ", ".join("'" + each.replace("'", "''") + "'" for each in (one, other))
    return f"translate({text}, {table})"


def of_a_person(name: str, address: str) -> Func:
    """What a person is found by: the address, and the name however it is spaced (佐藤　恵)."""
    text = TextField()
    unspaced = Replace(Folded(name), Value(" ", text), Value("", text), output_field=text)
    return Concat(unspaced, Value(" ", text), Folded(address), output_field=text)


@CharField.register_lookup
@TextField.register_lookup
class Holds(Lookup):
    """A look-up of folded text and a folded word: contains, which asks the index of grams first.

    Where the table has none, and on SQLite, it only looks through the text.
    """

    lookup_name = "holds"
    indexed: ClassVar[dict[tuple[type[Model], str], str]] = {}

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return compiler.compile(Contains(self.lhs, self.rhs))

    def as_postgresql(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        looked_through, parameters = self.as_sql(compiler, connection)
        column = getattr(self.lhs, "target", None)
        filled = self.indexed.get((column.model, column.name)) if column else None
        if column is None or filled is None:
            return looked_through, parameters
        text, of_text = self.process_lhs(compiler, connection)
        word, of_word = compiler.compile(self.rhs)
        found = f"todoku_grams({text}) @@ todoku_looked_for({word})"
        if filled:
            by = f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{filled}"
            others = "" if filled == column.name else f" OR {by} IS NULL"
            found = f"({by} IS NOT NULL AND {found}{others})"
        return f"({found} AND {looked_through})", [*of_text, *of_word, *parameters]


def has_index(model: type[Model], column: str, *, filled: str = "") -> None:
    """Say that a column has an index of grams; of rows with a value in the column `filled`, if it
    names one, be it this very one. The index itself is made by a migration."""
    Holds.indexed[model, column] = filled


def holding(fields: Sequence[str], words: str) -> Q:
    """True of rows that hold each of these words in one of the fields, be it amid another word."""
    return _each_word(fields, words, lambda field, word: Q((f"{field}__holds", word)))


def holding_often(fields: Sequence[str], words: str) -> Q:
    """The same, for words that many rows hold: each row is looked at until there are enough.

    A database that is asked whether a text contains a word takes it for rare, and looks through
    the whole table before it sorts; of a place in the text it knows nothing, and begins.
    """
    return _each_word(fields, words, lambda field, word: Q(_holds_amid(field, word)))


def _holds_amid(field: str, word: Folded) -> GreaterThan:
    return GreaterThan(StrIndex(F(field), word), Value(0))


def _each_word(fields: Sequence[str], words: str, holds: Callable[[str, Folded], Q]) -> Q:
    every = Q()
    for word in words_of(words):
        looked_for = Folded(Value(word, TextField()))
        every &= reduce(or_, (holds(field, looked_for) for field in fields), Q())
    return every


def words_of(words: str) -> list[str]:
    """The words that are looked for, each once; what is nothing but invisible is none."""
    return [word for word in dict.fromkeys(words[:MOST_CHARACTERS].split()) if fold(word)]


def teach_sqlite(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Receiver of connection_created."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(Folded.function, 1, fold, deterministic=True)
