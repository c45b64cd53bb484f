"""The pages of a question: public, receipt, own view."""

import re
from datetime import timedelta
from itertools import takewhile

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from factories import NOON, a_meeting, a_user
from kenes.live.contracts import Claim
from kenes.live.cookies import cookie_name
from kenes.live.tokens import sign_claim
from kenes.organisations.models import Organisation
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions, attempts
from kenes.questions.models import Question
from kenes.questions.receipts import receipt_secret
from kenes.questions.states import HAS_PAGE, QuestionState
from kenes.record.actions import sign_tree_head
from kenes.record.checks import Step, check_receipt, read_receipt
from questions.acts import a_question, ask, guests, minutes_later

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "_buckets", attempts.Buckets())


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def known_browser(participant: Participant) -> Client:
    """Return a browser that holds the room's cookie of the participant."""
    claim = Claim(participant.pk, participant.kind, participant.meeting.feed_id)
    client = Client()
    client.cookies[cookie_name(participant.meeting.code)] = sign_claim(claim, at=timezone.now()).text
    return client


def secret_path(question: Question, rest: str = "") -> str:
    return f"/en/questions/{question.code}/own/{receipt_secret(question)}/{rest}"


def test_a_question_is_read_with_its_answer(client: Client, guest: Participant, unit: Organisation) -> None:
    question = a_question("answered", guest, unit)
    shown = text_of(page(client, f"/en/questions/{question.code}/"))
    words = [
        "Question AKM-1-0001",
        "Answered",
        "When will the centre open?",
        "Guest of the hall",
        "The plan has 55 points.",
        "Chairman of the Committee",
        "at 12:34 of the recording",
        "By phone say the digits 11 0001 0001",
    ]
    assert [word for word in words if word not in shown] == []


