"""People of a unit, by the kind of their membership, and short ways through the work on an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from factories import NOON, a_body, a_user
from kenes.accounts.models import Membership, User
from kenes.accounts.states import MembershipKind
from kenes.answering import actions
from kenes.answering.actions import DraftWords
from kenes.answering.models import DraftVersion
from kenes.organisations.models import Organisation
from kenes.questions.models import Question

NOW = NOON + timedelta(hours=1)
KK = "Орталық мамырда ашылады."
RU = "Центр откроется в мае."
EN = "The centre opens in May."
WORDS = DraftWords({"kk": KK, "ru": RU}, original="ru")


@dataclass(frozen=True)
class Unit:
    """A body with one person of each kind."""

    body: Organisation
    people: Mapping[str, User]

    @property
    def member(self) -> User:
        return self.people["member"]

    @property
    def drafter(self) -> User:
        return self.people["drafter"]

    @property
    def clearer(self) -> User:
        return self.people["clearer"]

    @property
    def signer(self) -> User:
        return self.people["signer"]

    @property
    def head(self) -> User:
        return self.people["head"]


def a_unit(name: str) -> Unit:
    body = a_body(name, "directorate")
    people = {kind.value: a_member(f"{name.lower()}-{kind}", body, kind) for kind in MembershipKind}
    return Unit(body, people)


def a_member(name: str, body: Organisation, *kinds: str) -> User:
    user = a_user(name, language="en")
    for kind in kinds:
        Membership.objects.create(user=user, organisation=body, kind=kind, position=f"{kind.capitalize()}")
    return user


def saved(question: Question, by: User, *, base: int = 0, original: str = "ru", **texts: str) -> DraftVersion:
    words = DraftWords(texts, original=original) if texts else WORDS
    return actions.save_draft(question, words=words, base=base, by=by, at=NOW)
