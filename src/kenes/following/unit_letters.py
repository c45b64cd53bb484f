"""Letters to the people of a unit: what is due soon, what is late, what is due on another day."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kenes.accounts.models import User
from kenes.accounts.queries import members_on
from kenes.accounts.states import MembershipKind
from kenes.following.models import Happening
from kenes.following.queries import part_told
from kenes.following.states import Kind
from kenes.following.story import story_of
from kenes.notices.wishes import Letter
from kenes.organisations.models import Organisation
from kenes.questions.models import Assignment
from kenes.questions.states import QuestionState

AT_WORK = frozenset({QuestionState.ASSIGNED, QuestionState.DRAFTED, QuestionState.CLEARED})
TOLD_TO_UNIT = frozenset({Kind.DUE_SOON, Kind.OVERDUE, Kind.DUE_CHANGED})
TOLD_TO_UNIT_OF_PART = frozenset({Kind.PART_PASSED, Kind.PART_MOVED, Kind.PART_SOON, Kind.PART_LATE})
TOLD_SOON = (MembershipKind.DRAFTER, MembershipKind.CLEARER, MembershipKind.SIGNER, MembershipKind.HEAD)


def letters_to_unit(happening: Happening) -> list[Letter]:
    """Return a letter to each person who can do something about an answer that is due, late or moved."""
    question = happening.question
    if Kind(happening.kind) in TOLD_TO_UNIT_OF_PART:
        return _letters_of_part(happening)
    if Kind(happening.kind) not in TOLD_TO_UNIT or question.state not in AT_WORK:
        return []
    assignment = Assignment.objects.filter(question=question, ended_at=None).select_related("organisation")
    found = assignment.last()
    if found is None:
        return []
    page = f"{settings.PUBLIC_URL}/work/questions/{question.code}/"
    return _letters(happening, found.organisation, page)


def _letters_of_part(happening: Happening) -> list[Letter]:
    """Return a letter to each person of the unit that is to answer the part, as long as it is owed."""
    part = part_told(happening)
    if part is None or part.ended_at is not None:
        return []
    return _letters(happening, part.organisation, f"{settings.PUBLIC_URL}/work/parts/{part.public_id}/")


def _letters(happening: Happening, unit: Organisation, page: str) -> list[Letter]:
    members = members_on(unit, timezone.localdate(happening.at)).filter(kind__in=TOLD_SOON)
    people = {member.user_id: member.user for member in members}
    return [_letter(happening, person, page) for person in people.values()]


def _letter(happening: Happening, person: User, page: str) -> Letter:
    with override(person.language):
        story = story_of(happening, own=None)
        headline, paragraphs = story.headline, story.paragraphs
        if Kind(happening.kind) == Kind.PART_PASSED:
            headline = _("Question %(code)s: an answer to a part of it is asked of your unit")
            headline %= {"code": story.code}
            paragraphs = [headline + ".", *paragraphs[1:]]
        paragraphs = [
            *paragraphs,
            page,
            _("You get this because you answer questions for your unit."),
        ]
        return Letter(
            key=f"unit:{happening.public_id}:{person.public_id}",
            to=person.email,
            language=person.language,
            subject=headline,
            body="\n\n".join(paragraphs) + "\n",
        )
