"""Who opens a room: guests, accounts, and a guest who turns out to be an account's person."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import NOON, a_meeting, a_user
from kenes.accounts.models import User
from kenes.live.models import Feed
from kenes.programme.actions import join_meeting
from kenes.programme.errors import NameTooLong
from kenes.programme.joining import on_merge
from kenes.programme.models import Meeting, Participant
from kenes.programme.texts import clean_name
from kenes.record.models import Entry

Merges = list[tuple[int, int]]


@pytest.fixture
def merges() -> Iterator[Merges]:
    told: Merges = []
    stop = on_merge(lambda guest, account: told.append((guest.pk, account.pk)))
    yield told
    stop()


def guest_of(meeting: Meeting, name: str = "") -> Participant:
    return join_meeting(meeting, name=name, user=None, previous=None, at=NOON)


@pytest.mark.django_db
def test_merging_tells_those_who_hold_something_of_the_guest_once(merges: Merges) -> None:
    meeting, user = a_meeting(), a_user()
    guest = guest_of(meeting, "Guest")
    account = join_meeting(meeting, name="", user=user, previous=guest, at=NOON)
    again = join_meeting(meeting, name="", user=user, previous=guest, at=NOON)
    assert (merges, again.pk) == ([(guest.pk, account.pk)], account.pk)


@pytest.mark.django_db
def test_a_merge_that_fails_above_leaves_the_guest_a_guest() -> None:
    meeting, user = a_meeting(), a_user()
    guest = guest_of(meeting)

    def refuse(guest: Participant, account: Participant) -> None:
        raise LookupError

    stop = on_merge(refuse)
    with pytest.raises(LookupError):
        join_meeting(meeting, name="", user=user, previous=guest, at=NOON)
    stop()
    assert list(Participant.objects.values_list("pk", "merged_into")) == [(guest.pk, None)]


@pytest.mark.django_db
def test_two_guests_of_one_account_are_merged_into_one_participant(merges: Merges) -> None:
    meeting, user = a_meeting(), a_user()
    guests = [guest_of(meeting), guest_of(meeting)]
    accounts = {join_meeting(meeting, name="", user=user, previous=one, at=NOON).pk for one in guests}
    assert merges == [(one.pk, account) for one in guests for account in accounts]


@pytest.mark.django_db
def test_a_browser_that_signed_out_is_a_new_guest() -> None:
    meeting, user = a_meeting(), a_user()
    account = join_meeting(meeting, name="", user=user, previous=None, at=NOON)
    guest = join_meeting(meeting, name="", user=None, previous=account, at=NOON)
    assert (guest.kind, guest.user_id, guest.pk == account.pk) == ("guest", None, False)


@pytest.mark.django_db
def test_a_merged_guest_who_signs_out_is_a_new_guest() -> None:
    meeting, user = a_meeting(), a_user()
    guest = guest_of(meeting)
    join_meeting(meeting, name="", user=user, previous=guest, at=NOON)
    guest.refresh_from_db()
    assert join_meeting(meeting, name="", user=None, previous=guest, at=NOON).pk != guest.pk


@pytest.mark.django_db
def test_joining_is_neither_a_change_of_the_feed_nor_in_the_record() -> None:
    meeting, user = a_meeting(), a_user()
    before = (Feed.objects.get().version, Entry.objects.count())
    guest = guest_of(meeting, "Guest")
    join_meeting(meeting, name="", user=user, previous=guest, at=NOON)
    assert (Feed.objects.get().version, Entry.objects.count()) == before


@pytest.mark.django_db
def test_an_empty_name_leaves_the_one_that_is_known() -> None:
    meeting = a_meeting()
    guest = guest_of(meeting, "Guest")
    join_meeting(meeting, name="", user=None, previous=guest, at=NOON)
    assert Participant.objects.get().name == "Guest"
    join_meeting(meeting, name="Another", user=None, previous=guest, at=NOON)
    assert Participant.objects.get().name == "Another"


@pytest.mark.django_db
def test_an_account_is_shown_as_it_wishes_unless_it_says_otherwise() -> None:
    meeting = a_meeting()
    shown = [
        join_meeting(meeting, name=name, user=a_user(f"user{n}"), previous=None, at=NOON).name
        for n, name in enumerate(["", "Head of a youth centre"])
    ]
    assert shown == ["user0", "Head of a youth centre"]


@pytest.mark.django_db
def test_an_account_with_a_very_long_name_can_join() -> None:
    user = User.objects.create_user("long@example.org", name="ә" * 120)
    assert join_meeting(a_meeting(), name="", user=user, previous=None, at=NOON).name == "ә" * 80


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("", ""),
        ("  Қонақ \t\n 1 ", "Қонақ 1"),
        ("<b>Guest</b>", "<b>Guest</b>"),
        ("Guest\u202egnp", "Guestgnp"),
        ("\u2066Guest\u2069\u200f\u061c", "Guest"),
        ("Gu\x00e\x1bst\x7f", "Guest"),
        ("e\u0301", "\u00e9"),
        ("\ud800Guest", "Guest"),
        ("\u200b\ufeff", ""),
        ("ә" * 80, "ә" * 80),
    ],
)
def test_a_name_is_kept_as_one_harmless_line(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


def test_a_name_of_more_than_80_characters_is_refused() -> None:
    with pytest.raises(NameTooLong):
        clean_name("ә" * 81)


@given(st.text(max_size=80))
def test_a_kept_name_can_be_kept_again_and_stored(name: str) -> None:
    kept = clean_name(name)
    assert clean_name(kept) == kept
    assert kept.encode().decode() == kept
    assert len(kept.splitlines()) <= 1
