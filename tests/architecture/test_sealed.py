"""What was written about a person lies sealed; who holds the database reads none of it (check G07).

A text that stays plain says why in PLAIN. The rooms in ROOMS are written in full and looked for in the files;
the others are looked for in every table by test_identifiers_lie_sealed.py.
"""

import base64
import os
import time
from io import StringIO
from pathlib import Path
from secrets import token_hex

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from leaks.filling import WHEN, Filler, coded

from homeground.config import keys
from homeground.config.engine.places import Home
from homeground.ground import scope
from homeground.ground.privacy import PrivacyClass
from homeground.ground.sealed_text import SealedText
from homeground.people.roles import Role
from homeground.plan.models import (
    Assessment,
    DischargePlan,
    DrugResult,
    DrugTest,
    Incident,
    RiskFinding,
    Section,
)
from homeground.plan.tests import factories as plans
from homeground.treatment.models import Session
from homeground.treatment.tests import factories

ROOMS = ("plan", "treatment")
NAME = "the name under a signature is staff's and stays plain (docs/adr/0013)"
CODE = "a coded word: the database counts and compares it"
PERSON = "searched, sorted and compared (docs/adr/0013)"
SIGN_IN = "signing in looks for it (docs/adr/0013)"
PLAIN = {
    "audit.Entry.address": "the network address of a look: whoever follows a break-in searches it",
    "chart.LevelPeriod.level": CODE,
    "confidentiality.Revocation.category": CODE,
    "people.Account.email": SIGN_IN,
    "people.Account.username": SIGN_IN,
    "people.Person.called": PERSON,
    "people.Person.family_name": PERSON,
    "people.Person.gender": PERSON,
    "people.Person.given_name": PERSON,
    "placement.Administration.instrument": CODE,
    "placement.CriticalAnswer.item": CODE,
    "placement.CriticalAnswer.kind": CODE,
    "placement.Decision.level": CODE,
    "placement.Decision.recommended": CODE,
    "placement.DomainRating.domain": CODE,
    "placement.Fact.question": CODE,
    "placement.MeasureAnswer.item": CODE,
    "placement.MeasureScore.scale": CODE,
    "placement.RedFlag.flag": CODE,
    "plan.Assessment.signed_name": NAME,
    "plan.Certification.signed_name": NAME,
    "plan.DischargePlan.signed_name": NAME,
    "plan.DischargeSummary.signed_name": NAME,
    "plan.Intervention.kind": CODE,
    "plan.Part.kind": CODE,
    "plan.PlanVersion.stay_weeks": "ten characters for a number of weeks",
    "plan.Problem.section": CODE,
    "plan.Review.closed_name": NAME,
    "plan.Review.decision": CODE,
    "plan.Signature.name": "who signed, staff or the person: a name stays plain (docs/adr/0013)",
    "treatment.Signature.name": NAME,
    "treatment.CoSignature.name": NAME,
    "treatment.Addendum.name": NAME,
    "treatment.SentBack.name": NAME,
}


def about_people():
    """Every column of the house that holds words about a person, no code of a fixed list."""
    for model in apps.get_models():
        if not model.__module__.startswith("homeground."):
            continue
        codes = coded(model)
        for field in model._meta.concrete_fields:
            told = model.privacy.of(field.name) in (PrivacyClass.IDENTIFYING, PrivacyClass.CLINICAL)
            text = isinstance(field, models.CharField | models.TextField | SealedText)
            if told and text and not field.choices and field.name not in codes:
                yield f"{model._meta.label}.{field.name}", field


def sealed():
    """Every sealed column of these rooms: its model and field."""
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        for field in model._meta.concrete_fields
        if isinstance(field, SealedText)
    ]


def test_words_about_a_person_are_sealed_or_say_why_not():
    plain = {name for name, field in about_people() if not isinstance(field, SealedText)}
    assert sorted(plain - PLAIN.keys()) == []
    assert sorted(PLAIN.keys() - plain) == [], "nothing of the kind is plain any more"


def spellings(word):
    """How a word may stand in a file: as it is, in hexadecimal, in base64 at each of three places."""
    raw = word.encode()
    shifted = (base64.b64encode(b"x" * n + raw)[4 if n else 0 : -4] for n in range(3))
    return [raw, raw.hex().encode(), raw.hex().upper().encode(), *shifted]


def lies_in(files, words):
    """The words of these that stand in one of the files in any spelling."""
    wanted = {spelling: word for word in words for spelling in spellings(word)}
    found = set()
    for file in files:
        try:
            content = file.read_bytes()
        except FileNotFoundError:  # the server has put something else in its place
            continue
        found |= {word for spelling, word in wanted.items() if spelling in content}
    return found


