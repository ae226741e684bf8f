"""Makes `migrate` quick on a database with nothing in it: every first start and every test run waits for it.

While migrations run Django keeps a class for every model. It draws a class anew, and those of all models
that are connected with it, whenever a constraint or an index is added; here nearly everything is connected
through the organization, so that four fifths of the time went into drawing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def quick_states() -> Iterator[None]:
    """Inside, a new constraint or index is added to the class that is there, and a new model is drawn alone.

    What points to a new model waits for it by name, and what it points to is asked for its relations anew.
    """
    state: Any = ProjectState  # what is exchanged is not in the stubs
    before = state._append_option, state.add_model
    state._append_option, state.add_model = _append_option, _add_model
    try:
        yield
    finally:
        state._append_option, state.add_model = before


def _append_option(self: Any, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    """No other class depends on a model's constraints and indexes."""
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], obj]
    if "apps" in vars(self):
        meta = self.apps.get_model(app_label, model_name)._meta
        setattr(meta, option_name, [*getattr(meta, option_name), obj])


def _add_model(self: Any, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in vars(self):
        self.apps.render_multiple([model_state])
