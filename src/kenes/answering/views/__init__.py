"""Pages of the desk of answers: the queue, a question, a unit's load, the link of an e-mail."""
