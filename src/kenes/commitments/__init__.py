"""Promises made in answers and on stage: who, what, by when, with evidence and acceptance."""
