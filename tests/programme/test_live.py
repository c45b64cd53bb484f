"""What the engine gets of the programme: rows, changes, joining, presence."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from factories import NOON, a_body, a_meeting, a_user, an_agenda_item
from kenes.accounts.models import User
from kenes.live.contracts import Change, Claim, Gone, Room, Stream
from kenes.programme import actions, live
from kenes.programme.models import AgendaItem, Meeting, Participant
from kenes.programme.plans import RoomPolicy, SpeakerPlan, StreamPlan

pytestmark = pytest.mark.django_db

State = dict[tuple[str, str], dict[str, Any]]
TEXTS = {"kk": "Есеп", "ru": "Отчёт", "en": "Report"}


def fetched(meeting: Meeting) -> State:
    """The room and agenda as a snapshot shows them."""
    room = dict(live.room_now(meeting.feed_id, using="default"))
    agenda = [dict(row) for row in live.agenda_now(meeting.feed_id, using="default")]
    return {("room", room["code"]): room, **{("agenda", row["code"]): row for row in agenda}}


def applied(state: State, meeting: Meeting, *, since: int, stream: Stream) -> State:
    """`state` after the changes that a stream is told since a version."""
    after = dict(state)
    for reader in (live.RoomRowReader(), live.AgendaReader()):
        for change in reader.changed(meeting.feed_id, since=since, stream=stream, using="default"):
            key = (change.type, change.code)
            if isinstance(change, Gone):
                after.pop(key, None)
            else:
                after[key] = {"code": change.code, "version": change.version, **change.row}
    return after


def acts() -> dict[str, Any]:
    by = {"by": None, "at": NOON}
    return {
        "open": lambda m, i, s: actions.open_meeting(m, **by),
        "policy": lambda m, i, s: actions.change_room_policy(m, policy=RoomPolicy(publishing="hold"), **by),
        "presence": lambda m, i, s: actions.note_presence(m, present=30, at=NOON),
        "retitle": lambda m, i, s: (
            setattr(m, "title_kk", "Жаңа"),
            actions.change_meeting(m, changed=["title_kk"], **by),
        ),
        "add stream": lambda m, i, s: actions.add_stream(
            m, StreamPlan(kind="youtube", url="https://youtu.be/abcdefghijk", language="ru"), **by
        ),
        "add item": lambda m, i, s: an_agenda_item(m, "Second"),
        "add speaker": lambda m, i, s: actions.add_speaker(
            i, SpeakerPlan(role=TEXTS, organisation=a_body("Directorate")), **by
        ),
        "remove speaker": lambda m, i, s: actions.remove_speaker(s, **by),
        "remove item": lambda m, i, s: actions.remove_agenda_item(i, **by),
        "move item": lambda m, i, s: (
            actions.open_meeting(m, **by),
            actions.move_agenda_item(i, state="now", **by),
        ),
    }


@pytest.mark.parametrize("stream", list(Stream))
@pytest.mark.parametrize("name", list(acts()))
def test_the_page_and_the_change_together_are_the_page_fetched_anew(name: str, stream: Stream) -> None:
    meeting = a_meeting()
    item = an_agenda_item(meeting)
    speaker = actions.add_speaker(item, SpeakerPlan(role=TEXTS), by=None, at=NOON)
    meeting = Meeting.objects.select_related("feed").get(pk=meeting.pk)
    before, version = fetched(meeting), meeting.feed.version
    acts()[name](meeting, AgendaItem.objects.get(pk=item.pk), speaker)
    after = fetched(meeting)
    assert after != before
    assert applied(before, meeting, since=version, stream=stream) == after


def test_the_room_row_has_exactly_the_public_fields() -> None:
    meeting = a_meeting(is_open=True)
    actions.add_stream(
        meeting,
        StreamPlan(kind="youtube", url="https://www.youtube.com/watch?v=abcdefghijk"),
        by=None,
        at=NOON,
    )
    assert live.room_row(Meeting.objects.get(pk=meeting.pk)) == {
        "title": {"kk": "Жастар семинары", "ru": "Семинар о молодёжи", "en": "Youth seminar"},
        "state": "open",
        "starts_at": "2021-02-18T06:00:00Z",
        "ends_at": "2021-02-18T08:00:00Z",
        "zone": "Asia/Almaty",
        "policy": {"publishing": "at_once", "ask": "anyone", "vote": "anyone"},
        "present": 0,
        "sphere": "youth",
        "streams": [
            {
                "kind": "youtube",
                "url": "https://www.youtube-nocookie.com/embed/abcdefghijk",
                "host": "YouTube",
                "language": "",
            }
        ],
    }


def test_the_agenda_row_names_roles_and_bodies_but_no_account() -> None:
    item = an_agenda_item(a_meeting(), "Есеп")
    user = a_user("hidden-person")
    for role, body in [(TEXTS, a_body("Committee")), ({"kk": "Қонақ"}, None)]:
        actions.add_speaker(item, SpeakerPlan(role=role, organisation=body, user=user), by=None, at=NOON)
    assert live.agenda_row(AgendaItem.objects.get(pk=item.pk)) == {
        "position": 1,
        "title": {"kk": "Есеп", "ru": "Есеп", "en": "Есеп"},
        "starts_at": "2021-02-18T06:00:00Z",
        "ends_at": "2021-02-18T06:30:00Z",
        "state": "planned",
        "speakers": [
            {"role": TEXTS, "body": {"kk": "Committee", "ru": "Committee", "en": "Committee"}},
            {"role": {"kk": "Қонақ"}, "body": None},
        ],
    }


def test_a_point_that_came_and_went_leaves_a_tombstone_on_every_stream() -> None:
    meeting = a_meeting()
    item = an_agenda_item(meeting)
    version = Meeting.objects.get(pk=meeting.pk).feed.version
    actions.remove_agenda_item(item, by=None, at=NOON)
    for stream in Stream:
        told = list(
            live.AgendaReader().changed(meeting.feed_id, since=version, stream=stream, using="default")
        )
        assert told == [Gone("agenda", item.public_id, version + 1)]
    assert live.agenda_now(meeting.feed_id, using="default") == []


def test_another_rooms_changes_are_not_told() -> None:
    meeting = a_meeting()
    other = a_meeting(meeting.session)
    told = live.RoomRowReader().changed(other.feed_id, since=0, stream=Stream.PUBLIC, using="default")
    assert [(change.code, type(change)) for change in told] == [("AKM-2", Change)]


def test_a_room_is_found_by_its_code_in_any_case() -> None:
    meeting = a_meeting()
    assert live.find_room("akm-1", using="default") == Room("AKM-1", meeting.feed_id)
    assert live.find_room("AKM-2", using="default") is None


@pytest.mark.parametrize(("count", "queries"), [(1, 3), (3, 3)])
def test_reading_the_agenda_takes_as_many_queries_for_one_point_as_for_three(
    count: int, queries: int, django_assert_num_queries: Any
) -> None:
    meeting, body = a_meeting(), a_body()
    for _ in range(count):
        item = an_agenda_item(meeting)
        actions.add_speaker(item, SpeakerPlan(role=TEXTS, organisation=body), by=None, at=NOON)
    with django_assert_num_queries(queries):
        assert len(live.agenda_now(meeting.feed_id, using="default")) == count


def session_of(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def join(meeting: Meeting, *, name: str = "", session_key: str = "", claim: Claim | None = None) -> Claim:
    room = Room(meeting.code, meeting.feed_id)
    return live.ProgrammeJoiner().join(room, name=name, session_key=session_key, claim=claim, at=NOON)


def test_whoever_opens_a_room_is_a_guest_and_stays_the_same_one() -> None:
    meeting = a_meeting()
    first = join(meeting, name="Guest")
    again = join(meeting, claim=first)
    assert (first.kind, again, Participant.objects.count()) == ("guest", first, 1)


def test_a_signed_in_account_is_one_confirmed_participant_on_all_its_devices() -> None:
    meeting, user = a_meeting(), a_user()
    claims = {join(meeting, session_key=session_of(user)) for _ in range(2)}
    assert [(claim.kind, claim.feed_id) for claim in claims] == [("confirmed", meeting.feed_id)]


def test_a_guest_who_signs_in_becomes_the_accounts_participant() -> None:
    meeting, user = a_meeting(), a_user()
    guest = join(meeting, name="Guest")
    account = join(meeting, session_key=session_of(user), claim=guest)
    kept = Participant.objects.get(pk=guest.participant_id)
    assert (kept.merged_into_id, account.kind) == (account.participant_id, "confirmed")


def test_a_claim_of_another_room_makes_a_new_guest() -> None:
    meeting = a_meeting()
    other = a_meeting(meeting.session)
    elsewhere = join(other)
    assert join(meeting, claim=elsewhere) != elsewhere


@pytest.mark.parametrize("case", ["unknown", "expired", "password changed", "inactive"])
def test_a_session_that_no_longer_holds_makes_a_guest(case: str) -> None:
    meeting, user = a_meeting(), a_user(password="first password")
    key = session_of(user)
    if case == "unknown":
        key = "nobody"
    elif case == "expired":
        store = SessionStore(key)
        store.set_expiry(NOON - timedelta(days=1))
        store.save()
    elif case == "password changed":
        user.set_password("another password")
        user.save()
    else:
        user.is_active = False
        user.save()
    assert join(meeting, session_key=key).kind == "guest"


def test_presence_is_kept_on_the_rooms_row() -> None:
    meeting = a_meeting(is_open=True)
    live.PresenceNoter().note(meeting.feed_id, present=40, at=NOON)
    assert live.room_now(meeting.feed_id, using="default")["present"] == 40
