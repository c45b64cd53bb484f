"""How long a message is tried, how often, and how long it is kept."""

from datetime import timedelta

# The pause after the first, second, ... failed attempt; after the last the message has failed.
RETRY_PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)

# Longer than any one conversation with a mail server (its socket times out after 20 s a step).
LEASE = timedelta(minutes=3)

# How long a sent or failed message, with the person's address, is kept for looking into complaints.
KEPT_FOR = timedelta(days=90)
