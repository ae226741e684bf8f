import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from homeground.front_door import queries
from homeground.front_door.directory import NotADirectory, open_directory, store
from homeground.front_door.models import Listing, ZipCode
from homeground.front_door.rules.directory import BadRow, Kind, RowFault, UnknownHeader, kind_of, read_center

SAMPLES = Path(__file__).parents[1] / "samples"
ON = date(2026, 11, 18)
HEADER = "name1,name2,street1,street2,city,state,zip,zip4,county,latitude,longitude\n"


def row(**changed):
    return {"name1": "Place", "street1": "1 Road", "city": "Denver", "state": "CO", "zip": "80202", **changed}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (HEADER.strip().split(","), Kind.CENTERS),
        (["", "name1", "name2", "street1", "city", "state", "zip", "phone", "type_facility"], Kind.CENTERS),
        (["ID", "ADDRESS", "CITY", "STATE", "POSTAL", "Latitude", "Longitude"], Kind.OPIOID_PROGRAMS),
        (["zip", "latitude", "longitude", "place", "state"], Kind.ZIP_CODES),
    ],
)
def test_a_file_is_known_by_its_header(header, kind):
    assert kind_of(header) is kind


@pytest.mark.parametrize("header", [[], ["name"], ["a", "b"], ["state", "name", "latitude", "longitude"]])
def test_a_header_of_no_file_we_read_is_refused(header):
    with pytest.raises(UnknownHeader):
        kind_of(header)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"name1": "  "}, RowFault.MISSING),
        ({"name1": "n" * 301}, RowFault.TOO_LONG),
        ({"name1": "n" * 200, "name2": "n" * 200}, RowFault.TOO_LONG),
        ({"city": ""}, RowFault.MISSING),
        ({"state": "ZZ"}, RowFault.UNKNOWN_STATE),
        ({"zip": "8020x"}, RowFault.BAD_ZIP),
        ({"zip": "802022"}, RowFault.BAD_ZIP),
        ({"zip": ""}, RowFault.MISSING),
        ({"latitude": "91", "longitude": "0"}, RowFault.BAD_PLACE),
        ({"latitude": "39", "longitude": ""}, RowFault.BAD_PLACE),
        ({"latitude": "nan", "longitude": "0"}, RowFault.BAD_PLACE),
        ({"latitude": "north", "longitude": "0"}, RowFault.BAD_PLACE),
        ({"name1": "Pla\x00ce"}, RowFault.UNPRINTABLE),
    ],
)
def test_a_row_that_cannot_be_used_says_what_is_wrong(changed, fault):
    with pytest.raises(BadRow) as refused:
        read_center(row(**changed), Kind.CENTERS)
    assert refused.value.fault is fault


def test_leading_zeros_lost_by_a_spreadsheet_come_back():
    assert read_center(row(zip="6708"), Kind.CENTERS).zip == "06708"


def test_a_place_is_the_same_whatever_its_case_and_spaces():
    assert read_center(row(name1="PLACE "), Kind.CENTERS).key == read_center(row(), Kind.CENTERS).key


def test_service_codes_nobody_knows_are_left_out():
    assert read_center(row(services="RES; xyz,OIT"), Kind.CENTERS).services == ("OIT", "RES")


def run(capsys, *words):
    call_command("directory", *words)
    out, err = capsys.readouterr()
    return out, err


@pytest.fixture
def sample(db, capsys):
    run(capsys, "import", str(SAMPLES / "zip_codes.csv"))
    run(capsys, "import", str(SAMPLES / "centers.csv"), "--seen-on", "2026-11-18")


def test_an_import_tells_what_it_did_and_a_second_changes_nothing(db, capsys):
    first = json.loads(run(capsys, "import", str(SAMPLES / "centers.csv"), "--json")[0])
    assert (first["rows"], first["added"], first["unchanged"], first["errors"]) == (13, 13, 0, [])
    before = list(Listing.objects.order_by("key").values())
    second = json.loads(run(capsys, "import", str(SAMPLES / "centers.csv"), "--json")[0])
    assert (second["added"], second["changed"], second["unchanged"]) == (0, 0, 13)
    assert list(Listing.objects.order_by("key").values()) == before


