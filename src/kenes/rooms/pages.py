"""The public page of a room, put into words: one value for the template, the same for every reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.forms import Form
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenes.core import moments
from kenes.core.languages import LocalizedText, localized
from kenes.live.contracts import Stream
from kenes.programme.models import Material, Meeting, VideoStream
from kenes.programme.rules import embed_of
from kenes.programme.states import MeetingKind, SphereKey, StreamKind
from kenes.rooms.forms import AskForm
from kenes.rooms.papers import papers_of
from kenes.rooms.queries import further_questions, room_of, room_snapshot
from kenes.rooms.rows import QuestionWords, clock, official, question_in_words, template_question
from kenes.rooms.rules import takes_votes
from kenes.rooms.words import present_words, room_words
from kenes.territories.queries import place_path

ORDERS = ("top", "new")
# In the order in which the browser needs them.
MODULES = (
    "words", "state", "take", "line", "connect", "feed", "row", "list", "panels", "badge", "announcer", "api",
    "outbox", "ask", "vote", "receipt", "stream",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: a link with words and perhaps a count."""

    label: str
    href: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class StreamCard:
    """A stream as its card shows it. `frame` or `url`: what play loads; `link`: where it leads without."""

    kind: str
    label: str
    host: str
    link: str
    url: str = ""
    frame: str = ""
    hls: str = ""
    origin: str = ""
    is_foreign: bool = False

    @property
    def plays_here(self) -> bool:
        """Whether play loads something into the page."""
        return bool(self.url or self.frame)


@dataclass(frozen=True, slots=True)
class AgendaWords:
    """A point of the agenda in words."""

    code: str
    version: int
    state: str
    at: str
    title: str
    language: str
    speakers: str


@dataclass(frozen=True, slots=True)
class AnnouncementWords:
    """An announcement in words."""

    code: str
    version: int
    at: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class MaterialLink:
    """A document or a link for the meeting."""

    title: str
    href: str
    note: str
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class RoomPage:
    """All that the room's template shows."""

    meeting: Meeting
    code: str
    version: int
    title: LocalizedText
    summary: LocalizedText
    place: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    begins: str
    state: str
    sphere: str
    sphere_label: str
    kind_label: str
    host: str
    policy: Mapping[str, str]
    present: str
    order: str
    after: str
    more: str
    takes_votes: bool
    tabs: Sequence[Tab]
    counts: Mapping[str, int]
    stage: QuestionWords | None
    questions: Sequence[QuestionWords]
    agenda: Sequence[AgendaWords]
    announcements: Sequence[AnnouncementWords]
    streams: Sequence[StreamCard]
    materials: Sequence[MaterialLink]
    words: Mapping[str, Any]
    form: Form
    modules: Sequence[str]
    template: QuestionWords

    @property
    def now(self) -> AgendaWords | None:
        """The point of the agenda that is on."""
        return next((item for item in self.agenda if item.state == "now"), None)

    @property
    def next(self) -> AgendaWords | None:
        """The first planned point after the one that is on."""
        begun = max((place for place, item in enumerate(self.agenda) if item.state == "now"), default=-1)
        return next((item for item in self.agenda[begun + 1 :] if item.state == "planned"), None)


def room_page(meeting: Meeting, *, version: int, order: str, after: str = "") -> RoomPage:
    """Return the page in the active language. Raises: CursorUnknown."""
    room, words = room_of(meeting), room_words(meeting.zone)
    snapshot = room_snapshot(room, stream=Stream.PUBLIC, using="default")
    rows, cursor = _listed(snapshot, order)
    if after:
        further = further_questions(room, order=order, after=after, using="default")
        rows, cursor = further["rows"], further["after"]
    address = reverse("rooms:room", args=[meeting.code])
    staged = snapshot["rows"].get(snapshot["stage"])
    return RoomPage(
        meeting=meeting,
        code=meeting.code,
        version=version,
        title=localized(meeting, "title"),
        summary=localized(meeting, "summary"),
        place=place_path(meeting.place),
        zone=meeting.zone,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        begins=begins_in_words(meeting),
        state=snapshot["room"]["state"],
        sphere=meeting.sphere,
        sphere_label=str(SphereKey(meeting.sphere).label),
        kind_label=str(MeetingKind(meeting.kind).label),
        host=localized(meeting.host, "name").text,
        policy=snapshot["room"]["policy"],
        present=present_words(words, snapshot["room"]["present"]),
        order=order,
        after=after,
        more=f"{address}?order={order}&after={cursor}" if cursor else "",
        takes_votes=takes_votes(meeting),
        tabs=_tabs(address, order),
        counts=snapshot["counts"],
        stage=question_in_words(staged, words) if staged else None,
        questions=[question_in_words(row, words) for row in rows],
        agenda=agenda_in_words(snapshot["agenda"], words),
        announcements=[_announcement(row, words) for row in snapshot["announcements"]],
        streams=[stream_card(stream) for stream in meeting.streams.all()],
        materials=_materials(meeting),
        words=words,
        form=AskForm(),
        modules=[static(f"rooms/{name}.js") for name in MODULES],
        template=template_question(),
    )


