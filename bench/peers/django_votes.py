"""The same acts as ordinary Django: a synchronous view, a transaction a request, the ORM, Django's cache.

It writes Kenes's own tables with the same checks: who acts (the same signed token), limits, the
room's policy, one vote a person. It does less: no idempotency key is kept and no feed is versioned.
Run by gunicorn; `BENCH_DATABASE` is the path of a SQLite file or a URL of PostgreSQL.
"""

import json
import os
from typing import Any

import django
from django.conf import settings as django_settings

DATABASE = os.environ.get("BENCH_DATABASE", "")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenes.config.settings")

from kenes.config import settings as product  # noqa: E402

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATABASE,
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    },
}
POSTGRESQL = {**product.DATABASES["default"], "CONN_MAX_AGE": None, "OPTIONS": {}}
own = {name: getattr(product, name) for name in dir(product) if name.isupper()}
own |= {
    "DATABASES": {"default": SQLITE if DATABASE.startswith("/") else POSTGRESQL},
    "ROOT_URLCONF": __name__,
    "ALLOWED_HOSTS": ["*"],
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
}
if not django_settings.configured:
    django_settings.configure(**own)
django.setup()
# Set after the apps' own checks: an act's view needs no session and no sign-in.
django_settings.MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]

from django.core.cache import cache  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import IntegrityError, transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.views.decorators.http import require_POST  # noqa: E402

from kenes.live.tokens import read_token  # noqa: E402
from kenes.programme.models import Meeting, Participant  # noqa: E402
from kenes.programme.states import Audience, ParticipantKind  # noqa: E402
from kenes.questions.models import Move, Question, Vote  # noqa: E402
from kenes.questions.rules import clean_asked  # noqa: E402
from kenes.questions.states import TAKES_VOTES  # noqa: E402

MINUTE = 60


def _participant(request: HttpRequest, code: str) -> tuple[Participant, Meeting] | None:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    claim = read_token(token, at=timezone.now())
    meeting = Meeting.objects.filter(code=code).first()
    if claim is None or meeting is None or claim.feed_id != meeting.feed_id:
        return None
    found = Participant.objects.filter(pk=claim.participant_id, meeting=meeting, merged_into=None).first()
    return (found, meeting) if found else None


def _is_over(key: str, limit: int) -> bool:
    cache.add(key, 0, MINUTE)
    return bool(cache.incr(key) > limit)


def _refuse(status: int) -> JsonResponse:
    return JsonResponse({"status": status}, status=status)


def _is_refused(request: HttpRequest, participant: Participant, kind: str, limit: int) -> bool:
    address = request.META["REMOTE_ADDR"]
    return _is_over(f"{kind}-{participant.pk}", limit) or _is_over(f"{kind}-{address}", 20_000)


@require_POST
def vote(request: HttpRequest, room: str, code: str) -> JsonResponse:
    """Cast a vote."""
    found = _participant(request, room)
    if found is None:
        return _refuse(401)
    participant, meeting = found
    if _is_refused(request, participant, "vote", 120):
        return _refuse(429)
    if meeting.who_may_vote != Audience.ANYONE and participant.kind != ParticipantKind.CONFIRMED:
        return _refuse(409)
    with transaction.atomic():
        question = Question.objects.select_for_update().filter(meeting=meeting, code=code).first()
        if question is None or question.state not in TAKES_VOTES:
            return _refuse(404)
        try:
            with transaction.atomic():
                Vote.objects.create(
                    question=question, participant=participant, kind=participant.kind, at=timezone.now()
                )
        except IntegrityError:
            pass
        else:
            Question.objects.filter(pk=question.pk).update(votes_guest=F("votes_guest") + 1)
        question.refresh_from_db(fields=["votes_confirmed", "votes_guest"])
    votes = {"confirmed": question.votes_confirmed, "guest": question.votes_guest}
    return JsonResponse({"code": question.code, "votes": votes, "voted": True})


@require_POST
def ask(request: HttpRequest, room: str) -> JsonResponse:
    """Register a question."""
    found = _participant(request, room)
    if found is None:
        return _refuse(401)
    participant, _ = found
    if _is_refused(request, participant, "ask", 20):
        return _refuse(429)
    body: dict[str, Any] = dict(clean_asked(json.loads(request.body)))
    now = timezone.now()
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(code=room)
        meeting.question_serial += 1
        meeting.save(update_fields=["question_serial"])
        question = Question.objects.create(
            meeting=meeting,
            feed_id=meeting.feed_id,
            serial=meeting.question_serial,
            code=f"{room}-{meeting.question_serial:04d}",
            state="open",
            text=body["text"],
            language=body["language"],
            is_anonymous=body["anonymous"],
            participant=participant,
            asker_name=participant.name,
            asked_at=now,
            public_since=1,
            version=1,
        )
        Move.objects.create(question=question, old="", new="open", at=now)
    return JsonResponse({"code": question.code, "state": question.state}, status=201)


urlpatterns = [
    path("live/rooms/<room>/questions/<code>/vote", vote),
    path("live/rooms/<room>/questions", ask),
]
application = get_wsgi_application()
