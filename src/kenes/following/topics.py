"""What can be followed: whether it is there for anybody to see, its title, its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kenes.core.errors import KenesError
from kenes.core.languages import localized
from kenes.following.errors import TopicUnknown
from kenes.following.rules import QUERY_MOST
from kenes.following.states import Topic
from kenes.programme.models import Meeting, StrategicSession
from kenes.questions.access import question_with_page
from kenes.register.forms import filter_of


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed. `title` is in the active language; of a search it holds what was typed."""

    topic: Topic
    key: str
    title: str
    link: str


def followed(topic: str, key: str) -> Followed:
    """Return what anybody may follow. Raises: TopicUnknown, QuestionUnknown."""
    reader = _READERS.get(topic)
    if reader is None:
        raise TopicUnknown
    return reader(key)


def title_of(topic: str, key: str, *, language: str) -> str:
    """Return the title in a language, also of what can no longer be followed."""
    with override(language):
        try:
            return followed(topic, key).title
        except KenesError:
            return key


def _question(key: str) -> Followed:
    code = question_with_page(key).code
    return Followed(Topic.QUESTION, code, code, _link(f"questions/{code}"))


def _meeting(key: str) -> Followed:
    meeting = Meeting.objects.filter(code=key).first()
    if meeting is None:
        raise TopicUnknown
    return Followed(Topic.MEETING, key, str(localized(meeting, "title")), _link(f"rooms/{key}"))


def _session(key: str) -> Followed:
    session = StrategicSession.objects.filter(public_id=key).select_related("campaign").first()
    if session is None:
        raise TopicUnknown
    link = _link(f"campaigns/{session.campaign.slug}/{key}")
    return Followed(Topic.SESSION, key, str(localized(session, "title")), link)


def _search(key: str) -> Followed:
    if not 0 < len(key) <= QUERY_MOST:
        raise TopicUnknown
    words = filter_of(key).words
    title = _("Search of the register: %(words)s") % {"words": words} if words else Topic.SEARCH.label
    return Followed(Topic.SEARCH, key, str(title), f"{_link('register')}?{key}")


def _link(path: str) -> str:
    return f"{settings.PUBLIC_URL}/{path}/"


_READERS: Mapping[str, Callable[[str], Followed]] = {
    Topic.QUESTION: _question,
    Topic.MEETING: _meeting,
    Topic.SESSION: _session,
    Topic.SEARCH: _search,
}