def test_a_changed_row_is_changed_and_the_last_seen_day_never_goes_back(sample, tmp_path, capsys):
    text = (SAMPLES / "centers.csv").read_text().replace("303-555-0111", "303-555-0199")
    (tmp_path / "newer.csv").write_text(text)
    told = json.loads(
        run(capsys, "import", str(tmp_path / "newer.csv"), "--seen-on", "2026-12-01", "--json")[0]
    )
    assert (told["added"], told["changed"]) == (0, 1)
    run(capsys, "import", str(SAMPLES / "centers.csv"), "--seen-on", "2020-01-01")
    assert set(Listing.objects.values_list("last_seen_on", flat=True)) == {date(2026, 12, 1)}


def test_bad_rows_are_listed_with_their_line_and_the_others_are_taken(db, tmp_path, capsys):
    good = "Place,,1 Road,,Denver,CO,80202,,Denver,39.7,-104.9\n"
    (tmp_path / "mixed.csv").write_text(
        HEADER + good + ",,1 Road,,Denver,CO,80202,,,,\n" + "short,row\n" + good
    )
    out, err = run(capsys, "import", str(tmp_path / "mixed.csv"), "--json")
    told = json.loads(out)
    assert (told["added"], told["repeated"], len(told["errors"])) == (1, 1, 2)
    assert [error["line"] for error in told["errors"]] == [3, 4]
    assert "line 3: name: missing" in err and "rows read" in err


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", HEADER.encode() + b"Caf\x81,,1 Road,,Denver,CO,80202,,,,\n"],
)
def test_a_file_that_cannot_be_read_ends_with_two_and_writes_nothing(db, tmp_path, content):
    (tmp_path / "bad.csv").write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("directory", "import", str(tmp_path / "bad.csv"))
    assert refused.value.returncode == 2 and not Listing.objects.exists()


def test_a_file_that_breaks_off_leaves_nothing_of_itself(db, tmp_path):
    good = "".join(f"Place {n},,1 Road,,Denver,CO,80202,,,39.7,-104.9\n" for n in range(3000))
    (tmp_path / "broken.csv").write_bytes(HEADER.encode() + good.encode() + b"x" * 200_000 + b"\n")
    with pytest.raises(NotADirectory):
        store(open_directory(tmp_path / "broken.csv"), seen_on=ON, progress=lambda rows: None)
    assert not Listing.objects.exists()


def test_a_file_as_an_old_spreadsheet_saves_it_is_read(db, tmp_path, capsys):
    (tmp_path / "old.csv").write_bytes(HEADER.encode() + b"Caf\xe9,,1 Road,,Denver,CO,80202,,,,\n")
    run(capsys, "import", str(tmp_path / "old.csv"))
    assert Listing.objects.get().name == "Caf\u00e9"


def test_two_lists_of_one_place_are_brought_together(db, tmp_path, capsys):
    header = "name1,street1,city,state,zip,phone,services\n"
    (tmp_path / "one.csv").write_text(header + "Place,1 Road,Denver,CO,80202,303-555-0100,RES\n")
    (tmp_path / "two.csv").write_text(header + "Place,1 Road,Denver,CO,80202,,OIT\n")
    run(capsys, "import", str(tmp_path / "one.csv"))
    run(capsys, "import", str(tmp_path / "two.csv"))
    place = Listing.objects.get()
    assert (place.phone, place.services) == ("303-555-0100", ["OIT", "RES"])


def test_a_missing_file_is_told(db):
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("directory", "import", "/nowhere/at/all.csv")


def test_places_near_a_zip_code_come_by_distance_alone(sample):
    found = queries.near_zip("80202")
    miles = [place.miles for place in found.places]
    assert miles == sorted(miles) and found.total == 13
    assert found.places[0].name == "Juniper House" and found.places[0].miles < 0.1


