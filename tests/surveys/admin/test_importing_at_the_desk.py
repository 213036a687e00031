"""Staff import a table at the desk: upload, look, begin, watch, stop, and read the report."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from surveys.admin.imports import report
from surveys.imports import control, look, upload_handler, work_off
from surveys.models import Customer, Import, ImportFile
from tests import make
from tests.surveys.admin.admin_client import messages, page_of

pytestmark = pytest.mark.django_db
State = Import.State

UPLOAD = "/admin/surveys/customer/import/"
TABLE = "メール,氏名,plan\nhana@example.com,花,Gold\n<script>@,x,\n"


def choose_file(desk, table=TABLE, *, name="customers.csv", language="ja", **options):
    file = io.BytesIO(table.encode() if isinstance(table, str) else table)
    file.name = name
    return desk.post(UPLOAD, {"table": file, "language": language}, **options)


def page_of_import(one):
    return page_of("import", "change", one.pk)


def preview(desk, table=TABLE):
    page = choose_file(desk, table, follow=True)
    return Import.objects.get(), page


def answers(page, **other):
    """What the form of the preview says as it stands, and what was chosen instead."""
    form = page.context["form"]
    return {field.name: field.value() or "" for field in form} | other


def work():
    while work_off.work_off_next(timezone.now) is not None:
        pass


def table_of(page):
    rows = page.context["first_rows"].rows
    return [(n, [value for _label, value in cells], why) for n, cells, why in rows]


# Upload


def test_choosing_a_file_writes_no_customer_and_leads_to_its_preview(desk):
    one, page = preview(desk)

    assert page.redirect_chain[-1][0] == page_of_import(one)
    assert (one.state, one.file_name, one.size) == (State.PREVIEWED, "customers.csv", 61)
    assert not Customer.objects.exists()


def test_the_request_does_the_upload_alone_however_many_rows_are_bad(
    desk, django_assert_num_queries, monkeypatch
):
    opened = []
    monkeypatch.setattr(look, "open_import", lambda *what: opened.append(what))

    with django_assert_num_queries(6):
        response = choose_file(desk, "email\n" + "nobody\n" * 200_000)
    with django_assert_num_queries(3):
        page = desk.get(response["Location"])

    assert opened == []
    assert page["Refresh"] == "2"
    assert "The file is being read." in page.content.decode()


def test_a_worker_looks_at_a_long_file_and_imports_nothing_of_it(desk):
    one, _page = preview(desk, "email\n" + "nobody\n" * 200_000)
    work_off.work_off_next(timezone.now)

    page = desk.get(page_of_import(one))

    assert len(table_of(page)) == 10
    assert len(page.content) < 100_000
    one.refresh_from_db()
    assert (one.state, one.done) == (State.PREVIEWED, 0)
    assert work_off.work_off_next(timezone.now) is None, "it is looked at once"


def test_a_worker_that_looks_at_what_was_chosen_otherwise_meanwhile_is_not_believed(desk):
    one, _page = preview(desk, "email\n" + "nobody\n" * 200_000)
    before = Import.objects.get()
    control.choose(one, {"language": "en", "delimiter": ";"}, language="en")

    assert not look.look_at(before, timezone.now())
    assert Import.objects.get().look is None


def test_a_small_workbook_is_looked_at_at_once_and_a_larger_one_by_a_worker(desk):
    for zeros, looked_at in [(1_000, True), (60_000, False)]:
        choose_file(desk, b"PK\x03\x04" + b"\0" * zeros, name="customers.xlsx")
        assert (Import.objects.get().look is not None) is looked_at
        Import.objects.all().delete()


def test_a_file_that_kills_every_worker_that_looks_at_it_is_set_aside(desk):
    one, _page = preview(desk, "email\n" + "nobody\n" * 200_000)
    Import.objects.update(attempts=Import.MOST_ATTEMPTS)
    assert "have tried to read this file" in desk.get(page_of_import(one)).content.decode()

    desk.post(page_of_import(one), {"again": "yes"})
    work_off.work_off_next(timezone.now)

    assert Import.objects.get().look


@pytest.mark.parametrize(
    ("table", "error"),
    [("", "This file is empty. Its first row should name the columns.")],
)
def test_an_empty_file_is_told_at_the_field(desk, table, error):
    page = choose_file(desk, table)

    assert (page.status_code, page.context["form"].errors) == (422, {"table": [error]})
    assert not Import.objects.exists()


def test_without_a_file_the_page_asks_for_one(desk):
    page = desk.post(UPLOAD, {"language": "ja"})

    assert page.status_code == 422
    assert page.context["form"].errors == {"table": ["Please choose a file."]}


@pytest.mark.parametrize("size", [21_000_000, 50_000_000])
def test_a_file_over_the_cap_is_told_and_nothing_of_it_is_kept(desk, size, monkeypatch):
    kept = []
    monkeypatch.setattr(control, "upload", lambda **what: kept.append(what))

    page = choose_file(desk, b"email\n" + b"a@example.com\n" * (size // 14))

    assert page.status_code == 413
    assert page.context["form"].errors["table"] == [
        "This file is larger than 20 MB, the most that can be imported at a time. Nothing of it "
        "was read. Please divide it into several files, each with the row that names the columns."
    ]
    assert kept == []


def test_a_form_with_a_file_over_the_cap_keeps_its_other_answers(desk, monkeypatch):
    monkeypatch.setattr(upload_handler, "BYTES_PER_FILE", 1000)
    monkeypatch.setattr(upload_handler, "BESIDE_THE_FILE", 1000)

    page = choose_file(desk, "email\n" + "a@example.com\n" * 500, language="en")

    assert page.context["form"]["language"].value() == "en"


def test_nobody_listens_to_a_file_far_over_the_cap(desk, monkeypatch):
    monkeypatch.setattr(upload_handler, "BYTES_PER_FILE", 1000)
    monkeypatch.setattr(upload_handler, "BESIDE_THE_FILE", 0)
    monkeypatch.setattr(upload_handler, "HANG_UP_ABOVE", 2000)

    assert choose_file(desk, "email\n" + "a@example.com\n" * 500).status_code == 413


def test_a_cell_of_many_megabytes_makes_a_short_page(desk):
    one, _page = preview(desk, f"email,name\nhana@example.com,{'花' * 6_000_000}\n")
    work_off.work_off_next(timezone.now)
    page = desk.get(page_of_import(one))

    assert len(page.content) < 100_000
    desk.post(page_of_import(one), answers(page, begin="yes"))
    work()
    assert len(desk.get(page_of_import(one)).content) < 100_000


# Preview


def test_the_preview_says_what_each_column_is_taken_for_and_how_the_first_rows_are_read(desk):
    _one, page = preview(desk)

    assert [(c.header, c.label) for c in page.context["columns"]] == [
        ("メール", "email address"),
        ("氏名", "name"),
        ("plan", "kept as an attribute"),
    ]
    assert table_of(page) == [
        (2, ["hana@example.com", "花", "Japanese", ""], ""),
        (3, [], "“<script>@” is not an email address"),
    ]
    assert "<script>@" not in page.content.decode()


def test_looking_at_the_preview_changes_nothing(desk):
    one, _page = preview(desk)

    desk.get(page_of_import(one))

    one.refresh_from_db()
    assert one.state == State.PREVIEWED
    assert not Customer.objects.exists()


def test_another_column_is_chosen_and_looked_at_before_anything_is_imported(desk):
    one, page = preview(desk, "mail,private\na@example.com,b@example.org\n")
    instead = answers(page, begin="yes", **{"column-email": "private"})

    page = desk.post(page_of_import(one), instead, follow=True)

    assert messages(page) == [
        "You have chosen something else. Please look once more before you import."
    ]
    assert table_of(page)[0][1][0] == "b@example.org"
    desk.post(page_of_import(one), answers(page, begin="yes"))
    work()
    assert Customer.objects.get().email == "b@example.org"


def test_a_file_without_addresses_cannot_be_begun_until_somebody_says_where_they_are(desk):
    one, page = preview(desk, "who,name\nhana@example.com,Hana\nnobody,x\nnobody,y\n")
    assert page.context["look"].obstacle.startswith(
        "None of the columns is known to hold email addresses."
    )

    desk.post(page_of_import(one), answers(page, begin="yes"))
    one.refresh_from_db()
    assert one.state == State.PREVIEWED

    page = desk.post(
        page_of_import(one), answers(page, look="yes", **{"column-email": "who"}), follow=True
    )
    desk.post(page_of_import(one), answers(page, begin="yes"))
    work()
    assert Customer.objects.get().name == "Hana"


def test_a_file_that_cannot_be_read_may_be_read_in_another_encoding(desk):
    one, page = preview(desk, "メール,氏名\nhana@example.com,花\n".encode("euc_jp"))
    page = desk.post(page_of_import(one), answers(page, look="yes", encoding="euc_jp"), follow=True)

    assert table_of(page)[0][1][:2] == ["hana@example.com", "花"]


def test_read_in_another_way_the_columns_are_looked_for_anew(desk):
    one, page = preview(desk, "mail;private\na@example.com;b@example.org\n")
    chosen = answers(page, look="yes", **{"column-email": "private"})
    page = desk.post(page_of_import(one), chosen, follow=True)

    page = desk.post(page_of_import(one), answers(page, look="yes", delimiter=","), follow=True)

    assert page.status_code == 200
    assert "chosen" not in Import.objects.get().options


@pytest.mark.parametrize(
    "answer",
    [
        {"column-email": "no such column"},
        {"encoding": "rot13"},
        {"delimiter": "x"},
        {"language": "tlh"},
    ],
)
def test_answers_that_were_never_offered_are_refused(desk, answer):
    one, page = preview(desk)

    refused = desk.post(page_of_import(one), answers(page, begin="yes", **answer))

    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == answer.keys()
    assert Import.objects.get().state == State.PREVIEWED


def test_what_was_looked_at_can_be_thrown_away(desk):
    one, page = preview(desk)

    page = desk.post(page_of_import(one), answers(page, discard="yes"), follow=True)

    assert messages(page) == ["Thrown away. Nothing was imported, and the file is deleted."]
    assert not Import.objects.exists()
    assert not ImportFile.objects.exists()


def test_two_presses_begin_one_import(desk):
    one, page = preview(desk)

    for _press in range(2):
        desk.post(page_of_import(one), answers(page, begin="yes"))
    work()
    desk.post(page_of_import(one), answers(page, begin="yes"))

    one.refresh_from_db()
    assert (one.state, one.done) == (State.DONE, 2)
    assert Import.objects.count() == 1


# Progress


def test_the_page_of_a_waiting_import_goes_on_by_itself_and_can_stop_it(desk, sato):
    one = make.begun_import(TABLE)
    page = desk.get(page_of_import(one))
    assert page["Refresh"] == "2"
    assert "It waits for a worker" in page.content.decode()

    page = desk.post(page_of_import(one), {"stop": "yes"}, follow=True)

    one.refresh_from_db()
    assert (one.state, one.stopped_by) == (State.STOPPED, sato)
    assert messages(page) == ["Stopped. What was imported so far stays."]
    assert "Refresh" not in page.headers


def test_the_page_says_how_far_it_is_and_how_long_it_will_take(desk):
    one = make.begun_import(TABLE)
    begun_at = timezone.now() - timedelta(minutes=10)
    Import.objects.update(state=State.RUNNING, total=4000, done=1000, added=900, begun_at=begun_at)

    page = desk.get(page_of_import(one))

    assert page.context["progress"] == "1,000 of 4,000 rows"
    assert page.context["took"] == "10 minutes"
    assert page.context["rest"] == "30 minutes"


def test_who_waits_for_a_worker_that_does_not_come_is_told_whom_to_ask(desk):
    one = make.begun_import(TABLE)
    assert not desk.get(page_of_import(one)).context["is_slow"]

    Import.objects.update(begun_at=timezone.now() - timedelta(minutes=2))

    assert "no worker is running" in desk.get(page_of_import(one)).content.decode()


def test_what_was_set_aside_is_said_and_can_be_tried_again(desk):
    one = make.begun_import(TABLE)
    Import.objects.update(state=State.RUNNING, attempts=Import.MOST_ATTEMPTS)
    assert "Set aside" in desk.get(page_of_import(one)).content.decode()

    desk.post(page_of_import(one), {"again": "yes"})
    work()

    one.refresh_from_db()
    assert one.state == State.DONE


def test_stopping_what_has_ended_says_so(desk):
    one = make.begun_import(TABLE)
    work()

    page = desk.post(page_of_import(one), {"stop": "yes"}, follow=True)

    assert messages(page) == ["It had ended already; nothing was stopped."]


# Report


def test_the_report_stays_with_its_counts_and_the_rows_that_were_refused(desk):
    one = make.begun_import(TABLE)
    work()

    page = desk.get(page_of_import(one))

    assert [(word, n) for _tone, word, n in page.context["counts"]] == [
        ("added", "1"),
        ("updated", "0"),
        ("unchanged", "0"),
        ("rows refused", "1"),
    ]
    assert [(row.number, row.reason) for row in page.context["refused"]] == [
        (3, "“<script>@” is not an email address")
    ]
    assert "&lt;script&gt;@" in page.content.decode()
    assert "<script>@" not in page.content.decode()


def test_many_refused_rows_are_turned_page_by_page(desk, monkeypatch):
    monkeypatch.setattr(report, "REFUSED_PER_PAGE", 2)
    one = make.begun_import("email\n" + "nobody\n" * 5)
    work()

    pages = [desk.get(f"{page_of_import(one)}?page={n}") for n in ("1", "3", "9" * 5000, "x")]

    numbers = [[row.number for row in page.context["refused"]] for page in pages]
    assert numbers == [[2, 3], [6], [2, 3], [2, 3]]


def test_the_refused_rows_can_be_downloaded_and_run_nothing_in_a_spreadsheet(desk):
    one = make.begun_import("email\nnobody\n=cmd|x\n")
    work()

    table = desk.get(page_of("import", "refused", one.pk))

    assert (
        table["Content-Disposition"] == f'attachment; filename="todoku-import-{one.pk}-refused.csv"'
    )
    assert table.getvalue().decode("utf-8-sig").splitlines() == [
        "Row,Why",
        "2,“nobody” is not an email address",
        "3,“=cmd|x” is not an email address",
    ]


# Who may


def person(*permissions):
    made = User.objects.create_user(f"p{User.objects.count()}", is_staff=True)
    for permission in permissions:
        room, codename = permission.split(".")
        made.user_permissions.add(
            Permission.objects.get(content_type__app_label=room, codename=codename)
        )
    return made


def test_who_may_only_look_at_customers_sees_reports_and_begins_and_stops_nothing(client):
    client.force_login(person("surveys.view_customer"))
    previewed, running = make.uploaded_import(TABLE), make.begun_import(TABLE)

    assert client.get(UPLOAD).status_code == choose_file(client).status_code == 403
    for one in (previewed, running):
        assert client.get(page_of_import(one)).status_code == 200
        client.post(page_of_import(one), {"begin": "yes", "stop": "yes", "discard": "yes"})
        one.refresh_from_db()
    assert (previewed.state, running.state) == (State.PREVIEWED, State.WAITING)


def test_imports_of_what_somebody_may_not_see_are_not_there_for_them(client):
    of_customers = make.uploaded_import(TABLE)
    of_feedback = make.uploaded_import("text\nSlow\n", kind="feedback", channel="review")
    client.force_login(person("voc.view_feedback"))

    listed = client.get(page_of("import")).context["cl"].result_list

    assert [*listed] == [of_feedback]
    for page in (page_of_import(of_customers), page_of("import", "refused", of_customers.pk)):
        assert client.get(page, follow=True).redirect_chain == [(page_of("import"), 302)]


def test_staff_without_a_permission_see_no_import_at_all(client):
    one = make.uploaded_import(TABLE)
    client.force_login(person())

    for page in (
        page_of("import"),
        page_of_import(one),
        page_of("import", "refused", one.pk),
        page_of("import", "change", 99),
    ):
        assert client.get(page).status_code == 403


# The list


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_as_many_statements_with_three_rows_as_with_one(
    desk, rows, django_assert_num_queries
):
    for _ in range(rows):
        make.begun_import(TABLE)
    desk.get(page_of("import"))

    with django_assert_num_queries(3):
        desk.get(page_of("import"))


def test_an_empty_list_says_what_will_stand_there_and_offers_to_begin(desk):
    page = desk.get(page_of("import")).content.decode()

    assert "Nothing was imported yet." in page
    assert f'href="{UPLOAD}"' in page
    assert 'href="/admin/voc/feedback/import/"' in page


def test_nobody_deletes_or_makes_up_an_import(desk):
    one = make.begun_import(TABLE)

    for page in (page_of("import", "add"), page_of("import", "delete", one.pk)):
        assert desk.post(page, {"post": "yes"}).status_code == 403
