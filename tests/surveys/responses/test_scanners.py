"""Mail scanners follow every link, run scripts and press buttons; none of that is an answer."""

import re

import pytest

from surveys.invitations import send
from surveys.models import Response
from surveys.responses import submit
from surveys.signals import response_received
from tests import make

pytestmark = pytest.mark.django_db

A_PERSON = {"touched": "1", "scripted": "1"}
A_ROBOT_WITH_SCRIPTS = {"scripted": "1"}


@pytest.fixture
def invitation():
    return make.invitation()


@pytest.fixture
def url(invitation):
    return invitation.get_absolute_url()


def test_following_every_link_of_the_mail_answers_nothing_and_stops_nothing(
    client, invitation, mailoutbox
):
    send.send_due_invitations()
    html = mailoutbox[0].alternatives[0][0]
    links = re.findall(r"https://todoku\.example(/\S+?)[\"\s]", html)

    pages = [client.get(link.replace("&amp;", "&")) for link in links]

    assert [page.status_code for page in pages] == [200] * (11 + 1)
    assert not Response.objects.exists()
    invitation.customer.refresh_from_db()
    assert invitation.customer.unsubscribed_at is None


def test_a_robot_without_scripts_that_posts_once_is_not_counted(client, url):
    page = client.post(url, {"score": "9", "comment": "Great"})

    assert page.status_code == 200
    assert page.templates[0].name == "surveys/again.html"
    assert states() == ["provisional"]


@pytest.mark.parametrize("scores", [[9], [0, 5, 10]])
def test_what_a_scanner_pressed_is_not_put_into_the_customers_mouth(client, url, scores):
    for score in scores:
        client.post(url, {"score": score})

    assert " checked" not in client.get(url).content.decode()


def test_who_wants_to_change_it_before_the_second_press_finds_all_of_it(client, url):
    page = client.post(url, {"score": "9"})
    back = re.search(r'href="(\?[^"]+)">Change the answer', page.content.decode())[1]
    assert (
        'value="9" class="promoter" checked'
        in client.get(url + back.replace("&amp;", "&")).content.decode()
    )

    client.post(url, {"score": "2", "comment": "Too slow"})
    page = client.get(url).content.decode()
    assert 'value="2" class="detractor" checked' in page
    assert ">\nToo slow</textarea>" in page


def test_what_does_not_count_is_not_announced(client, url):
    heard = []

    def hear(response, **_):
        heard.append(response.score)

    response_received.connect(hear)

    client.post(url, {"score": "2", "comment": "Bad"})
    client.post(url, {"score": "9", "comment": "Good", **A_PERSON})
    response_received.disconnect(hear)

    assert heard == [9]


def test_a_robot_that_runs_our_script_may_press_for_ever(client, url, clock):
    page = client.post(url, {"score": "9", **A_ROBOT_WITH_SCRIPTS})
    for _again in range(5):
        clock.wait(seconds=30)
        press = {"score": "9", "again": page.context["again"], **A_ROBOT_WITH_SCRIPTS}
        page = client.post(url, press)

    assert page.templates[0].name == "surveys/again.html"
    assert states() == ["provisional"]


def test_a_robot_that_presses_at_once_is_not_counted(client, url, clock):
    page = client.post(url, {"score": "9"})
    clock.wait(seconds=1)

    client.post(url, {"score": "9", "again": page.context["again"]})

    assert states() == ["provisional"]


def test_a_person_without_scripts_presses_once_more_and_is_counted(client, url, clock):
    page = client.post(url, {"score": "9", "comment": "Great"})
    clock.wait(seconds=2)

    page = client.post(url, {"score": "9", "comment": "Great", "again": page.context["again"]})

    assert page.status_code == 303
    assert said() == [(9, "Great", "counted")]


def test_an_impatient_thumb_need_not_start_again(client, url, clock):
    page = client.post(url, {"score": "9"})
    clock.wait(seconds=1)
    page = client.post(url, {"score": "9", "again": page.context["again"]})
    clock.wait(seconds=1)

    page = client.post(url, {"score": "9", "again": page.context["again"]})

    assert page.status_code == 303
    assert states() == ["counted"]


def test_the_page_for_one_more_press_shows_the_answer_in_plain_view(client, url):
    page = client.post(url, {"score": "9", "comment": "Great <b>service</b>"})

    html = page.content.decode()
    assert '<dd><span class="chosen number">9</span></dd>' in html
    assert '<dd class="words">Great &lt;b&gt;service&lt;/b&gt;</dd>' in html
    assert '<input type="hidden" name="score" value="9">' in html


def test_a_stamp_of_one_link_opens_no_other(client, url, clock):
    other = client.post(make.invitation().get_absolute_url(), {"score": "9"}).context["again"]
    clock.wait(minutes=1)

    client.post(url, {"score": "9", "again": other})

    assert states() == ["provisional", "provisional"]


def test_several_scores_within_seconds_are_a_scan(client, url, clock):
    for score in range(11):
        client.post(url, {"score": score, **A_PERSON})
        clock.wait(seconds=0.5)

    response = Response.objects.get()
    assert (response.state, response.why_excluded) == ("excluded", "scan")


def test_staff_can_count_what_was_taken_for_a_scan(client, url, clock):
    for score in (8, 9, 10):
        client.post(url, {"score": score, **A_PERSON})

    assert submit.count(Response.objects.get(), now=clock.now) is True
    assert said() == [(10, "", "counted")]


@pytest.mark.parametrize("pause", [{"seconds": 1}, {"minutes": 5}])
def test_a_person_who_comes_after_the_scanner_is_counted(client, url, clock, pause):
    for score in range(11):
        client.post(url, {"score": score, **A_ROBOT_WITH_SCRIPTS})
    clock.wait(**pause)

    client.post(url, {"score": "3", "comment": "Too slow", **A_PERSON})

    assert said() == [(3, "Too slow", "counted")]


def test_a_persons_answer_is_not_replaced_by_a_scanners(client, url, clock):
    client.post(url, {"score": "3", "comment": "Too slow", **A_PERSON})
    for score in range(11):
        clock.wait(seconds=1)
        client.post(url, {"score": score, **A_ROBOT_WITH_SCRIPTS})

    assert said() == [(3, "Too slow", "counted")]
    assert Response.objects.get().history.count() == 1


def test_another_press_does_not_bring_back_what_staff_took_out(client, url, clock):
    client.post(url, {"score": "3", **A_PERSON})
    submit.exclude(Response.objects.get(), now=clock.now)

    client.post(url, {"score": "9", **A_PERSON})

    assert said() == [(9, "", "excluded")]


def states():
    return list(Response.objects.values_list("state", flat=True))


def said():
    return list(Response.objects.values_list("score", "comment", "state"))
