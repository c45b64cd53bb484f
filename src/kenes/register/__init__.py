"""The public register of questions: search, feeds, exports, subscriptions, coverage."""
