"""What each resource of the lean path does: who may, how often, then one read or one act."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.conf import settings

from kenes.core.encodings import takes_gzip
from kenes.core.errors import Forbidden, InvalidInput
from kenes.live.acts import digest_of, error_of
from kenes.live.commit import Committer
from kenes.live.contracts import Act, Claim, Hub, Joiner, Json, Receive, Room, Send, Stream, Writer
from kenes.live.cookies import claim_of_text, cookie_header, cookie_name
from kenes.live.door import FOLLOWED
from kenes.live.errors import NotJoined
from kenes.live.limits import Limits
from kenes.live.origins import refuse_foreign_act, refuse_foreign_read, scheme_of
from kenes.live.reads import Reads
from kenes.live.requests import Request, read_json
from kenes.live.responses import FOR_ANYONE, PRIVATE, Encoded, Header, Response, private
from kenes.live.threads import DatabaseThreads
from kenes.live.tokens import sign_claim

log = logging.getLogger(__name__)

LONGEST_CURSOR = 100
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Parts:
    """What the handlers work with: the engine's own parts and the adapters that the apps gave it."""

    reads: Reads
    committer: Committer
    joining: DatabaseThreads
    limits: Limits
    writers: Mapping[str, Writer]
    joiner: Joiner
    hub: Hub


@dataclass(frozen=True, slots=True)
class Call:
    """One request with the room it is about; `target` is the code of the row acted on, if any."""

    request: Request
    receive: Receive
    room: Room
    target: str

    @property
    def session_key(self) -> str:
        return self.request.cookies.get(settings.SESSION_COOKIE_NAME, "")

    def claim(self) -> Claim | None:
        """Return who the bearer's token, or without one the room's cookie, says that this is."""
        request = self.request
        text = request.bearer
        if text is None:
            text = request.cookies.get(cookie_name(self.room.code), "")
        return claim_of_text(text, self.room, at=request.at)

    def stream(self) -> Stream:
        """Return the stream asked for; one that is none looks like one without the right."""
        try:
            return Stream(self.request.query.get("stream", Stream.PUBLIC))
        except ValueError as error:
            raise Forbidden from error


