"""The summary for the press: sentences with signs in the place of numbers, each leading to its records."""
