"""Home, regions and search: the pages that cross apps."""
