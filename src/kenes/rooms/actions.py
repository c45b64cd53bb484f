"""The only writes of the rooms: announcements, the closing of a meeting, acts that came by a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kenes.accounts.models import User
from kenes.core.errors import InvalidInput
from kenes.core.languages import LANGUAGES
from kenes.following.actions import leave_contact
from kenes.live.acts import answer_acts, digest_of, error_of, key_of_form
from kenes.live.contracts import Act, Claim, Room, Stream, Writer
from kenes.live.writer import change_feed
from kenes.notices.states import Channel
from kenes.programme import actions as programme
from kenes.programme.models import Meeting, Participant
from kenes.questions.actions import enter_question
from kenes.questions.models import Question
from kenes.questions.queries import loose_ends
from kenes.record.actions import record_act
from kenes.rooms.errors import AnnouncementTooLong, LooseEnds
from kenes.rooms.models import Announcement

ANNOUNCEMENT_MOST = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """What an operator writes down of somebody's question; `contact` is an e-mail address or a number."""

    channel: str
    text: str
    language: str
    name: str = ""
    is_anonymous: bool = False
    contact: str = ""


@transaction.atomic
def enter_heard(meeting: Meeting, heard: Heard, *, by: User | None, at: datetime) -> Question:
    """Register what came by phone or on paper, and where its asker wishes to be told, both or neither.

    Raises: what `questions.enter_question` and `following.leave_contact` raise.
    """
    entered = enter_question(
        meeting,
        by=by,
        channel=heard.channel,
        name=heard.name,
        text=heard.text,
        language=heard.language,
        is_anonymous=heard.is_anonymous,
        at=at,
    )
    if heard.contact:
        channel = Channel.EMAIL if "@" in heard.contact else Channel.TEXT
        leave_contact(entered, channel=channel, address=heard.contact, language=heard.language, at=at, by=by)
    return entered


def post_announcement(
    meeting: Meeting, *, text: Mapping[str, str], by: User | None, at: datetime
) -> Announcement:
    """Show a short text to everybody in the room. `text`: by language, at least one.

    Raises: `InvalidInput` where no language has a text, `AnnouncementTooLong`.
    """
    texts = {language: " ".join(text.get(language, "").split()) for language in LANGUAGES}
    if not any(texts.values()):
        raise InvalidInput
    if max(map(len, texts.values())) > ANNOUNCEMENT_MOST:
        raise AnnouncementTooLong(limit=ANNOUNCEMENT_MOST)
    with change_feed(meeting.feed_id) as feed:
        announcement = Announcement(meeting=meeting, feed_id=meeting.feed_id, by=by, at=at)
        announcement.text = next(filter(None, texts.values()))
        for language, words in texts.items():
            setattr(announcement, f"text_{language}", words)
        feed.stamp(announcement, on=list(Stream))
        announcement.save()
        _record(announcement, "post_announcement", by=by, at=at)
    return announcement


def take_down_announcement(announcement: Announcement, *, by: User | None, at: datetime) -> None:
    """Take an announcement off the room; what was said stays recorded."""
    with change_feed(announcement.feed_id) as feed:
        row = Announcement.objects.select_for_update().get(pk=announcement.pk)
        if row.taken_down_at is not None:
            return
        row.taken_down_at = at
        fields = feed.stamp(row, on=[Stream.DESK])
        row.save(update_fields=["taken_down_at", *fields])
        _record(row, "take_down_announcement", by=by, at=at)


def _record(announcement: Announcement, act: str, *, by: User | None, at: datetime) -> None:
    record_act(act=act, object_kind="announcement", object_id=announcement.public_id, by=by, at=at)


def close_meeting(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """Close a meeting whose every question is answered, assigned or refused.

    Raises: `LooseEnds` with the questions to settle first; what the programme refuses.
    """
    # The feed is locked before the look: no question slips in between it and the closing.
    with change_feed(meeting.feed_id):
        loose = list(loose_ends(meeting).values_list("code", flat=True))
        if loose:
            raise LooseEnds(codes=loose)
        programme.close_meeting(meeting, by=by, at=at)


def act_by_form(  # noqa: PLR0913 what a form post says
    writer: Writer,
    room: Room,
    participant: Participant,
    *,
    body: Mapping[str, Any],
    at: datetime,
    target: str = "",
    key: UUID | None = None,
) -> Mapping[str, Any]:
    """Carry out an act that came by a form, once for each key; return what the participant gets.

    A form that brought no key gets one of its own words: sent twice, it is one act.
    Raises: what the writer refuses.
    """
    parsed = writer.parse(body)
    act = Act(
        name=writer.name,
        room=room,
        claim=Claim(participant.pk, participant.kind, room.feed_id),
        target=target,
        body=parsed,
        key=key or key_of_form(participant.pk, writer.name, target, str(parsed.get("text", ""))),
        digest=digest_of(writer.name, room.code, target, parsed),
        at=at,
    )
    result = answer_acts([act], {writer.name: writer})[0]
    error = error_of(result)
    if error is not None:
        raise error
    return writer.present(result.body)
