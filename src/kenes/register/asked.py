"""What a person looks for: words, «phrases», beginnings* of words; safe against any database's syntax.

Every token is made of letters and digits by `words`, so nothing that was typed reaches a query as syntax.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kenes.register.stemming import Stems
from kenes.register.words import folded_word, words_in

LONGEST = 200
MOST_TERMS = 12

_TERM = re.compile(r'["“”„«»](?P<phrase>[^"“”„«»]*)(?:["“”„«»]|$)|(?P<word>[^\s"“”„«»]+)')
# Words that stand in nearly every question; looked for only in phrases, or where nothing else was typed.
_EVERYWHERE = (
    "а в во да для до же за и из или к как ко ли на не но о об от по при про с со у что это",
    "бар бир бул жане мен ма ме ба бе па пе не осы туралы ушин калай",
    "a an and are as at be by for from how in is it of on or that the this to what when will with",
)


@dataclass(frozen=True, slots=True)
class Term:
    """One or more words that must stand side by side; `beginning` is searched as a word's first letters."""

    words: tuple[Stems, ...] = ()
    beginning: str = ""


@dataclass(frozen=True)
class Search:
    """Terms that must all be found; `typed` is what was written."""

    typed: str
    terms: tuple[Term, ...]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every token looked for, to be marked in what is shown."""
        return frozenset(token for term in self.terms for stems in term.words for token in stems.tokens)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """The beginnings of words looked for."""
        return tuple(term.beginning for term in self.terms if term.beginning)


def parse_search(typed: str) -> Search:
    """Return what a person looks for; without terms where there is no word in it."""
    typed = " ".join(typed.replace("\0", " ")[:LONGEST].split())
    terms = [term for found in _TERM.finditer(typed) if (term := _term(found))]
    telling = [term for term in terms if not _is_everywhere(term)]
    return Search(typed, tuple((telling or terms)[:MOST_TERMS]))


def as_fts5(search: Search) -> str:
    """Return the search in the words of SQLite's FTS5."""
    return " AND ".join(f"({' OR '.join(_fts5_ways(term))})" for term in search.terms)


def as_tsquery(search: Search) -> str:
    """Return the search in the words of PostgreSQL's `tsquery`."""
    return " & ".join(f"({' | '.join(_tsquery_ways(term))})" for term in search.terms)


def _term(found: re.Match[str]) -> Term | None:
    word = found["word"]
    if word and word.endswith("*") and (beginning := folded_word(word.rstrip("*"))):
        return Term(beginning=beginning)
    words = tuple(word.stems for word in words_in(found["phrase"] or word or ""))
    return Term(words) if words else None


def _is_everywhere(term: Term) -> bool:
    return len(term.words) == 1 and term.words[0] in _STEMS_EVERYWHERE


def _fts5_ways(term: Term) -> Iterable[str]:
    if term.beginning:
        return [f'"{mark}{term.beginning}" *' for mark in "012"]
    return _unique(
        f'"{" ".join(tokens)}"'
        for tokens in ([stems.russian for stems in term.words], [stems.kazakh for stems in term.words])
    )


def _tsquery_ways(term: Term) -> Iterable[str]:
    if term.beginning:
        return [f"'{mark}{term.beginning}':*" for mark in "012"]
    return _unique(
        f"({' <-> '.join(tokens)})"
        for tokens in (
            [f"'{stems.russian}'" for stems in term.words],
            [f"'{stems.kazakh}'" for stems in term.words],
        )
    )


def _unique(ways: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ways))


_STEMS_EVERYWHERE = frozenset(word.stems for word in words_in(" ".join(_EVERYWHERE)))
