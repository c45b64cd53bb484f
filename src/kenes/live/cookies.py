"""The participant's cookie of a room, shared by the lean path and Django's views."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kenes.live.contracts import Claim, Room
from kenes.live.tokens import LIVES_FOR, Token, read_token, sign_claim


def cookie_name(room_code: str) -> str:
    """Return the name of the room's cookie, as `kenes-AKM-2`."""
    return f"kenes-{room_code.upper()}"


def claim_of_request(request: HttpRequest, room: Room, *, at: datetime) -> Claim | None:
    """Return who the request's cookie says its sender is in the room, or None."""
    return claim_of_text(request.COOKIES.get(cookie_name(room.code), ""), room, at=at)


def set_claim_cookie(response: HttpResponse, room: Room, claim: Claim, *, at: datetime) -> Token:
    """Give the response the cookie of the claim; return its token."""
    token = sign_claim(claim, at=at)
    _set_cookie(response, room, token, is_secure=settings.SESSION_COOKIE_SECURE)
    return token


def claim_of_text(text: str, room: Room, *, at: datetime) -> Claim | None:
    """Return the claim of a token, if it is one of this room."""
    claim = read_token(text, at=at) if text else None
    return claim if claim is not None and claim.feed_id == room.feed_id else None


def cookie_header(room: Room, token: Token, *, is_secure: bool) -> str:
    """Return the value of `Set-Cookie` that `set_claim_cookie` would make."""
    response = HttpResponse()
    _set_cookie(response, room, token, is_secure=is_secure or settings.SESSION_COOKIE_SECURE)
    return response.cookies[cookie_name(room.code)].OutputString()


def _set_cookie(response: HttpResponse, room: Room, token: Token, *, is_secure: bool) -> None:
    response.set_cookie(
        cookie_name(room.code),
        token.text,
        max_age=LIVES_FOR,
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="Lax",
    )


def read_cookies(header: str) -> dict[str, str]:
    """Return the cookies of a `Cookie` header; what cannot be read is left out."""
    cookies: dict[str, str] = {}
    for part in header.split(";"):
        name, is_pair, value = part.strip().partition("=")
        if is_pair:
            cookies.setdefault(name.strip(), value.strip().strip('"'))
    return cookies
