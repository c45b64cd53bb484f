"""The chain of clearance: submitted, cleared step by step, voided, sent back."""

import pytest

from answering.people import EN, KK, NOW, RU, Unit, a_member, checked, saved, submitted
from kenes.answering import actions
from kenes.answering.actions import StepPlan
from kenes.answering.errors import (
    DraftIsEmpty,
    NotNow,
    StepIsNobodys,
    TextsMissing,
    TranslationsUnchecked,
    VersionChanged,
    WorkNotOpen,
)
from kenes.answering.models import Clearance, ClearanceStep
from kenes.answering.queries import chain_of, latest_version, running_assignment
from kenes.questions.errors import ReasonMissing
from kenes.questions.models import Question

pytestmark = pytest.mark.django_db


def state(question: Question) -> str:
    return Question.objects.get(pk=question.pk).state


def a_chain(unit: Unit, *kinds: str) -> list[ClearanceStep]:
    return [
        actions.save_clearance_step(
            StepPlan(unit.body, place, {"en": f"Step {place}", "ru": f"Шаг {place}"}, kind=kind),
            by=None,
            at=NOW,
        )
        for place, kind in enumerate(kinds, start=1)
    ]


def cleared(question: Question) -> list[bool]:
    assignment = running_assignment(question)
    assert assignment is not None
    chain = chain_of(assignment.organisation, latest_version(assignment))
    return [link.clearance is not None for link in chain]


def test_a_body_without_a_chain_has_one_step_for_a_clearer_or_the_head(
    question: Question, unit: Unit
) -> None:
    submitted(question, unit)
    assert (state(question), cleared(question)) == ("drafted", [False])
    actions.clear_step(question, version=1, by=unit.head, at=NOW)
    assert state(question) == "cleared"


def test_a_draft_is_submitted_in_both_languages_alone(question: Question, unit: Unit) -> None:
    with pytest.raises(DraftIsEmpty):
        actions.submit_to_clearance(question, version=1, by=unit.drafter, at=NOW)
    saved(question, unit.drafter, ru=RU)
    actions.ask_translation(question, language="kk", version=1, by=unit.drafter, at=NOW)
    with pytest.raises(TextsMissing) as refused:
        actions.submit_to_clearance(question, version=1, by=unit.drafter, at=NOW)
    assert str(refused.value) == "The answer is needed in Kazakh and in Russian. Missing: Қазақша."
    assert state(question) == "assigned"


def test_steps_are_cleared_in_their_order_by_whom_they_name(question: Question, unit: Unit) -> None:
    a_chain(unit, "clearer", "head")
    submitted(question, unit)
    with pytest.raises(WorkNotOpen):
        actions.clear_step(question, version=1, by=unit.head, at=NOW)
    actions.clear_step(question, version=1, by=unit.clearer, at=NOW)
    assert (state(question), cleared(question)) == ("drafted", [True, False])
    actions.clear_step(question, version=1, by=unit.head, at=NOW)
    assert state(question) == "cleared"


def test_a_step_of_named_people_is_cleared_by_them(question: Question, unit: Unit) -> None:
    lawyer = a_member("lawyer", unit.body, "member")
    plan = StepPlan(unit.body, 1, {"en": "Legal opinion"}, people=(lawyer,))
    actions.save_clearance_step(plan, by=None, at=NOW)
    submitted(question, unit)
    with pytest.raises(WorkNotOpen):
        actions.clear_step(question, version=1, by=unit.member, at=NOW)
    actions.clear_step(question, version=1, by=lawyer, at=NOW)
    assert state(question) == "cleared"


def test_named_people_who_left_the_body_clear_no_more(question: Question, unit: Unit) -> None:
    lawyer = a_member("lawyer", unit.body, "member")
    actions.save_clearance_step(StepPlan(unit.body, 1, {"en": "Law"}, people=(lawyer,)), by=None, at=NOW)
    submitted(question, unit)
    lawyer.memberships.update(until="2021-02-17")
    with pytest.raises(WorkNotOpen):
        actions.clear_step(question, version=1, by=lawyer, at=NOW)


def test_a_step_belongs_to_somebody(unit: Unit) -> None:
    with pytest.raises(StepIsNobodys):
        actions.save_clearance_step(StepPlan(unit.body, 1, {"en": "Empty"}), by=None, at=NOW)


def test_a_retired_step_is_asked_for_no_more(question: Question, unit: Unit) -> None:
    first, _second = a_chain(unit, "clearer", "head")
    actions.retire_clearance_step(first, by=None, at=NOW)
    submitted(question, unit)
    actions.clear_step(question, version=1, by=unit.head, at=NOW)
    assert state(question) == "cleared"


