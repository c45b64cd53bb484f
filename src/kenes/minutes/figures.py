"""The numbers of minutes and summaries: each counts rows of the content that a version keeps."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.minutes.queries import Content
from kenes.minutes.states import Outcome

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a number counts, in words, with the noun it is told with."""

    key: str
    noun: str
    words: str | Promise


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the rows it counts; `value` is None where nobody counted.

    A row has `code`, `texts` by language and `path`, its address in the site without a language; of
    numbers that are counted without rows (people, screens) there are none.
    """

    definition: Definition
    value: int | None
    rows: tuple[Row, ...] = ()

    @property
    def key(self) -> str:
        """The key by which texts name the number."""
        return self.definition.key


def _asked(key: str, words: str | Promise) -> Definition:
    return Definition(f"questions.{key}", "question", words)


ASKED = _asked("asked", _("Questions registered in the meeting, whatever became of them."))
OUTCOMES: Mapping[Outcome, Definition] = {
    Outcome.ALOUD: _asked("aloud", _("Questions answered aloud in the meeting and not in writing.")),
    Outcome.IN_TIME: _asked("in_time", _("Questions with a signed written answer by the day of its term.")),
    Outcome.LATE: _asked("late", _("Questions with a written answer signed after the day of its term.")),
    Outcome.NOT_DUE: _asked("not_due", _("Questions that a unit owes an answer to, by a day still to come.")),
    Outcome.OVERDUE: _asked("overdue", _("Questions that a unit owed an answer to by a day that is over.")),
    Outcome.WAITING: _asked("waiting", _("Questions that wait for a moderator or for an answer.")),
    Outcome.REFUSED: _asked("refused", _("Questions refused on a ground of the list.")),
    Outcome.PASSED_ON: _asked("passed_on", _("Questions that became formal appeals to the state.")),
    Outcome.WITHDRAWN: _asked("withdrawn", _("Questions that their askers withdrew.")),
}
MERGED = _asked("merged", _("Questions joined to another on the same matter; they count as it does."))
ANSWERED = _asked("answered", _("Questions answered aloud or in writing."))
VOTES = Definition("questions.votes", "vote", _("Votes for the meeting's questions, confirmed and guests'."))
PARTICIPANTS = Definition(
    "participants.all", "participant", _("Accounts and guests' devices that entered the meeting's room.")
)
CONFIRMED = Definition(
    "participants.confirmed", "participant", _("Signed-in people who entered the meeting's room.")
)
GUESTS = Definition("participants.guests", "guest", _("Guests' devices that entered the meeting's room."))
BODIES = Definition(
    "bodies.represented", "body", _("Organisations recorded with the meeting's participants and speakers.")
)
SCREENS = Definition(
    "screens.most", "screen", _("The most pages of the room open at once, rounded: screens, not people.")
)
POINTS = Definition("agenda.taken", "point", _("Agenda items that were taken up in the meeting."))
COMMITMENTS = Definition(
    "commitments.made", "commitment", _("Commitments made in the meeting or by answers to its questions.")
)
ANNOUNCEMENTS = Definition(
    "announcements.made", "announcement", _("Announcements of the moderator to everybody in the room.")
)
POLLS = Definition("polls.held", "poll", _("Polls held in the meeting."))
DEFINITIONS: tuple[Definition, ...] = (
    ASKED,
    ANSWERED,
    *OUTCOMES.values(),
    MERGED,
    VOTES,
    PARTICIPANTS,
    CONFIRMED,
    GUESTS,
    BODIES,
    SCREENS,
    POINTS,
    COMMITMENTS,
    ANNOUNCEMENTS,
    POLLS,
)
_ANSWERED = {Outcome.ALOUD, Outcome.IN_TIME, Outcome.LATE}


def figures_of(content: Content) -> dict[str, Figure]:
    """Return the numbers of a content by key."""
    questions = content["questions"]
    figures = [
        _counted(ASKED, questions, _question),
        _counted(ANSWERED, (row for row in questions if row["outcome"] in _ANSWERED), _question),
        *(
            _counted(definition, (row for row in questions if row["outcome"] == outcome), _question)
            for outcome, definition in OUTCOMES.items()
        ),
        _counted(MERGED, (row for row in questions if row["merged_into"]), _question),
        Figure(VOTES, sum(map(_votes, questions)), tuple(_question(row) for row in questions if _votes(row))),
        *_people(content["attendance"]),
        _counted(POINTS, (row for row in content["agenda"] if row["taken"]), _point),
        _counted(COMMITMENTS, content["commitments"], _commitment),
        _counted(ANNOUNCEMENTS, content["announcements"], _announcement),
        Figure(POLLS, None)
        if content["polls"] is None
        else _counted(POLLS, content["polls"], lambda row: _row(row["code"], row["title"])),
    ]
    return {figure.key: figure for figure in figures}


def _people(attendance: Mapping[str, Any]) -> list[Figure]:
    kinds = attendance["participants"]
    bodies = {body["id"]: body for body in (*attendance["bodies"], *attendance["speaking_bodies"])}
    return [
        Figure(PARTICIPANTS, kinds["confirmed"] + kinds["guest"]),
        Figure(CONFIRMED, kinds["confirmed"]),
        Figure(GUESTS, kinds["guest"]),
        _counted(BODIES, bodies.values(), lambda body: _row(body["id"], body["name"])),
        Figure(SCREENS, attendance["screens"]),
    ]


def _counted(definition: Definition, rows: Iterable[Row], shown: Callable[[Row], Row]) -> Figure:
    found = tuple(shown(row) for row in rows)
    return Figure(definition, len(found), found)


def _row(code: str, texts: Mapping[str, str], path: str = "") -> Row:
    return {"code": code, "texts": dict(texts), "path": path}


def _question(row: Row) -> Row:
    texts = {row["language"]: row["text"]} if row["text"] else {}
    return _row(row["code"], texts, f"/questions/{row['code']}/" if row["text"] else "")


def _point(row: Row) -> Row:
    return _row(row["code"], row["title"])


def _commitment(row: Row) -> Row:
    return _row(row["code"], row["texts"], f"/commitments/{row['code']}/")


def _announcement(row: Row) -> Row:
    return _row("", row["text"])


def _votes(row: Row) -> int:
    return int(row["votes"]["confirmed"]) + int(row["votes"]["guest"])
