"""Uploads and evidence, checked before they are kept."""
