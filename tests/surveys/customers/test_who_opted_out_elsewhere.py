"""Who wanted no mail in an old tool gets none from us; what tells neither is refused."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from lib.tables.table_import import UnansweredQuestion
from surveys.models import Customer
from tests import make
from tests.surveys.customers.tables import customers_of, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def out(header, cell, others=()):
    """Whether somebody with this cell is imported as unsubscribed; None when refused."""
    rows = "".join(f"other{n}@example.com,{other}\n" for n, other in enumerate(others))
    take_in(f'email,{header}\nkei@example.com,"{cell}"\n{rows}', now=NOW)
    kei = Customer.objects.at("kei@example.com").first()
    return kei and kei.unsubscribed_at is not None


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("UNSUB_TIME", "2026-05-01 00:00:00"),
        ("unsubscribed_at", "2026-05-01T00:00:00Z"),
        ("UNSUB_REASON", "Too many emails"),
        ("Unsubscribed", "TRUE"),
        ("Unsubscribed", "x"),
        ("Unsubscribed from all email", "true"),
        ("Opted out", "Yes"),
        ("Opted out of email: Marketing", "true"),
        ("HasOptedOutOfEmail", "1"),
        ("Email Opt Out", "1"),
        ("Do Not Email", "y"),
        ("Bounced", "yes"),
        ("Subscribed", "false"),
        ("Subscribed", "No"),
        ("Is subscribed", "0"),
        ("Accepts Email Marketing", "no"),
        ("Newsletter", "off"),
        ("status", "unsubscribed"),
        ("Status", "Cleaned"),
        ("Email status", "hard bounced"),
        ("Subscription status", "Complained"),
        ("Member status", "non-subscribed"),
        ("Marketing consent status", "opted-out"),
        ("配信停止", "○"),
        ("配信停止", "済"),
        ("配信停止フラグ", "1"),
        ("配信停止日", "2026年5月1日"),
        ("配信可否", "不可"),
        ("配信可否", "×"),
        ("メール配信可否", "拒否"),
        ("配信可否", "配信停止"),
        ("オプトアウト", "はい"),
        ("受信拒否", "有"),
        ("メルマガ", "希望しない"),
        ("メルマガ希望", "しない"),
        ("メルマガ配信", "希望しません"),
        ("メール受信", "受け取らない"),
        ("DM可否", "不可"),
        ("配信ステータス", "配信停止中"),
        ("配信状況", "購読解除"),
        ("退会日", "2026/05/01"),
        ("CLEAN_TIME", "2026-05-01 00:00:00"),
        ("EmailBouncedDate", "2026-05-01"),
        ("EMAIL_BLACKLISTED", "yes"),
        ("Email Marketing Consent", "NEVER_SUBSCRIBED"),
        ("Email permission status", "Opted out"),
        ("Consent", "withdrawn"),
        ("GDPR: Email", "No"),
        ("メルマガ受信", "受信しない"),
        ("メルマガ登録", "登録しない"),
        ("受信拒否", "拒否する"),
        ("配信停止", "不可"),
        ("オプトアウト", "希望する"),
        ("ステータス", "解除済み"),
        ("ステータス", "エラー停止"),
        ("購読状態", "非購読"),
        ("メール受信許可フラグ", "0"),
        ("DM送付可否", "拒否"),
        ("メール配信[配信停止]", "1"),
        ("メルマガ（不要の方はチェック）", "レ"),
        ("メール送信NG", "NG"),
        ("案内メール", "×"),
        ("ニュースレター", "希望しない"),
        ("メルマガ会員", "非会員"),
        ("配信対象", "対象外"),
        ("DM", "不可"),
        ("GDPR consent", "no"),
        ("can_contact", "no"),
        ("allow_email", "0"),
        ("wants_newsletter", "false"),
        ("Marked email as spam", "true"),
        ("Email hard bounce reason", "UNKNOWN_USER"),
    ],
)
def test_whoever_opted_out_is_imported_as_unsubscribed(header, cell):
    assert out(header, cell) is True


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("UNSUB_TIME", ""),
        ("UNSUB_TIME", "0000-00-00 00:00:00"),
        ("Unsubscribed", "FALSE"),
        ("Opted out", "no"),
        ("Subscribed", "true"),
        ("Accepts Marketing", "yes"),
        ("status", "subscribed"),
        ("status", "Gold"),
        ("State", "California"),
        ("配信停止", ""),
        ("配信停止フラグ", "0"),
        ("配信可否", "可"),
        ("配信可否", "○"),
        ("メルマガ", "希望する"),
        ("配信ステータス", "配信中"),
        ("OPTIN_TIME", "2026-01-01 00:00:00"),
        ("Subscription plan", "none"),
        ("Unsubscribe URL", "https://x.example/u"),
        ("Newsletter", "Weekly digest"),
        ("会員区分", "一般"),
        ("Accepts SMS Marketing", "no"),
        ("Do Not Call", "true"),
        ("メール区分", "PC"),
        ("メルマガ受信", "受信する"),
        ("Email Marketing Consent Timestamp", "2026-05-01 00:00:00"),
        ("Consent", "given"),
        ("メール受信許可フラグ", "1"),
        ("メール配信[配信停止]", ""),
        ("メルマガ", "要"),
        ("お知らせメール", "受け取る"),
        ("allow_email", "1"),
        ("email_verified", "no"),
        ("Email opens", "0"),
        ("DM送付済", "no"),
        ("Do not email", "no"),
        ("Has opted out of email", "f"),
        ("Contact", "Sato"),
    ],
)
def test_whoever_did_not_is_not(header, cell):
    assert out(header, cell) is False


@pytest.mark.parametrize(
    ("header", "cell", "others"),
    [
        ("Unsubscribed", "perhaps", []),
        ("Subscribed", "perhaps", ["true"]),
        ("配信停止", "×", []),  # a mark, or a no
        ("status", "pending", ["unsubscribed"]),
        ("配信停止", "希望しない", []),  # no stop, or no mail
        ("配信可否", "要確認", ["可"]),
    ],
)
def test_what_tells_neither_is_refused(header, cell, others):
    assert out(header, cell, others) is None


def test_the_reason_of_a_refusal_names_the_column():
    (refused,) = take_in("email,Unsubscribed\nkei@example.com,perhaps\n").refused

    assert str(refused) == (
        "Row 2: “perhaps” in column “Unsubscribed” does not tell whether mail is wanted. "
        "The row was skipped."
    )


def test_an_empty_cell_where_others_agreed_is_no_agreement():
    assert out("Subscribed", "", ["true", "true"]) is True


def test_a_state_far_down_the_table_still_counts():
    active = "".join(f"customer{n}@example.com,active\n" for n in range(1_001))

    take_in(f"email,status\n{active}gone@example.com,unsubscribed\n")

    assert [c.email for c in Customer.objects.unsubscribed()] == ["gone@example.com"]


def test_the_date_at_which_they_opted_out_is_kept():
    take_in("email,UNSUB_TIME\nkei@example.com,2026-05-01 09:00:00\n", now=NOW)

    when = timezone.localtime(Customer.objects.get().unsubscribed_at)
    assert when.isoformat() == "2026-05-01T09:00:00+09:00"


def test_without_a_date_it_is_now():
    take_in("email,Unsubscribed\nkei@example.com,yes\n", now=NOW)

    assert Customer.objects.get().unsubscribed_at == NOW


def test_a_date_that_can_be_two_is_asked_first():
    table = "email,UNSUB_TIME\nkei@example.com,10/03/2026\n"

    with pytest.raises(UnansweredQuestion, match="Please say how dates are written"):
        take_in(table)
    take_in(table, date_form="mdy")

    assert Customer.objects.get().unsubscribed_at.month == 10


def test_an_import_unsubscribes_a_customer_we_know():
    kei = make.customer()

    take_in(f"email,Unsubscribed\n{kei.email},yes\n", now=NOW)

    kei.refresh_from_db()
    assert kei.unsubscribed_at == NOW


def test_no_import_subscribes_anybody_again_or_moves_the_date():
    take_in("email,UNSUB_TIME\nkei@example.com,2026-05-01\n", now=NOW)
    before = Customer.objects.get().unsubscribed_at

    take_in("email,status\nkei@example.com,subscribed\n", now=NOW)
    take_in("email,Unsubscribed\nkei@example.com,yes\n", now=NOW)

    assert Customer.objects.get().unsubscribed_at == before


def test_the_plan_says_who_is_imported_as_unsubscribed():
    plan = customers_of("email,Unsubscribed\na@example.com,yes\nb@example.com,no\n").plan()

    assert [use.label for use in plan.columns] == ["email address", "who wants no mail"]
    assert plan.notes == [
        "Column “Unsubscribed” tells who wants no mail: of the first 2 rows, "
        "1 are imported as unsubscribed."
    ]


def test_a_person_may_choose_the_column_or_say_that_there_is_none():
    table = "email,flag,Unsubscribed\na@example.com,1,no\n"

    take_in(table, chosen={"opted_out": "flag"})
    assert Customer.objects.get().unsubscribed_at is not None

    Customer.objects.all().delete()
    take_in("email,Unsubscribed\na@example.com,perhaps\n", chosen={"opted_out": ""})
    assert Customer.objects.get().unsubscribed_at is None
