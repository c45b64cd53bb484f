"""The room's words, once: the templates write them and the browser's side gets them as they are."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import get_day_names, get_month_names
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from kenes.questions.states import Channel
from kenes.redaction.words import removed_words

# A number of each plural category that the site's languages have.
SAMPLES = {"one": 1, "few": 2, "many": 5, "other": 5}
DAYS = {
    "kk": "%(year)s жылғы %(day)s %(month)s, %(weekday)s",
    "ru": "%(weekday)s, %(day)s %(month)s %(year)s г.",
    "en": "%(weekday)s, %(day)s %(month)s %(year)s",
}


def room_words(zone: str) -> dict[str, Any]:
    """Return the words of a room in the active language; times are on the clock of `zone`."""
    language = get_language() or "kk"
    months, weekdays = get_month_names("wide", locale=language), get_day_names("wide", locale=language)
    return {
        "language": language,
        "zone": zone,
        "day": DAYS.get(language, DAYS["en"]),
        "months": [months[number] for number in range(1, 13)],
        "weekdays": [weekdays[number] for number in range(7)],
        "states": state_words(),
        "own_states": own_state_words(),
        "assigned_to": _("Answer in writing promised by %(on)s: %(unit)s"),
        "anonymous": pgettext("the asker's name is not shown", "Anonymous"),
        "channels": {Channel.PHONE.value: _("by phone"), Channel.PAPER.value: _("on paper")},
        "votes_apart": _("Votes: confirmed %(confirmed)s, guests %(guest)s"),
        "at_second": _("at %(time)s of the recording"),
        "on_stage": _("Being answered now: %(text)s"),
        "news": _news(),
        "present": _present(),
        "asked": _("Your question is registered under the number %(code)s."),
        "asked_before": _("You have asked this already: it is registered under the number %(code)s."),
        "held": _("A moderator will look at it before it is shown to everybody."),
        "held_personal": _(
            "It holds what looks like personal data: a moderator looks at it before it is shown."
        ),
        "removed": removed_words(),
        "waiting": _("Waiting to be sent"),
    }


def state_words() -> dict[str, str]:
    """Return what stands under a question, by its public state (an answer also by its form)."""
    return {
        "open": pgettext("question", "In the queue"),
        "staged": pgettext("question", "Being answered now"),
        "assigned": pgettext("question", "An answer in writing is due"),
        "answered": pgettext("question", "Answered"),
        "answered_aloud": pgettext("question", "Answered aloud"),
        "answered_written": pgettext("question", "Answered in writing"),
    }


def own_state_words() -> dict[str, str]:
    """Return what an asker is told of their own question."""
    inside = pgettext("question", "An answer in writing is being prepared")
    return state_words() | {
        "held": pgettext("question", "Waits for a moderator"),
        "drafted": inside,
        "cleared": inside,
        "merged": pgettext("question", "Joined to another question on the same matter"),
        "refused": pgettext("question", "Refused; the ground stands on the question's page"),
        "passed_on": pgettext("question", "Passed on as a formal appeal"),
        "withdrawn": pgettext("question", "Withdrawn by you"),
    }


def day_words(words: Mapping[str, Any], on: date) -> str:
    """Return a day with its weekday, as the browser's side writes it too."""
    return str(words["day"]) % {
        "year": on.year,
        "day": on.day,
        "month": words["months"][on.month - 1],
        "weekday": words["weekdays"][on.weekday()],
    }


def present_words(words: Mapping[str, Any], present: int) -> str:
    """Return how many are connected, coarsely; nothing where nobody was counted."""
    language = str(words["language"])
    return str(words["present"][_category(language, present)]) % {"n": present} if present else ""


def _category(language: str, n: int) -> str:
    if language == "ru":
        if n % 10 == 1 and n % 100 != 11:
            return "one"
        return "few" if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else "many"
    return "one" if n == 1 else "other"


def _news() -> dict[str, str]:
    return {
        category: ngettext("%(n)s new question", "%(n)s new questions", n) for category, n in SAMPLES.items()
    }


def _present() -> dict[str, str]:
    return {
        category: ngettext("about %(n)s screen connected", "about %(n)s screens connected", n)
        for category, n in SAMPLES.items()
    }
