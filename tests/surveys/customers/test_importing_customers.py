"""A table of customers is taken in: good rows go in, bad rows are told, again is an update."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lib.tables import import_rows
from lib.tables.read import UnreadableTable
from surveys.models import Customer
from tests import make
from tests.surveys.customers.tables import customers_of, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def counts(text, **options):
    imported = take_in(text, **options).counts
    return tuple(imported[word] for word in ("added", "updated", "unchanged", "refused"))


def told(text):
    return [str(refused) for refused in take_in(text).refused]


def everyone():
    return list(Customer.objects.order_by("pk").values_list("email", "name", "language"))


@pytest.mark.parametrize(
    "header",
    [
        "メールアドレス,氏名,言語",
        "email,name,language",
        "E-Mail, Full Name ,LANG",
        "ﾒｰﾙ,お名前,使用言語",
    ],
)
def test_columns_are_known_by_their_names_in_japanese_and_english(header):
    take_in(f"{header}\nhana@example.com,山田 花,日本語\n")

    assert everyone() == [("hana@example.com", "山田 花", "ja")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_names_are_right_in_every_encoding(encoding):
    take_in("メール,氏名\nhana@example.com,髙橋 ①郎\n", encoding)

    assert Customer.objects.get().name == "髙橋 ①郎"


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("日本語", "ja"),
        ("Japanese", "ja"),
        ("JA", "ja"),
        ("英語", "en"),
        ("en-US", "en"),
        ("ＥＮ", "en"),
        ("ja_JP", "ja"),
        ("JA-jp", "ja"),
        ("ja_JP.UTF-8", "ja"),
        ("Japanese (Japan)", "ja"),
        ("jpn", "ja"),
        ("en-AU", "en"),
        ("EN_us", "en"),
        ("英文", "en"),
    ],
)
def test_a_language_may_be_said_in_words(word, language):
    take_in(f"email,language\nhana@example.com,{word}\n")

    assert Customer.objects.get().language == language


def test_whoever_does_not_say_gets_the_language_chosen_for_the_file():
    take_in("email\nhana@example.com\n")
    take_in("email\nhana@example.com\njohn@example.com\n", language="en")

    assert everyone() == [("hana@example.com", "", "ja"), ("john@example.com", "", "en")]


def test_a_language_we_do_not_write_in_loses_nobody_and_is_kept():
    table = customers_of("email,lang\nanne@example.com,fr\n", language="en")

    assert table.plan().notes == [
        "We write in Japanese and English. New customers with “fr” in column “lang” get English; "
        "what the column says is kept as an attribute."
    ]
    take_in("email,lang\nanne@example.com,fr\n", language="en")
    assert everyone() == [("anne@example.com", "", "en")]
    assert Customer.objects.get().attributes == {"lang": "fr"}


@pytest.mark.parametrize(
    ("header", "cells", "name"),
    [
        ("姓,名", "佐藤,恵", "佐藤 恵"),
        ("名,姓", "恵,佐藤", "佐藤 恵"),
        ("購入者氏名(姓),購入者氏名(名)", "佐藤,恵", "佐藤 恵"),
        ("注文者名字,注文者名前", "佐藤,恵", "佐藤 恵"),
        ("お名前（姓）,お名前（名）", "佐藤,恵", "佐藤 恵"),
        ("First Name,Last Name", "Kei,Sato", "Kei Sato"),
        ("Last Name,First Name", "Sato,Kei", "Kei Sato"),
        ("Last Name,First Name", "佐藤,恵", "佐藤 恵"),
        ("FNAME,LNAME", "Kei,", "Kei"),
        ("姓,名", "佐藤,", "佐藤"),
        ("姓,名", "ﾔﾏﾀﾞ,ｹﾝ", "ﾔﾏﾀﾞ ｹﾝ"),
        ("姓,名", "﨑,𠮷", "﨑 𠮷"),
        ("Name,Given Name,Family Name", "Kei M. Sato,Kei,Sato", "Kei M. Sato"),
        ("Name,Given Name,Family Name", ",Kei,Sato", "Kei Sato"),
    ],
)
def test_a_name_in_two_columns_is_joined_as_its_letters_want(header, cells, name):
    take_in(f"email,{header}\nkei@example.com,{cells}\n")

    kei = Customer.objects.get()
    assert (kei.name, kei.attributes) == (name, {})


def test_how_a_name_is_read_is_kept_as_an_attribute():
    take_in("email,姓,名,セイ,メイ\nkei@example.com,佐藤,恵,サトウ,ケイ\n")

    assert Customer.objects.get().attributes == {"セイ": "サトウ", "メイ": "ケイ"}


@pytest.mark.parametrize(
    "header",
    [
        "E-mail 1 - Value",
        "Email Address",
        "EMAIL_ADDRESS",
        "Person Email",
        "RecipientEmail",
        "メールアドレス【必須】",
        "ご連絡先メールアドレス",
        "Contact",  # nothing but addresses below it
    ],
)
def test_addresses_are_found_under_the_names_of_many_tools(header):
    take_in(f"no,{header}\n1,kei@example.com\n")

    assert Customer.objects.get().email == "kei@example.com"


@pytest.mark.parametrize(
    ("table", "addresses"),
    [
        ("email\nk@例え.jp\nk@xn--r8jz45g.jp\nK@例え。ＪＰ\n", ["k@xn--r8jz45g.jp"]),
        ("email\nKei Sato <kei@example.com>\nmailto:kei@example.com\n", ["kei@example.com"]),
        ("email\na..b@docomo.ne.jp\na.@ezweb.ne.jp\n", ["a..b@docomo.ne.jp", "a.@ezweb.ne.jp"]),
    ],
)
def test_an_address_is_one_however_it_is_written(table, addresses):
    take_in(table)

    assert list(Customer.objects.order_by("pk").values_list("email", flat=True)) == addresses


def test_columns_may_be_chosen():
    take_in("a,b,c\nkei@example.com,Kei,en\n", chosen={"email": "a", "name": "b", "language": "c"})

    assert everyone() == [("kei@example.com", "Kei", "en")]


def test_other_columns_become_attributes():
    take_in("email,Plan,店舗\nhana@example.com,Gold,渋谷\njiro@example.com,,\n")

    hana, jiro = Customer.objects.order_by("pk")
    assert (hana.attributes, jiro.attributes) == ({"Plan": "Gold", "店舗": "渋谷"}, {})


def test_good_rows_go_in_and_each_bad_row_is_told_with_its_number():
    table = (
        'email,name\nhana@example.com,"two\nlines"\ntanaka@,Tanaka\njiro@example.com,\n,Nobody\n'
    )

    assert told(table) == [
        "Row 3: “tanaka@” is not an email address. The row was skipped.",
        "Row 5: it has no email address. The row was skipped.",
    ]
    assert everyone() == [
        ("hana@example.com", "two lines", "ja"),
        ("jiro@example.com", "", "ja"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a@example.com,A,ja,surplus",
         "it has more cells than the header has names (“surplus” has none); "
         "a cell with the delimiter in it needs quotation marks around it"),
        (f"a@example.com,{'A' * 201},ja", f"the name “{'A' * 59}…” has more than 200 characters"),
        (f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.com,A,ja",
         f"the email address “{'a' * 59}…” is too long"),
        ("=cmd|x,A,ja", "“=cmd|x” is not an email address"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said(row, reason):
    imported = take_in(f"email,name,language\n{row}\n")

    assert [refused.reason for refused in imported.refused] == [reason]
    assert not Customer.objects.exists()


def test_importing_again_doubles_nobody_and_changes_nothing():
    table = "email,name,language,plan\nHana@Example.com,Hana,ja,Gold\njiro@example.com,Jiro,en,\n"

    assert counts(table) == (2, 0, 0, 0)
    assert counts(table) == (0, 0, 2, 0)

    assert Customer.objects.count() == 2


def test_capitals_do_not_make_another_customer():
    take_in("email,name\nHana@example.com,Hana\n")

    assert counts("email,name\nHANA@EXAMPLE.COM,Yamada Hana\n") == (0, 1, 0, 0)
    assert everyone() == [("Hana@example.com", "Yamada Hana", "ja")]


def test_full_width_letters_are_the_same_address():
    take_in("email\nｈａｎａ＠example.com\n")

    assert Customer.objects.get().email == "hana@example.com"


def test_an_empty_cell_does_not_erase_what_we_know():
    take_in("email,name,language,plan\nhana@example.com,Hana,en,Gold\n")

    assert counts("email,name,language,plan,shop\nhana@example.com,,,,Shibuya\n") == (0, 1, 0, 0)

    hana = Customer.objects.get()
    assert (hana.name, hana.language) == ("Hana", "en")
    assert hana.attributes == {"plan": "Gold", "shop": "Shibuya"}


def test_someone_who_stands_in_the_table_twice_is_one_customer():
    table = "email,name\nhana@example.com,Hana\nHANA@example.com,Yamada Hana\n"

    assert counts(table) == (1, 1, 0, 0)
    assert everyone() == [("hana@example.com", "Yamada Hana", "ja")]


def test_someone_who_stands_in_two_batches_is_one_customer(monkeypatch):
    monkeypatch.setattr(import_rows, "ROWS_PER_BATCH", 2)

    rows = "".join(f"customer{n % 3}@example.com\n" for n in range(5))

    assert counts(f"email\n{rows}") == (3, 0, 2, 0)
    assert Customer.objects.count() == 3


def test_an_import_resubscribes_nobody():
    gone = make.customer(unsubscribed=True)

    take_in(f"email,name\n{gone.email},Again\n")

    gone.refresh_from_db()
    assert gone.unsubscribed_at is not None


def test_a_table_without_addresses_says_which_columns_it_has():
    with pytest.raises(UnreadableTable) as refused:
        take_in("氏名,電話\n花,090\n")

    assert str(refused.value) == (
        "None of the columns is known to hold email addresses. The file has “氏名”, “電話”; "
        "please choose one."
    )


def test_what_stands_above_a_broken_row_is_still_taken_in():
    imported = take_in('email,name\nhana@example.com,Hana\njiro@example.com,"Jiro\n')

    assert imported.stopped.startswith("Row 3 opens a quotation mark that is never closed")
    assert everyone() == [("hana@example.com", "Hana", "ja")]


def test_the_command_tells_what_it_did_and_what_it_refused(tmp_path, capsys):
    file = tmp_path / "customers.csv"
    file.write_text("メール,氏名\nhana@example.com,花\ntanaka@,田中\n", encoding="cp932")

    with pytest.raises(CommandError, match="Some rows were refused"):
        call_command("import_customers", str(file))

    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "1 added, 0 updated, 0 unchanged, 1 refused"
    assert said.err == "Row 3: “tanaka@” is not an email address. The row was skipped.\n"


def test_the_command_shows_at_a_terminal_how_far_it_is(tmp_path, terminal):
    file = tmp_path / "customers.csv"
    file.write_text("email\nhana@example.com\n")
    call_command("import_customers", str(file), stderr=terminal, no_color=True)

    assert terminal.getvalue() == "1 rows so far …\r"


def test_two_thousand_rows_are_one_batch(django_assert_num_queries):
    table = "email,Unsubscribed\n" + "".join(f"customer{n}@example.com,no\n" for n in range(2000))

    with django_assert_num_queries({"sqlite": 4, "postgresql": 5}[connection.vendor]):
        take_in(table)


def test_the_command_chooses_columns(tmp_path, capsys):
    file = tmp_path / "customers.csv"
    file.write_text("Kontakt;Sprache\nkei@example.com;en\nsoon;en\n")
    call = ["import_customers", str(file), "--language-column", "Sprache"]

    with pytest.raises(CommandError, match="Say it with --email COLUMN"):
        call_command(*call)
    with pytest.raises(CommandError, match="Some rows were refused"):
        call_command(*call, "--email", "Kontakt")

    assert everyone() == [("kei@example.com", "", "en")]


def test_the_command_says_what_it_would_do_and_does_nothing(tmp_path, capsys):
    file = tmp_path / "customers.csv"
    file.write_text(
        "email,名,姓,plan,オプトアウト\nkei@例え.jp,恵,佐藤,Gold,はい\n", encoding="utf-8"
    )

    call_command("import_customers", str(file), "--preview")

    assert capsys.readouterr().out.splitlines() == [
        "“email”: email address",
        "“名”: given name",
        "“姓”: family name",
        "“plan”: kept as an attribute",
        "“オプトアウト”: who wants no mail",
        "Column “オプトアウト” tells who wants no mail: of the first 1 rows, "
        "1 are imported as unsubscribed.",
        "Row 2: email address: kei@例え.jp · name: 佐藤 恵 · language: Japanese · "
        "who wants no mail: unsubscribed",
    ]
    assert not Customer.objects.exists()
