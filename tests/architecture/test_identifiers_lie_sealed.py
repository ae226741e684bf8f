"""Ways to reach a person and what was written about them are in no dump of the database (check G07).

A phrase is written into every sealed column of these rooms, where the database accepts a row, and looked
for in every table, as text and as the bytes a dump shows.
"""

import pytest
from django.apps import apps
from django.db import connection
from leaks.filling import Filler

from homeground.ground.sealed_text import SealedText
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db

SEALED = {
    "people.SafeContact": "phone email good_hours",
    "people.FormerSafeContact": "phone email good_hours",
}


def columns():
    return [
        (apps.get_model(label), apps.get_model(label)._meta.get_field(name))
        for label, names in SEALED.items()
        for name in names.split()
    ]


def dump():
    """Every row of every table of the house, as a dump writes it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select row_to_json(t)::text from "{table}" t')
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def test_these_columns_are_sealed():
    assert [f"{model._meta.label}.{f.name}" for model, f in columns() if not isinstance(f, SealedText)] == []


def test_what_is_written_into_them_is_nowhere_in_the_database(cast):
    words = {(model._meta.label, f.name): f"zq{n}qz" for n, (model, f) in enumerate(columns())}
    filler = Filler(cast, cast.clinic.staff[Role.COUNSELOR].person.pk, words)
    filler.fill(model for model, _ in columns())
    kept = set()
    for model, field in columns():
        word = words[model._meta.label, field.name]
        for row in model._base_manager.filter(organization_id=cast.clinic.id)[:1]:
            if model not in filler.made:
                setattr(row, field.name, word)
                row.save(update_fields=[field.name])
            if getattr(model._base_manager.get(pk=row.pk), field.name) == word:
                kept.add(f"{model._meta.label}.{field.name}")
    lines = dump()
    assert [where for where, word in words.items() if word in lines or word.encode().hex() in lines] == []
    assert {f"{model._meta.label}.{field.name}" for model, field in columns()} - kept == set()