def test_an_assigned_question_names_unit_and_date(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    question = a_question("assigned", guest, unit)
    shown = text_of(page(client, f"/en/questions/{question.code}/"))
    assert ["Directorate" in shown, "5 March 2021" in shown] == [True, True]


@pytest.mark.parametrize("state", QuestionState.values)
def test_only_listed_and_refused_questions_have_a_page(
    state: str, client: Client, guest: Participant, unit: Organisation
) -> None:
    question = a_question(state, guest, unit)
    response = client.get(f"/en/questions/{question.code}/")
    assert response.status_code == (200 if state in HAS_PAGE else 404)


def test_unknown_and_hidden_questions_give_the_same_page(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    held = a_question("held", guest, unit)
    bodies = [
        client.get(f"/en/questions/{code}/").content.decode().replace(code, "CODE")
        for code in (held.code, "AKM-1-0999", "nonsense")
    ]
    assert bodies == [bodies[0]] * 3


@pytest.mark.parametrize("typed", ["akm-1-1", "АКМ-1-0001", "AKM 1 0001"])
def test_a_code_typed_otherwise_leads_to_the_page(typed: str, client: Client, guest: Participant) -> None:
    ask(guest)
    response = client.get(f"/en/questions/{typed}/")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/questions/AKM-1-0001/")


def test_the_digits_of_the_phone_lead_to_the_page(client: Client, guest: Participant) -> None:
    ask(guest)
    shown = page(client, "/en/questions/AKM-1-0001/")
    found = re.search(r"11 0001 0001 \d", shown)
    assert found is not None
    response = client.get(f"/en/questions/{found[0].replace(' ', '')}/")
    assert response.headers["Location"] == "/en/questions/AKM-1-0001/"


@pytest.mark.parametrize(
    ("ground", "is_shown"), [("off_topic", True), ("abuse", False), ("personal_data", False)]
)
def test_a_refusal_shows_its_ground_and_the_text_unless_it_harms(
    ground: str, is_shown: bool, client: Client, guest: Participant
) -> None:
    question = ask(guest, "Unmistakable words?")
    actions.refuse_question(
        question, by=a_user("moderator"), at=NOON, ground=ground, reason="Told privately."
    )
    shown = page(client, f"/en/questions/{question.code}/")
    assert ["Unmistakable words?" in shown, "Guest of the hall" in shown] == [is_shown, is_shown]
    assert ["Told privately" in shown, "moderator" in shown, "AKM-1-0001" in shown] == [False, False, True]


def test_an_anonymous_name_and_a_moderators_are_on_no_public_page(client: Client, meeting: Meeting) -> None:
    asker = join_meeting(meeting, name="Unmistakable asker", user=None, previous=None, at=NOON)
    question = ask(asker, is_anonymous=True)
    actions.stage_question(question, by=a_user("unmistakable-moderator"), at=NOON)
    assert "nmistakable" not in page(client, f"/en/questions/{question.code}/")


def test_markup_in_a_question_is_shown_as_text(client: Client, guest: Participant) -> None:
    ask(guest, '<script>alert(1)</script> "why"?')
    shown = page(client, "/en/questions/AKM-1-0001/")
    assert ["<script>alert" in shown, "&lt;script&gt;alert(1)" in shown] == [False, True]


def test_a_page_keeps_each_texts_language(client: Client, guest: Participant) -> None:
    ask(guest, "Орталық қашан ашылады?", language="kk")
    shown = page(client, "/ru/questions/AKM-1-0001/")
    assert re.findall(r'<p class="question-text question-whole"\s+lang="(\w\w)"', shown) == ["kk"]


@pytest.mark.parametrize("number", [1, 3])
def test_a_question_costs_the_same_queries_among_one_and_three(
    number: int,
    client: Client,
    guest: Participant,
    unit: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(number):
        a_question("assigned", guest, unit)
    with django_assert_num_queries(
        15
    ):  # question, answer, unit, term, parts, carried; units, dates, answers, parts, notices, joined
        page(client, "/en/questions/AKM-1-0001/")


def test_the_browser_that_asked_sees_its_receipt(guest: Participant) -> None:
    question = ask(guest)
    shown = page(known_browser(guest), f"/en/questions/{question.code}/receipt/")
    secret = receipt_secret(question)
    assert [secret in shown, "<svg" in shown, "style=" in shown] == [True, True, False]


def test_the_account_that_asked_sees_its_receipt(client: Client, meeting: Meeting) -> None:
    user = a_user("asker")
    question = ask(join_meeting(meeting, name="", user=user, previous=None, at=NOON))
    client.force_login(user)
    assert receipt_secret(question) in page(client, f"/en/questions/{question.code}/receipt/")


def test_nobody_else_sees_a_receipt(client: Client, guest: Participant) -> None:
    question = ask(guest)
    other = guests(guest.meeting, 1)[0]
    elsewhere = guests(a_meeting(guest.meeting.session), 1)[0]
    stranger = Client()
    stranger.force_login(a_user("stranger"))
    for browser in (client, known_browser(other), known_browser(elsewhere), stranger):
        for path in ("receipt", "own"):
            shown = page(browser, f"/en/questions/{question.code}/{path}/")
            assert [receipt_secret(question) in shown, question.text in shown] == [False, False]


def test_a_stranger_cannot_tell_whether_a_question_is_there(client: Client, guest: Participant) -> None:
    ask(guest)
    known, unknown = (
        re.sub(r"AKM-1-\d+|nonce=\S+|value=\"\w{64}\"", "", page(client, f"/en/questions/{code}/own/"))
        for code in ("AKM-1-0001", "AKM-1-0999")
    )
    assert known == unknown


@pytest.mark.parametrize("path", ["receipt/", "own/"])
def test_the_typed_secret_opens_the_askers_view(path: str, client: Client, guest: Participant) -> None:
    question = ask(guest)
    typed = {"code": "akm 1 1", "secret": receipt_secret(question).lower()}
    response = client.post(f"/en/questions/{question.code}/{path}", typed)
    assert (response.status_code, response.headers["Location"]) == (303, secret_path(question))


@pytest.mark.parametrize(
    "typed",
    [
        {"code": "AKM-1-0001", "secret": "0" * 20},
        {"code": "AKM-1-0999", "secret": "0" * 20},
        {"code": "x", "secret": "\x00"},
        {"code": "", "secret": ""},
        {"code": "A" * 500, "secret": "B" * 500},
        {},
    ],
)
def test_a_wrong_receipt_is_told_so_in_the_form(
    typed: dict[str, str], client: Client, guest: Participant
) -> None:
    ask(guest)
    response = client.post("/en/questions/own/", typed)
    assert (response.status_code, "error-summary" in response.content.decode()) == (422, True)


@pytest.mark.parametrize("path", ["receipt/", "own/", "own/SECRET/"])
def test_private_pages_are_kept_nowhere(path: str, guest: Participant) -> None:
    question = ask(guest)
    path = path.replace("SECRET", receipt_secret(question))
    response = known_browser(guest).get(f"/en/questions/{question.code}/{path}")
    headers = {name: response.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")}
    assert headers == {
        "Cache-Control": "no-store, private",
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow",
    }


def test_a_wrong_secret_in_the_address_finds_nothing(client: Client, guest: Participant) -> None:
    ask(guest)
    wrong = "0" * 20
    statuses = [client.get(f"/en/questions/{code}/own/{wrong}/").status_code for code in ("AKM-1-0001", "x")]
    assert statuses == [404, 404]


def test_the_asker_reads_ground_and_reason_of_a_refusal(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    question = a_question("refused", guest, unit)
    shown = text_of(page(client, secret_path(question)))
    words = ["Not on the meeting's subject", "Asked elsewhere.", "When will the centre open?"]
    assert [word for word in words if word not in shown.replace("&#x27;", "'")] == []


def test_the_asker_withdraws_with_the_secret(client: Client, guest: Participant) -> None:
    question = ask(guest)
    response = client.post(secret_path(question, "withdraw/"))
    assert (response.status_code, response.headers["Location"]) == (303, secret_path(question))
    assert Question.objects.get().state == "withdrawn"
    assert "Withdraw my question" not in page(client, secret_path(question))


def test_what_may_not_be_withdrawn_is_not_offered_and_not_done(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    question = a_question("answered", guest, unit)
    assert "Withdraw my question" not in page(client, secret_path(question))
    assert client.post(secret_path(question, "withdraw/")).status_code == 409


def test_withdrawing_needs_the_secret_and_a_post(client: Client, guest: Participant) -> None:
    question = ask(guest)
    assert client.post(f"/en/questions/{question.code}/own/{'0' * 20}/withdraw/").status_code == 404
    assert client.get(secret_path(question, "withdraw/")).status_code == 405
    assert Question.objects.get().state == "open"


def test_withdrawing_is_refused_to_other_sites(guest: Participant) -> None:
    question = ask(guest)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(secret_path(question, "withdraw/")).status_code == 403
    assert Question.objects.get().state == "open"


def test_trying_secrets_is_limited_by_address(client: Client, guest: Participant, settings: Settings) -> None:
    question = ask(guest)
    settings.RATE_LIMITS = True
    wrong = f"/en/questions/{question.code}/own/{'0' * 20}/"
    # A slow machine gives a try back now and then, so a few more than the burst may be needed.
    tries = (client.get(wrong).status_code for _ in range(3 * attempts.PER_ADDRESS.burst))
    statuses = list(takewhile(lambda status: status != 429, tries))
    assert set(statuses) == {404}
    assert attempts.PER_ADDRESS.burst <= len(statuses) < 3 * attempts.PER_ADDRESS.burst
    assert client.get(secret_path(question)).status_code == 429
    assert client.get(secret_path(question), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_held_question_is_followed_by_its_asker_only(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    question = a_question("held", guest, unit)
    assert "Waits for a moderator" in text_of(page(client, secret_path(question)))
    assert client.get(f"/en/questions/{question.code}/").status_code == 404


def test_a_timeline_leaves_out_the_work_inside_a_unit(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    question = a_question("assigned", guest, unit)
    for old, new in (("assigned", "drafted"), ("drafted", "assigned"), ("assigned", "drafted")):
        question.moves.create(old=old, new=new, at=minutes_later(5))
    steps = re.findall(
        r"<li>\s*<time.*?</time>\s*(.*?)\s*</li>", page(client, secret_path(question)), re.DOTALL
    )
    assert steps == [
        "Asked, and on the public list",
        "Assigned to Directorate, to be answered by 5 March 2021",
        "The due date passed without an answer: 5 March 2021",
    ]


def test_the_own_pages_tell_where_the_question_stands_in_the_record(guest: Participant) -> None:
    question = ask(guest)
    browser = known_browser(guest)
    waiting = "its proof follows with the next tree head"
    proved = "Your question is entry 0 of 1 in the record signed on"
    for words in (waiting, proved):
        for path in (f"/en/questions/{question.code}/receipt/", secret_path(question)):
            assert words in text_of(page(browser, path))
        sign_tree_head(at=NOON)


def test_the_signed_receipt_is_saved_with_the_text_as_it_was_asked(
    client: Client, guest: Participant
) -> None:
    question = ask(guest, "When will the centre open?")
    actions.edit_question(question, text="When will it open?", by=None, at=minutes_later(1))
    sign_tree_head(at=NOON)
    response = client.get(secret_path(question, "receipt.json"))
    receipt = read_receipt(response.content.decode())
    assert (receipt.code, receipt.opening and receipt.opening["text"]) == (
        question.code,
        "When will the centre open?",
    )
    assert check_receipt(receipt) == dict.fromkeys(Step, True)
    assert response.headers["Content-Disposition"] == 'attachment; filename="AKM-1-0001.json"'
    assert response.headers["Cache-Control"] == "no-store, private"


def test_the_signed_receipt_wants_the_secret(client: Client, guest: Participant) -> None:
    question = ask(guest)
    path = f"/en/questions/{question.code}/own/AAAAA-AAAAA-AAAAA-AAAAA/receipt.json"
    assert client.get(path).status_code == 404


def test_who_entered_a_question_prints_its_receipt_for_a_day_and_nobody_else_does(
    client: Client, meeting: Meeting
) -> None:
    operator = a_user("operator")
    question = actions.enter_question(
        meeting,
        by=operator,
        channel="phone",
        name="",
        text="Is it open for those who phone?",
        language="en",
        is_anonymous=False,
        at=timezone.now() - timedelta(hours=23),
    )
    path, secret = f"/en/questions/{question.code}/receipt/", receipt_secret(question)
    shown = []
    for user, asked_at in (
        (operator, question.asked_at),
        (a_user("moderator"), question.asked_at),
        (operator, question.asked_at - timedelta(hours=2)),
    ):
        Question.objects.update(asked_at=asked_at)
        client.force_login(user)
        shown.append(secret in page(client, path))
    assert shown == [True, False, False]
