"""What in a text looks like personal data: found by form and check digits, in Russian and Kazakh writing.

Nothing here decides: people do. A *sure* hit passed a check of its own (check digit, form with code);
a *likely* one looks like it. Every pattern is of bounded length, so the time grows with the text's
length alone.
"""

from kenes.redaction.rules.finding import find_personal_data, has_sure_hit

__all__ = ["find_personal_data", "has_sure_hit"]
