"""Campaigns, sessions and meetings in the read API."""

from kenes.programme.api.routes import router

__all__ = ["router"]
