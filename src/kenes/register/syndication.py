"""A search of the register as an Atom feed. Source: RFC 4287; ids by RFC 4151 (tag)."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from kenes.core.languages import localized
from kenes.questions.queries import last_public_moves
from kenes.questions.rows import companions_of
from kenes.questions.rules import is_text_public, public_state
from kenes.questions.states import QuestionState, RefusalGround
from kenes.register.forms import filter_of, query_of
from kenes.register.queries import page_of

SHOWN = 50
TITLE_LENGTH = 120
# The year this feed's ids were first given; with the site's name it makes them unique for ever.
TAG_YEAR = 2026


class RegisterFeed(Feed):  # type: ignore[type-arg]
    """The newest questions of a filter; an answer changes its entry, not its id."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return query_of(request.GET)

    def title(self, query: str) -> str:
        words = filter_of(query).words
        name = _("Register of questions")
        return f"{name}: {words}" if words else name

    def subtitle(self, query: str) -> str:
        return str(_("What people asked, and what became of it."))

    def author_name(self, query: str) -> str:
        return str(_("Kenes"))

    def link(self, query: str) -> str:
        return f"{settings.PUBLIC_URL}{reverse('register:list')}?{query}"

    def feed_url(self, query: str) -> str:
        return f"{settings.PUBLIC_URL}{reverse('register:feed')}?{query}"

    def feed_guid(self, query: str) -> str:
        return f"tag:{_site()},{TAG_YEAR}:register?{query}"

    def items(self, query: str) -> list[dict[str, Any]]:
        page = page_of(filter_of(query), size=SHOWN)
        beside = companions_of(page.questions, using="default")
        moved = last_public_moves(page.questions)
        return [
            {
                "question": question,
                "answer": beside.answers.get(question.pk),
                "at": moved.get(question.pk, question.asked_at),
            }
            for question in page.questions
        ]

    def item_title(self, item: dict[str, Any]) -> str:
        question = item["question"]
        text = question.text if is_text_public(question) else _("The text is not shown")
        return f"{question.code}: {text[:TITLE_LENGTH]}{'…' if len(text) > TITLE_LENGTH else ''}"

    def item_description(self, item: dict[str, Any]) -> str:
        question, answer = item["question"], item["answer"]
        parts = [
            str(QuestionState(public_state(question.state)).label),
            str(RefusalGround(question.refusal_ground).label) if question.refusal_ground else "",
            localized(question.meeting, "title").text,
            question.text if is_text_public(question) else "",
            f"{answer.answered_by}: {answer.text}" if answer else "",
        ]
        # Django writes it as HTML, and a reader's program shows it so.
        return format_html_join("", "<p>{}</p>", ((part,) for part in parts if part))

    def item_link(self, item: dict[str, Any]) -> str:
        return f"{settings.PUBLIC_URL}{reverse('questions:question', args=[item['question'].code])}"

    def item_guid(self, item: dict[str, Any]) -> str:
        return f"tag:{_site()},{TAG_YEAR}:question/{item['question'].code}"

    def item_pubdate(self, item: dict[str, Any]) -> datetime:
        return item["question"].asked_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: dict[str, Any]) -> datetime:
        return item["at"]  # type: ignore[no-any-return]


def _site() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"
