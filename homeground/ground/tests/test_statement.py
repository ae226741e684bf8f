"""A statement written once gives what its queryset would have given, each time for other values."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.test.utils import CaptureQueriesContext

from homeground.audit.models import Entry
from homeground.ground import clock, scope
from homeground.ground.models import Outbox
from homeground.ground.statement import Statement, one_of

pytestmark = pytest.mark.django_db

AT = clock.now()
NAMES = ("ground.one", "ground.two", "ground.three")


@pytest.fixture
def events(clinic, inside):
    return [
        Outbox.objects.create(
            organization_id=clinic.id, event=name, subject_id=uuid4(), created_at=AT + timedelta(hours=number)
        )
        for number, name in enumerate(NAMES)
    ]


def test_rows_are_dicts_or_tuples_as_the_queryset_says(events):
    dicts = Statement(lambda event: Outbox.objects.filter(event=event).values("id", what=F("event")))
    tuples = Statement(lambda event: Outbox.objects.filter(event=event).values_list("event", "id"))
    for each in events:
        assert dicts.rows(event=each.event) == [{"id": each.pk, "what": each.event}]
        assert tuples.rows(event=each.event) == [(each.event, each.pk)]
    assert tuples.first(event="ground.none") is None


def test_the_values_of_each_run_count_wherever_they_stand(events):
    since = Statement(
        lambda at, event: (
            Outbox.objects.filter(
                Q(created_at__gt=at)
                | Q(Exists(Outbox.objects.filter(pk=OuterRef("pk"), event=event, handled_at=None)))
            )
            .order_by("created_at")
            .values_list("event")
        )
    )
    assert since.rows(at=AT, event="") == [("ground.two",), ("ground.three",)]
    assert since.rows(at=AT + timedelta(hours=1), event="ground.one") == [("ground.one",), ("ground.three",)]


def test_one_of_takes_a_list_an_empty_one_too(events):
    chosen = Statement(lambda events: Outbox.objects.filter(one_of("event", events)).values_list("event"))
    by_id = Statement(lambda ids: Outbox.objects.filter(one_of("id", ids)).values_list("event"))
    assert sorted(chosen.rows(events=["ground.two", "ground.one"])) == [("ground.one",), ("ground.two",)]
    assert chosen.rows(events=[]) == by_id.rows(ids=[]) == []
    assert by_id.rows(ids=[events[2].pk]) == [("ground.three",)]


def test_a_column_is_read_as_its_field_reads_it(clinic, inside):
    Entry.objects.bulk_create(
        [
            Entry(
                organization_id=clinic.id,
                at=AT,
                event="ground.x",
                subject_kind="x",
                facts={"rows": 2, "n": None},
            )
        ]
    )
    facts = Statement(lambda event: Entry.objects.filter(event=event).values_list("facts", "at"))
    assert facts.rows(event="ground.x") == [({"rows": 2, "n": None}, AT)]


def test_one_run_is_one_statement_and_a_value_that_lacks_is_an_error(events):
    statement = Statement(lambda event: Outbox.objects.filter(event=event).values_list("id"))
    with CaptureQueriesContext(connection) as captured:
        statement.rows(event="ground.one")
        statement.rows(event="ground.two")
    assert len(captured) == 2
    with pytest.raises(KeyError):
        statement.rows(name="ground.one")


def test_a_statement_is_under_row_level_security_like_any_other(cast, events):
    everything = Statement(lambda: Outbox.objects.values_list("event"))
    assert len(everything.rows()) == 3
    with scope.entered(organization_id=cast.other_clinic.id):
        assert everything.rows() == []
