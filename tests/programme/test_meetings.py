"""Acts on meetings: codes, states, policy, presence."""

from datetime import timedelta

import pytest

from factories import NOON, a_campaign, a_meeting, a_meeting_plan, a_region, a_session, a_user
from kenes.live.models import Feed
from kenes.programme import errors
from kenes.programme.actions import (
    change_meeting,
    change_room_policy,
    close_meeting,
    create_meeting,
    note_presence,
    open_meeting,
)
from kenes.programme.models import Meeting
from kenes.programme.plans import RoomPolicy
from kenes.record.models import Entry
from kenes.territories.models import Place

pytestmark = pytest.mark.django_db


def test_a_room_code_is_the_letters_of_the_region_and_its_next_number() -> None:
    session = a_session()
    assert [a_meeting(session).code for _ in range(3)] == ["AKM-1", "AKM-2", "AKM-3"]


def test_numbers_run_per_region_over_all_campaigns() -> None:
    a_meeting()
    later = a_session(a_campaign("days-2022"))
    other = a_session(a_campaign("days-2023"), region=a_region("KST", "390000000"))
    assert [a_meeting(later).code, a_meeting(other).code] == ["AKM-2", "KST-1"]


def test_the_number_of_a_meeting_that_is_gone_is_not_given_again() -> None:
    session = a_session()
    a_meeting(session).delete()
    assert a_meeting(session).code == "AKM-2"


def test_the_region_is_found_from_the_place_of_the_meeting() -> None:
    region = a_region()
    aul = Place.objects.create(
        kato="113245100", level="settlement", name_kk="Ауыл", path="110000000/113200000/113245100"
    )
    assert a_meeting(a_session(region=region), place=aul).code == "AKM-1"


def test_a_region_without_letters_gives_no_room() -> None:
    region = a_region(letters="", kato="990000000")
    session = a_session(region=region)
    with pytest.raises(errors.RegionHasNoLetters):
        a_meeting(session)
    assert (Meeting.objects.count(), Feed.objects.count()) == (0, 0)


def test_a_new_meeting_stands_on_every_stream_of_its_own_feed() -> None:
    meeting = Meeting.objects.get(pk=a_meeting().pk)
    assert (meeting.feed.key, meeting.feed.version, meeting.version) == ("AKM-1", 1, 1)
    assert (meeting.public_since, meeting.speaker_since, meeting.public_until) == (1, 1, None)


def test_each_act_takes_the_next_version_and_is_recorded_with_its_actor() -> None:
    meeting, user = a_meeting(), a_user()
    open_meeting(meeting, by=user, at=NOON)
    change_room_policy(meeting, policy=RoomPolicy(publishing="hold"), by=user, at=NOON)
    close_meeting(meeting, by=user, at=NOON + timedelta(hours=2))
    meeting.refresh_from_db()
    assert (meeting.version, meeting.feed.version, meeting.state, meeting.publishing) == (
        4,
        4,
        "closed",
        "hold",
    )
    assert meeting.closed_at == NOON + timedelta(hours=2)
    acts = Entry.objects.filter(object_kind="meeting", object_id="AKM-1").values_list("act", "by")
    assert list(acts) == [
        ("create_meeting", None),
        ("open_meeting", user.pk),
        ("change_room_policy", user.pk),
        ("close_meeting", user.pk),
    ]


@pytest.mark.parametrize("state", ["planned", "open", "closed"])
def test_a_meeting_moves_only_from_planned_to_open_to_closed(state: str) -> None:
    meeting = a_meeting(is_open=state != "planned")
    if state == "closed":
        close_meeting(meeting, by=None, at=NOON)
    allowed = {"planned": open_meeting, "open": close_meeting}.get(state)
    for act in (open_meeting, close_meeting):
        if act is not allowed:
            with pytest.raises(errors.MeetingMoveRefused):
                act(meeting, by=None, at=NOON)
    assert Meeting.objects.get(pk=meeting.pk).state == state


def test_a_refused_move_leaves_no_trace() -> None:
    meeting = a_meeting()
    before = (Feed.objects.get().version, Entry.objects.count())
    with pytest.raises(errors.MeetingMoveRefused):
        close_meeting(meeting, by=None, at=NOON)
    assert (Feed.objects.get().version, Entry.objects.count()) == before


def test_a_move_is_judged_by_the_database_and_not_by_a_stale_object() -> None:
    meeting = a_meeting()
    stale = Meeting.objects.get(pk=meeting.pk)
    open_meeting(meeting, by=None, at=NOON)
    with pytest.raises(errors.MeetingMoveRefused):
        open_meeting(stale, by=None, at=NOON)


def test_presence_is_written_only_when_it_changes() -> None:
    meeting = a_meeting(is_open=True)
    for present in (10, 10, 20):
        note_presence(meeting, present=present, at=NOON)
    meeting.refresh_from_db()
    assert (meeting.present, meeting.version) == (20, 4)


def test_the_most_people_at_once_are_kept_while_the_meeting_is_open() -> None:
    meeting = a_meeting()
    note_presence(meeting, present=50, at=NOON)
    assert meeting.present_most is None
    open_meeting(meeting, by=None, at=NOON)
    for present in (10, 40, 20):
        note_presence(meeting, present=present, at=NOON)
    close_meeting(meeting, by=None, at=NOON)
    note_presence(meeting, present=60, at=NOON)
    meeting.refresh_from_db()
    assert (meeting.present, meeting.present_most) == (60, 40)


def test_a_change_saves_the_named_fields_only() -> None:
    meeting = a_meeting()
    meeting.title_ru, meeting.summary_ru = "Новое имя", "не сохраняется"
    change_meeting(meeting, changed=["title_ru"], by=None, at=NOON)
    kept = Meeting.objects.get(pk=meeting.pk)
    assert (kept.title_ru, kept.summary_ru, kept.version) == ("Новое имя", None, 2)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"ends_at": NOON}, errors.PeriodReversed),
        ({"zone": "Mars/Olympus"}, errors.UnknownZone),
        ({"zone": "../etc/passwd"}, errors.UnknownZone),
        ({"sphere": "weather"}, errors.UnknownKey),
        ({"second_sphere": "weather"}, errors.UnknownKey),
        ({"kind": "party"}, errors.UnknownKey),
        ({"format": "telepathy"}, errors.UnknownKey),
        ({"policy": RoomPolicy(publishing="maybe")}, errors.UnknownKey),
        ({"policy": RoomPolicy(who_may_vote="cats")}, errors.UnknownKey),
        ({"title": {}}, errors.TextMissing),
        ({"title": {"kk": " \x00 "}}, errors.TextMissing),
        ({"title": {"kk": "ә" * 251}}, errors.TextTooLong),
        ({"title": {"de": "Seminar"}}, errors.UnknownKey),
    ],
)
def test_bad_input_is_refused_and_nothing_is_kept(fields: dict[str, object], error: type[Exception]) -> None:
    session = a_session()
    plan = a_meeting_plan(session, **fields)
    with pytest.raises(error):
        create_meeting(session, plan, by=None, at=NOON)
    assert (Meeting.objects.count(), Feed.objects.count()) == (0, 0)
