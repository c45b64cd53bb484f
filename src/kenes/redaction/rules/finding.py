"""All finders over one text: overlaps made one, and a fast look for the path of asking."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kenes.redaction.hits import Hit, marker_of, redacted
from kenes.redaction.rules.accounts import find_cards, find_ibans
from kenes.redaction.rules.addresses import find_addresses
from kenes.redaction.rules.contacts import find_emails, find_phones
from kenes.redaction.rules.documents import find_documents, find_iins, find_plates
from kenes.redaction.rules.reading import LATIN_LOOKING, in_latin, plain_of, with_zeros
from kenes.redaction.states import HELD_BACK, Certainty

Finder = Callable[[str], Iterable[Hit]]

# In the order in which they win where they overlap.
_FINDERS: Sequence[Finder] = (
    lambda text: find_ibans(in_latin(text)),
    lambda text: find_cards(with_zeros(text)),
    lambda text: find_iins(with_zeros(text)),
    lambda text: find_phones(with_zeros(text)),
    find_emails,
    find_documents,
    lambda text: find_plates(in_latin(text)),
    find_addresses,
)
# So many numbers may hang together by strokes alone, each hiding the next until it is masked.
_ROUNDS = 16
# No sure hit that holds a question back is without one of these: an at sign, ten digits with little
# between them, or a bank account's first letters and digits.
_WORTH_A_LOOK = re.compile(
    # One set of first characters, so that the look runs over other text at the speed of the search.
    r"[@0-9](?:(?<=@)|(?:[^0-9A-Za-zА-я\n]{0,3}[0-9OoОо]){9}"
    rf"|(?:(?<={LATIN_LOOKING}[0-9])|(?<={LATIN_LOOKING}[ ][0-9]))[0-9][ \u00a0\-]?"
    rf"(?:[0-9]|{LATIN_LOOKING}){{4}})"
)


def find_personal_data(text: str, language: str = "") -> list[Hit]:
    """Return the hits in order; they never overlap, and none lies in a marker of redaction.

    The text is looked at as a person reads it: full-width digits or hidden characters hide nothing.

    `language` is the text's own; both languages' writings are looked for whatever it is, since
    people mix them. What overlaps is one hit of the surer kind over the whole of it.
    """
    found: list[Hit] = []
    masked = text
    for _round in range(_ROUNDS):
        plain, places = plain_of(masked)
        fresh = [
            replace(hit, start=places[hit.start], end=places[hit.end - 1] + 1)
            for hit in _joined([hit for finder in _FINDERS for hit in finder(plain)])
        ]
        if not fresh:
            break
        found += fresh
        # What stands beside a hit is looked at again as it will stand beside a marker.
        for hit in fresh:
            masked = f"{masked[: hit.start]}[{'⋯' * (hit.end - hit.start - 2)}]{masked[hit.end :]}"
    for _round in range(_ROUNDS if found else 0):
        fresh = list(_beside_markers(text, found))
        if not fresh:
            break
        found += fresh
    return sorted(found)


def _beside_markers(text: str, found: Sequence[Hit]) -> Iterable[Hit]:
    """Yield what is found once the markers stand, which are shorter or longer than what they hide."""
    places: list[int] = []
    at = 0
    for hit in sorted(found):
        places += [*range(at, hit.start), *[-1] * len(marker_of(hit.kind))]
        at = hit.end
    places += range(at, len(text))
    plain, back = plain_of(redacted(text, found))
    for hit in _joined([hit for finder in _FINDERS for hit in finder(plain)]):
        spots = [places[back[spot]] for spot in range(hit.start, hit.end)]
        if -1 not in spots:
            yield replace(hit, start=spots[0], end=spots[-1] + 1)


def has_sure_hit(text: str) -> bool:
    """Say whether the text holds what is not published at once; some microseconds where it does not."""
    if _WORTH_A_LOOK.search(plain_of(text)[0]) is None:
        return False
    return any(hit.certainty == Certainty.SURE and hit.kind in HELD_BACK for hit in find_personal_data(text))


def _joined(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits with those that overlap made one: of the sure one's kind, else the first finder's."""
    ranked = [(hit.certainty != Certainty.SURE, place, hit) for place, hit in enumerate(hits)]
    joined: list[tuple[bool, int, Hit]] = []
    for found in sorted(ranked, key=lambda found: found[2].start):
        hit = found[2]
        if joined and hit.start < joined[-1][2].end:
            other = joined.pop()
            best = min(found, other)
            end = max(hit.end, other[2].end)
            joined.append((*best[:2], Hit(other[2].start, end, best[2].kind, best[2].certainty)))
        else:
            joined.append(found)
    return [hit for _unsure, _place, hit in joined]
