"""The words of the access table. Each room writes its part in `access.py` beside its `urls.py`."""

type Table = dict[str, frozenset[str]]

ANYONE = frozenset({"anyone"})
"""Visitors without an account. The database is asked through the public channel, even for staff."""

HOUSE_ONLY = frozenset({"machine"})
"""Answers without touching any organization's rows: health, static texts, sign-in itself."""
