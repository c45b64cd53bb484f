"""Answer coverage: each question in exactly one class, each number opening onto its list."""
