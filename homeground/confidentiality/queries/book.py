from functools import cache
from importlib import resources

from homeground.confidentiality.rules.book import Book, read_book


@cache
def book() -> Book:
    """The shipped book of rules. No statement, read once. Raises BadBook when the file is wrong (tested)."""
    file = resources.files("homeground.confidentiality") / "packs" / "us.toml"
    return read_book(file.read_text(encoding="utf-8"))
