"""A question with personal data waits, is reviewed, and shows only what was left."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from factories import NOON
from kenes.accounts.models import User
from kenes.live.contracts import Claim, Stream
from kenes.programme.models import Meeting, Participant
from kenes.questions.actions import (
    SpokenAnswer,
    WrittenAnswer,
    answer_aloud,
    answer_in_writing,
    assign_question,
    clear_answer,
    decide_question_hits,
    edit_question,
    hold_question,
    overrule_refusal,
    publish_question,
    refuse_question,
    submit_draft,
)
from kenes.questions.live import QuestionReader, own_part
from kenes.questions.models import Question
from kenes.questions.proofs import signed_receipt
from kenes.questions.receipts import receipt_secret
from kenes.questions.redaction import QuestionSubject
from kenes.record.checks import Step, check_receipt, read_receipt
from kenes.record.models import Entry, Leaf, Nonce
from kenes.record.witnesses import problems_of_rows
from kenes.redaction.actions import erase_due_originals, see_originals
from kenes.redaction.errors import (
    NothingToReview,
    RedactionReasonMissing,
    SpanOutside,
    TextChangedMeanwhile,
    UnreviewedPersonalData,
)
from kenes.redaction.hits import Hit
from kenes.redaction.models import Decision, Original, Span
from kenes.redaction.rules import find_personal_data
from kenes.redaction.states import Certainty, HitKind, Outcome
from kenes.redaction.subjects import Made, Verdict
from redaction.conftest import ASKED, IIN, PHONE, REDACTED, ask


def verdict(question: Question, *outcomes: Outcome, reason: str = "", field: str = "text") -> Verdict:
    hits = find_personal_data(question.text)
    made = [Made(hit, outcome, reason) for hit, outcome in zip(hits, outcomes, strict=True)]
    return Verdict(field, question.text, made, None, NOON)


def redact(question: Question) -> None:
    hits = find_personal_data(question.text)
    decide_question_hits(question, verdict(question, *[Outcome.REDACT] * len(hits)))
    question.refresh_from_db()


def spoken(summary: str, **fields: str) -> SpokenAnswer:
    return SpokenAnswer(answered_by="Chairman", summary=summary, language="ru", **fields)


def test_a_sure_finding_waits_where_the_room_publishes_at_once(
    meeting: Meeting, guest: Participant, question: Question
) -> None:
    likely = ask(meeting, guest, "Почему не чистят ул. Абая 12?")
    plain = ask(meeting, guest, "Когда откроют центр?")
    assert [row.state for row in (question, likely, plain)] == ["held", "open", "open"]


def test_its_asker_is_told_why_it_waits(client: Client, question: Question) -> None:
    address = f"/ru/questions/{question.code}/own/{receipt_secret(question)}/"
    waits = "personal data: an identification"
    with_words = client.get(address.replace("/ru/", "/en/")).content.decode()
    assert waits in with_words
    redact(question)
    publish_question(question, by=None, at=NOON)
    assert waits not in client.get(address.replace("/ru/", "/en/")).content.decode()


def test_publishing_waits_for_the_review(question: Question) -> None:
    with pytest.raises(UnreviewedPersonalData) as caught:
        publish_question(question, by=None, at=NOON)
    assert [hit.of(ASKED) for hit in caught.value.hits] == [IIN, PHONE]
    assert str(caught.value) == (
        "The text holds what looks like personal data: individual identification number, telephone number. "
        "Please take it out, or say why it may stay, before it is published."
    )
    redact(question)
    publish_question(question, by=None, at=NOON)
    assert (question.state, question.text) == ("open", REDACTED)


def test_assigning_does_not_pass_by_the_review(meeting: Meeting, question: Question) -> None:
    day = NOON.date() + timedelta(days=30)
    with pytest.raises(UnreviewedPersonalData):
        assign_question(question, organisation=meeting.host, due_on=day, by=None, at=NOON)


def test_a_refusal_that_shows_the_text_does_not_pass_by_the_review(question: Question) -> None:
    with pytest.raises(UnreviewedPersonalData):
        refuse_question(question, by=None, at=NOON, ground="off_topic")


def test_an_overruled_refusal_does_not_pass_by_the_review(question: Question) -> None:
    refuse_question(question, by=None, at=NOON, ground="personal_data")
    with pytest.raises(UnreviewedPersonalData):
        overrule_refusal(question, by=None, at=NOON, reason="It is a question after all")


def test_a_refusal_that_hides_the_text_needs_no_review(question: Question) -> None:
    refuse_question(question, by=None, at=NOON, ground="personal_data")
    assert question.state == "refused"


def test_what_is_left_with_a_reason_is_published_and_asked_about_no_more(question: Question) -> None:
    decide_question_hits(question, verdict(question, Outcome.REDACT, Outcome.LEAVE, reason="An office's"))
    publish_question(question, by=None, at=NOON)
    assert question.text == ASKED.replace(IIN, "[⋯iin]")
    hold_question(question, by=None, at=NOON)
    publish_question(question, by=None, at=NOON)
    decided = Decision.objects.order_by("id").values_list("kind", "outcome", "reason")
    assert list(decided) == [("iin", "redact", "An office's"), ("phone", "leave", "An office's")]
    assert PHONE not in "".join(Decision.objects.values_list("fingerprint", flat=True))


def test_an_edit_of_a_public_text_brings_no_personal_data_in(meeting: Meeting, guest: Participant) -> None:
    plain = ask(meeting, guest, "Когда откроют центр?")
    with pytest.raises(UnreviewedPersonalData):
        edit_question(plain, text=f"Когда откроют центр? {PHONE}", by=None, at=NOON)
    plain.refresh_from_db()
    assert plain.text == "Когда откроют центр?"


def test_an_answer_aloud_names_a_telephone_only_with_a_reason(meeting: Meeting, guest: Participant) -> None:
    plain = ask(meeting, guest, "Когда откроют центр?")
    with pytest.raises(UnreviewedPersonalData):
        answer_aloud(plain, by=None, at=NOON, spoken=spoken(f"Звоните {PHONE}"))
    assert plain.answers.count() == 0
    answer = answer_aloud(
        plain, by=None, at=NOON, spoken=spoken(f"Звоните {PHONE}", leave_reason="The hot line")
    )
    assert answer.text == f"Звоните {PHONE}"


def test_an_answers_text_is_redacted_too(meeting: Meeting, guest: Participant) -> None:
    plain = ask(meeting, guest, "Когда откроют центр?")
    answer = answer_aloud(plain, by=None, at=NOON, spoken=spoken("Спросите Асель в школе"))
    start = answer.text.index("Асель")
    made = [Made(Hit(start, start + 5, HitKind.NAME, Certainty.SURE), Outcome.REDACT)]
    before = plain.version
    decide_question_hits(plain, Verdict("answer", answer.text, made, None, NOON))
    answer.refresh_from_db()
    plain.refresh_from_db()
    assert answer.text == "Спросите [⋯name] в школе"
    assert plain.version > before


def test_everybody_in_the_room_gets_the_new_text_at_once(meeting: Meeting, guest: Participant) -> None:
    question = ask(meeting, guest, "Почему у меня на ул. Абая, д. 12, кв. 5 нет света?")
    before = question.version
    redact(question)
    changes = QuestionReader().changed(question.feed_id, since=before, stream=Stream.PUBLIC, using="default")
    assert [change.row["text"] for change in changes] == ["Почему у меня на [⋯address] нет света?"]
    assert "абая" not in question.folded


def test_the_original_is_sealed_and_a_look_at_it_is_recorded(question: Question, moderator: object) -> None:
    redact(question)
    original = Original.objects.get()
    assert IIN not in original.sealed
    seen = see_originals("question", question.code, by=moderator, at=NOON)  # type: ignore[arg-type]
    assert [(one.field, one.text) for one in seen] == [("text", ASKED)]
    entry = Entry.objects.get(act="see_originals")
    assert (entry.object_id, entry.by) == (question.code, moderator)
    spans = Span.objects.order_by("start").values_list("kind", "start", "end")
    assert [(kind, ASKED[start:end]) for kind, start, end in spans] == [("iin", IIN), ("phone", PHONE)]


def test_the_original_is_erased_when_its_time_is_over(question: Question, moderator: object) -> None:
    redact(question)
    almost, over = NOON + timedelta(days=29, hours=23), NOON + timedelta(days=30)
    assert erase_due_originals(at=almost) == 0
    assert erase_due_originals(at=over) == 1
    assert erase_due_originals(at=over) == 0
    original = Original.objects.get()
    assert (original.sealed, original.erased_at) == ("", over)
    with pytest.raises(NothingToReview):
        see_originals("question", question.code, by=moderator, at=over)  # type: ignore[arg-type]


def test_the_receipt_opens_the_text_as_asked_until_it_is_erased(question: Question) -> None:
    redact(question)
    receipt = signed_receipt(question)
    assert receipt is not None
    assert receipt["opening"]["text"] == ASKED
    erase_due_originals(at=NOON + timedelta(days=30))
    receipt = signed_receipt(question)
    assert receipt is not None
    assert receipt["opening"] is None
    kinds = list(Leaf.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["question-registered", "question-redacted"]
    assert list(Nonce.objects.values_list("leaf__kind", flat=True)) == ["question-redacted"]


def test_earlier_edits_keep_nothing_of_what_is_taken_out(question: Question) -> None:
    edit_question(question, text=f"{ASKED}!", by=None, at=NOON)
    redact(question)
    edit = question.edits.get()
    assert (edit.old_text, edit.new_text) == (REDACTED, f"{REDACTED}!")
    receipt = signed_receipt(question)
    assert receipt is not None
    assert receipt["opening"]["text"] == ASKED


def test_no_table_keeps_the_number_in_clear(question: Question) -> None:
    redact(question)
    rows = (str(row) for model in apps.get_models() for row in model.objects.values())
    assert [row for row in rows if IIN in row] == []


def test_decisions_about_another_text_are_refused(question: Question) -> None:
    stale = verdict(question, Outcome.REDACT, Outcome.REDACT)
    edit_question(question, text=f"{ASKED} Ответьте!", by=None, at=NOON)
    with pytest.raises(TextChangedMeanwhile):
        decide_question_hits(question, stale)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 3), (0, 1000)])
def test_a_piece_outside_the_text_is_refused(question: Question, start: int, end: int) -> None:
    made = [Made(Hit(start, end, HitKind.NAME, Certainty.SURE), Outcome.REDACT)]
    with pytest.raises(SpanOutside):
        decide_question_hits(question, Verdict("text", question.text, made, None, NOON))


def test_leaving_needs_a_reason(question: Question) -> None:
    with pytest.raises(RedactionReasonMissing):
        decide_question_hits(question, verdict(question, Outcome.LEAVE, Outcome.LEAVE, reason=" "))


def test_the_askers_own_part_shows_the_redacted_text(question: Question, guest: Participant) -> None:
    redact(question)
    claim = Claim(participant_id=guest.pk, kind=guest.kind, feed_id=question.feed_id)
    assert [row["text"] for row in own_part(claim, using="default")["questions"]] == [REDACTED]


def test_a_written_answer_is_reviewed_and_redacted_in_each_language(
    meeting: Meeting, guest: Participant, moderator: User
) -> None:
    plain = ask(meeting, guest, "Когда откроют центр?")
    assign_question(plain, organisation=meeting.host, by=moderator, at=NOON)
    submit_draft(plain, by=moderator, at=NOON)
    clear_answer(plain, by=moderator, at=NOON)
    written = WrittenAnswer(
        texts={"kk": f"Қоңырау шалыңыз: {PHONE}", "ru": f"Звоните: {PHONE}"},
        language="ru",
        answered_by="Head of the unit",
        promise="none",
    )
    with pytest.raises(UnreviewedPersonalData):
        answer_in_writing(plain, written=written, by=moderator, at=NOON)
    answer = answer_in_writing(
        plain, written=replace(written, leave_reason="The hot line"), by=moderator, at=NOON
    )
    for row in answer.texts.all():
        start = row.text.index(PHONE)
        made = [Made(Hit(start, len(row.text), HitKind.PHONE, Certainty.SURE), Outcome.REDACT)]
        verdict = Verdict(f"answer-{row.language}", row.text, made, moderator, NOON)
        decide_question_hits(plain, verdict)
    answer.refresh_from_db()
    texts = dict(answer.texts.values_list("language", "text"))
    assert texts == {"kk": "Қоңырау шалыңыз: [⋯phone]", "ru": "Звоните: [⋯phone]"}
    assert answer.text == texts["ru"]
    fields = [text.field for text in QuestionSubject().find(plain.code, user=moderator).texts]
    assert fields == ["text", "answer-kk", "answer-ru"]


def take_out(question: Question, piece: str, *, minute: int) -> None:
    start = question.text.index(piece)
    made = [Made(Hit(start, start + len(piece), HitKind.NAME, Certainty.SURE), Outcome.REDACT)]
    at = NOON + timedelta(minutes=minute)
    decide_question_hits(question, Verdict("text", question.text, made, None, at))


def is_receipt_whole(question: Question) -> bool:
    receipt = signed_receipt(question)
    assert receipt is not None
    assert receipt["opening"] is not None
    return check_receipt(read_receipt(json.dumps(receipt)))[Step.TEXT]


def test_the_record_holds_before_and_after_an_original_is_erased(question: Question) -> None:
    redact(question)
    assert list(problems_of_rows()) == []
    erase_due_originals(at=NOON + timedelta(days=30))
    assert list(problems_of_rows()) == []
    Question.objects.filter(pk=question.pk).update(text="Another text")
    said = f"question {question.code}: question-redacted: the text is not the one that was logged"
    assert list(problems_of_rows()) == [said]


def test_a_receipt_holds_however_often_its_text_was_edited_and_redacted(question: Question) -> None:
    redact(question)
    edit_question(question, text="Асель Ахметова не платит", by=None, at=NOON + timedelta(minutes=2))
    take_out(question, "Асель", minute=3)
    take_out(question, "Ахметова", minute=4)
    assert is_receipt_whole(question)
    assert list(problems_of_rows()) == []


def test_a_nonce_goes_with_its_text_alone(meeting: Meeting, guest: Participant) -> None:
    plain = ask(meeting, guest, "Когда откроют центр?")
    edit_question(plain, text="Когда Асель откроет центр?", by=None, at=NOON + timedelta(minutes=1))
    edit_question(plain, text="Когда Асель откроет наш центр?", by=None, at=NOON + timedelta(minutes=2))
    take_out(plain, "Асель", minute=3)
    # The text between was kept nowhere but in the edit, from which the name is gone already.
    with_nonces = Nonce.objects.order_by("leaf_id").values_list("leaf__kind", "leaf__at__minute")
    registered, second = ("question-registered", 0), ("question-edited", 2)
    assert list(with_nonces) == [registered, second, ("question-redacted", 3)]
    erase_due_originals(at=NOON + timedelta(days=31))
    # What was asked held nothing personal: it stays, and so does its proof.
    assert list(with_nonces.all()) == [registered, ("question-redacted", 3)]
    assert is_receipt_whole(plain)
    assert list(problems_of_rows()) == []


def test_an_answers_other_language_stays_provable(
    meeting: Meeting, guest: Participant, moderator: User
) -> None:
    plain = ask(meeting, guest, "Когда откроют центр?")
    assign_question(plain, organisation=meeting.host, by=moderator, at=NOON)
    submit_draft(plain, by=moderator, at=NOON)
    clear_answer(plain, by=moderator, at=NOON)
    texts = {"kk": "Асель ашады.", "ru": "Откроет Асель."}
    written = WrittenAnswer(texts=texts, language="ru", answered_by="Head of the unit", promise="none")
    answer = answer_in_writing(plain, written=written, by=moderator, at=NOON + timedelta(minutes=1))
    russian = answer.texts.get(language="ru")
    made = [Made(Hit(8, 13, HitKind.NAME, Certainty.SURE), Outcome.REDACT)]
    at = NOON + timedelta(minutes=2)
    decide_question_hits(plain, Verdict("answer-ru", russian.text, made, moderator, at))
    assert list(problems_of_rows()) == []
    erase_due_originals(at=NOON + timedelta(days=31))
    assert list(problems_of_rows()) == []
    answer.texts.filter(language="kk").update(text="Ашылмайды.")
    said = f"question {plain.code}: question-redacted: the text is not the one that was logged"
    assert list(problems_of_rows()) == [said]
