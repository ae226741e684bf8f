"""The public directory: reading a file of centers or ZIP codes, and storing it.

Listings are public facts that belong to no clinic, so storing them is no write of a clinic's chart: it has no
actor and no audit entry. Only the command `directory import` does it.
"""

from homeground.front_door.directory.reading import Directory, NotADirectory, RowError, open_directory
from homeground.front_door.directory.storing import Stored, store

__all__ = ["Directory", "NotADirectory", "RowError", "Stored", "open_directory", "store"]
