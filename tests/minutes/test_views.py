"""The pages of minutes: who sees what, and what a form does."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from factories import a_user
from kenes.accounts.models import User
from kenes.files.actions import keep_upload
from kenes.minutes import actions
from kenes.minutes.models import Document, Minutes, Rendering
from kenes.minutes.states import MinutesState
from kenes.programme.models import Meeting
from minutes.happenings import ABUSE, LATER, SECRET_NAME
from minutes.test_actions import a_draft, a_final, in_remarks

# A closed page of minutes with its remarks, versions, documents.
PAGE_QUERIES = 16


@pytest.fixture(autouse=True)
def _no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let acts nudge nobody: the queue's file is the worker's."""
    monkeypatch.setattr("kenes.minutes.views.minutes.make_documents_soon", lambda: None)


@pytest.fixture
def at_work(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def address(name: str, meeting: Meeting, *more: object) -> str:
    return reverse(f"minutes:{name}", args=[meeting.code, *more])


def a_document(minutes: Minutes, stage: str) -> Document:
    upload = keep_upload(ContentFile(b"%PDF-1.7 minutes", name="m.pdf"), by=None, at=LATER)
    return Document.objects.create(
        minutes=minutes, stage=stage, language="kk", format="pdf", upload=upload, at=LATER
    )


# Who reads which state of a version: nobody but staff before it is final, everybody after.
@pytest.mark.parametrize("who", ["anyone", "an account", "reader", "moderator"])
@pytest.mark.parametrize("state", ["draft", "remarks", "final"])
def test_a_draft_is_for_the_host_body_and_final_minutes_for_everybody(
    client: Client, meeting: Meeting, reader: User, moderator: User, who: str, state: str
) -> None:
    make = {"draft": a_draft, "remarks": in_remarks, "final": a_final}[state]
    minutes = make(meeting)
    a_document(minutes, "final" if state == "final" else "draft")
    people = {"an account": a_user("account"), "reader": reader, "moderator": moderator}
    if who in people:
        client.force_login(people[who])
    wanted = 200 if state == "final" or who in {"reader", "moderator"} else 404
    pages = [
        address("minutes", meeting),
        address("version", meeting, 1),
        address("figure", meeting, 1, "questions.asked"),
        address("compare", meeting, 1, 1),
        address("document", meeting, 1, "kk", "pdf"),
    ]
    answers = [client.get(path) for path in pages]
    assert [answer.status_code for answer in answers] == [wanted] * len(pages)
    answers[-1].close()


ACTS = ["draft", "edit", "open", "finalise", "correct", "remark"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["anyone", "an account", "reader"])
def test_only_those_who_may_change_minutes_reach_an_act(
    client: Client, meeting: Meeting, reader: User, who: str, act: str
) -> None:
    in_remarks(meeting)
    if who != "anyone":
        client.force_login(reader if who == "reader" else a_user("account"))
    path = address(act, meeting) if act == "draft" else address(act, meeting, 1)
    answer = client.post(path, {"place": "agenda", "text": "A remark."})
    assert answer.status_code == (303 if (who, act) == ("reader", "remark") else 404)


def test_a_moderator_goes_from_the_draft_to_final_minutes_by_forms(at_work: Client, meeting: Meeting) -> None:
    assert at_work.post(address("draft", meeting)).headers["Location"] == address("version", meeting, 1)
    words = {"decisions_ru": "Открыть центр.", "decisions_kk": "Орталық ашылсын."}
    assert at_work.post(address("edit", meeting, 1), words).headers["Location"] == address(
        "version", meeting, 2
    )
    assert at_work.post(address("open", meeting, 2)).status_code == 303
    at_work.post(address("remark", meeting, 2), {"place": "decisions", "text": "By when?"})
    assert at_work.post(address("finalise", meeting, 2)).status_code == 409
    remark = Minutes.objects.get(version=2).remarks.get()
    at_work.post(address("resolve", meeting, remark.public_id), {"text": "Said below."})
    assert at_work.post(address("finalise", meeting, 2)).status_code == 303
    at_work.post(address("correct", meeting, 2), {"text": "A date was wrong."})
    assert list(Minutes.objects.order_by("version").values_list("state", flat=True)) == [
        "replaced",
        "final",
        "draft",
    ]


def test_the_page_offers_the_draft_before_there_is_one(at_work: Client, meeting: Meeting) -> None:
    page = at_work.get(address("minutes", meeting)).content.decode()
    assert address("draft", meeting) in page


def test_an_act_answers_a_stale_version_in_words(at_work: Client, meeting: Meeting) -> None:
    actions.redraft_minutes(a_draft(meeting), texts=None, is_fresh=False, by=None, at=LATER)
    assert at_work.post(address("open", meeting, 1)).status_code == 409


def test_a_file_is_sent_under_its_name_with_its_hash(client: Client, meeting: Meeting) -> None:
    document = a_document(a_final(meeting), "final")
    answer = client.get(address("document", meeting, 1, "kk", "pdf"))
    assert answer.headers["ETag"] == f'"{document.upload.sha256}"'
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 minutes"  # type: ignore[attr-defined]
    page = client.get(address("minutes", meeting)).content.decode()
    answer.close()
    assert document.upload.sha256 in page


def test_a_language_or_format_that_is_not_there_is_not_found(client: Client, meeting: Meeting) -> None:
    a_document(a_final(meeting), "final")
    paths = [address("document", meeting, 1, "ru", "pdf"), address("document", meeting, 1, "kk", "docx")]
    assert [client.get(path).status_code for path in paths] == [404, 404]


@pytest.mark.parametrize("name", ["minutes", "figure", "compare"])
def test_no_page_tells_a_hidden_name_or_an_abusive_text(at_work: Client, meeting: Meeting, name: str) -> None:
    actions.redraft_minutes(a_draft(meeting), texts=None, is_fresh=True, by=None, at=LATER)
    more = {"minutes": (), "figure": (2, "questions.refused"), "compare": (1, 2)}[name]
    page = at_work.get(address(name, meeting, *more)).content.decode()
    assert (SECRET_NAME in page, ABUSE in page, "AKM-1" in page) == (False, False, True)


def test_what_changed_between_versions_is_marked(at_work: Client, meeting: Meeting) -> None:
    texts = {"decisions": {"en": "Open the centre."}}
    actions.redraft_minutes(a_draft(meeting), texts=texts, is_fresh=False, by=None, at=LATER)
    page = at_work.get(address("compare", meeting, 1, 2)).content.decode()
    assert "<del>No separate decisions are recorded.</del>" in page
    assert "<ins>Open the centre.</ins>" in page


@pytest.mark.parametrize(
    "key", ["questions.asked", "questions.refused", "screens.most", "bodies.represented"]
)
def test_a_number_opens_onto_its_records(at_work: Client, meeting: Meeting, key: str) -> None:
    a_draft(meeting)
    page = at_work.get(address("figure", meeting, 1, key)).content.decode()
    told = {
        "questions.asked": "6\u00a0questions",
        "questions.refused": "2\u00a0questions",
        "screens.most": "45\u00a0screens",
        "bodies.represented": "1\u00a0organisation",
    }
    assert told[key] in page


def test_an_unknown_number_is_not_found(at_work: Client, meeting: Meeting) -> None:
    a_draft(meeting)
    assert at_work.get(address("figure", meeting, 1, "questions.invented")).status_code == 404


@pytest.mark.parametrize("remarks", [1, 3])
def test_the_page_asks_the_same_queries_whatever_it_lists(
    at_work: Client, meeting: Meeting, remarks: int, django_assert_num_queries: object
) -> None:
    minutes = in_remarks(meeting)
    for _number in range(remarks):
        actions.add_remark(minutes, place="agenda", text="Wrong time.", by=None, at=LATER)
    with django_assert_num_queries(PAGE_QUERIES):  # type: ignore[operator]
        at_work.get(address("minutes", meeting))


def test_documents_that_are_not_there_yet_or_failed_are_spoken_of(at_work: Client, meeting: Meeting) -> None:
    a_draft(meeting)
    assert "are being made" in at_work.get(address("minutes", meeting)).content.decode()
    Rendering.objects.update(state="failed")
    assert "could not be made" in at_work.get(address("minutes", meeting)).content.decode()


def test_a_corrected_version_leads_to_the_one_in_force(client: Client, meeting: Meeting) -> None:
    newer = actions.correct_minutes(a_final(meeting), reason="Wrong.", by=None, at=LATER)
    actions.open_minutes_for_remarks(newer, by=None, at=LATER)
    actions.finalise_minutes(newer, by=None, at=LATER)
    page = client.get(address("version", meeting, 1)).content.decode()
    assert f'href="{address("version", meeting, 2)}"' in page
    assert str(MinutesState.CORRECTED.label) in page


def test_the_meetings_page_leads_to_final_minutes_and_the_approved_summary(
    client: Client, meeting: Meeting
) -> None:
    room = reverse("rooms:room", args=[meeting.code])
    a_draft(meeting)
    papers = [address("minutes", meeting), address("summary", meeting)]
    assert [f'"{path}"' in client.get(room).content.decode() for path in papers] == [False, False]
    actions.open_minutes_for_remarks(Minutes.objects.get(), by=None, at=LATER)
    actions.finalise_minutes(Minutes.objects.get(), by=None, at=LATER)
    summary = actions.draft_summary(meeting, by=None, at=LATER)
    assert [f'"{path}"' in client.get(room).content.decode() for path in papers] == [True, False]
    actions.approve_summary(summary, by=None, at=LATER)
    assert [f'"{path}"' in client.get(room).content.decode() for path in papers] == [True, True]
