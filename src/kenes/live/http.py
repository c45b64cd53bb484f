"""The lean application: `/live/rooms/{room}/…`, as docs/reference/live-protocol.md has it."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping

from django.utils import timezone

from kenes.core.errors import Forbidden, KenesError
from kenes.live.contracts import Receive, Scope, Send
from kenes.live.errors import Fault, WrongMethod
from kenes.live.handlers import Call, Handlers
from kenes.live.origins import refuse_foreign_host
from kenes.live.problems import problem
from kenes.live.requests import Gone, Request
from kenes.live.responses import FOR_ANYONE, Response

log = logging.getLogger(__name__)

ADDRESS = re.compile(
    r"/live/rooms/(?P<room>[A-Za-z0-9]{1,6}-[0-9]{1,6})/"
    r"(?:questions/(?P<target>[A-Za-z0-9-]{1,20})/(?P<act>vote)"
    r"|(?P<resource>join|snapshot|questions|changes|events|me))"
)
PREFLIGHT = Response(
    204, headers=(*FOR_ANYONE, ("access-control-allow-methods", "GET"), ("access-control-max-age", "86400"))
)

Handler = Callable[[Call], Awaitable[Response]]


class LiveApp:
    """The lean ASGI application. `requests` and `faults` count for the metrics."""

    def __init__(self, handlers: Handlers) -> None:
        self._handlers = handlers
        self.requests = self.faults = 0
        self._by_resource: Mapping[str, Mapping[str, Handler]] = {
            "join": {"POST": handlers.join},
            "snapshot": {"GET": handlers.snapshot},
            "questions": {"GET": handlers.questions, "POST": handlers.ask},
            "changes": {"GET": handlers.changes},
            "me": {"GET": handlers.me},
            "vote": {"POST": handlers.vote, "DELETE": handlers.unvote},
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        self.requests += 1
        request = Request(scope, timezone.now())
        try:
            response = await self._answer(request, receive, send)
        except Gone:
            return
        except KenesError as error:
            response = _refusal(request, error)
        except Exception:
            self.faults += 1
            log.exception("%s %s failed.", request.method, request.path)
            response = _refusal(request, Fault())
        if response is not None:
            await response.send(send, without_body=request.method == "HEAD")

    async def _answer(self, request: Request, receive: Receive, send: Send) -> Response | None:
        refuse_foreign_host(request)
        found = ADDRESS.fullmatch(request.path)
        if found is None:
            raise Forbidden
        resource = found["act"] or found["resource"]
        methods = {"GET": None} if resource == "events" else self._by_resource[resource]
        if request.method == "OPTIONS" and "GET" in methods and resource != "me":
            return PREFLIGHT
        method = "GET" if request.method == "HEAD" and resource != "events" else request.method
        if method not in methods:
            raise WrongMethod(allowed=_allowed(methods))
        call = await self._handlers.call(request, receive, found["room"], found["target"] or "")
        handler = methods[method]
        if handler is not None:
            return await handler(call)
        await self._handlers.events(call, send)
        return None


def _allowed(methods: Mapping[str, object]) -> str:
    return ", ".join([*methods, *(["HEAD"] if "GET" in methods else [])])


def _refusal(request: Request, error: KenesError) -> Response:
    return problem(error, accept_language=request.headers.get("accept-language", ""))
