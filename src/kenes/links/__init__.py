"""Typed links between objects named by (kind, public id)."""
