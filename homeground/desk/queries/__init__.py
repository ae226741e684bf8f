"""What the composed pages show. Each page has one query; it asks the rooms below and joins nothing itself."""

from homeground.desk.queries.home import Home, home
from homeground.desk.queries.own import Own, own
from homeground.desk.queries.people import NotHere, PatientPage, People, patient_page, people

__all__ = ["Home", "NotHere", "Own", "PatientPage", "People", "home", "own", "patient_page", "people"]
