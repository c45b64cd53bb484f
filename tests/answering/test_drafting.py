"""Writing an answer: versions, conflicts, translations, comments."""

import pytest

from answering.people import EN, KK, NOW, RU, Unit, a_member, saved
from factories import a_user
from kenes.accounts.models import User
from kenes.answering import actions
from kenes.answering.errors import DraftConflict, NothingToCheck, NotNow, TranslationNotAsked, WorkNotOpen
from kenes.answering.models import Comment, DraftVersion
from kenes.questions.actions import withdraw_question
from kenes.questions.errors import TextTooShort
from kenes.questions.models import Question
from kenes.record.models import Entry

pytestmark = pytest.mark.django_db


def texts(version: DraftVersion) -> dict[str, tuple[str, str]]:
    return {row.language: (row.text, row.status) for row in version.texts.all()}


def test_a_draft_is_saved_in_versions_that_stay(question: Question, unit: Unit) -> None:
    first = saved(question, unit.drafter)
    second = saved(question, unit.drafter, base=1, kk=KK, ru=RU, en=EN)
    assert [first.number, second.number] == [1, 2]
    assert texts(first) == {"kk": (KK, "translated"), "ru": (RU, "original")}
    assert texts(second) == {
        "kk": (KK, "translated"),
        "ru": (RU, "original"),
        "en": (EN, "translated"),
    }


def test_a_version_saved_over_another_than_was_seen_loses_nothing(question: Question, unit: Unit) -> None:
    saved(question, unit.drafter, ru="Первый текст.")
    saved(question, unit.head, base=1, ru="Второй текст.")
    with pytest.raises(DraftConflict) as refused:
        saved(question, unit.drafter, base=1, ru="Третий текст.")
    assert texts(refused.value.latest) == {"ru": ("Второй текст.", "original")}
    assert str(refused.value).startswith("Somebody saved version 2 while you were writing.")
    assert DraftVersion.objects.count() == 2


def test_a_first_version_is_saved_once_by_two_who_began_together(question: Question, unit: Unit) -> None:
    saved(question, unit.drafter)
    with pytest.raises(DraftConflict):
        saved(question, unit.head, ru="Другой текст.")


def test_unchanged_words_make_no_version(question: Question, unit: Unit) -> None:
    first = saved(question, unit.drafter)
    assert saved(question, unit.head, base=1) == first
    assert DraftVersion.objects.count() == 1


def test_an_empty_draft_is_not_saved(question: Question, unit: Unit) -> None:
    with pytest.raises(TextTooShort):
        saved(question, unit.drafter, ru="  ", kk=KK)


@pytest.mark.parametrize(
    ("kind", "may"),
    [("member", False), ("drafter", True), ("clearer", True), ("signer", False), ("head", True)],
)
def test_who_drafts(kind: str, may: bool, question: Question, unit: Unit) -> None:
    if may:
        assert saved(question, unit.people[kind]).number == 1
        return
    with pytest.raises(WorkNotOpen):
        saved(question, unit.people[kind])


def test_nobody_from_elsewhere_drafts(question: Question) -> None:
    strangers: list[User] = [
        a_user("stranger"),
        a_user("superuser", is_superuser=True),
        a_member("elsewhere", question.meeting.host, "head", "drafter", "signer"),
    ]
    for stranger in strangers:
        with pytest.raises(WorkNotOpen):
            saved(question, stranger)
    assert DraftVersion.objects.count() == 0


def test_a_membership_that_has_ended_opens_nothing(question: Question, unit: Unit) -> None:
    unit.drafter.memberships.update(until="2021-02-17")
    with pytest.raises(WorkNotOpen):
        saved(question, unit.drafter)


def test_a_question_that_left_the_unit_is_drafted_no_more(question: Question, unit: Unit) -> None:
    withdraw_question(question, at=NOW)
    with pytest.raises(NotNow):
        saved(question, unit.drafter)


def test_a_translation_is_asked_handed_in_and_checked(question: Question, unit: Unit) -> None:
    saved(question, unit.drafter, ru=RU)
    actions.ask_translation(question, language="kk", version=1, by=unit.drafter, at=NOW)
    assert texts(DraftVersion.objects.get())["kk"] == ("", "asked")
    handed = actions.finish_translation(question, language="kk", text=KK, base=1, by=unit.member, at=NOW)
    assert texts(handed) == {"kk": (KK, "translated"), "ru": (RU, "original")}
    actions.check_translation(question, language="kk", version=2, by=unit.signer, at=NOW)
    assert texts(handed)["kk"] == (KK, "checked")


def test_a_translation_that_was_asked_for_stays_so_while_the_rest_is_saved(
    question: Question, unit: Unit
) -> None:
    saved(question, unit.drafter, ru=RU)
    actions.ask_translation(question, language="kk", version=1, by=unit.drafter, at=NOW)
    assert texts(saved(question, unit.drafter, base=1, ru="Иначе.")) == {
        "kk": ("", "asked"),
        "ru": ("Иначе.", "original"),
    }


def test_a_checked_translation_is_to_be_checked_anew_when_the_original_changes(
    question: Question, unit: Unit
) -> None:
    saved(question, unit.drafter)
    actions.check_translation(question, language="kk", version=1, by=unit.clearer, at=NOW)
    kept = saved(question, unit.drafter, base=1, ru=RU, kk=KK, en=EN)
    changed = saved(question, unit.drafter, base=2, ru="Иначе.", kk=KK, en=EN)
    assert [texts(kept)["kk"][1], texts(changed)["kk"][1]] == ["checked", "translated"]


def test_only_what_was_asked_is_handed_in_and_only_a_translation_checked(
    question: Question, unit: Unit
) -> None:
    saved(question, unit.drafter, ru=RU)
    with pytest.raises(TranslationNotAsked):
        actions.finish_translation(question, language="kk", text=KK, base=1, by=unit.member, at=NOW)
    for language in ("kk", "ru"):
        with pytest.raises(NothingToCheck):
            actions.check_translation(question, language=language, version=1, by=unit.head, at=NOW)


def test_everybody_of_the_unit_comments_and_nobody_else(question: Question, unit: Unit) -> None:
    for user in unit.people.values():
        actions.add_comment(question, text="The date is missing.", by=user, at=NOW)
    with pytest.raises(WorkNotOpen):
        actions.add_comment(question, text="Me too.", by=a_user("stranger"), at=NOW)
    assert Comment.objects.count() == len(unit.people)


def test_the_record_tells_of_each_version_and_of_no_text(question: Question, unit: Unit) -> None:
    saved(question, unit.drafter)
    actions.add_comment(question, text="Unmistakable remark.", by=unit.head, at=NOW)
    entries = Entry.objects.filter(act__in=["save_draft", "comment_on_draft"]).order_by("id")
    told = [(entry.act, entry.object_id, entry.detail) for entry in entries]
    assert told == [
        ("save_draft", question.code, {"version": 1, "languages": ["kk", "ru"], "voided": 0}),
        ("comment_on_draft", question.code, {}),
    ]
