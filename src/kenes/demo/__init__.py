"""The demonstration's content, ours and marked illustrative."""
