"""The quick way and Django's own way end in the same state."""

from django.db import models
from django.db.migrations import operations
from django.db.migrations.state import ProjectState

from homeground.config.quick_states import quick_states

KEY = ("id", models.BigAutoField(primary_key=True))


def to(model):
    return models.ForeignKey(model, on_delete=models.CASCADE, related_name="+")


STEPS = [
    operations.CreateModel("Clinic", [KEY, ("name", models.TextField())]),
    operations.CreateModel("Person", [KEY, ("clinic", to("walk.Clinic")), ("born", models.DateField())]),
    operations.CreateModel(
        "Stay",
        [KEY, ("person", models.ForeignKey("walk.Person", on_delete=models.CASCADE, related_name="stays"))],
        options={"indexes": [models.Index(fields=["person"], name="stay_first")]},
    ),
    operations.AddIndex("Stay", models.Index(fields=["-person"], name="stay_second")),
    operations.AddConstraint("Person", models.UniqueConstraint(fields=["born"], name="person_once")),
    operations.AddField("Stay", "clinic", to("walk.Clinic")),
    operations.AddConstraint(
        "Stay", models.CheckConstraint(condition=models.Q(id__gt=0), name="stay_numbered")
    ),
    operations.CreateModel(
        "Bed", [KEY, ("stay", models.OneToOneField("walk.Stay", on_delete=models.CASCADE))]
    ),
    operations.RemoveConstraint("Person", "person_once"),
    operations.AlterField("Person", "born", models.DateTimeField()),
    operations.RemoveIndex("Stay", "stay_first"),
]


def drawn(model):
    """Everything `migrate` reads from a class."""
    meta = model._meta
    return (
        [(f.name, f.deconstruct()[1:], f.related_model and f.related_model._meta.label) for f in meta.fields],
        [each.deconstruct() for each in (*meta.constraints, *meta.indexes)],
        sorted(each.related_model._meta.label for each in meta.related_objects),
    )


def walked():
    """The classes as each step leaves them."""
    state = ProjectState()
    assert state.apps.get_models() == []  # from here on the classes are kept
    seen = []
    for step in STEPS:
        step.state_forwards("walk", state)
        seen.append({model._meta.label: drawn(model) for model in state.apps.get_models()})
    return seen


def test_the_classes_after_each_step_are_those_django_draws():
    plain = walked()
    with quick_states():
        quick = walked()
    assert quick == plain
    assert len(plain[-1]) == 4
