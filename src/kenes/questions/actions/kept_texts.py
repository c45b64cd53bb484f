"""The texts of a question that are still kept, and the leaves of the log that commit to each.

A leaf's nonce goes with the text it commits to, neither before nor after: what stays readable stays
provable, what is gone cannot be guessed.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from kenes.questions.actions.leaves import (
    ANSWERED,
    ANSWERED_IN_WRITING,
    EDITED,
    OBJECT_KIND,
    REDACTED,
    REGISTERED,
    all_texts,
)
from kenes.questions.models import Answer, Question
from kenes.record.actions import forget_texts
from kenes.record.models import Leaf
from kenes.redaction.models import Original
from kenes.redaction.queries import kept_originals
from kenes.redaction.sealing import unseal

TEXT = "text"
ANSWER = "answer"
# The text as it was asked, where a moderator had edited it before something was taken out.
ASKED = "asked"
TEXT_KINDS = (REGISTERED, EDITED, REDACTED, ANSWERED, ANSWERED_IN_WRITING)


@dataclass(frozen=True, slots=True)
class Opened:
    """Originals as they are read; `is_whole` is false where another secret sealed one of them."""

    asked: Sequence[str]
    answers: Sequence[tuple[str, str]]  # language (empty: given aloud) and text
    is_whole: bool


def answer_field(language: str) -> str:
    """Return the field of a written answer's text in a language; one given aloud has `ANSWER` alone."""
    return f"{ANSWER}-{language}"


def open_originals(originals: Iterable[Original]) -> Opened:
    """Open what is kept of one question's texts before redactions, for comparing and for nobody's eyes."""
    read = [(original.field, unseal(original.sealed)) for original in originals]
    known = [(field, text) for field, text in read if text is not None]
    answers = [(field[len(ANSWER) + 1 :], text) for field, text in known if field.startswith(ANSWER)]
    return Opened([text for field, text in known if field in {ASKED, TEXT}], answers, len(known) == len(read))


def texts_asked(question: Question, opened: Opened) -> list[str]:
    """Return every text that the question has or had, as far as it is kept, that which stands the first."""
    edits = [text for edit in question.edits.all() for text in (edit.old_text, edit.new_text)]
    return [question.text, *edits, *opened.asked]


def texts_answered(answer: Answer, opened: Opened) -> list[str]:
    """Return every text of the answer as a leaf commits to it, that which stands the first.

    It is one given aloud, or those in all languages in one.
    """
    aloud = [text for language, text in opened.answers if not language]
    now = {row.language: row.text for row in answer.texts.all()}
    before = [
        [(language, text), *(one for one in opened.answers if one[0] == language)]
        for language, text in sorted(now.items())
    ]
    written = [all_texts(dict(some)) for some in product(*before)] if now else []
    return [*written, answer.text, *aloud]


def standing_leaves(leaves: Iterable[Leaf]) -> dict[str, Leaf]:
    """Return the leaf that commits to a text as it is now: of the question (`text`), of each answer in turn.

    `leaves` are all of one question in their order. An answer is named by its leaf's time.
    """
    standing: dict[str, Leaf] = {}
    answer = ""
    for leaf in leaves:
        if leaf.kind in {REGISTERED, EDITED}:
            standing[TEXT] = leaf
        elif leaf.kind in {ANSWERED, ANSWERED_IN_WRITING}:
            answer = leaf.at.isoformat()
            standing[answer] = leaf
        elif leaf.kind == REDACTED:
            standing[answer if is_of_answer(leaf) else TEXT] = leaf
    return standing


def is_of_answer(leaf: Leaf) -> bool:
    """Say whether the leaf commits to an answer's text."""
    if leaf.kind == REDACTED:
        return str(facts_of(leaf)["field"]).startswith(ANSWER)
    return leaf.kind in {ANSWERED, ANSWERED_IN_WRITING}


def facts_of(leaf: Leaf) -> dict[str, Any]:
    """Return what the leaf says beside its kind and time."""
    facts: dict[str, Any] = json.loads(leaf.body)["facts"]
    return facts


def forget_lost_texts(question: Question) -> None:
    """Remove the nonces of leaves whose text is kept nowhere any more, not even sealed.

    A leaf of a text as it stands keeps its nonce whatever is found: else a changed row would cover itself.
    """
    opened = open_originals(kept_originals(OBJECT_KIND, question.code))
    if not opened.is_whole:
        return
    about = Leaf.objects.filter(object_kind=OBJECT_KIND, object_id=question.code, kind__in=TEXT_KINDS)
    leaves = list(about.select_related("nonce").order_by("id"))
    standing = {leaf.pk for leaf in standing_leaves(leaves).values()}
    forget_texts((leaf for leaf in leaves if leaf.pk not in standing), kept=_kept(question, opened))


def _kept(question: Question, opened: Opened) -> Collection[str]:
    answers = question.answers.prefetch_related("texts").order_by("id")
    return {
        *texts_asked(question, opened),
        *(text for answer in answers for text in texts_answered(answer, opened)),
    }
