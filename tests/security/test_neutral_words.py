"""Every text that leaves the house or shows outside a page is neutral: found in the sources."""

import ast
import re
from pathlib import Path

import polib
from django.conf import settings

from homeground.ground import neutral
from homeground.interop.rules.calendar_feed import WORDS as FEED_WORDS

HOUSE = Path(__file__).resolve().parents[2] / "homeground"
CODE = sorted(p for p in HOUSE.rglob("*.py") if not {"tests", "migrations"} & set(p.parts))
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*"))
# Pages somebody else may see in a browser's history, on a shared phone or over a shoulder.
SHELLS = ("ground/public.html", "ground/patient.html")
PATIENT_PAGES = [
    path for path in TEMPLATES if path.is_file() and any(f'"{shell}"' in path.read_text() for shell in SHELLS)
]
TITLE = re.compile(r"\{% block (?:title|head_title) %\}(.*?)\{% endblock", re.S)
PHRASE = re.compile(
    r"""\{%\s*translate\s+(["'])(.*?)\1|\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate""", re.S
)


def spanish():
    found = {}
    for path in HOUSE.glob("*/locale/es/LC_MESSAGES/django.po"):
        found |= {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr}
    return found


SPANISH = spanish()


def told(text, language):
    return [each.word for each in neutral.telling(text, language=language)]


def told_in_both(text):
    """Telling words of a text of ours, as written and as translated."""
    return told(text, "en") + (told(SPANISH[text], "es") if text in SPANISH else [])


def phrases(text):
    return [(two or three).strip() for _quote, two, three in PHRASE.findall(text)]


def test_there_are_pages_to_look_at():
    assert len(PATIENT_PAGES) > 10


def test_the_titles_of_patients_pages_are_neutral():
    wrong = {}
    for path in PATIENT_PAGES:
        for title in TITLE.findall(path.read_text()):
            plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", title)
            found = told(plain, "en") + [word for text in phrases(title) for word in told_in_both(text)]
            if found:
                wrong[str(path.relative_to(HOUSE))] = found
    assert wrong == {}


def outgoing():
    """Texts kept for sending stand in a room's folder `outgoing`: messages, envelopes, subjects."""
    return [p for p in TEMPLATES if "outgoing" in p.parts and p.is_file()]


def test_texts_for_sending_are_neutral():
    for path in outgoing():
        text = path.read_text()
        plain = re.sub(r"\{[%#{].*?[%#}]\}", " ", text, flags=re.S)
        assert told(plain, "en") + [w for each in phrases(text) for w in told_in_both(each)] == [], path


def test_the_calendar_says_one_neutral_word():
    assert FEED_WORDS.keys() == {"en", "es"}
    assert all(told(word, language) == [] for language, word in FEED_WORDS.items())


LOG = {"debug", "info", "warning", "error", "exception", "critical"}
LOGGERS = {"log", "logger", "logging", "_log"}


def lines_of_logs(tree):
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in LOG
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in LOGGERS
        ):
            yield node


def named_files(tree):
    """What the code says after `filename=`; None where it is put together from something else."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            if any(isinstance(p, ast.Constant) and "filename=" in p.value for p in node.values):
                yield None
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r'filename="?([^";]+)', node.value)


def test_lines_of_logs_and_names_of_files_are_fixed_and_neutral():
    wrong = []
    for path in CODE:
        tree = ast.parse(path.read_text())
        for call in lines_of_logs(tree):
            if not isinstance(call.args[0], ast.Constant) or told(call.args[0].value, "en"):
                wrong.append(f"{path.relative_to(HOUSE)}:{call.lineno} a line of the log")
        for name in named_files(tree):
            if name is None or told(name, "en") or told(name, "es"):
                wrong.append(f"{path.relative_to(HOUSE)} the name of a file: {name}")
    assert wrong == []


def test_such_lines_and_names_would_be_found():
    tree = ast.parse(
        "log.info(f'{name} came')\nx = 'attachment; filename=\"rehab.pdf\"'\ny = f'filename={a}'"
    )
    assert [isinstance(call.args[0], ast.Constant) for call in lines_of_logs(tree)] == [False]
    assert set(named_files(tree)) == {"rehab.pdf", None, "{a}"} - {"{a}"}


def test_the_sender_and_the_names_of_cookies_are_neutral():
    for name in (settings.DEFAULT_FROM_EMAIL, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert told(name, "en") == []
