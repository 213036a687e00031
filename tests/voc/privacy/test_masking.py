"""Personal data in customers' words is found and masked; ordinary words never are."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.privacy.masking import (
    ADDRESS,
    CARD,
    KINDS,
    MAIL,
    NAME,
    PHONE,
    find_personal_data,
    kinds_in,
    masked,
)

PRIVATE = [
    (PHONE, "03-1234-5678"),
    (PHONE, "(03)1234-5678"),
    (PHONE, "03(1234)5678"),
    (PHONE, "0466-22-1111"),
    (PHONE, "0312345678"),
    (PHONE, "090-1234-5678"),
    (PHONE, "090 1234 5678"),
    (PHONE, "090-12345678"),
    (PHONE, "09012345678"),
    (PHONE, "050-1234-5678"),
    (PHONE, "０９０－１２３４－５６７８"),
    (PHONE, "090ー1234ー5678"),
    (PHONE, "090\u200b-1234-5678"),
    (PHONE, "0120-444-113"),
    (PHONE, "+81 90-1234-5678"),
    (PHONE, "+81-3-1234-5678"),
    (PHONE, "+81 (0)3-1234-5678"),
    (PHONE, "+819012345678"),
    (PHONE, "0081-3-1234-5678"),
    (PHONE, "+44 20 7946 0958"),
    (PHONE, "020 7946 0958"),
    (PHONE, "+33 1 23 45 67 89"),
    (PHONE, "+1 (555) 234-5678"),
    (PHONE, "555-234-5678"),
    (PHONE, "(555) 234-5678"),
    (PHONE, "1-800-234-5678"),
    (CARD, "4111 1111 1111 1111"),
    (CARD, "4111-1111-1111-1111"),
    (CARD, "4111111111111111"),
    (CARD, "４１１１－１１１１－１１１１－１１１１"),
    (CARD, "5555555555554444"),
    (CARD, "378282246310005"),
    (CARD, "3782 822463 10005"),
    (CARD, "3530111333300000"),
    (CARD, "4222222222222"),
    (CARD, "6304000000000000000"),
    (MAIL, "taro.yamada@example.co.jp"),
    (MAIL, "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
    (MAIL, "john_doe+x@mail.example.org"),
    (MAIL, "john (at) example.com"),
    (ADDRESS, "東京都千代田区丸の内1-2-3"),
    (ADDRESS, "〒100-0005 東京都千代田区丸の内１丁目２番３号"),
    (ADDRESS, "〒1000005"),
    (ADDRESS, "100-0005 東京都千代田区丸の内一丁目2番3号"),
    (ADDRESS, "東京都千代田区丸の内1-2-3 丸の内ビル501号室"),
    (ADDRESS, "東京都渋谷区神宮前1-2-3 コーポ青山305"),
    (ADDRESS, "東京都渋谷区神宮前1-2-3　コーポ青山 305号室"),
    (ADDRESS, "世田谷区三軒茶屋2-11-22 サンタワーズB棟501"),
    (ADDRESS, "札幌市北区北7条西4丁目1-1"),
    (ADDRESS, "横浜市西区みなとみらい2-2-1"),
    (ADDRESS, "神奈川県足柄下郡箱根町湯本256-1"),
    (ADDRESS, "221B Baker Street, London NW1 6XE"),
    (ADDRESS, "1600 Amphitheatre Pkwy, Mountain View, CA 94043"),
    (ADDRESS, "PO Box 1234"),
]

WITH_A_NAME = [
    ("田中様に対応していただいた", "田中"),
    ("山田太郎さんが親切", "山田太郎"),
    ("鈴木 一郎様", "鈴木 一郎"),
    ("高橋氏の説明", "高橋"),
    ("昨日田中さんに会った", "田中"),
    ("店長の森さん", "森"),
    ("タナカ様", "タナカ"),
    ("さとうさんへ", "さとう"),
    ("担当の鷲津さんが", "鷲津"),
    ("鷲津と申します", "鷲津"),
    ("お名前: 鷲津 太郎", "鷲津 太郎"),
    ("マイケル・ジョーダン氏", "マイケル・ジョーダン"),
    ("My name is John Smith and I want a refund", "John Smith"),
    ("Mr. Smith was rude", "Smith"),
    ("I spoke to Ms Jane Doe today", "Jane Doe"),
    ("Please answer.\nBest regards,\nJohn Smith\n", "John Smith"),
    ("Tanaka-san helped", "Tanaka"),
]

ORDINARY = [
    "価格は12,800円でした",
    "合計12800円、09012345678円ではない",
    "注文番号 0312345678 です",
    "注文番号:250-1234567-1234567",
    "order #1234567",
    "#1234567890123456",
    "order no. 5552345678",
    "2026-11-21 10:15に届いた",
    "2026/11/21、11/21、2026年11月21日",
    "09:00-18:00に電話で30分待ち、電話 24時間 365日",
    "3-4回、10-15人、1-2階",
    "iOS 10.15.7 v1.2.3",
    "192.168.0.1",
    "https://example.com/0312345678/4111111111111111?x=1",
    "www.example.com/090-1234-5678",
    "1234-5678-9012",
    "1763712000000",
    "12345678901234567890",
    "ISBN 978-4-00-310101-8",
    "JAN 4901234567894",
    "IMEI 356938035643809",
    "the price is 128000 yen, 1,000,000 people, +5000000000円",
    "bag tag 0016 964012",
    "300 400 5000",
    "電話代が1000000円",
    "円周率は3.14159265358979",
    "GPS 35.681236,139.767125",
    "@todoku thanks",
    "お客様、皆様、神様、王様、奥様、何様、会員様",
    "店員さん、業者さん、お子さん、奥さん、お母さん、看護師さん、大家さん、八百屋さん、会社さん",
    "仕様、多様、同様、模様、様子、様々、新品同様",
    "スタッフさん、ドライバーさん、メーカー様",
    "彼氏、両氏、氏名、摂氏",
    "たくさん、沢山さん",
    "担当者様、担当の方、店員の皆様",
    "東京支店さん、千葉県民さん",
    "最高と言います、便利と申しましょうか",
    "東京都千代田区の店舗に3回",
    "新宿区のお店で11-21に買った",
    "茨城県土浦市に第1号店舗",
    "10 minutes down the road, a 2 way street",
    "My name is not on the list",
    "Dr Pepper",
]


@pytest.mark.parametrize(("kind", "piece"), PRIVATE)
@pytest.mark.parametrize(
    "around", ["連絡は{}までお願いします。", "Write to {} please", "({})", "{}"]
)
def test_personal_data_is_found_whatever_stands_around_it(kind, piece, around):
    text = around.format(piece)

    assert [(one.kind, text[one.start : one.end]) for one in find_personal_data(text)] == [
        (kind, piece)
    ]


@pytest.mark.parametrize(("text", "name"), WITH_A_NAME)
def test_a_name_is_found_where_the_words_around_it_leave_no_doubt(text, name):
    assert [(one.kind, text[one.start : one.end]) for one in find_personal_data(text)] == [
        (NAME, name)
    ]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_and_numbers_stay(text):
    assert masked(text) == text


def test_each_find_becomes_a_word_in_the_language_of_the_text():
    assert masked("田中です。090-1234-5678か、taro@example.comへ") == (
        "田中です。〔電話番号〕か、〔メールアドレス〕へ"
    )
    assert masked("Call Mr Smith on 020 7946 0958") == "Call Mr [name] on [phone number]"


def test_only_the_kinds_that_are_asked_for_are_masked():
    assert masked("田中様 090-1234-5678", kinds=[PHONE]) == "田中様 〔電話番号〕"


def test_a_name_that_was_found_is_masked_wherever_it_stands():
    assert masked("田中さんが良い。田中は速い。") == "〔お名前〕さんが良い。〔お名前〕は速い。"


def test_a_wood_is_no_name_because_a_person_is_called_so():
    assert masked("林さんと林の中へ") == "〔お名前〕さんと林の中へ"


def test_the_code_on_the_back_of_a_card_does_not_hide_its_number():
    assert kinds_in("4111 1111 1111 1111 123") == [CARD]


def test_a_number_that_fails_the_check_of_cards_is_none():
    assert kinds_in("4111 1111 1111 1112") == []


def test_the_kinds_in_a_text_are_told_once_each():
    assert kinds_in("03-1234-5678、090-1234-5678、a@example.com") == [MAIL, PHONE]
    assert kinds_in("") == []


def test_what_comes_after_the_first_pages_of_an_essay_is_masked_too():
    assert masked("あ" * 20_000 + "090-1234-5678").endswith("あ〔電話番号〕")
    assert masked("㈱あ" * 10_000 + "090-1234-5678").endswith("あ〔電話番号〕")


@pytest.mark.parametrize(
    "part", ["1", "0", "1-", "a@a.", "東京都市", "さん", "田中", "Mr Aa ", "\n", "〒1"]
)
def test_a_long_text_takes_no_long_time(part):
    begun = time.process_time()

    find_personal_data(part * 20_000)

    assert time.process_time() - begun < 5


pieces = st.sampled_from([piece for _kind, piece in PRIVATE] + [text for text, _ in WITH_A_NAME])
ordinary = st.sampled_from(ORDINARY)


@given(st.lists(pieces | ordinary | st.text(alphabet="あ亜a。 \n", max_size=5), max_size=6))
def test_what_was_found_is_gone_and_nothing_is_left_to_find(parts):
    text = "、\n".join(parts)

    found = {
        text[one.start : one.end] for one in find_personal_data(text) if one.end - one.start > 1
    }

    assert {words for words in found if words in masked(text)} == set()
    assert find_personal_data(masked(text)) == []


@given(st.lists(ordinary))
def test_ordinary_text_stays_as_it_is_however_it_is_put_together(parts):
    assert masked("、\n".join(parts)) == "、\n".join(parts)


@given(st.text() | st.text(alphabet="0123456789-+() ０－＠@.a様さん田中市区1"))
def test_finds_stand_in_order_and_apart_and_the_rest_is_untouched(text):
    found = find_personal_data(text)

    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) and one.kind in KINDS for one in found)
    rest = [text[a:b] for a, b in zip([0, *edges[1::2]], [*edges[::2], len(text)], strict=True)]
    assert [words for words in rest if words not in masked(text)] == []


def test_what_is_counted_behind_a_building_is_no_room():
    words = "東京都千代田区丸の内1-2-3 丸の内ビル前12時に届いた"

    assert masked(words) == "〔住所〕前12時に届いた"
