"""Pages of following: without JavaScript, kept out of caches; what is opened does nothing until pressed."""

import pytest
from django.test import Client

from factories import NOON
from following.conftest import confirmed, happens, letters, link_in
from kenes.config.log_paths import shown_path
from kenes.config.logs import mask
from kenes.following.actions import Wanted, ask_subscription, leave_contact
from kenes.following.links import mine_token
from kenes.following.models import Subscription
from kenes.notices.models import Message
from kenes.programme.models import Meeting
from kenes.questions.actions import SpokenAnswer, answer_aloud
from kenes.questions.models import Question, Rating, Reopening
from kenes.questions.receipts import receipt_secret

pytestmark = pytest.mark.django_db
ADDRESS = "follower@example.org"
FORM = {"address": ADDRESS, "pace": "at_once", "consent": "on"}


def own_path(question: Question, act: str) -> str:
    return f"/en/questions/{question.code}/own/{receipt_secret(question)}/{act}/"


def following(question: Question) -> Subscription:
    ask_subscription(Wanted("question", question.code, ADDRESS, "en"), at=NOON)
    return Subscription.objects.get()


def paths_to_follow(question: Question) -> list[str]:
    meeting = question.meeting
    return [
        f"/en/follow/questions/{question.code}/",
        f"/en/follow/meetings/{meeting.code}/",
        f"/en/follow/sessions/{meeting.session.public_id}/",
        "/en/follow/search/?q=балабақша&page=3",
    ]


def test_everything_is_followed_by_a_form_and_confirmed_by_a_letter(
    question: Question, client: Client
) -> None:
    for path in paths_to_follow(question):
        page = client.post(path, {**FORM, "address": f"{path[11:13]}@example.org"})
        assert (page.status_code, page.headers["Location"]) == (303, "/en/follow/sent/")
    topics = Subscription.objects.order_by("id").values_list("topic", "topic_key")
    assert list(topics) == [
        ("question", question.code),
        ("meeting", question.meeting.code),
        ("session", question.meeting.session.public_id),
        ("search", "q=%D0%B1%D0%B0%D0%BB%D0%B0%D0%B1%D0%B0%D2%9B%D1%88%D0%B0"),
    ]


def test_whatever_may_be_followed_offers_it_on_its_page(question: Question, client: Client) -> None:
    meeting, session = question.meeting, question.meeting.session
    pages = {
        f"/en/questions/{question.code}/": f"/en/follow/questions/{question.code}/",
        f"/en/rooms/{meeting.code}/": f"/en/follow/meetings/{meeting.code}/",
        f"/en/campaigns/{session.campaign.slug}/{session.public_id}/": (
            f"/en/follow/sessions/{session.public_id}/"
        ),
        "/en/register/?state=open": "/en/follow/search/?state=open",
        "/en/register/?q=nothing": "/en/follow/search/?q=nothing",
    }
    for path, link in pages.items():
        assert (path, client.get(path).content.decode().count(f'href="{link}"')) == (path, 1)
        assert client.get(link).status_code == 200
    assert "/en/follow/search/" not in client.get("/en/register/").content.decode()


def test_searches_are_told_apart_by_their_words_but_the_confirmation_repeats_none(
    question: Question, client: Client
) -> None:
    client.post("/en/follow/search/?q=buy-now", FORM)
    client.post("/en/follow/search/?q=ауыл&region=11", FORM)
    assert [message.body.count("buy-now") for message in Message.objects.all()] == [0, 0]
    for subscription in Subscription.objects.all():
        confirmed(subscription)
    shown = client.get(f"/en/follow/mine/{mine_token(subscription.fingerprint)}/").content.decode()
    titles = ("Search of the register: buy-now", "Search of the register: ауыл")
    assert [shown.count(title) for title in titles] == [1, 1]


@pytest.mark.parametrize("missing", ["address", "consent", "pace"])
def test_without_address_pace_or_consent_nothing_is_kept(
    missing: str, question: Question, client: Client
) -> None:
    said = {name: value for name, value in FORM.items() if name != missing}
    page = client.post(f"/en/follow/questions/{question.code}/", said)
    assert (page.status_code, Subscription.objects.count()) == (422, 0)


