"""Minutes of a meeting and a summary for the press, made from what happened."""
