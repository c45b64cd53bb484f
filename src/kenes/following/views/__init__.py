"""Pages of following: subscribing by a letter, and the asker's own by the receipt."""
