"""Acts of people who come into a meeting's room."""

from datetime import datetime

from django.db import transaction

from kenes.accounts.models import User
from kenes.live.writer import change_feed
from kenes.programme.joining import tell_of_merge
from kenes.programme.models import Meeting, Participant
from kenes.programme.states import ParticipantKind
from kenes.programme.texts import NAME_LIMIT, clean_name


def join_meeting(
    meeting: Meeting, *, name: str, user: User | None, previous: Participant | None, at: datetime
) -> Participant:
    """Return the participant who opens the room: the account's one, or a guest, which is a device.

    `previous` is whom this browser was until now. A guest who has signed in is merged into the
    account's participant; what stood on the guest moves with it. An empty name leaves the one
    that is known. Raises: NameTooLong.
    """
    cleaned = clean_name(name)
    known = previous if previous and previous.meeting_id == meeting.pk else None
    if user is None:
        return _join_as_guest(meeting, name=cleaned, previous=known, at=at)
    with transaction.atomic():
        return _join_with_account(meeting, name=cleaned, user=user, previous=known, at=at)


def _join_as_guest(meeting: Meeting, *, name: str, previous: Participant | None, at: datetime) -> Participant:
    # A guest merged into an account, or an account signed out, leaves this browser a new guest.
    if previous is None or previous.user_id is not None or previous.merged_into_id is not None:
        return Participant.objects.create(meeting=meeting, name=name, joined_at=at)
    _rename(previous, name)
    return previous


def _join_with_account(
    meeting: Meeting, *, name: str, user: User, previous: Participant | None, at: datetime
) -> Participant:
    if previous is None or previous.user_id is not None:
        return _account_participant(meeting, name=name, user=user, at=at)
    # What moves are rows of the feed, which is locked before any other row.
    with change_feed(meeting.feed_id):
        account = _account_participant(meeting, name=name or previous.name, user=user, at=at)
        _merge(previous, account)
    return account


def _account_participant(meeting: Meeting, *, name: str, user: User, at: datetime) -> Participant:
    participant, is_new = Participant.objects.get_or_create(
        meeting=meeting,
        user=user,
        defaults={
            "kind": ParticipantKind.CONFIRMED,
            "name": name or clean_name(user.name[:NAME_LIMIT]),
            "joined_at": at,
        },
    )
    if not is_new:
        _rename(participant, name)
    return participant


def _rename(participant: Participant, name: str) -> None:
    if name and name != participant.name:
        participant.name = name
        participant.save(update_fields=["name"])


def _merge(guest: Participant, account: Participant) -> None:
    guest.refresh_from_db(from_queryset=Participant.objects.select_for_update())
    if guest.merged_into_id is None:
        tell_of_merge(guest, account)
        guest.merged_into = account
        guest.save(update_fields=["merged_into"])
