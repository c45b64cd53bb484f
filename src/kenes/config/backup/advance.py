"""Why a restored database does not go on counting where the back-up stood.

People hold tokens, receipts and versions that the instance gave after the back-up was made. Were
the same ids given again, the token of one person would act for another, and a receipt would open
another's question. So every sequence leaps ahead; so does each feed's version, by which shared
pages are kept in memory.
"""

ADVANCE = 1_000_000
FEEDS = f"UPDATE live_feed SET version = version + {ADVANCE}"  # noqa: S608 (a number of ours)
