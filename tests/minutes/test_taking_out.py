"""What was redacted or hidden in the register is gone from minutes, summaries and their files too."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from kenes.files.models import Upload
from kenes.minutes import actions
from kenes.minutes.models import Document, Minutes, Rendering, Summary, TakingOut
from kenes.minutes.rules import digest_of
from kenes.minutes.tasks import make_documents
from kenes.programme.models import Meeting
from kenes.questions import actions as questions
from kenes.questions.actions import decide_question_hits
from kenes.questions.models import AnswerText, Question
from kenes.record.models import Leaf
from kenes.record.witnesses import problems_of_rows
from kenes.redaction.hits import marker_of
from kenes.redaction.rules import find_personal_data
from kenes.redaction.states import HitKind, Outcome
from kenes.redaction.subjects import Made, Verdict
from minutes.happenings import LATER, a_written_answer
from minutes.papers import needs_pango

PHONE = "+7 701 555 44 33"
ASKED = f"Когда выплатят пособие? Звоните {PHONE}."
MARKED = f"Звоните {marker_of(HitKind.PHONE)}."
SOON = LATER + timedelta(hours=1)


@pytest.fixture
def asked(meeting: Meeting) -> Question:
    """An assigned question whose text, as it was published, holds a telephone number."""
    Question.objects.filter(code="AKM-1-0002").update(text=ASKED)
    return Question.objects.get(code="AKM-1-0002")


def redact(question: Question, field: str = "text", text: str = ASKED) -> None:
    made = [Made(hit, Outcome.REDACT, "Somebody's own number") for hit in find_personal_data(text)]
    decide_question_hits(question, Verdict(field, text, made, None, SOON))


def final_minutes(meeting: Meeting) -> Minutes:
    first = actions.draft_minutes(meeting, by=None, at=LATER)
    minutes = actions.redraft_minutes(first, texts=None, is_fresh=False, by=None, at=LATER)
    actions.open_minutes_for_remarks(minutes, by=None, at=LATER)
    actions.finalise_minutes(minutes, by=None, at=LATER)
    return minutes


def problems() -> list[str]:
    """Return what the record finds wrong with minutes (the question was altered by hand)."""
    return [found.partition(" is ")[0] for found in problems_of_rows() if found.startswith("minutes")]


def kept(number: str = PHONE) -> list[str]:
    """Return which rows of minutes and summaries still hold the number."""
    rows = [*Minutes.objects.order_by("id"), *Summary.objects.order_by("id")]
    return [str(row) for row in rows if number in json.dumps(vars(row), default=str, ensure_ascii=False)]


def test_a_redacted_piece_is_taken_out_of_every_version_and_of_the_summary(asked: Question) -> None:
    final_minutes(asked.meeting)
    actions.draft_summary(asked.meeting, by=None, at=LATER)
    assert len(kept()) == 3
    redact(asked)
    assert kept() == []


@pytest.mark.parametrize("field", ["answer-ru", "answer-kk"])
def test_a_piece_redacted_in_an_answer_goes_in_the_language_it_was_in(meeting: Meeting, field: str) -> None:
    question = Question.objects.get(code="AKM-1-0002")
    answer = a_written_answer(question, unit=meeting.host)
    said = f"Звоните {PHONE}."
    answer.texts.create(language="ru", text=said)
    answer.texts.update(text=said)
    type(answer).objects.update(text=said)
    final_minutes(meeting)
    redact(question, field, said)
    row = Minutes.objects.get(state="final").content["questions"][1]
    texts = row["answers"][0]["texts"]
    assert [language for language, text in texts.items() if PHONE not in text] == [field[-2:]]


def test_final_minutes_stay_what_the_log_says_of_them_without_what_went(asked: Question) -> None:
    minutes = final_minutes(asked.meeting)
    redact(asked)
    now = Minutes.objects.get(pk=minutes.pk)
    assert digest_of(now.content, now.texts) == now.digest == minutes.digest
    assert problems() == []
    leaf = Leaf.objects.get(kind="minutes-redacted")
    shown = TakingOut.objects.get().shown
    assert json.loads(leaf.body)["facts"] == {"shown": shown, "version": 2}


def test_what_stands_in_the_place_of_what_went_cannot_be_altered_unseen(asked: Question) -> None:
    minutes = final_minutes(asked.meeting)
    redact(asked)
    minutes.refresh_from_db()
    minutes.content["questions"][1]["text"] = "Words that nobody ever said"
    minutes.save(update_fields=["content"])
    assert problems() == ["minutes-redacted AKM-1: shown"]


def test_the_seal_of_what_went_cannot_be_opened_by_trying_texts(asked: Question) -> None:
    final_minutes(asked.meeting)
    redact(asked)
    seal = Minutes.objects.get(state="final").content["questions"][1]["seals"]["text"]
    assert seal.keys() == {"hash"}


def test_a_question_withdrawn_after_the_minutes_is_quoted_in_them_no_more(
    client: Client, asked: Question
) -> None:
    final_minutes(asked.meeting)
    questions.withdraw_question(asked, at=SOON)
    assert kept("Когда выплатят") == []
    assert problems() == []
    page = client.get(f"/ru/rooms/{asked.meeting.code}/minutes/").content.decode()
    assert "Текст больше не приводится: он снят с публикации." in page


def test_a_question_refused_as_harmful_after_the_minutes_is_quoted_in_them_no_more(asked: Question) -> None:
    final_minutes(asked.meeting)
    questions.refuse_question(asked, by=None, at=SOON, ground="personal_data")
    assert kept("Когда выплатят") == []


def test_a_question_refused_for_its_subject_stays_quoted(asked: Question) -> None:
    final_minutes(asked.meeting)
    questions.refuse_question(asked, by=None, at=SOON, ground="off_topic")
    assert len(kept("Когда выплатят")) == 2


def test_two_takings_out_of_one_act_have_leaves_of_their_own(asked: Question) -> None:
    final_minutes(asked.meeting)
    redact(asked)
    questions.withdraw_question(Question.objects.get(code="AKM-1-0003"), at=SOON)
    assert Leaf.objects.filter(kind="minutes-redacted").count() == 2
    assert problems() == []


def test_the_page_and_the_paper_say_that_something_was_taken_out(client: Client, asked: Question) -> None:
    final_minutes(asked.meeting)
    redact(asked)
    page = client.get(f"/ru/rooms/{asked.meeting.code}/minutes/").content.decode()
    assert "[номер телефона скрыт]" in page
    assert "Изъято после утверждения, вопрос AKM-1-0002" in page


@pytest.mark.parametrize("page", ["minutes/", "minutes/2/figures/questions.asked/"])
def test_no_marker_of_what_went_is_left_without_words(client: Client, meeting: Meeting, page: str) -> None:
    question = Question.objects.get(code="AKM-1-0002")
    a_written_answer(question, unit=meeting.host)
    Question.objects.filter(pk=question.pk).update(text=MARKED)
    question.answers.update(text=MARKED)
    AnswerText.objects.update(text=MARKED)
    final_minutes(meeting)
    shown = client.get(f"/ru/rooms/{meeting.code}/{page}").content.decode()
    assert (MARKED in shown, "[номер телефона скрыт]" in shown) == (False, True)


@needs_pango
def test_the_files_with_what_went_are_deleted_and_made_anew(asked: Question, settings: Settings) -> None:
    final_minutes(asked.meeting)
    while make_documents(at=LATER):
        pass
    before = set(Path(settings.MEDIA_ROOT).rglob("*.*"))
    uploads = set(Upload.objects.values_list("pk", flat=True))
    redact(asked)
    assert not Document.objects.exists()
    assert not uploads & set(Upload.objects.values_list("pk", flat=True))
    while make_documents(at=SOON):
        pass
    assert Document.objects.count() == len(before)
    assert problems() == []


def test_files_made_while_something_went_are_not_kept(asked: Question) -> None:
    final_minutes(asked.meeting)
    rendering = actions.claim_rendering(at=LATER)
    assert rendering is not None
    redact(asked)
    Document.objects.all().delete()
    actions.keep_documents(rendering, [], at=SOON)
    assert Rendering.objects.get(pk=rendering.pk).state == "waiting"


def test_a_version_read_while_something_went_is_read_again(
    asked: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kenes.minutes.actions import versions

    read, is_redacted = versions.content_of, []

    def content_then_redaction(meeting: Meeting, **when: object) -> object:
        content = read(meeting, **when)  # type: ignore[arg-type]
        if not is_redacted:
            is_redacted.append(True)
            redact(asked)
        return content

    monkeypatch.setattr(versions, "content_of", content_then_redaction)
    actions.draft_minutes(asked.meeting, by=None, at=LATER)
    assert kept() == []
