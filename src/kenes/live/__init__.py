"""The live engine: versioned feeds, relay, hub, write path. Knows no domain."""
