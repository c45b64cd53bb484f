"""Kenes: a ministry's days in the regions, with every question answered on record."""

__version__ = "0.1.0"
