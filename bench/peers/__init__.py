"""What Kenes is measured against: small, idiomatic programs on other people's software."""
