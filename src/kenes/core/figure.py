"""The type of a figure: a number on a public page, its definition in words, the list it opens onto."""

from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Figure:
    """What a number counts. `key` is `app.name`; `unit` is of the number; `title` stands beside it.

    `words` define it so that two people counting the rows get the same number.
    """

    key: str
    words: Text
    unit: Text
    title: Text = ""

    @property
    def name(self) -> str:
        """The key without its app, as it stands in addresses."""
        return self.key.partition(".")[2]
