"""Finds email addresses, and postal addresses of Japanese and English kind.

A town or a ward alone is where many live: only with a house's number is it somebody's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc.privacy.spans import DASH, Marked, Span, spans_of

# taro.yamada@example.co.jp, taro(at)example.com
MAIL = re.compile(
    r"(?<![\w.%+-])[a-z0-9._%+-]{1,64}(?:@| ?[\[(]at[\])] ?)"
    r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![a-z0-9])",
    re.IGNORECASE | re.ASCII,
)

PREFECTURE = (
    "(?:北海道|東京都|大阪府|京都府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山"
    "|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知"
    "|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)"
)
PLACE_NAME = "[\u3041-\u3096\u30a1-\u30f6々\u4e00-\u9fff]"
CITY = rf"{PLACE_NAME}{{1,8}}?[市区町村]"
# With no prefecture before it: 住所は札幌市 begins at 札幌.
CITY_ALONE = (
    "(?<![\u30a1-\u30f6々\u4e00-\u9fff])(?:[\u30a1-\u30f6々\u4e00-\u9fff]{1,7}?"
    "|さいたま|つくば|いわき|ひたちなか|ふじみ野|あきる野|うるま|つがる)[市区町村]"
)
# Names of towns have no で or を in them; a sentence that goes on from a city mostly has.
TOWN = "[\u3041-\u3066\u3068-\u3091\u3093-\u3096\u30a1-\u30f6々\u4e00-\u9fff]{0,14}?"
HOUSE_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
STEP = rf"(?: ?[{DASH}] ?|丁目の?|番地の?|番の?|号|条[東西南北]?)"
HOUSE = "(?:ビル|マンション|ハイツ|コーポ|アパート|荘|タワー|レジデンス|ハウス|メゾン|パレス|団地)"
LETTERS = "[\u3041-\u3096\u30a1-\u30fc々\u4e00-\u9fffA-Za-z]"
ROOM = r"(?: ?\d{1,4}(?:号室?|F|階))"
COUNTER = "(?:回|人|日|時|分|月|年|個|円|割|件|点|名|台|週|倍|泊|ヶ月|か月|番目|%)"
NOT_COUNTED = rf"(?![\d{DASH}/:]|\.\d| ?{COUNTER})"
# コーポ青山305, サンタワーズB棟501: the name goes on behind the kind of house.
NAMED = rf"[\u30a1-\u30fc々\u4e00-\u9fffA-Za-z]{{1,8}} ?\d{{1,4}}{NOT_COUNTED}号?室?"
BUILDING = rf"(?: ?{LETTERS}{{0,20}}?{HOUSE}(?:{ROOM}| ?\d{{1,4}}| ?{NAMED})?|{ROOM})?"
POSTCODE = rf"(?:〒 ?\d{{3}} ?[{DASH}]? ?\d{{4}}|(?<!\d)\d{{3}}[{DASH}]\d{{4}}(?= ?{PREFECTURE}))"

# 東京都千代田区丸の内1-2-3 丸の内ビル501号室; 札幌市北区北7条西4丁目1-1
JAPANESE_ADDRESS = re.compile(
    rf"(?:{POSTCODE}\s*)?(?:"
    rf"{PREFECTURE} ?{CITY} ?{TOWN} ?(?<!第)(?:{HOUSE_NUMBER}{STEP}){{1,4}}{HOUSE_NUMBER}?"
    rf"|{CITY_ALONE}{TOWN}(?<!第)(?:{HOUSE_NUMBER}{STEP}){{2,4}}{HOUSE_NUMBER}?){NOT_COUNTED}{BUILDING}"
)
POSTCODE_ALONE = re.compile(POSTCODE)

KIND_OF_STREET = (
    "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq"
    "|Terrace|Parkway|Pkwy|Highway|Hwy|Crescent|Close|Gardens|STREET|AVENUE|ROAD|LANE|DRIVE)"
)
# 221B Baker Street, London NW1 6XE; 1600 N. Pine Ave., Apt 4, Mountain View, CA 94043
STREET = rf"\d{{1,5}}[A-Z]? (?:[NSEW]\.? )?(?:[A-Z][A-Za-z'-]+ ){{1,3}}{KIND_OF_STREET}\b\.?"
FLAT = r"(?:,? (?:Apt|Apartment|Suite|Unit|Flat|#)\.? ?\w{1,6})?"
TOWN_AND_CODE = (
    r"(?:, [A-Z][a-z]+(?: [A-Z][a-z]+){0,2})?"
    r"(?:,? [A-Z]{2},? \d{5}(?:-\d{4})?|,? [A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})?"
)
BOX = r"(?<![A-Za-z])P\.?O\.? ?Box \d{1,7}(?!\d)"
ENGLISH_ADDRESS = re.compile(rf"(?<![A-Za-z0-9.,$#/-]){STREET}{FLAT}{TOWN_AND_CODE}|{BOX}")

ADDRESSES = (
    Marked(JAPANESE_ADDRESS, ("市", "区", "町", "村")),
    Marked(POSTCODE_ALONE, ("〒", "県", "北海道", "東京都", "大阪府", "京都府")),
    ENGLISH_ADDRESS,
)


def emails(text: str) -> Iterator[Span]:
    return spans_of(MAIL, text)


def addresses(text: str) -> Iterator[Span]:
    for pattern in ADDRESSES:
        yield from spans_of(pattern, text)
