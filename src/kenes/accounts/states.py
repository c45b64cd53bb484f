"""Roles of people, and kinds of membership in a body."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A role on the instance or within a body's campaigns; anyone signed in is a participant."""

    MODERATOR = "moderator", _("Moderator")
    SPEAKER = "speaker", _("Speaker")
    OFFICER = "officer", _("Officer")
    EXECUTOR = "executor", _("Executor")
    PROJECT_MANAGER = "project_manager", _("Project manager")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


OPEN_THE_ADMINISTRATION = frozenset({Role.ADMINISTRATOR, Role.EDITOR})


class MembershipKind(TextChoices):
    """What a person of a body does with an answer."""

    MEMBER = "member", _("Member")
    DRAFTER = "drafter", _("Drafts answers")
    CLEARER = "clearer", _("Clears answers")
    SIGNER = "signer", _("Signs answers")
    HEAD = "head", _("Heads the unit")


class Purpose(TextChoices):
    """What a person's data are asked for, each consented to on its own."""

    ACCOUNT = "account", _("Keeping my account: e-mail address, name and language")
    NAME_SHOWN = "name_shown", _("Showing my name beside the questions I ask")