def test_the_distance_is_the_great_circle(sample):
    from math import asin, cos, radians, sin, sqrt

    place = next(each for each in queries.near_zip("80202").places if each.name == "Harbor Hall")
    a, b, c, d = (radians(x) for x in (39.7527, -104.9992, 47.6114, -122.3305))
    miles = 2 * 3958.8 * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))
    assert abs(place.miles - miles) < 0.01


def test_what_was_wanted_comes_first_then_who_says_nothing_then_the_others(sample):
    Listing.objects.filter(name="Foothill Evening Groups").update(services=[])
    found = queries.near_zip("80202", wanted=["RES", "RL"])
    assert [place.fit for place in found.places] == sorted(place.fit for place in found.places)
    assert found.places[0].name == "Cottonwood Recovery Residence"
    fits = {place.name: place.fit for place in found.places}
    assert (fits["Foothill Evening Groups"], fits["Blue Spruce Counseling"]) == (1, 2)


@pytest.mark.parametrize("state", ["CO", "co", " Colorado "])
def test_a_state_by_letters_or_name_in_order_of_city(sample, state):
    found = queries.in_state(state)
    cities = [place.city for place in found.places]
    assert cities == sorted(cities) and found.total == 9 and found.places[0].miles is None


def test_every_search_is_one_statement_and_tells_an_unknown_place(sample, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.near_zip("80202", number=2, size=5)
    with django_assert_num_queries(1):
        assert queries.in_state("TX").places == ()
    with pytest.raises(queries.UnknownZip):
        queries.near_zip("00000")
    with pytest.raises(queries.UnknownState):
        queries.in_state("Atlantis")


def test_pages_hold_every_place_once(sample):
    names = [
        place.name
        for number in (1, 2, 3)
        for place in queries.near_zip("80202", number=number, size=5).places
    ]
    assert len(names) == len(set(names)) == 13
    assert queries.near_zip("80202", number=1, size=5).pages == 3


def test_a_known_zip_code_without_any_center_is_no_error(db, capsys):
    run(capsys, "import", str(SAMPLES / "zip_codes.csv"))
    assert queries.near_zip("80202") == queries.Found(places=(), total=0, number=1, size=25)
    assert ZipCode.objects.count() == 13


def test_near_prints_json_and_ends_with_two_on_bad_input(sample, capsys):
    told = json.loads(run(capsys, "near", "--zip", "80202", "--limit", "2", "--json")[0])
    assert [listing["name"] for listing in told["listings"]] == [
        "Juniper House",
        "Cottonwood Recovery Residence",
    ]
    assert told["listings"][0]["last_seen_on"] == "2026-11-18"
    told = json.loads(run(capsys, "near", "--state", "WA", "--json")[0])
    assert {listing["state"] for listing in told["listings"]} == {"WA"}
    for words in (("--zip", "00000"), ("--state", "ZZ")):
        with pytest.raises(CommandError) as refused:
            call_command("directory", "near", *words)
        assert refused.value.returncode == 2


SHARED = Path(__file__).parents[4] / "shared" / "data"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the federal directory is not part of the project")
def test_the_federal_directory_of_2021_imports_whole(db, capsys):
    centers = str(SHARED / "facilities" / "sud_treatment_facilities_us_2021.csv")
    first = json.loads(run(capsys, "import", centers, "--json")[0])
    assert (first["rows"], first["added"] + first["repeated"], first["errors"]) == (14034, 14034, [])
    second = json.loads(run(capsys, "import", centers, "--json")[0])
    assert (second["added"], second["changed"]) == (0, 0)
    run(capsys, "import", str(SHARED / "geo" / "zip_centroids.csv"))
    assert queries.in_state("WA").total > 300
    opioid = str(SHARED / "facilities" / "opioid_treatment_programs_us_2020.csv")
    assert json.loads(run(capsys, "import", opioid, "--json")[0])["added"] > 1700
    assert queries.near_zip("98101").places[0].state == "WA"
