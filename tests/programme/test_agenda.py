"""Acts on the agenda, its speakers, and what a meeting is equipped with."""

from datetime import timedelta
from typing import Any

import pytest

from factories import NOON, a_body, a_meeting, an_agenda_item
from kenes.live.models import Feed
from kenes.programme import actions, errors
from kenes.programme.models import AgendaItem, AgendaSpeaker, Material, VideoStream
from kenes.programme.plans import MaterialPlan, SpeakerPlan, StreamPlan
from kenes.programme.queries import agenda_of
from kenes.record.models import Entry

pytestmark = pytest.mark.django_db
TEXTS = {"kk": "Мәтін", "ru": "Текст", "en": "Text"}
BY: dict[str, Any] = {"by": None, "at": NOON}


def test_points_come_one_after_another() -> None:
    meeting = a_meeting()
    assert [an_agenda_item(meeting).position for _ in range(3)] == [1, 2, 3]


def test_a_point_lies_within_its_meeting() -> None:
    meeting = a_meeting()
    for start, end in [(-1, 30), (0, 121)]:
        with pytest.raises(errors.OutsideItsFrame) as refused:
            an_agenda_item(
                meeting,
                starts_at=NOON + timedelta(minutes=start),
                ends_at=NOON + timedelta(minutes=end),
            )
        assert refused.value.params == {"start": "12:00", "end": "14:00"}
    with pytest.raises(errors.PeriodReversed):
        an_agenda_item(meeting, ends_at=NOON)
    assert AgendaItem.objects.count() == 0


def test_a_point_that_becomes_now_ends_the_one_before_it() -> None:
    meeting = a_meeting(is_open=True)
    first, second = an_agenda_item(meeting), an_agenda_item(meeting)
    actions.move_agenda_item(first, state="now", **BY)
    actions.move_agenda_item(second, state="now", **BY)
    assert [item.state for item in agenda_of(meeting)] == ["done", "now"]
    assert set(AgendaItem.objects.values_list("version", flat=True)) == {Feed.objects.get().version}


@pytest.mark.parametrize(
    ("old", "wanted", "is_allowed"),
    [
        ("planned", "planned", False),
        ("planned", "now", True),
        ("planned", "done", True),
        ("now", "planned", True),
        ("now", "now", False),
        ("now", "done", True),
        ("done", "planned", False),
        ("done", "now", True),
        ("done", "done", False),
    ],
)
def test_a_point_moves_as_the_table_says(old: str, wanted: str, is_allowed: bool) -> None:
    item = an_agenda_item(a_meeting(is_open=True))
    if old != "planned":
        actions.move_agenda_item(item, state=old, **BY)
    if is_allowed:
        actions.move_agenda_item(item, state=wanted, **BY)
    else:
        with pytest.raises(errors.AgendaMoveRefused):
            actions.move_agenda_item(item, state=wanted, **BY)
    assert AgendaItem.objects.get().state == (wanted if is_allowed else old)


def test_nothing_moves_where_the_meeting_is_not_open_or_the_point_is_gone() -> None:
    meeting = a_meeting()
    item = an_agenda_item(meeting)
    with pytest.raises(errors.AgendaMoveRefused):
        actions.move_agenda_item(item, state="now", **BY)
    actions.open_meeting(meeting, **BY)
    actions.remove_agenda_item(item, **BY)
    with pytest.raises(errors.AgendaMoveRefused):
        actions.move_agenda_item(item, state="now", **BY)


def test_a_state_that_does_not_exist_is_refused() -> None:
    item = an_agenda_item(a_meeting(is_open=True))
    with pytest.raises(errors.UnknownKey):
        actions.move_agenda_item(item, state="soon", **BY)


def test_a_point_taken_off_twice_is_recorded_once() -> None:
    item = an_agenda_item(a_meeting())
    actions.remove_agenda_item(item, **BY)
    actions.remove_agenda_item(item, **BY)
    assert Entry.objects.filter(act="remove_agenda_item", object_id=item.public_id).count() == 1


def test_a_change_of_a_point_saves_the_named_fields() -> None:
    item = an_agenda_item(a_meeting())
    item.title_ru, item.position = "Доклад", 9
    actions.change_agenda_item(item, changed=["title_ru"], **BY)
    kept = AgendaItem.objects.get()
    assert (kept.title_ru, kept.position, kept.version) == ("Доклад", 1, 3)


def test_speakers_keep_their_order_and_can_be_taken_off() -> None:
    item = an_agenda_item(a_meeting())
    speakers = [
        actions.add_speaker(item, SpeakerPlan(role={"ru": role}, organisation=a_body(role)), **BY)
        for role in ("Председатель", "Модератор")
    ]
    actions.remove_speaker(speakers[0], **BY)
    assert list(AgendaSpeaker.objects.values_list("role_ru", "position")) == [("Модератор", 1)]


def test_streams_are_checked_before_they_are_kept() -> None:
    meeting = a_meeting()
    with pytest.raises(errors.StreamAddressRefused):
        actions.add_stream(meeting, StreamPlan(kind="hls", url="http://example.org/live.m3u8"), **BY)
    kept = actions.add_stream(meeting, StreamPlan(kind="link", url="https://example.org/room"), **BY)
    actions.remove_stream(kept, **BY)
    assert (VideoStream.objects.count(), Feed.objects.get().version) == (0, 3)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/x", "http://", "https://a b.org"])
def test_a_material_that_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(errors.MaterialAddressRefused):
        actions.add_material(a_meeting(), MaterialPlan(title=TEXTS, url=url), **BY)


def test_a_material_is_either_a_file_or_a_link() -> None:
    meeting = a_meeting()
    with pytest.raises(errors.MaterialIncomplete):
        actions.add_material(meeting, MaterialPlan(title=TEXTS), **BY)
    material = actions.add_material(meeting, MaterialPlan(title=TEXTS, url="https://example.org/a"), **BY)
    assert [one.title_ru for one in Material.objects.all()] == ["Текст"]
    actions.remove_material(material, **BY)
    assert Material.objects.count() == 0
