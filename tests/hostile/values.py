"""Values that nobody means and somebody sends: each broke a program once."""

from __future__ import annotations

# What may stand where an id, a number or a date is expected.
NUMBERS = [
    "",
    "x",
    "-1",
    "0",
    "1.5",
    "1e400",
    "NaN",
    "Infinity",
    "٣",
    "４２",
    "²",
    "9" * 19,
    str(10**30),
    "9" * 5000,
    "0x10",
    " 1 ",
    "1,2,3",
    "9999-99-99",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "None",
    "true",
]

# What may stand where words are expected. The bytes are no UTF-8: half a surrogate, half a letter.
TEXTS: list[str | bytes] = [
    "\0",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    "\ud800".encode("utf-8", "surrogatepass"),
    "‮'\"<b>%s{x}\\",
    "%_\\",
    "((",
    "\r\nX-Header: 1",
    "👨‍👩‍👧" * 40,
    "語" * 20_000,
    "a " * 3_000,
    "__class__",
    "../../etc/passwd",
]

# Attributes of a customer, as somebody may type or paste them.
JSON = [
    '{"plan": NaN}',
    '{"plan": -Infinity}',
    '{"plan": 1e400}',
    '{"plan": ' + "9" * 5000 + "}",
    '{"plan": ' + "[" * 9000 + "]" * 9000 + "}",
    '{"a":' * 9000 + "1" + "}" * 9000,
    '{"plan": "\\ud800"}',
    '{"plan": "\\u0000"}',
    '{"\\u0000": 1}',
    '{"plan": 1, "plan": 2}',
    '{"plan": "' + "x" * 1_000_000 + '"}',
    '["Gold"]',
    '"Gold"',
    "7",
    "null",
    "{",
    "\ufeff{}",
]

EVERYTHING: list[str | bytes] = [*NUMBERS, *TEXTS]
