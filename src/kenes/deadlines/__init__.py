"""Terms with their ledger: what is due, when, and why."""