def files_of_the_database(since):
    """What the server wrote to its disk since a moment: tables, indexes, the log of changes."""
    given = connection.settings_dict
    password = Home(Path(os.environ["HG_HOME"])).superuser_file.read_text("utf-8")
    where = {"host": given["HOST"], "port": given["PORT"], "dbname": given["NAME"]}
    # Only the superuser may ask for it; what is not committed yet is written too.
    with psycopg.connect(**where, user="postgres", password=password, autocommit=True) as server:
        server.execute("checkpoint")
        home = Path(server.execute("select current_setting('data_directory')").fetchone()[0])
        oid = server.execute("select oid from pg_database where datname = current_database()").fetchone()[0]
    base = home / "base" / str(oid)
    written = [*base.iterdir(), *(home / "pg_wal").iterdir()]
    return [each for each in written if each.is_file() and each.stat().st_mtime >= since]


def by_hand(cast, words):
    """Rows the checks of the database refuse to one that was only guessed, and what others hang on."""
    owns, staff, episode = cast.clinic.owns(), cast.clinic.staff[Role.COUNSELOR], cast.patient_episode
    by_id, who = staff.account.pk, staff.person
    held = factories.make_meeting(cast.clinic, [episode.patient]).appointment
    times = {"starts_at": held.starts_at, "ends_at": held.ends_at}
    Session.objects.create(**owns, **times, appointment=held, taken_at=held.ends_at, taken_by_id=by_id)
    plans.make_version(plans.make_plan(episode))
    assessment = Assessment.objects.create(**owns, episode=episode, opened_at=WHEN, opened_by_id=by_id)
    asked = {"reason": "clinical", "specimen": "urine", "due_on": WHEN.date()}
    test = DrugTest(**owns, **asked, patient=episode.patient, ordered_at=WHEN, ordered_by=who)
    test.panel = words["plan.DrugTest", "panel"]
    test.save(force_insert=True)
    known = {
        RiskFinding: {"patient": episode.patient, "level": "low", "found_at": WHEN, "found_by": who},
        DrugResult: {"test": test, "outcome": "expected", "observed": True, "collected_at": WHEN}
        | {"recorded_at": WHEN, "recorded_by": who},
        Section: {"assessment": assessment, "code": "mind", "voice": "staff", "saved_at": WHEN}
        | {"saved_by_id": by_id},
        DischargePlan: {"episode": episode, "written_at": WHEN, "written_by_id": by_id}
        | {"signed_at": WHEN, "signed_by": who, "digest": "0" * 64},
        Incident: {"patient": episode.patient, "kind": "other", "happened_at": WHEN, "recorded_at": WHEN}
        | {"recorded_by": who, "reported_at": WHEN, "reported_by": who},
    }
    for model, fields in known.items():
        said = {name: word for (label, name), word in words.items() if label == model._meta.label}
        model.objects.create(**owns, **fields, **said)


def written(cast):
    """A phrase of its own in every sealed column, and the columns in which it can be read back."""
    run = token_hex(4)  # what an earlier run wrote may still lie in a file that is used again
    words = {
        (m._meta.label, f.name): f"phrase {run} {n:03d} nobody may read" for n, (m, f) in enumerate(sealed())
    }
    by_hand(cast, words)
    filler = Filler(cast, cast.clinic.staff[Role.COUNSELOR].person.pk, words)
    filler.fill(dict.fromkeys(model for model, _field in sealed()))
    for model, field in sealed():
        if not opens(cast, model, field, words):
            row = model._base_manager.filter(organization_id=cast.clinic.id).first()
            if row is not None:
                setattr(row, field.name, words[model._meta.label, field.name])
                row.save(update_fields=[field.name])
    return words, {
        (model._meta.label, field.name) for model, field in sealed() if opens(cast, model, field, words)
    }


def opens(cast, model, field, words):
    """Whether a row of the clinic says the phrase of a column."""
    rows = model._base_manager.filter(organization_id=cast.clinic.id)
    return words[model._meta.label, field.name] in {getattr(row, field.name) for row in rows}


@pytest.mark.django_db
def test_a_seeded_phrase_is_in_no_file_of_the_database(cast):
    since = time.time() - 1
    words, kept = written(cast)
    assert sorted(words.keys() - kept) == [], "where nothing was written nothing is proved"
    seen = f"A name that is plain on purpose {token_hex(4)}"
    type(cast.patient.person).objects.filter(pk=cast.patient.person.pk).update(family_name=seen)
    assert lies_in(files_of_the_database(since), [seen, *words.values()]) == {seen}


@pytest.fixture
def keys_of_their_own(settings, tmp_path):
    settings.HG_KEYS = tmp_path / "keys"
    keys.make_missing(settings.HG_KEYS)


@pytest.mark.django_db
def test_rotation_changes_no_sealed_text_and_all_of_them_open(keys_of_their_own, cast_of_its_own):
    cast = cast_of_its_own()
    words, _kept = written(cast)
    before = stored()
    call_command("keys", "rotate", json=True, stdout=StringIO())
    assert stored() == before
    with scope.entered(organization_id=cast.clinic.id):
        shut = [field for model, field in sealed() if not opens(cast, model, field, words)]
    assert shut == []


def stored():
    """What the database holds in the sealed columns."""
    return {
        (model._meta.label, field.name, bytes(value))
        for model, field in sealed()
        for value in model._base_manager.values_list(field.name, flat=True)
    }
