"""Measurements against peers and limits: always as ratios, never as timed unit tests."""
