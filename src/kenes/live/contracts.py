"""What the engine asks of the apps above it, and what it gives them: the seam between both.

An app adapts its rows and acts in its `live.py`; `kenes.config.engine` registers the adapters
with the engine. The engine knows no domain.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

Json = Mapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Stream(StrEnum):
    """The three streams of a room. Desk shows all; never one per person."""

    PUBLIC = "public"
    DESK = "desk"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Change:
    """A whole row as a stream may see it. `row` holds public fields only, no interface language."""

    type: str
    code: str
    version: int
    row: Json


@dataclass(frozen=True, slots=True)
class Gone:
    """A tombstone: the row left the stream; `into` names the row it lives on in."""

    type: str
    code: str
    version: int
    into: str | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A room as the engine knows it: its code (`AKM-2`, upper case) and its feed."""

    code: str
    feed_id: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Who acts, as a verified token says it: no database round trip. `kind`: guest or confirmed."""

    participant_id: int
    kind: str
    feed_id: int


@dataclass(frozen=True, slots=True)
class Act:
    """One write of a participant, as the lean path took it. `body` is what the writer's `parse` returned."""

    name: str
    room: Room
    claim: Claim
    target: str
    body: Json
    key: UUID
    digest: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """What an act came to. For a refusal `error` is the type of a `KenesError`, `params` its texts' values.

    `body` is kept with the idempotency key, so it holds no secret; `Writer.present` adds those.
    """

    status: int
    body: Json = field(default_factory=dict)
    error: str | None = None
    params: Json = field(default_factory=dict)


class FeedChange(Protocol):
    """A feed locked in the running transaction."""

    feed_id: int

    @property
    def version(self) -> int:
        """The version this transaction takes; reading it makes the transaction a change of the feed."""

    def stamp(self, row: Any, *, on: Iterable[Stream]) -> Sequence[str]:
        """Set the row's version and the streams it is on from now; return the fields to save."""


class Writer(Protocol):
    """A hot act: parsed on the loop, committed in batches."""

    name: str

    def parse(self, body: Json) -> Json:
        """Return the checked body; raises `KenesError`. Pure: no database."""

    def commit(self, acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> Sequence[Result]:
        """Carry out `acts` (of any rooms) in the running transaction, set-based; results in order."""

    def present(self, body: Json) -> Json:
        """Return a kept result's body as the participant gets it (a receipt's secret is added here)."""


class RowReader(Protocol):
    """One type of rows of a feed.

    A reader may have a `model`, the feed rows that it shows: it is asked only where one of them
    changed. Without one it is asked each time.
    """

    type: str

    def changed(self, feed_id: int, *, since: int, stream: Stream, using: str) -> Iterable[Change | Gone]:
        """Return the rows of the stream changed after version `since`, and those that left it since."""


class RoomReader(Protocol):
    """What a room shows, whole or by pages. All reads run on `using`, in one consistent snapshot."""

    def find(self, code: str, *, using: str) -> Room | None:
        """Return the room of this code (any case), or None."""

    def snapshot(self, room: Room, *, stream: Stream, using: str) -> Json:
        """Return everything but `v`, `epoch` and `version`."""

    def questions(self, room: Room, *, order: str, after: str, stream: Stream, using: str) -> Json:
        """Return the next page of an order: rows and the cursor after them; raises `InvalidInput`."""

    def own(self, room: Room, claim: Claim, *, using: str) -> Json:
        """Return what is the participant's own: questions with their states, votes."""

    def may_follow(self, room: Room, *, stream: Stream, session_key: str, using: str) -> bool:
        """Say whether the signed-in session may follow the stream. Public is never asked."""


class Joiner(Protocol):
    """Makes a participant of whoever opens a room."""

    def join(self, room: Room, *, name: str, session_key: str, claim: Claim | None, at: datetime) -> Claim:
        """Return the participant's claim; a guest who signed in is merged into the account's participant."""


class PresenceSink(Protocol):
    """Takes the rounded number of people present, at most every 10 s a feed."""

    def note(self, feed_id: int, *, present: int, at: datetime) -> None: ...


class Publisher(Protocol):
    """Where the relay's frames go. Both methods are called on the event loop and never wait."""

    def followed(self) -> Collection[tuple[int, Stream]]:
        """Return the (feed id, stream) pairs that somebody follows now.

        Whoever adds the first follower of a pair calls `kenes.live.wake.wake_relay()`: the pair's
        first frame (a heartbeat) is then published at once.
        """

    def publish(self, feed_id: int, stream: Stream, frame: bytes) -> None:
        """Send one frame (JSON in one line) to all who follow; keep it for those who come next."""


class Hub(Publisher, Protocol):
    """The publisher that holds this process's own subscribers."""

    async def take_over(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        room: Room,
        stream: Stream,
        *,
        still_may: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        """Answer an authorised `GET events`: the last frame of the pair at once, then each new one.

        `still_may` (private streams only) is asked now and then; the subscription ends when it says no.
        """

    def present(self) -> Mapping[int, int]:
        """Return by feed id how many subscribers of the public stream are here."""
