"""Columns that seal themselves: plain with the row, unreadable in the database, bound to their place."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models.functions import JSONObject
from django.test.utils import isolate_apps

from homeground.ground import clock, envelope, scope, seal, sealed_text
from homeground.ground.ids import uuid7
from homeground.ground.models import DataKey
from homeground.ground.sealed_text import SealedText

pytestmark = pytest.mark.django_db
AT = clock.now()
WORDS = "a sentence nobody else may read"
HOUSE = uuid7()


@pytest.fixture
def leaf():
    with isolate_apps("homeground.ground"):

        class Leaf(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid7)
            organization_id = models.UUIDField(default=HOUSE)
            person_id = models.UUIDField()
            words = SealedText(of="person_id", blank=True)

            class Meta:
                app_label = "ground"

            def __str__(self):
                return "leaf"

        with connection.schema_editor() as editor:
            editor.create_model(Leaf)
        with scope.entered(organization_id=HOUSE):
            connection.cursor().execute("set local role none")
            yield Leaf


def stored(leaf, row):
    with connection.cursor() as cursor:
        cursor.execute(f"select words from {leaf._meta.db_table} where id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


def test_what_is_saved_reads_the_same_and_lies_sealed(leaf):
    row = leaf.objects.create(person_id=uuid7(), words=WORDS)
    assert row.words == WORDS
    assert WORDS.encode() not in stored(leaf, row)
    assert leaf.objects.get().words == WORDS


def test_an_empty_text_stays_empty_and_makes_no_key(leaf):
    row = leaf.objects.create(person_id=uuid7())
    assert stored(leaf, row) == b""
    assert leaf.objects.get(words=b"").words == ""
    assert leaf.objects.filter(words="").count() == 1
    assert not DataKey.objects.exists()


def test_what_was_not_opened_is_saved_as_it_came(leaf):
    row = leaf.objects.create(person_id=uuid7(), words=WORDS)
    before = stored(leaf, row)
    leaf.objects.get().save()
    assert stored(leaf, row) == before


def test_changed_words_are_sealed_anew(leaf):
    row = leaf.objects.create(person_id=uuid7(), words=WORDS)
    row.words = "other words"
    row.save(update_fields=["words"])
    assert leaf.objects.get().words == "other words"


def test_a_sealed_value_copied_to_another_row_does_not_open(leaf):
    one, other = leaf.objects.create(person_id=uuid7(), words=WORDS), leaf.objects.create(person_id=uuid7())
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {leaf._meta.db_table} set words = %s where id = %s", [stored(leaf, one), other.pk]
        )
    with pytest.raises(seal.SealBroken):
        _ = leaf.objects.get(pk=other.pk).words


def test_after_shredding_the_words_are_gone(leaf):
    row = leaf.objects.create(person_id=uuid7(), words=WORDS)
    assert leaf.objects.get().words == WORDS
    envelope.shred(subject_id=row.person_id, at=AT)
    with pytest.raises(envelope.Shredded):
        _ = leaf.objects.get().words


def test_plain_text_never_reaches_a_bulk_update_or_a_filter(leaf):
    row = leaf.objects.create(person_id=uuid7(), words=WORDS)
    with pytest.raises(TypeError), transaction.atomic():
        leaf.objects.update(words=WORDS)
    with pytest.raises(TypeError):
        leaf.objects.filter(words=WORDS).count()
    with pytest.raises(TypeError), transaction.atomic():
        leaf.objects.bulk_update([row], ["words"])


def test_many_rows_made_at_once_are_sealed(leaf):
    leaf.objects.bulk_create([leaf(person_id=uuid7(), words=f"{WORDS} {n}") for n in range(3)])
    assert {row.words for row in leaf.objects.all()} == {f"{WORDS} {n}" for n in range(3)}


def test_keys_at_hand_are_made_in_one_go_and_none_is_looked_for(leaf, django_assert_num_queries):
    people = [uuid7() for _ in range(3)]
    with django_assert_num_queries(4):  # savepoint, lock, insert, release
        keys = envelope.make_keys(people, organization_id=HOUSE)
    with envelope.at_hand(keys), django_assert_num_queries(1):
        leaf.objects.bulk_create([leaf(person_id=each, words=WORDS) for each in people])
    assert [row.words for row in leaf.objects.all()] == [WORDS] * 3
    with pytest.raises(IntegrityError), transaction.atomic():
        envelope.make_keys(people, organization_id=HOUSE)


def test_keys_are_ready_for_who_has_one_and_who_has_none(leaf, django_assert_num_queries):
    old, new = uuid7(), uuid7()
    leaf.objects.create(person_id=old, words=WORDS)
    with django_assert_num_queries(6):  # lookup, savepoint, lock, insert, release, read back
        keys = envelope.keys_ready([old, new], organization_id=HOUSE)
    with envelope.at_hand(keys), django_assert_num_queries(2):
        leaf.objects.bulk_create([leaf(person_id=each, words=WORDS) for each in (old, new)])
        assert [row.words for row in leaf.objects.all()] == [WORDS] * 3
    envelope.shred(subject_id=old, at=AT)
    assert envelope.keys_ready([old], organization_id=HOUSE) == {}
    with pytest.raises(envelope.Shredded), transaction.atomic():
        leaf.objects.create(person_id=old, words=WORDS)


def test_rows_of_many_people_cost_one_statement_for_their_keys(leaf, django_assert_num_queries):
    people = [uuid7() for _ in range(4)]
    leaf.objects.bulk_create([leaf(person_id=each, words=WORDS) for each in people])
    with scope.entered(organization_id=HOUSE):
        connection.cursor().execute("set local role none")
        with django_assert_num_queries(2):
            envelope.keys_of(people)
            assert [row.words for row in leaf.objects.all()] == [WORDS] * 4
    with scope.entered(organization_id=HOUSE):
        connection.cursor().execute("set local role none")
        leaf.objects.create(person_id=uuid7())
        with django_assert_num_queries(2):
            rows = sealed_text.unlocked(leaf.objects.order_by("id"))
            assert [row.words for row in rows] == [WORDS] * 4 + [""]
        with django_assert_num_queries(1):
            assert [sealed_text.said(row, "words") for row in leaf.objects.order_by("id")] == [True] * 4 + [
                False
            ]
        assert sealed_text.unlocked([]) == []


def test_values_and_json_are_opened_by_name(leaf):
    row = leaf.objects.create(person_id=uuid7(), words=WORDS)
    value = leaf.objects.values_list("words", flat=True).get()
    assert sealed_text.opened(leaf, "words", value, row=row.pk) == WORDS
    as_json = leaf.objects.values_list(JSONObject(words=sealed_text.sealed_hex("words")), flat=True).get()
    assert sealed_text.opened_hex(leaf, "words", as_json["words"], row=str(row.pk)) == WORDS


def test_another_organization_has_no_key_for_the_words(leaf):
    leaf.objects.create(person_id=uuid7(), words=WORDS)
    with scope.entered(organization_id=uuid7()), pytest.raises(envelope.NoKey):
        _ = leaf.objects.get().words
