"""What is asked for minutes and summaries."""

from kenes.minutes.queries.content import Content, content_of

__all__ = ["Content", "content_of"]