def begins_in_words(meeting: Meeting) -> str:
    """Return the day, with its weekday, and the time at which the meeting begins, on its own clock."""
    at, zone = meeting.starts_at, meeting.zone
    return f"{moments.day_in_words(at, zone)}, {moments.clock(at, zone)} ({moments.offset(at, zone)})"


def agenda_in_words(rows: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> list[AgendaWords]:
    """Return the agenda's rows in words."""
    return [_agenda_item(row, words) for row in rows]


def _listed(snapshot: Mapping[str, Any], order: str) -> tuple[list[Mapping[str, Any]], str | None]:
    listed = snapshot["orders"][order]
    return [snapshot["rows"][code] for code in listed["codes"]], listed["after"]


def _tabs(address: str, order: str) -> list[Tab]:
    labels = {"top": _("Most votes first"), "new": _("Newest first")}
    return [Tab(label, f"{address}?order={key}", key == order) for key, label in labels.items()]


def _agenda_item(row: Mapping[str, Any], words: Mapping[str, Any]) -> AgendaWords:
    speakers = [
        ", ".join(filter(None, [official(speaker["role"], words), official(speaker["body"] or {}, words)]))
        for speaker in row["speakers"]
    ]
    return AgendaWords(
        code=row["code"],
        version=row["version"],
        state=row["state"],
        at=f"{clock(row['starts_at'], words)}–{clock(row['ends_at'], words)}",
        title=official(row["title"], words),
        language=language_of(row["title"], words),
        speakers="; ".join(speakers),
    )


def _announcement(row: Mapping[str, Any], words: Mapping[str, Any]) -> AnnouncementWords:
    return AnnouncementWords(
        code=row["code"],
        version=row["version"],
        at=clock(row["at"], words),
        text=official(row["text"], words),
        language=language_of(row["text"], words),
    )


def language_of(texts: Mapping[str, str], words: Mapping[str, Any]) -> str:
    """Return the language in which `official` finds the text."""
    wanted = str(words["language"])
    return wanted if texts.get(wanted) else next((key for key, text in texts.items() if text), wanted)


def stream_card(stream: VideoStream) -> StreamCard:
    """Return the card of a stream; who is not this site is named and loaded only on play."""
    embed = embed_of(stream)
    language = dict(settings.LANGUAGES).get(stream.language, "")
    kind = str(StreamKind(stream.kind).label)
    is_hls = embed.is_native and ".m3u8" in embed.url
    return StreamCard(
        kind=stream.kind,
        label=" · ".join(filter(None, [kind, language])),
        host=embed.host_name,
        link=stream.url,
        url=embed.url if embed.is_native else "",
        frame=embed.url if embed.frame_origin else "",
        hls=_player() if is_hls else "",
        origin=embed.frame_origin or "/".join(embed.url.split("/")[:3]),
        is_foreign=not embed.url.startswith(f"{settings.PUBLIC_URL}/"),
    )


def _player() -> str:
    try:
        return static("vendor/hls.light.min.mjs")
    except ValueError:  # a build without front-end packages: the browser's own player, or the link
        return ""


def _materials(meeting: Meeting) -> list[MaterialLink]:
    materials = [_material(material) for material in meeting.materials.select_related("upload")]
    papers = (
        MaterialLink(title=link.title, href=link.href, note="", is_foreign=False)
        for link in papers_of(meeting)
    )
    return [*materials, *papers]


def _material(material: Material) -> MaterialLink:
    title = localized(material, "title")
    note = "" if title.language == get_language() else dict(settings.LANGUAGES).get(title.language, "")
    if material.upload is not None:
        return MaterialLink(
            title.text, reverse("files:download", args=[material.upload.public_id]), note, False
        )
    return MaterialLink(title.text, material.url, note, True)
