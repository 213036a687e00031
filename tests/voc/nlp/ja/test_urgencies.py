"""What cannot wait, and what can."""

import pytest


@pytest.mark.parametrize(
    ("text", "urgency", "shown"),
    [
        ("来月で解約します", "churn", "解約"),
        ("二度と利用しません。", "churn", "二度と利用しません"),
        ("もう使いません", "churn", "もう使いません"),
        ("他社に乗り換えます", "churn", "他社に乗り換え"),
        ("次回はありません", "churn", "次回はありませ"),
        ("弁護士に相談しています", "legal", "弁護士に相談"),
        ("消費生活センターに連絡します", "legal", "消費生活センター"),
        ("法的措置も考えています", "legal", "法的措置"),
        ("訴えますよ", "legal", "訴えます"),
        ("身に覚えのない請求が来た", "security", "身に覚えのない請求"),
        ("カードが不正利用された", "security", "不正利用"),
        ("ｱｶｳﾝﾄが乗っ取られました", "security", "乗っ取ら"),
        ("個人情報が漏れている", "security", "個人情報が漏れ"),
        ("他人の注文履歴が表示される", "security", "他人の注文履歴が表示"),
    ],
)
def test_it_is_said_plainly_and_shown(reader, text, urgency, shown):
    reading = reader.read(text)

    found = [text[s.start : s.end] for s in reading.signs if s.kind == urgency]

    assert (reading.urgency, found) == (urgency, [shown])


@pytest.mark.parametrize(
    "text",
    [
        "解約金が安くて良い",
        "いつでも解約できるので安心",
        "解約しようか迷いましたが続けます",
        "他社から乗り換えて正解でした",
        "もう他の店には行けない美味しさ",
        "使わない日はありません",
        "弁護士の相談アプリとして便利",
        "裁判所の近くで静か",
        "セキュリティがしっかりしていて安心",
        "不正アクセス対策が充実している",
        "乗っ取りの心配がない",
        "前は別の会社を使っていました",
    ],
)
def test_what_only_sounds_like_it_can_wait(reader, text):
    assert reader.read(text).urgency is None


def test_the_most_pressing_comes_first(reader):
    reading = reader.read("不正利用されました。弁護士に相談し、解約します。")

    assert reading.urgency == "security"
    assert [s.kind for s in reading.signs if s.kind != reading.intent] == [
        "security",
        "legal",
        "churn",
    ]
