"""People of a unit, by the kind of their membership, and short ways through the work on an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max

from factories import NOON, a_body, a_user
from kenes.accounts.models import Membership, User
from kenes.accounts.states import MembershipKind
from kenes.answering import actions
from kenes.answering.actions import DraftWords, Signature
from kenes.answering.models import DraftVersion
from kenes.answering.rules import NoCommitment
from kenes.core.folding import fold
from kenes.organisations.models import Organisation
from kenes.questions.models import Answer, Assignment, Question

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
    Organisation.objects.filter(pk=body.pk).update(folded=fold(name))  # so that it is found by typing
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


def seen(*questions: Question) -> dict[str, int]:
    """Return the versions that stand now, by the questions' codes."""
    running = Assignment.objects.filter(question__in=questions, ended_at=None)
    versions = running.annotate(number=Max("draft__versions__number"))
    return dict(versions.values_list("question__code", "number"))


def checked(question: Question, unit: Unit) -> None:
    """Confirm every translation of the version that stands."""
    actions.check_many([question], seen=seen(question), by=unit.clearer, at=NOW)


def submitted(question: Question, unit: Unit, **texts: str) -> None:
    """Bring the question to clearance with a first version."""
    version = saved(question, unit.drafter, **({"kk": KK, "ru": RU} | texts))
    checked(question, unit)
    actions.submit_to_clearance(question, version=version.number, by=unit.drafter, at=NOW)


def ready(question: Question, unit: Unit, **texts: str) -> None:
    """Bring the question to where its answer is cleared and waits for the signature."""
    submitted(question, unit, **texts)
    actions.clear_step(question, version=1, by=unit.clearer, at=NOW)


def signed(question: Question, unit: Unit, *, by: User | None = None) -> Answer:
    """Sign the first version without a commitment."""
    signature = Signature("Head of the directorate, Directorate", NoCommitment())
    return actions.sign_answer(question, version=1, signature=signature, by=by or unit.signer, at=NOW)
