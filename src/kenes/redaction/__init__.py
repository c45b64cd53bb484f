"""Personal data in texts: found by rules, proposed, taken out by people with a reason."""
