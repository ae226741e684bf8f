"""What may leave the house must not tell what kind of place it comes from (checks F23, F34)."""

import pytest

from homeground.ground import neutral


def words(text, language="en", also=()):
    return [each.word for each in neutral.telling(text, language=language, also=also)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Reminder: appointment Tue 6 pm. Reply C/R."),
        ("en", "Please call us at +1 303 555 0100. You choose the time."),
        ("en", "Your week has changed. Sign in to see it."),
        ("en", "Do not forget your methods paper and the discovery tour."),
        ("es", "Cita: martes a las 18:00. Llámenos si no puede venir."),
        ("es", "Su semana cambió. Entre para verla."),
    ],
)
def test_plain_words_pass(language, text):
    assert neutral.require_neutral(text, language=language) == text


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Your Recovery group starts at 6", ["recovery"]),
        ("en", "DETOXIFICATION unit", ["detoxification"]),
        ("en", "substance-use counseling", ["substance", "counseling"]),
        ("en", "Mental-Health visit", ["mental"]),
        ("en", "your 12-step meeting", ["12 step"]),
        ("en", "ＩＯＰ today", ["iop"]),
        ("es", "Su sesión de TERAPIA", ["terapia"]),
        ("es", "Recuperación y desintoxicación", ["recuperacion", "desintoxicacion"]),
        ("es", "rehab today", ["rehab", "rehab"]),
    ],
)
def test_telling_words_are_found_whatever_their_case_accents_and_hyphens(language, text, found):
    assert words(text, language) == found
    with pytest.raises(neutral.NotNeutral):
        neutral.require_neutral(text, language=language)


def test_the_names_of_the_clinic_tell_too():
    names = ["Juniper House", "Evening circle", ""]
    assert words("At Juniper House, Evening circle", also=names) == ["juniper house", "evening circle"]


def test_another_language_is_held_to_the_english_list():
    assert words("rehab", "fr") == ["rehab", "rehab"]


def test_a_refusal_does_not_repeat_the_text():
    with pytest.raises(neutral.NotNeutral) as refusal:
        neutral.require_neutral("Wren has rehab at 6", language="en")
    assert str(refusal.value) == "1 telling words"


@pytest.mark.parametrize(
    "text",
    [
        "",
        'language = "en"',
        'language="en"\nversion="1"\n[sources]\n[[list]]\ntells="x"\nsource="a"\nwords=["y"]',
    ],
)
def test_a_list_that_says_too_little_is_refused(text):
    with pytest.raises(neutral.BadList):
        neutral.read_words(text)
