"""Every text a visitor can meet has its Spanish, and none of it is a copy of the English."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from homeground.front_door import check_words, forms

TEMPLATES = Path(__file__).parents[1] / "templates" / "front_door"
STAFF = {"inbox.html", "request.html", "safe_contact.html", "places.html", "worries.html", "worry_read.html"}
TEXT = re.compile(r"""(?:\{% translate "([^"]+)"|_\("([^"]+)"\))""")


def public_texts():
    for template in sorted(TEMPLATES.glob("*.html")):
        if template.name not in STAFF:
            yield from (a or b for a, b in TEXT.findall(template.read_text()))


def form_texts():
    for form in (forms.HelpForm(), forms.FitForm(), forms.FindForm(), forms.CheckForm()):
        for field in form.fields.values():
            yield from (field.label, field.help_text)
            yield from (label for code, label in getattr(field, "choices", ()) if code and len(code) != 2)


def spanish(text):
    with override("es"):
        return str(text)


def english(text):
    with override("en"):
        return str(text)


def test_every_text_of_the_public_templates_is_translated():
    texts = set(public_texts())
    assert len(texts) > 100
    with override("es"):
        assert not [text for text in texts if gettext(text) == text]


def test_every_text_of_the_forms_and_of_the_self_check_is_translated():
    words = [*check_words.QUESTIONS.values(), *check_words.HINTS.values()]
    words += [*check_words.REASONS.values(), *check_words.ACTIONS.values(), *check_words.FIRST_LINES.values()]
    words += [check_words.TODAY_LINE, check_words.TALK_LINE, *form_texts()]
    same = {english(word) for word in words if word and spanish(word) == english(word)}
    assert same <= {"No", "English", "Spanish"} - {"English", "Spanish"}


@pytest.mark.parametrize("path", ["/", "/check/", "/fit/", "/help/", "/find/?zip=1", "/family/"])
def test_a_page_in_spanish_keeps_no_english_sentence(cast, path):
    page = Client(headers={"accept-language": "es"}).get(path).content.decode()
    for text in public_texts():
        if len(text) > 25:
            assert text not in page
