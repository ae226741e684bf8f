"""A migration that would lose what was written refuses; an empty house goes on."""

import pytest
from django.db import DatabaseError, connection, transaction

from homeground.ground.begun import refuse_if_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables():
    with connection.cursor() as cursor:
        for name in ("begun_empty", "begun_written"):
            cursor.execute(f"create table {name} (words text)")
        cursor.execute("insert into begun_written values ('somebody wrote this')")


def run(*names):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(refuse_if_written(*names).sql)


def test_an_empty_table_lets_it_go_on(tables):
    run("begun_empty")


def test_a_table_that_was_written_stops_it(tables):
    with pytest.raises(DatabaseError, match="begin it anew"):
        run("begun_empty", "begun_written")