def test_what_is_not_there_cannot_be_followed(client: Client, db: None) -> None:
    assert client.get("/en/follow/questions/AKM-9-0001/").status_code == 404
    assert client.get("/en/follow/meetings/AKM-9/").status_code == 422
    assert client.get("/en/follow/search/").status_code == 422


def test_opening_the_link_of_a_letter_confirms_nothing_pressing_does(
    question: Question, client: Client
) -> None:
    following(question)
    path = link_in(Message.objects.get(), "confirm")
    assert client.get(path).status_code == 200
    assert Subscription.objects.get().state == "asked"
    assert client.post(path).status_code == 303
    assert Subscription.objects.get().state == "running"


def test_the_confirming_page_offers_silence(question: Question, client: Client) -> None:
    following(question)
    path = link_in(Message.objects.get(), "confirm").replace("/confirm/", "/never/")
    assert client.get(path).status_code == 405
    assert client.post(path).status_code == 200
    following_again = client.post(f"/en/follow/questions/{question.code}/", FORM)
    assert (following_again.status_code, Subscription.objects.count()) == (303, 0)


def test_a_mail_program_ends_it_with_one_press_and_no_cookie(question: Question) -> None:
    confirmed(following(question))
    happens(question, "answered")
    path = letters()[0].unsubscribe.removeprefix("http://127.0.0.1:8000")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert Subscription.objects.count() == 1
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscription.objects.count() == 0
    assert strict.post(path).status_code == 200  # repeated by a careful program


def test_all_that_an_address_follows_is_changed_on_one_page(question: Question, client: Client) -> None:
    subscription = confirmed(following(question))
    path = f"/en/follow/mine/{mine_token(subscription.fingerprint)}/"
    assert question.code in client.get(path).content.decode()
    client.post(f"{path}{subscription.public_id}/pace/", {"pace": "daily"})
    assert Subscription.objects.get().pace == "daily"
    assert client.post(f"{path}{subscription.public_id}/pace/", {"pace": "never"}).status_code == 422
    assert client.post(f"{path}{subscription.public_id}/other/").status_code == 404
    client.post(f"{path}{subscription.public_id}/end/")
    assert "Nothing is followed" in client.get(path).content.decode()


def test_an_address_acts_on_its_own_alone(question: Question, client: Client) -> None:
    subscription = confirmed(following(question))
    path = f"/en/follow/mine/{mine_token('f' * 32)}/{subscription.public_id}/end/"
    assert (client.post(path).status_code, Subscription.objects.count()) == (404, 1)


@pytest.mark.parametrize("act", ["confirm", "mine", "end"])
def test_a_link_that_nobody_signed_opens_nothing(act: str, client: Client, db: None) -> None:
    assert client.get(f"/en/follow/{act}/forged:link/").status_code == 404


def test_a_link_does_only_what_it_was_signed_for(question: Question, client: Client) -> None:
    following(question)
    path = link_in(Message.objects.get(), "confirm")
    assert client.post(path.replace("/confirm/", "/end/")).status_code == 404


def test_the_asker_leaves_an_address_by_the_receipt(question: Question, client: Client) -> None:
    page = client.post(
        own_path(question, "contact"), {"channel": "email", "address": "asker@example.org", "consent": "on"}
    )
    assert page.status_code == 303
    shown = client.get(own_path(question, "contact")).content.decode()
    assert [shown.count(word) for word in ("a…@example.org", "asker@example.org")] == [1, 0]
    client.post(own_path(question, "contact/end"))
    assert Subscription.objects.count() == 0


def test_a_wrong_address_stays_in_the_form_with_what_is_wrong(question: Question, client: Client) -> None:
    page = client.post(
        own_path(question, "contact"), {"channel": "email", "address": "asker", "consent": "on"}
    )
    assert page.status_code == 422
    assert "This is not an e-mail address. Please check it." in page.content.decode()


