"""Pages of commitments: those for everybody, and those of the people who keep them."""
