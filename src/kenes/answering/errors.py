"""What the work on an answer refuses.

KenesError
├── InvalidInput
│   ├── TextsMissing, PromiseNotMarked, PromiseIncomplete, PlaceholderUnknown, SignatureIsNoCms
│   └── StepIsNobodys, NothingChosen, TooManyChosen
├── Conflict
│   ├── DraftConflict, VersionChanged, DraftIsEmpty
│   ├── NotNow, WentElsewhere, TranslationNotAsked, NothingToCheck, TranslationsUnchecked
│   └── LinkExpired, LinkUsed
└── Forbidden
    └── WorkNotOpen
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, Forbidden, InvalidInput

if TYPE_CHECKING:
    from kenes.answering.models import DraftVersion


class TextsMissing(InvalidInput):
    type = "answer-texts-missing"
    message = _("The answer is needed in Kazakh and in Russian. Missing: %(languages)s.")


class PromiseNotMarked(InvalidInput):
    type = "promise-not-marked"
    message = _(
        "Please say whether the answer makes a commitment (what, who, by when) or makes none. "
        "It cannot be signed before."
    )


class PromiseIncomplete(InvalidInput):
    type = "promise-incomplete"
    message = _("A commitment says what is promised in Kazakh and Russian, who does it and by when.")


class PlaceholderUnknown(InvalidInput):
    type = "placeholder-unknown"
    message = _("The placeholder %(name)s is not known. Known are: %(known)s.")


class SignatureIsNoCms(InvalidInput):
    type = "signature-is-no-cms"
    message = _(
        "This is no detached CMS file of a digital signature. Please attach the .p7s, .cms or .sig file "
        "that your signing program wrote, or none."
    )


class StepIsNobodys(InvalidInput):
    type = "clearance-step-nobodys"
    message = _("Please say who clears: a kind of the body's people, or people by name.")


class NothingChosen(InvalidInput):
    type = "nothing-chosen"
    message = _("Please choose at least one question.")


class TooManyChosen(InvalidInput):
    type = "too-many-chosen"
    message = _("At most %(limit)s questions are taken at once. Please choose fewer.")


class DraftConflict(Conflict):
    """Somebody saved meanwhile; `latest` is what stands now. Nothing was overwritten."""

    type = "draft-conflict"
    message = _(
        "Somebody saved version %(number)s while you were writing. Your text is kept below beside theirs: "
        "take over what you need and save again."
    )

    def __init__(self, *, latest: "DraftVersion") -> None:
        self.latest = latest
        super().__init__(number=latest.number)


class VersionChanged(Conflict):
    type = "draft-version-changed"
    message = _(
        "The draft has changed since you saw it: version %(number)s stands now. Please read it first."
    )


class DraftIsEmpty(Conflict):
    type = "draft-empty"
    message = _("There is no draft yet. Please write and save one first.")


class NotNow(Conflict):
    type = "work-not-now"
    message = _("The question has changed since you saw it: this cannot be done with it now.")


class WentElsewhere(Conflict):
    """The unit lost the question; what was typed is shown once more."""

    type = "work-went-elsewhere"
    message = _(
        "Your unit has this question no more, so nothing was saved. What you typed stands below: copy what "
        "you want to pass on."
    )


class TranslationNotAsked(Conflict):
    type = "translation-not-asked"
    message = _("No translation into this language is asked for.")


class NothingToCheck(Conflict):
    type = "nothing-to-check"
    message = _("There is no translation here that waits to be checked.")


class TranslationsUnchecked(Conflict):
    type = "translations-unchecked"
    message = _(
        "Somebody has to confirm first that the translation says what the original says. "
        "Not confirmed: %(languages)s."
    )


class LinkExpired(Conflict):
    type = "assignment-link-expired"
    message = _("It was good for three working days. Please sign in to answer.")


class LinkUsed(Conflict):
    type = "assignment-link-used"
    message = _("This assignment has been accepted, declined or given to another unit already.")


class WorkNotOpen(Forbidden):
    type = "work-not-open"
