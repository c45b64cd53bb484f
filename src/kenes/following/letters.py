"""Letters to askers and followers, in their language: plain text, what happened first.

Letters to others name a question by its number, never by its words: a letter cannot be called back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kenes.following.links import confirm_link, end_link, mine_link
from kenes.following.models import Happening, Subscription
from kenes.following.states import Topic
from kenes.following.story import Story, story_of
from kenes.following.topics import title_of
from kenes.notices.sealing import unseal
from kenes.notices.states import Channel
from kenes.notices.wishes import Letter
from kenes.questions.models import Question
from kenes.questions.pages import short_link


def letter_of(subscription: Subscription, happening: Happening, *, is_new: bool) -> Letter:
    """Return what the subscriber is told of a happening. `is_new`: the question just came into sight."""
    own = own_question_of(subscription, happening)
    with override(subscription.language):
        story = story_of(happening, own=own)
        if subscription.channel == Channel.TEXT:
            # Without the secret: a text message is read by whoever holds the telephone.
            line = f"{story.headline}. {short_link(story.code)}"
            return replace(_blank(subscription, happening), body=line)
        headline = _("New question %(code)s") % {"code": story.code} if is_new else story.headline
        body = _paragraphs([*story.paragraphs, story.link, _why(subscription, own), *_ending(subscription)])
        return replace(
            _blank(subscription, happening),
            subject=headline,
            body=body,
            unsubscribe=end_link(subscription),
        )


def own_question_of(subscription: Subscription, happening: Happening) -> Question | None:
    """Return the asker's own question, which may have been merged into the one that something happened to."""
    if subscription.topic != Topic.OWN:
        return None
    if subscription.topic_key == happening.question.code:
        return happening.question
    return Question.objects.filter(code=subscription.topic_key).first()


def daily_letter_of(subscription: Subscription, happenings: Iterable[Happening], *, day: str) -> Letter:
    """Return one letter of all that happened, a line to each question."""
    with override(subscription.language):
        stories = [story_of(happening, own=None) for happening in happenings]
        lines: dict[str, list[Story]] = {}
        for story in stories:
            lines.setdefault(story.code, []).append(story)
        told = [f"{_joined(each)}\n{each[-1].link}" for each in lines.values()]
        count = len(lines)
        subject = ngettext("News of %(count)d question", "News of %(count)d questions", count)
        return Letter(
            key=f"follow:{subscription.public_id}:daily-{day}",
            to=unseal(subscription.sealed_address),
            language=subscription.language,
            subject=subject % {"count": count},
            body=_paragraphs([*told, _why(subscription, None), *_ending(subscription)]),
            unsubscribe=end_link(subscription),
            is_private=True,
        )


def confirmation_of(subscription: Subscription, *, address: str, at_key: str) -> Letter:
    """Return the one letter that goes out before the person confirmed; it repeats no words of anybody."""
    with override(subscription.language):
        asked = (
            _("Somebody, probably you, left this address to be told what becomes of a question.")
            if subscription.topic == Topic.OWN
            else _("Somebody, probably you, asked that this address be told of news.")
        )
        # What was typed into a search may be an insult or an advertisement to the one whose address it is.
        is_search = subscription.topic == Topic.SEARCH
        title = str(Topic.SEARCH.label) if is_search else _title(subscription)
        about = _("About: %(title)s") % {"title": title}
        paragraphs = [
            asked,
            about,
            _("If it was you, open this page and confirm:"),
            confirm_link(subscription),
            _("If it was not you, do nothing: nothing more is sent. The address is forgotten in a week."),
            _("On the same page you can say that this address is never to be written to."),
        ]
        return Letter(
            key=f"follow-confirm:{subscription.public_id}:{at_key}",
            to=address,
            language=subscription.language,
            subject=_("Please confirm that you wish to be told"),
            body=_paragraphs(paragraphs),
            is_private=True,
        )


def digits_of(subscription: Subscription, *, number: str, digits: str, at_key: str) -> Letter:
    """Return the text message with the digits that confirm a number."""
    with override(subscription.language):
        body = _("%(digits)s confirms that this number is told of question %(code)s. Kenes") % {
            "digits": digits,
            "code": subscription.topic_key,
        }
    return Letter(
        key=f"follow-confirm:{subscription.public_id}:{at_key}",
        to=number,
        language=subscription.language,
        subject="",
        body=body,
        channel=Channel.TEXT,
        is_private=True,
    )


def mine_letter(fingerprint: str, *, address: str, language: str, at_key: str) -> Letter:
    """Return the letter with the page of all that an address follows."""
    with override(language):
        paragraphs = [
            _("Here is all that this address follows; you can change or end it there."),
            mine_link(fingerprint, language=language),
            _("Do not pass this letter on: who has the address of the page can end what you follow."),
        ]
        return Letter(
            key=f"follow-mine:{fingerprint}:{at_key}",
            to=address,
            language=language,
            subject=_("What you follow"),
            body=_paragraphs(paragraphs),
            is_private=True,
        )


def _blank(subscription: Subscription, happening: Happening) -> Letter:
    return Letter(
        key=f"follow:{subscription.public_id}:{happening.public_id}",
        to=unseal(subscription.sealed_address),
        language=subscription.language,
        subject="",
        body="",
        channel=Channel(subscription.channel),
        is_private=True,
    )


def _why(subscription: Subscription, own: Question | None) -> str:
    if own is not None:
        return _("You left this address with your question %(code)s.") % {"code": own.code}
    return _("You follow: %(title)s") % {"title": _title(subscription)}


def _title(subscription: Subscription) -> str:
    if subscription.topic == Topic.OWN:
        return subscription.topic_key
    return title_of(subscription.topic, subscription.topic_key, language=subscription.language)


def _ending(subscription: Subscription) -> Sequence[str]:
    mine = mine_link(subscription.fingerprint, language=subscription.language)
    return (
        _("To end this: %(link)s") % {"link": end_link(subscription)},
        _("All that you follow: %(link)s") % {"link": mine},
    )


def _joined(stories: Sequence[Story]) -> str:
    told = list(dict.fromkeys(story.headline for story in stories))
    return "\n".join(told)


def _paragraphs(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"
