"""The words of the access table. Each room writes its part in `access.py` beside its `urls.py`.

`PAGES` says which roles a URL admits. `READS` says what it shows of whose record, so that the house can
ask the decision before the view runs (homeground/config/asking.py). `WAYS` say how an id in a URL leads to
the person it is about. Parts of a record are values of `confidentiality.rules.vocabulary.Category`.
"""

from dataclasses import dataclass

type Table = dict[str, frozenset[str]]

ANYONE = frozenset({"anyone"})
"""Visitors without an account. The database is asked through the public channel, even for staff."""

HOUSE_ONLY = frozenset({"machine"})
"""Answers without touching any organization's rows: health, static texts, sign-in itself."""


@dataclass(frozen=True, slots=True)
class OnePerson:
    """A page about one person: `by` is the argument of its URL that leads to them.

    Without every part of `must` the page refuses; what is refused of `may` it leaves out.
    """

    by: str
    must: frozenset[str]
    may: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A page for the person whose record it is: the view finds it by who signed in, never by an id."""

    shows: frozenset[str]


@dataclass(frozen=True, slots=True)
class ManyPeople:
    """A list: of each person it shows these parts at most, which every role it admits needs for its work."""

    shows: frozenset[str]


@dataclass(frozen=True, slots=True)
class AsksItself:
    """The view asks the decision, or needs a Permit, because it must know more than the URL tells."""

    why: str


@dataclass(frozen=True, slots=True)
class NoRecord:
    """Nothing of anybody's record is shown, for this reason."""

    why: str


type Read = OnePerson | OwnRecord | ManyPeople | AsksItself | NoRecord
type Reads = dict[str, Read]


@dataclass(frozen=True, slots=True)
class Way:
    """How an id leads to a person: the model it names, the fields to follow, and who wrote the row.

    `author` is empty where the row has no author who may read it for having written it.
    """

    model: str
    person: str
    author: str = ""


type Ways = dict[str, Way]