@pytest.mark.parametrize("act", ["contact", "slip", "answer"])
def test_the_askers_pages_open_by_the_secret_alone(act: str, question: Question, client: Client) -> None:
    path = f"/en/questions/{question.code}/own/00000-00000-00000-00000/{act}/"
    assert client.get(path).status_code == 404


def test_the_slip_has_all_that_is_needed_on_paper(question: Question, client: Client) -> None:
    page = client.get(own_path(question, "slip"))
    text = page.content.decode()
    wanted = [question.code, "11 0001 0001", receipt_secret(question), "Ministry", "<svg"]
    assert [word for word in wanted if word not in text] == []
    assert page.headers["Cache-Control"] == "no-store, private"


def test_the_answer_sheet_is_there_once_there_is_an_answer(question: Question, client: Client) -> None:
    assert client.get(own_path(question, "answer")).status_code == 404
    said = SpokenAnswer("Head of the department", "Қыркүйекте.", "kk")
    answer_aloud(question, by=None, at=NOON, spoken=said)
    text = client.get(own_path(question, "answer")).content.decode()
    assert [word for word in (question.text, "Қыркүйекте.") if word not in text] == []


def answered_in_the_room(question: Question) -> None:
    said = SpokenAnswer("Head of the department", "Қыркүйекте.", "kk")
    answer_aloud(question, by=None, at=NOON, spoken=said)


def test_the_asker_rates_the_answer(question: Question, client: Client) -> None:
    answered_in_the_room(question)
    assert client.post(own_path(question, "rating"), {"score": "6"}).status_code == 422
    page = client.post(own_path(question, "rating"), {"score": "4", "comment": "Almost."})
    assert page.status_code == 303
    assert [(each.score, each.comment) for each in Rating.objects.all()] == [(4, "Almost.")]


def test_the_asker_reopens_once_with_a_reason(question: Question, client: Client) -> None:
    answered_in_the_room(question)
    assert client.post(own_path(question, "reopening"), {"reason": ""}).status_code == 422
    assert client.post(own_path(question, "reopening"), {"reason": "Which month?"}).status_code == 303
    question.refresh_from_db()
    assert question.state == "assigned"
    again = client.post(own_path(question, "reopening"), {"reason": "Which month?"})
    assert again.status_code == 422
    assert Reopening.objects.count() == 1


def test_the_own_page_leads_to_what_the_asker_may_do(question: Question, client: Client) -> None:
    answered_in_the_room(question)
    text = client.get(f"/en/questions/{question.code}/own/{receipt_secret(question)}/").content.decode()
    wanted = [own_path(question, act) for act in ("rating", "reopening", "contact", "slip", "answer")]
    assert [path for path in wanted if path not in text] == []


def test_logs_show_neither_links_nor_secrets(question: Question) -> None:
    subscription = following(question)
    link = link_in(Message.objects.get(), "confirm")
    token = link.split("/")[4]
    assert shown_path(link) == "/en/follow/confirm/…/"
    assert shown_path(own_path(question, "slip")) == f"/en/questions/{question.code}/own/…/slip/"
    assert mask(f"GET {own_path(question, 'contact')}") == f"GET /en/questions/{question.code}/own/…/contact/"
    assert [token.count(word) for word in (ADDRESS, subscription.fingerprint)] == [0, 0]


def test_neither_desk_nor_public_page_nor_api_shows_a_contact(
    question: Question, meeting: Meeting, admin_client: Client
) -> None:
    confirmed(leave_contact(question, channel="email", address="asker@example.org", language="kk", at=NOON))
    paths = [
        f"/en/rooms/{meeting.code}/desk/?question={question.code}",
        f"/en/questions/{question.code}/",
        f"/api/v1/questions/{question.code}",
        "/en/register.csv",
    ]
    pages = [admin_client.get(path) for path in paths]
    assert [page.status_code for page in pages] == [200] * 4
    assert [b"example.org" in page.getvalue() for page in pages] == [False] * 4
