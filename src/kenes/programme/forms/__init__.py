"""Forms of the programme: the filters of its pages, and those with which it is edited."""
