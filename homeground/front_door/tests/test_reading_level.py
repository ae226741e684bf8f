"""Public texts read at grade 6 or below (Flesch-Kincaid), sentence by sentence of the catalog.

Names of medicines are left out of the count: they are long, and they are what stands on the bottle.
"""

import re
from pathlib import Path

import polib

CATALOG = Path(__file__).parents[1] / "locale" / "es" / "LC_MESSAGES" / "django.po"
MEDICINES = re.compile(r"\b(Xanax|Ativan|Klonopin|Valium|naloxone|Narcan)\b", re.I)
GRADE = 6.5
"""Grade 6 rounds up to here."""


def syllables(word):
    found = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, found - silent)


def grade(text):
    plain = MEDICINES.sub("pill", re.sub(r"%\(\w+\)s", "it", text))
    sentences = [part for part in re.split(r"[.!?:]+", plain) if part.strip()]
    words = re.findall(r"[A-Za-z\u2019']+", plain)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_measure_tells_plain_from_hard():
    assert grade("Call us. We listen.") < 2
    assert grade("Eligibility determinations necessitate comprehensive biopsychosocial evaluation.") > 15


def test_public_texts_are_plain():
    texts = [entry.msgid for entry in polib.pofile(str(CATALOG)) if len(entry.msgid.split()) >= 6]
    assert len(texts) > 80
    assert not [(round(grade(text), 1), text) for text in texts if grade(text) > GRADE]