class Handlers:
    """One method for each resource and method of the protocol's table."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def call(self, request: Request, receive: Receive, room_code: str, target: str) -> Call:
        """Find the room of the address; raises `Forbidden`."""
        self._parts.limits.of_address("read", request.address)
        room = await self._parts.reads.find(room_code.upper())
        if room is None:
            raise Forbidden
        return Call(request, receive, room, target.upper())

    async def join(self, call: Call) -> Response:
        """Make a participant of the caller; the token goes out in the body and as a cookie."""
        request = call.request
        if request.bearer is None and (call.session_key or cookie_name(call.room.code) in request.cookies):
            refuse_foreign_act(request)
        self._parts.limits.of_address("join", request.address)
        name = _name_of(await read_json(request, call.receive))
        join = partial(
            self._parts.joiner.join,
            name=name,
            session_key=call.session_key,
            claim=call.claim(),
            at=request.at,
        )
        claim = await self._parts.joining.run(join, call.room)
        token = sign_claim(claim, at=request.at)
        cookie = cookie_header(call.room, token, is_secure=scheme_of(request) == "https")
        answer = {"token": token.text, "kind": claim.kind, "expires_at": token.expires_at.isoformat()}
        return private(answer, status=201, headers=[("set-cookie", cookie)])

    async def snapshot(self, call: Call) -> Response:
        stream = await self._authorised_stream(call)
        return _document(call, stream, await self._parts.reads.snapshot(call.room, stream))

    async def questions(self, call: Call) -> Response:
        stream = await self._authorised_stream(call)
        order, after = call.request.query.get("order", "top"), call.request.query.get("after", "")
        if len(order) > LONGEST_CURSOR or len(after) > LONGEST_CURSOR:
            raise InvalidInput
        page = await self._parts.reads.questions(call.room, stream, order=order, after=after)
        return _document(call, stream, page)

    async def changes(self, call: Call) -> Response:
        since, wait = call.request.number("since"), call.request.number("wait") or 0
        stream = await self._authorised_stream(call)
        found = await self._parts.reads.changes(call.room, stream, since=since, wait=wait)
        return _document(call, stream, found)

    async def events(self, call: Call, send: Send) -> None:
        """Hand the connection to the hub, which asks now and then whether the right still holds."""
        stream = await self._authorised_stream(call)
        still_may = None
        if stream is not Stream.PUBLIC:
            still_may = partial(self._parts.reads.may_follow, call.room, stream, session_key=call.session_key)
        try:
            await self._parts.hub.take_over(
                call.request.scope, call.receive, send, call.room, stream, still_may=still_may
            )
            if stream is Stream.PUBLIC and call.request.scope.get("kenes.is_streamed"):
                call.request.scope[FOLLOWED] = call.room
        except Exception:  # the answer may have begun: another would spoil it
            log.exception("A subscription of room %s failed.", call.room.code)

    async def me(self, call: Call) -> Response:
        if call.request.bearer is None:
            refuse_foreign_read(call.request)
        claim = self._participant(call, "me")
        return private(await self._parts.reads.own(call.room, claim))

    async def ask(self, call: Call) -> Response:
        return await self._act(call, "ask", "ask")

    async def vote(self, call: Call) -> Response:
        return await self._act(call, "vote", "vote")

    async def unvote(self, call: Call) -> Response:
        return await self._act(call, "unvote", "vote")

    async def _act(self, call: Call, name: str, kind: str) -> Response:
        request = call.request
        if request.bearer is None:
            refuse_foreign_act(request)
        key = request.idempotency_key()
        claim = self._participant(call, kind)
        self._parts.limits.of_address(kind, request.address)
        writer = self._parts.writers[name]
        body = writer.parse(await read_json(request, call.receive))
        act = _act_of(call, claim, name, (key, body))
        result = await self._parts.committer.commit(act)
        error = error_of(result)
        if error is not None:
            raise error
        return private(writer.present(result.body), status=result.status)

    def _participant(self, call: Call, kind: str) -> Claim:
        claim = call.claim()
        if claim is None:
            raise NotJoined
        self._parts.limits.of_participant(kind, claim.participant_id)
        return claim

    async def _authorised_stream(self, call: Call) -> Stream:
        stream = call.stream()
        if stream is not Stream.PUBLIC:
            refuse_foreign_read(call.request)
        if not await self._parts.reads.may_follow(call.room, stream, session_key=call.session_key):
            raise Forbidden
        return stream


def _act_of(call: Call, claim: Claim, name: str, keyed: tuple[UUID, Json]) -> Act:
    key, body = keyed
    digest = digest_of(name, call.room.code, call.target, body)
    return Act(name, call.room, claim, call.target, body, key, digest, call.request.at)


def _name_of(body: Json) -> str:
    name = body.get("name", "")
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise InvalidInput
    return " ".join(name.split())


def _document(call: Call, stream: Stream, document: Encoded) -> Response:
    is_public = stream is Stream.PUBLIC
    headers: list[Header] = [
        ("cache-control", _caching(document, is_public=is_public)),
        ("vary", "Accept-Encoding"),
        *(FOR_ANYONE if is_public else ()),
    ]
    if document.etag is not None:
        headers.append(("etag", document.etag))
        if document.etag in _tags(call.request.headers.get("if-none-match", "")):
            return Response(304, headers=headers)
    if document.zipped is not None and takes_gzip(call.request.headers.get("accept-encoding", "")):
        return Response(200, document.zipped, (*headers, ("content-encoding", "gzip")))
    return Response(200, document.plain, headers)


def _caching(document: Encoded, *, is_public: bool) -> str:
    """A tagged document may be kept by anybody who asks whether it still holds."""
    if not is_public:
        return PRIVATE
    return "no-cache" if document.etag is None else "public, no-cache"


def _tags(header: str) -> Sequence[str]:
    return [tag.strip() for tag in header.split(",")]
