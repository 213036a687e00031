"""Search finds what people mean, however they and the customer typed it."""

import pytest
from django.urls import reverse

from lib import search
from surveys.models import Customer
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db

SAME = [
    ("ﾗﾍﾞﾙが剥がれた", "ラベル"),
    ("ラベルが剥がれた", "ﾗﾍﾞﾙ"),
    ("らべる", "ラベル"),
    ("ラベル", "らべる"),
    ("受付は9時～10時", "9時〜10時"),
    ("受付は9時〜10時", "9時～10時"),
    ("受付は9時〜10時", "９時~10時"),
    ("サ-ビスが遅い", "サービス"),
    ("サービスが遅い", "ｻｰﾋﾞｽ"),
    ("サービスが遅い", "サ−ビス"),
    ("サービスが遅い", "サ—ビス"),
    ("か\u3099らすの扉", "がらす"),
    ("ガラスの扉", "カ\u3099ラス"),
    ("ハ\u309aン", "ﾊﾟﾝ"),
    ("ＡＢＣ１２３", "abc123"),
    ("abc123", "ＡＢＣ"),
    ("Café", "cafe"),
    ("cafe", "CAFÉ"),
    ("Cafe\u0301", "café"),
    ("Öl für Æsop", "OL FUR æsop"),
    ("an eﬃcient oﬃce", "efficient OFFICE"),
    ("Ёлка ВСЕГДА", "елка всегда"),
    ("ΟΔΟΣ", "οδος"),
    ("it’s slow", "it's"),
    ("“slow”", '"slow"'),
    ("ラ\u200bベル", "ラベル"),
    ("very\u3000slow", "slow\u3000very"),
    ("㈱ことり ①", "(株)ことり 1"),
    ("５０％オフ", "50%オフ"),
    ("a_b", "A＿B"),
    ("か゛らす か\uff9e", "か\u3099"),
]  # fmt: skip


def containing(words):
    return Feedback.objects.filter(search.holding(["search_text"], words))


@pytest.mark.parametrize(("text", "words"), SAME)
def test_words_are_found_however_they_are_typed(text, words):
    item = make.feedback(text)
    make.feedback("Nothing of it")

    assert list(containing(words)) == [item]


@pytest.mark.parametrize(
    ("text", "words"),
    [("50 off", "50%"), ("axb", "a_b"), ("はんこ", "ぱん"), ("か", "が"), ("slow", "slow very")],
)
def test_other_words_are_not_found(text, words):
    make.feedback(text)

    assert not containing(words).exists()


def test_text_that_was_changed_by_any_statement_is_found_as_it_is_now():
    item = make.feedback("ﾗﾍﾞﾙ")
    Feedback.objects.filter(pk=item.pk).update(text="ﾋﾞﾝ")
    one, other = Feedback.objects.bulk_create(
        [Feedback(text="ﾊｺ", channel="review"), Feedback(text="ﾌﾀ", channel="review")]
    )
    one.text = "ﾋﾓ"
    Feedback.objects.bulk_update([one], ["text"])
    other.text = "ｷｬｯﾌﾟ"
    other.save(update_fields=["text"])

    found = [containing(w).count() for w in ("ラベル", "ハコ", "フタ")]
    assert found == [0, 0, 0]
    assert containing("ビン").get() == item
    assert containing("ヒモ").get() == one
    assert containing("キャップ").get() == other


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("佐藤　恵", "佐藤恵"),
        ("佐藤恵", "佐藤 恵"),
        ("ｻﾄｳ ﾒｸﾞﾐ", "サトウ"),
        ("José Álvarez", "jose alvarez"),
        ("", "ＫＥＩ＠example"),
    ],
)
def test_a_customer_is_found_by_name_and_address(desk, name, words):
    kei = Customer.objects.create(name=name, email="kei@example.com")
    make.customer(name="Somebody")

    page = desk.get(reverse("admin:surveys_customer_changelist"), {"q": words})

    assert list(page.context["cl"].result_list) == [kei]


@pytest.mark.parametrize(
    "name", ["surveys_response", "surveys_invitation", "surveys_survey", "reports_fix",
             "reports_notice", "voc_topic", "auth_user", "auth_group", "surveys_skip"]
)  # fmt: skip
def test_every_list_that_can_be_searched_folds(desk, name):
    page = desk.get(reverse(f"admin:{name}_changelist"), {"q": "ﾗﾍﾞﾙ ＡＢＣ % ' \\"}, follow=True)

    assert page.status_code == 200


def test_a_fix_and_a_survey_are_found_too(desk):
    made = make.fix(make.feedback(), we_did_en="New ﾗﾍﾞﾙ")
    survey = make.survey(name="ｻｰﾋﾞｽについて")

    fixes = desk.get(reverse("admin:reports_fix_changelist"), {"q": "ラベル"})
    surveys = desk.get(reverse("admin:surveys_survey_changelist"), {"q": "サービス"})

    assert list(fixes.context["cl"].result_list) == [made]
    assert list(surveys.context["cl"].result_list) == [survey]


def test_a_response_is_found_by_its_comment_and_by_who_gave_it(desk):
    answered = make.response(3, "ﾗﾍﾞﾙ", by=make.customer(name="佐藤　恵"))
    list_of_responses = reverse("admin:surveys_response_changelist")

    for words in ("ラベル", "佐藤恵", "さとう ﾗﾍﾞﾙ"):
        found = list(desk.get(list_of_responses, {"q": words}).context["cl"].result_list)
        assert found == ([] if "さとう" in words else [answered])


def test_a_search_too_long_is_cut_and_says_so(desk):
    item = make.feedback("slow " * 100)

    asked = {"q": "slow " * 81, "pile": "all"}
    page = desk.get("/admin/voc/feedback/", asked, headers={"Accept-Language": "en"})

    assert list(page.context["cl"].result_list) == [item]
    assert "A search has 400 characters at most" in page.content.decode()


def test_what_is_folded_stays_as_it_is_until_a_migration_folds_the_columns_anew():
    """Stored columns hold what this table made of the text when it was written."""
    assert len(search.FOLDS) == 442
    assert search.fold("ｱァヴヽ-～É﷐Ё’\u200d") == "あぁゔゝー~e﷐е'"
