"""Redaction in templates."""
