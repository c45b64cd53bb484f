"""A unit's work on written answers: drafts, clearance, translation, signature, publication."""
