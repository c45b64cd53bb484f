"""The programme in Django's admin, for editors and administrators; every save is an action."""

from kenes.programme.admin import campaigns, meetings

__all__ = ["campaigns", "meetings"]
