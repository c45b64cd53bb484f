"""Looking into an upload for what its sender may not know of: hidden parts, changes, names, places.

Pure and wary: nothing is run, no entity is resolved, sizes are counted while reading.
"""

from kenes.files.examining.cleaning import clean_copy
from kenes.files.examining.findings import Finding
from kenes.files.examining.looking import examine

__all__ = ["Finding", "clean_copy", "examine"]
