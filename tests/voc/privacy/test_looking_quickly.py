"""Most texts are passed over quickly. Whatever is found by looking at all of it is found still."""

import random

import pytest

from voc.privacy import find_addresses, find_names, masking
from voc.privacy.spans import Marked

PERSONAL = """
    田中様
    佐藤　恵さん
    担当の鷲津さん
    東様
    サトウくん
    さとうさま
    ジョン・スミス様
    皆様
    父さん
    山田太郎と申します
    氏名:鈴木一郎
    担当者:小林
    契約者: 森
    お名前:匿名
    Ken-san
    Mr. Smith
    Dr Jones
    my name is Ann Lee.
    Kind regards, Bo Li
    090-1234-5678
    ０３−１２３４−５６７８
    +81-90-1234-5678
    TEL 03-123-4567
    (555) 234-5678
    4111-1111-1111-1111
    4111111111111111
    〒100-0005
    100-0005東京都
    taro@example.co.jp
    taro(at)example.com
    東京都千代田区丸の内1-2-3
    札幌市北区北7条西4丁目1-1
    仙台市青葉区一番町二丁目三番
    221B Baker Street
    12,345円
    第三者
    2026-01-02
"""
PIECES = [piece.strip() for piece in PERSONAL.strip().splitlines()]
AROUND = ["", " ", "。", "\n", "の", "が止まります", "It was slow. ", "1", "、"]
LOOKS = [
    look
    for look in (
        *find_addresses.ADDRESSES,
        *find_names.SAID_IN_JAPANESE,
        *find_names.SAID_IN_ENGLISH,
    )
    if isinstance(look, Marked)
]


def texts():
    """Whatever can stand beside whatever: the same texts each time."""
    pick = random.Random(1).choice
    return ["".join(pick(pick((PIECES, AROUND))) for _ in range(6)) for _ in range(1_500)]


def spans(found):
    return [each.span() for each in found]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.marks[0])
def test_what_a_pattern_finds_has_one_of_its_marks(look):
    found = [(spans(look.finditer(text)), spans(look.pattern.finditer(text))) for text in texts()]

    assert any(all_of_it for _quickly, all_of_it in found)
    assert all(quickly == all_of_it for quickly, all_of_it in found)


def test_a_surname_is_looked_for_where_one_may_begin():
    before = [text.partition("様")[0][-find_names.LONGEST_NAME :] for text in texts()]
    found = [find_names._surname_in(words) for words in before]

    assert any(found)
    assert [each and each.span() for each in found] == [
        each and each.span() for each in map(find_names.KNOWN.search, before)
    ]


def test_a_text_without_the_signs_of_a_kind_has_none_of_it(monkeypatch):
    quickly = [masking.find_personal_data(text) for text in texts()]
    monkeypatch.setattr(masking, "SIGNS", {})

    assert {one.kind for found in quickly for one in found} == set(masking.KINDS)
    assert quickly == [masking.find_personal_data(text) for text in texts()]
