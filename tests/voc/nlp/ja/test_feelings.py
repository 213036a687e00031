"""What a Japanese customer feels."""

import pytest


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        # plain
        ("とても使いやすくて助かっています。", "positive"),
        ("画面が重くて使いづらい", "negative"),
        ("昨日、注文しました。", "neutral"),
        # negation, once and twice
        ("特に不満はありません", "positive"),
        ("問題なく使えています", "positive"),
        ("味は美味しくなかったです", "negative"),
        ("使いやすいとは思えません", "negative"),
        ("悪いわけではないです", "positive"),
        ("本当に残念でなりません", "negative"),
        ("高くなければ使います", "negative"),
        # what ought to happen, and does not
        ("荷物が届きません", "negative"),
        ("設定が反映されていない", "negative"),
        ("うるさくて眠れませんでした", "negative"),
        # what would be good if
        ("もう少し安ければ最高なのに", "negative"),
        ("もっと早く教えてくれればよかった", "negative"),
        # but
        ("部屋は古いですが、清潔で快適でした", "positive"),
        ("見た目は新しいけど、エラーばかりで最悪です", "negative"),
        ("料理は最高でしたが、部屋は最悪でした", "mixed"),
        ("アプリは便利ですが、対応が遅いです", "mixed"),
        ("味は最高です。ただ、値段が高すぎます。", "mixed"),
        ("注文が速くなって快適です。ただ、通知の設定が見つけにくいです。", "mixed"),
        ("同じ注文で二回請求されています。返金してください。", "negative"),
        ("これ以上待てません", "negative"),
        ("アプリは便利ですが、料金が高いです", "mixed"),
        # denied from afar, or not at all
        ("さすがというほどではなかった", "negative"),
        ("親切とはとても言えない対応", "negative"),
        ("不満がないとは言えません", "negative"),
        ("こんなに親切な店は見たことがない", "positive"),
        ("感謝せずにはいられません", "positive"),
        ("落ちない日がないです", "negative"),
        # what is bad goes away, is met with help, or only says how good
        ("困ることは何ひとつありません", "positive"),
        ("疲れが取れました", "positive"),
        ("壊れたときもすぐ直してくれました", "positive"),
        ("怖いくらい便利", "positive"),
        # what is good does not come off
        ("気持ちよく過ごせなかった", "negative"),
        ("良いところがひとつもない", "negative"),
        ("高級なはずが、安っぽかった", "negative"),
        # others are better
        ("他社のほうが親切です", "negative"),
        ("前のほうが使いやすかった", "negative"),
        # not meant
        ("さすがですね(皮肉)", "negative"),
        # asked, not told
        ("解約金はいくらかかりますか", "neutral"),
        ("なぜこんなに遅いのでしょうか", "negative"),
        # faces, marks and outbursts
        ("毎日使ってます😊", "positive"),
        ("通知が来ない(´・ω・`)", "negative"),
        ("すみません、お願いしますm(_ _)m", "neutral"),
        ("接客△", "negative"),
        ("料金見た。高っ", "negative"),
        ("ｻﾎﾟｰﾄがﾃｲﾈｲ", "positive"),
        # neither
        ("可もなく不可もなく", "neutral"),
        ("高くも安くもない", "neutral"),
        # long, and one side wins
        (
            "軽いのは良いですが、音が大きく、充電も持ちません。掃除も面倒で、一週間で壊れました。"
            "買って後悔しています。",
            "negative",
        ),
        # will come back
        ("また利用したいと思います", "positive"),
        ("次回もお願いします", "positive"),
    ],
)
def test_the_whole_text(reader, text, sentiment):
    assert reader.read(text).sentiment == sentiment


@pytest.mark.parametrize(
    "text",
    [
        "検索機能が欲しい",
        "もっと便利にしてほしいです",
        "ダークモードがあると嬉しいです",
        "通知を選べるようにしていただけると助かります",
        "もう少し分かりやすい説明を希望します",
        "返品を簡単にしてください",
    ],
)
def test_a_wish_is_never_praise(reader, text):
    assert reader.read(text).sentiment in {"neutral", "negative"}


def test_the_words_that_made_us_think_so_are_shown(reader):
    text = "対応は親切でしたが、画面が使いづらいです"

    felt = [(f.sentiment, text[f.start : f.end]) for f in reader.read(text).feelings]

    assert felt == [("positive", "親切"), ("negative", "使いづらい")]


def test_a_negated_word_is_shown_with_its_negation(reader):
    text = "特に不満はありません"

    (felt,) = reader.read(text).feelings

    assert (felt.sentiment, text[felt.start : felt.end]) == ("positive", "不満はありません")


def test_half_width_letters_and_faces_are_shown_as_typed(reader):
    text = "ｱﾌﾟﾘがﾌﾘｰｽﾞする(´；ω；`)"

    felt = [(f.sentiment, text[f.start : f.end]) for f in reader.read(text).feelings]

    assert felt == [("negative", "ﾌﾘｰｽﾞ"), ("negative", "(´；ω；`)")]


def test_sarcasm_reaches_no_further_than_its_sentence(reader):
    text = "料理は最高でした。さすがですね、予約を忘れるなんて。"

    felt = {text[f.start : f.end]: f.sentiment for f in reader.read(text).feelings}

    assert felt["最高"] == "positive"
    assert "positive" not in {felt[words] for words in felt if words != "最高"}
