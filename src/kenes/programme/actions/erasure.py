"""Taking a person out of the rooms they came into."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kenes.accounts.models import User
from kenes.live.tokens import revoke_participant
from kenes.programme.models import AgendaSpeaker, Participant


def forget_participant(user: User, *, at: datetime) -> None:
    """Blank the person's names in every room, part them from the account, and take their keys no more.

    What they did there stays on the participant, who is nobody from now on.
    """
    with transaction.atomic():
        theirs = Participant.objects.filter(Q(user=user) | Q(merged_into__user=user))
        participants = list(theirs.order_by("pk").values_list("pk", flat=True))
        for participant_id in participants:
            revoke_participant(participant_id, at=at)
        Participant.objects.filter(pk__in=participants).update(name="", user=None)
        AgendaSpeaker.objects.filter(user=user).update(user=None)
