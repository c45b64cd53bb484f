"""The demonstration's texts: ours, illustrative; roles instead of people."""
