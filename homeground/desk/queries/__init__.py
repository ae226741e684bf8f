"""What the composed pages show. Each page has one query; it asks the rooms below and joins nothing itself."""

from homeground.desk.queries.home import Home, home
from homeground.desk.queries.own import Own, own
from homeground.desk.queries.people import NotHere, PatientPage, People, patient_page, people
from homeground.desk.queries.shared import Shared, shared

__all__ = [
    "Home",
    "NotHere",
    "Own",
    "PatientPage",
    "People",
    "Shared",
    "home",
    "own",
    "patient_page",
    "people",
    "shared",
]
