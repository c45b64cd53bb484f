"""Spheres, formats, and the states of a meeting."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SphereKey(TextChoices):
    """The six spheres; each has one colour in the look."""

    CIVIL_SOCIETY = "civil_society", _("Civil society")
    RELIGION = "religion", _("Religion")
    INTERETHNIC = "interethnic", _("Inter-ethnic accord")
    YOUTH = "youth", _("Youth")
    FAMILY = "family", _("Family")
    MEDIA = "media", _("Mass media")


class MeetingKind(TextChoices):
    MEETING = "meeting", _("Meeting")
    SEMINAR = "seminar", _("Seminar")
    PANEL = "panel", _("Panel discussion")
    DIALOGUE = "dialogue", _("Dialogue platform")


class MeetingFormat(TextChoices):
    ONLINE = "online", _("Online")
    IN_PERSON = "in_person", _("In person")
    MIXED = "mixed", _("Online and in person")


class MeetingState(TextChoices):
    """planned → open (the room runs) → closed. Closing is refused while a question is a loose end."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


MEETING_MOVES: dict[str, frozenset[str]] = {
    MeetingState.PLANNED: frozenset({MeetingState.OPEN}),
    MeetingState.OPEN: frozenset({MeetingState.CLOSED}),
    MeetingState.CLOSED: frozenset(),
}


class Publishing(TextChoices):
    """What becomes of a question when it is asked."""

    AT_ONCE = "at_once", _("Questions are published at once")
    HOLD = "hold", _("Questions wait for a moderator")


class Audience(TextChoices):
    """Who may ask, or vote."""

    ANYONE = "anyone", _("Anyone who opens the room")
    CONFIRMED = "confirmed", _("Signed-in people only")
    NOBODY = "nobody", _("Nobody")


class ParticipantKind(TextChoices):
    GUEST = "guest", _("Guest")
    CONFIRMED = "confirmed", _("Confirmed")


class StreamKind(TextChoices):
    HLS = "hls", _("Video in the page")
    AUDIO = "audio", _("Sound only")
    YOUTUBE = "youtube", "YouTube"
    JITSI = "jitsi", "Jitsi Meet"
    BIGBLUEBUTTON = "bigbluebutton", "BigBlueButton"
    LINK = "link", _("Another site")


class AgendaState(TextChoices):
    """planned → now → done, set by the desk; times on the clock are only a plan."""

    PLANNED = "planned", _("Planned")
    NOW = "now", _("Now")
    DONE = "done", _("Done")


AGENDA_MOVES: dict[str, frozenset[str]] = {
    AgendaState.PLANNED: frozenset({AgendaState.NOW, AgendaState.DONE}),
    AgendaState.NOW: frozenset({AgendaState.DONE, AgendaState.PLANNED}),
    AgendaState.DONE: frozenset({AgendaState.NOW}),
}
