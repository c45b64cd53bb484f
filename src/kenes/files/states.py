"""What an upload may hold beside what its reader sees, and what is done about it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindingKind(TextChoices):
    """Something in a file that its sender may not know of."""

    UNREADABLE = "unreadable", _("it cannot be checked: it is encrypted, broken or much too large inside")
    MACROS = "macros", _("macros")
    SCRIPT = "script", _("scripts or actions that start by themselves")
    TRACKED_CHANGES = "tracked_changes", _("tracked changes")
    COMMENTS = "comments", _("comments")
    HIDDEN_SHEET = "hidden_sheet", _("hidden sheets")
    HIDDEN_CELLS = "hidden_cells", _("hidden rows or columns")
    HIDDEN_TEXT = "hidden_text", _("hidden text")
    HIDDEN_SLIDE = "hidden_slide", _("hidden slides")
    NOTES = "notes", _("speaker's notes")
    PIVOT_DATA = "pivot_data", _("source rows behind a pivot table")
    LINKED = "linked", _("parts linked from other files")
    EMBEDDED = "embedded", _("embedded or attached files")
    AUTHOR = "author", _("names of authors or editors")
    COMPANY = "company", _("the company's name")
    LOCATION = "location", _("the place where a picture was taken")
    METADATA = "metadata", _("other properties of the file")


class Treatment(TextChoices):
    """What becomes of a finding."""

    BLOCKS = "blocks", _("the file is not taken")
    CLEANED = "cleaned", _("taken out of the kept copy")
    TOLD = "told", _("kept; its sender is told")


IN_PROPERTIES = frozenset(
    {FindingKind.AUTHOR, FindingKind.COMPANY, FindingKind.LOCATION, FindingKind.METADATA}
)
