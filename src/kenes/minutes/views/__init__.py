"""The pages of minutes and summaries."""
