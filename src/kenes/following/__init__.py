"""Following: who is told of what. Askers' contacts, subscriptions, slips, events for other systems."""
