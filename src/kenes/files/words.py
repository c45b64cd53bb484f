"""Findings in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kenes.files.examining import Finding
from kenes.files.models import Upload
from kenes.files.states import FindingKind, Treatment


def in_words(findings: Sequence[Finding]) -> str:
    """Return each kind once, with the sheets or parts it was found in where they have names."""
    said = []
    for kind in FindingKind:
        places = [finding.where for finding in findings if finding.kind == kind and finding.where]
        if any(finding.kind == kind for finding in findings):
            said.append(f"{kind.label} ({', '.join(places)})" if places else str(kind.label))
    return "; ".join(said)


def told_of(upload: Upload) -> list[str]:
    """Return what the sender is told of a kept upload: what was taken out of it, and what is still there."""
    found = list(upload.findings.all())
    sentences = {
        Treatment.CLEANED: _("Taken out of the kept copy of %(name)s: %(found)s."),
        Treatment.TOLD: _("Still in %(name)s, for everybody to read: %(found)s."),
    }
    told = []
    for treatment, sentence in sentences.items():
        kinds = {row.kind for row in found if row.treatment == treatment}
        if kinds:
            words = "; ".join(str(kind.label) for kind in FindingKind if kind in kinds)
            told.append(sentence % {"name": upload.original_name, "found": words})
    return told
