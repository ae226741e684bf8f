import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def language_of_its_own():
    """A page asked for in Spanish leaves the thread in Spanish; the next test starts in English."""
    with translation.override("en"):
        yield
