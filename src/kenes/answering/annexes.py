"""What stands beside a signed answer on its public page: its commitments and files of digital signatures."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from kenes.answering.actions.signing import REPEATS, SOURCE_KIND
from kenes.answering.models import SignatureFile
from kenes.commitments.models import Commitment
from kenes.commitments.pages import Card, cards_of
from kenes.commitments.queries import for_cards
from kenes.links.models import End
from kenes.links.queries import links_from
from kenes.questions.annexes import register_annex
from kenes.questions.models import Answer
from kenes.questions.states import Promise


def register_annexes() -> None:
    """Register what the question's page shows of the work on its answer."""
    register_annex("answering/parts/_promised.html", promised_in)
    register_annex("answering/parts/_signatures.html", signatures_of)


def promised_in(answer: Answer) -> list[Card] | None:
    """Return the cards of what the answer promises, its own and what another answer has put on record."""
    if answer.promise != Promise.MADE:
        return None
    source = End(SOURCE_KIND, answer.question.code)
    shared = [link.target.id for link in links_from(source, relation=REPEATS)]
    own = Q(source_kind=source.kind, source_id=source.id)
    found = Commitment.objects.filter(own | Q(code__in=shared)).order_by("id")
    return cards_of(for_cards(found), on=timezone.localdate()) or None


def signatures_of(answer: Answer) -> Sequence[SignatureFile] | None:
    """Return the files of digital signatures attached to the answer."""
    return list(answer.signature_files.select_related("upload").order_by("id")) or None