def test_a_new_version_voids_what_was_cleared(question: Question, unit: Unit) -> None:
    a_chain(unit, "clearer", "head")
    submitted(question, unit)
    actions.clear_step(question, version=1, by=unit.clearer, at=NOW)
    saved(question, unit.head, base=1, kk=KK, ru=RU, en=EN)
    assert cleared(question) == [False, False]
    assert Clearance.objects.get().voided_at == NOW
    with pytest.raises(VersionChanged):
        actions.clear_step(question, version=1, by=unit.clearer, at=NOW)


def test_a_version_without_one_of_the_languages_is_not_cleared(question: Question, unit: Unit) -> None:
    submitted(question, unit)
    saved(question, unit.clearer, base=1, ru=RU)
    with pytest.raises(TextsMissing):
        actions.clear_step(question, version=2, by=unit.clearer, at=NOW)


def test_a_translation_nobody_confirmed_passes_every_step_but_the_last(
    question: Question, unit: Unit
) -> None:
    a_chain(unit, "clearer", "head")
    saved(question, unit.drafter, kk=KK, ru=RU, en=EN)
    actions.check_translation(question, language="kk", version=1, by=unit.drafter, at=NOW)
    actions.submit_to_clearance(question, version=1, by=unit.drafter, at=NOW)
    actions.clear_step(question, version=1, by=unit.clearer, at=NOW)
    with pytest.raises(TranslationsUnchecked) as refused:
        actions.clear_step(question, version=1, by=unit.head, at=NOW)
    assert str(refused.value).endswith("Not confirmed: English.")
    actions.check_translation(question, language="en", version=1, by=unit.clearer, at=NOW)
    actions.clear_step(question, version=1, by=unit.head, at=NOW)
    assert state(question) == "cleared"


def test_a_translation_that_is_only_asked_for_and_not_obligatory_keeps_nothing_back(
    question: Question, unit: Unit
) -> None:
    saved(question, unit.drafter)
    checked(question, unit)
    actions.ask_translation(question, language="en", version=1, by=unit.drafter, at=NOW)
    actions.submit_to_clearance(question, version=1, by=unit.drafter, at=NOW)
    actions.clear_step(question, version=1, by=unit.clearer, at=NOW)
    assert state(question) == "cleared"


def test_what_is_cleared_is_changed_only_after_it_was_sent_back(question: Question, unit: Unit) -> None:
    submitted(question, unit)
    actions.clear_step(question, version=1, by=unit.clearer, at=NOW)
    with pytest.raises(NotNow):
        saved(question, unit.drafter, base=1, ru="Иначе.")
    actions.send_back(question, by=unit.signer, at=NOW, reason="The month is wrong.")
    assert (state(question), cleared(question)) == ("assigned", [False])
    assert saved(question, unit.drafter, base=1, ru="Иначе.", kk=KK).number == 2


def test_sending_back_wants_a_reason_and_changes_nothing_without(question: Question, unit: Unit) -> None:
    submitted(question, unit)
    with pytest.raises(ReasonMissing):
        actions.send_back(question, by=unit.clearer, at=NOW, reason="  ")
    assert state(question) == "drafted"


@pytest.mark.parametrize(
    ("kind", "may"),
    [("member", False), ("drafter", False), ("clearer", True), ("signer", False), ("head", True)],
)
def test_who_clears_without_a_chain(kind: str, may: bool, question: Question, unit: Unit) -> None:
    submitted(question, unit)
    if not may:
        with pytest.raises(WorkNotOpen):
            actions.clear_step(question, version=1, by=unit.people[kind], at=NOW)
    else:
        actions.clear_step(question, version=1, by=unit.people[kind], at=NOW)
    assert state(question) == ("cleared" if may else "drafted")


@pytest.mark.parametrize(
    ("kind", "may"),
    [("member", False), ("drafter", False), ("clearer", True), ("signer", True), ("head", True)],
)
def test_who_sends_back(kind: str, may: bool, question: Question, unit: Unit) -> None:
    submitted(question, unit)
    if not may:
        with pytest.raises(WorkNotOpen):
            actions.send_back(question, by=unit.people[kind], at=NOW, reason="Why not?")
    else:
        actions.send_back(question, by=unit.people[kind], at=NOW, reason="Why not?")
    assert state(question) == ("assigned" if may else "drafted")
