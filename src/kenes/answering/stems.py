"""Words reduced to stems, for telling alike questions: Russian by Snowball, Kazakh by endings cut off."""

import re
from functools import lru_cache

import snowballstemmer

from kenes.core.folding import fold

SHORTEST_STEM = 4
MOST_CUTS = 3
# A text is taken for Kazakh where so many of its words have a letter that Russian lacks.
KAZAKH_SHARE = 0.15
_WORD = re.compile(r"[^\W\d_]{3,}")
_KAZAKH_LETTER = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_RUSSIAN = snowballstemmer.stemmer("russian")
# Folded: number, possession and case, one by one and as they are heaped up.
_ENDINGS_OF_KAZAKH = """
    лар лер дар дер тар тер лары лери дары дери тары тери
    ымыз имиз ыныз иниз сы си ым им ын ин ы и
    нын нин дын дин тын тин га ге ка ке на не ды ди ты ти ны ни да де та те нда нде
    дан ден тан тен нан нен мен бен пен
    дагы деги тагы теги
"""
_ENDINGS = tuple(sorted(_ENDINGS_OF_KAZAKH.split(), key=len, reverse=True))
# A last consonant that is voiced before an ending: кітап, кітабы.
_UNVOICED = str.maketrans("гб", "кп")
_SAY_NOTHING = """
    как что когда где или для это при над под без будет есть наш наши ваш ваши они мне нам вам чтобы
    почему какие какой какая каких этот эта кто куда если уже еще скажите
    калай кашан кайда неге бар жок болады бола осы сол мен сиз биз бул жане ушин кандай емес дейин
    how what when where why the and for are will our your with this that who there
"""
STOP_WORDS = frozenset(_SAY_NOTHING.split())


def stems_of(text: str) -> list[str]:
    """Return the stems of a text's words, in order; words that say nothing are left out."""
    stem = kazakh_stem if is_kazakh(text) else russian_stem
    return [stem(word) for word in _WORD.findall(fold(text)) if word not in STOP_WORDS]


def is_kazakh(text: str) -> bool:
    """Say whether a text is to be taken for Kazakh."""
    words = _WORD.findall(text)
    marked = sum(1 for word in words if _KAZAKH_LETTER.search(word))
    return bool(words) and marked >= KAZAKH_SHARE * len(words)


@lru_cache(maxsize=20_000)
def russian_stem(word: str) -> str:
    """Return the Russian stem of a folded word (a Latin one stays nearly as it is)."""
    return str(_RUSSIAN.stemWord(word))


@lru_cache(maxsize=20_000)
def kazakh_stem(word: str) -> str:
    """Return a folded word without its Kazakh endings, its last consonant unvoiced."""
    for _each in range(MOST_CUTS):
        room = len(word) - SHORTEST_STEM
        ending = next((end for end in _ENDINGS if len(end) <= room and word.endswith(end)), "")
        if not ending:
            break
        word = word.removesuffix(ending)
    return word[:-1] + word[-1].translate(_UNVOICED)
