"""Minutes from the first draft to a correction of the final ones."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import NOON, a_meeting
from kenes.accounts.models import User
from kenes.minutes import actions, errors
from kenes.minutes.models import Minutes, Rendering
from kenes.minutes.rules import digest_of
from kenes.minutes.states import MINUTES_MOVES, MinutesState
from kenes.programme.models import Meeting
from kenes.questions.models import Question
from kenes.record.models import Entry, Leaf
from kenes.record.witnesses import problems_of_rows
from minutes.happenings import LATER

DAY = timedelta(days=1)
WORDS = {"decisions": {"ru": "Открыть центр.", "kk": "Орталық ашылсын."}}


def a_draft(meeting: Meeting, **texts: dict[str, str]) -> Minutes:
    return actions.draft_minutes(meeting, by=None, at=LATER)


def in_remarks(meeting: Meeting) -> Minutes:
    minutes = a_draft(meeting)
    actions.open_minutes_for_remarks(minutes, by=None, at=LATER)
    return minutes


def a_final(meeting: Meeting) -> Minutes:
    minutes = in_remarks(meeting)
    actions.finalise_minutes(minutes, by=None, at=LATER + DAY)
    return minutes


def in_state(state: str, meeting: Meeting) -> Minutes:
    match state:
        case MinutesState.DRAFT:
            return a_draft(meeting)
        case MinutesState.REMARKS:
            return in_remarks(meeting)
        case MinutesState.FINAL:
            return a_final(meeting)
        case MinutesState.REPLACED:
            minutes = a_draft(meeting)
            actions.redraft_minutes(minutes, texts=WORDS, is_fresh=False, by=None, at=LATER)
            return minutes
    minutes = a_final(meeting)
    newer = actions.correct_minutes(minutes, reason="A date was wrong.", by=None, at=LATER)
    actions.open_minutes_for_remarks(newer, by=None, at=LATER)
    actions.finalise_minutes(newer, by=None, at=LATER + 2 * DAY)
    minutes.refresh_from_db()
    return minutes


def states_of(meeting: Meeting) -> list[tuple[int, str]]:
    return list(Minutes.objects.filter(meeting=meeting).order_by("version").values_list("version", "state"))


# Which acts a version in each state takes; every other is refused.
TAKEN = {
    MinutesState.DRAFT: {"open", "redraft"},
    MinutesState.REMARKS: {"finalise", "redraft", "remark"},
    MinutesState.FINAL: {"correct"},
    MinutesState.REPLACED: set(),
    MinutesState.CORRECTED: set(),
}


@pytest.mark.parametrize("state", MinutesState.values)
@pytest.mark.parametrize("act", ["open", "redraft", "finalise", "remark", "correct"])
def test_a_version_takes_the_acts_of_its_state_and_no_other(meeting: Meeting, state: str, act: str) -> None:
    minutes = in_state(state, meeting)
    now = {"by": None, "at": LATER + 3 * DAY}
    doing = {
        "open": lambda: actions.open_minutes_for_remarks(minutes, **now),
        "redraft": lambda: actions.redraft_minutes(minutes, texts=WORDS, is_fresh=True, **now),
        "finalise": lambda: actions.finalise_minutes(minutes, **now),
        "remark": lambda: actions.add_remark(minutes, place="agenda", text="Wrong time.", **now),
        "correct": lambda: actions.correct_minutes(minutes, reason="Wrong.", **now),
    }[act]
    if act in TAKEN[MinutesState(state)]:
        doing()
    else:
        with pytest.raises(errors.MinutesMoved):
            doing()


def test_minutes_are_made_of_a_closed_meeting_once(meeting: Meeting) -> None:
    a_draft(meeting)
    with pytest.raises(errors.MinutesExist):
        a_draft(meeting)


def test_an_open_meeting_has_no_minutes_yet(db: None) -> None:
    with pytest.raises(errors.MeetingNotClosed):
        a_draft(a_meeting(is_open=True))


def test_a_newer_version_takes_the_place_of_the_draft_and_keeps_its_state(meeting: Meeting) -> None:
    newer = actions.redraft_minutes(in_remarks(meeting), texts=WORDS, is_fresh=False, by=None, at=LATER)
    assert states_of(meeting) == [(1, "replaced"), (2, "remarks")]
    assert newer.texts == WORDS


def test_a_version_without_fresh_data_keeps_the_content_of_the_one_before(meeting: Meeting) -> None:
    first = a_draft(meeting)
    Question.objects.filter(meeting=meeting).update(votes_guest=9)
    kept = actions.redraft_minutes(first, texts=WORDS, is_fresh=False, by=None, at=LATER)
    fresh = actions.redraft_minutes(kept, texts=None, is_fresh=True, by=None, at=LATER + DAY)
    assert kept.content == first.content
    assert [row["votes"]["guest"] for row in fresh.content["questions"]] == [9] * 6
    assert fresh.texts == WORDS


def test_the_final_version_stays_in_force_until_its_correction_is_final(meeting: Meeting) -> None:
    final = a_final(meeting)
    newer = actions.correct_minutes(final, reason="A date was wrong.", by=None, at=LATER)
    assert states_of(meeting) == [(1, "final"), (2, "draft")]
    actions.open_minutes_for_remarks(newer, by=None, at=LATER)
    actions.finalise_minutes(newer, by=None, at=LATER + DAY)
    assert states_of(meeting) == [(1, "corrected"), (2, "final")]
    assert newer.reason == "A date was wrong."


def test_a_correction_says_why(meeting: Meeting) -> None:
    with pytest.raises(errors.CorrectionReasonMissing):
        actions.correct_minutes(a_final(meeting), reason=" ", by=None, at=LATER)


def test_final_minutes_are_in_the_log_with_the_hash_of_all_they_say(meeting: Meeting) -> None:
    minutes = a_final(meeting)
    leaf = Leaf.objects.get(kind="minutes-final")
    assert json.loads(leaf.body)["facts"] == {"digest": minutes.digest, "version": 1}
    kept = Minutes.objects.get(pk=minutes.pk)
    assert digest_of(kept.content, kept.texts) == minutes.digest


def test_final_minutes_altered_in_the_database_are_found_by_the_record(meeting: Meeting) -> None:
    minutes = a_final(meeting)
    assert list(problems_of_rows()) == []
    minutes.texts = {"decisions": {"ru": "Ничего не делать."}}
    minutes.save(update_fields=["texts"])
    assert [problem.partition(" is ")[0] for problem in problems_of_rows()] == ["minutes-final AKM-1: digest"]
    Minutes.objects.filter(pk=minutes.pk).update(finalised_at=None)
    assert len(list(problems_of_rows())) == 1


def test_each_act_is_on_record_under_the_meetings_code(meeting: Meeting) -> None:
    a_final(meeting)
    acts = Entry.objects.filter(object_kind="minutes", object_id=meeting.code).values_list("act", flat=True)
    assert list(acts) == ["draft_minutes", "open_minutes_for_remarks", "finalise_minutes"]


def test_a_version_wants_a_drafts_documents_and_a_final_one_its_own(meeting: Meeting) -> None:
    a_final(meeting)
    assert list(Rendering.objects.values_list("stage", "state")) == [
        ("draft", "waiting"),
        ("final", "waiting"),
    ]


def test_minutes_with_an_open_remark_are_not_made_final(meeting: Meeting, reader: User) -> None:
    minutes = in_remarks(meeting)
    remark = actions.add_remark(minutes, place="AKM-1-0001", text="Who said it?", by=reader, at=LATER)
    with pytest.raises(errors.RemarksUnresolved):
        actions.finalise_minutes(minutes, by=None, at=LATER)
    actions.resolve_remark(remark, resolution="Added.", by=None, at=LATER)
    actions.finalise_minutes(minutes, by=None, at=LATER)
    assert states_of(meeting) == [(1, "final")]


def test_a_remark_is_resolved_once_and_stands_at_a_place_of_the_minutes(meeting: Meeting) -> None:
    minutes = in_remarks(meeting)
    with pytest.raises(errors.RemarkPlaceUnknown):
        actions.add_remark(minutes, place="nowhere", text="?!.", by=None, at=LATER)
    remark = actions.add_remark(minutes, place="present", text="Wrong number.", by=None, at=LATER)
    actions.resolve_remark(remark, resolution="Looked at.", by=None, at=LATER)
    with pytest.raises(errors.RemarkResolved):
        actions.resolve_remark(remark, resolution="Again.", by=None, at=LATER)


def test_the_table_of_moves_is_what_the_acts_make() -> None:
    assert {state for state, goals in MINUTES_MOVES.items() if not goals} == {"replaced", "corrected"}


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.sampled_from(["vote", "state", "text", "title"]), min_size=1, max_size=4))
def test_a_versions_content_never_changes_whatever_becomes_of_the_data(
    meeting: Meeting, changes: list[str]
) -> None:
    Rendering.objects.all().delete()
    Minutes.objects.all().delete()
    minutes = a_draft(meeting)
    before = json.dumps(minutes.content, sort_keys=True)
    questions = Question.objects.filter(meeting=meeting)
    for change in changes:
        match change:
            case "vote":
                questions.update(votes_confirmed=NOON.minute + 5)
            case "state":
                questions.exclude(state="staged").update(state="withdrawn")
            case "text":
                questions.update(text="Something else altogether")
            case "title":
                Meeting.objects.filter(pk=meeting.pk).update(title_ru="Другое")
    kept = Minutes.objects.get(pk=minutes.pk)
    assert json.dumps(kept.content, sort_keys=True) == before
    assert digest_of(kept.content, kept.texts) == minutes.digest
