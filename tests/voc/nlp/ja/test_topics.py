"""Which topic a Japanese phrase is about."""

import pytest


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        # what is said of a reply or a delivery is not the speed of the app
        ("返信が遅い", {"support"}),
        ("返事もとても遅いです", {"support"}),
        ("配送が遅すぎる", {"delivery"}),
        ("動作が遅い", {"speed"}),
        ("アプリが重い", {"speed"}),
        # high is dear, unless it is said of something else
        ("高いし遅い", {"price", "speed"}),
        ("満足度が高い", set()),
        ("説明書が分かりやすい", {"onboarding"}),
        # a word inside another
        ("不親切な画面", {"usability"}),
        ("パスワードの再設定", set()),
        ("箱根に泊まりました", set()),
        ("痒い所に手が届く", set()),
        ("損害賠償を請求します", set()),
    ],
)
def test_the_longest_phrase_wins(reader, text, keys):
    assert {mention.topic for mention in reader.read(text).mentions} == keys


def test_letters_of_any_case_are_found(reader):
    for text in ("uiが古い", "UIが古い", "Uiが古い", "ＵＩが古い"):
        assert [m.topic for m in reader.read(text).mentions] == ["usability"]
