"""Asking, votes and moderation: what people ask and what becomes of it."""
