"""A FHIR R4 Questionnaire turned into a definition of ours, or refused with every reason named.

What cannot be asked and scored exactly as its author meant it is refused, not bent: see docs/instruments.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MOST_ITEMS = 200
ORDINAL = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
ASKED = frozenset({"choice", "boolean", "integer"})
LANGUAGES = ("en", "es")


class QuestionnaireRefused(ValueError):
    """The document cannot be asked here as it was meant. `problems` says why, by linkId where one is."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def definition_from(found: Any, *, code: str, version: str) -> dict[str, Any]:
    """The definition a Questionnaire comes to, in the form `reading.read` takes. Raises QuestionnaireRefused.

    Choices that carry whole numbers (ordinalValue or itemWeight) are summed into `total`; a choice that
    carries none is asked and counts nowhere. A field for the total itself is left to us, and so is a
    calculated expression where it says no more than that: a sum.
    """
    if not isinstance(found, dict) or found.get("resourceType") != "Questionnaire":
        raise QuestionnaireRefused(["not a FHIR Questionnaire"])
    language = str(found.get("language", "en"))[:2]
    if language not in LANGUAGES:
        raise QuestionnaireRefused([f"language {language}: only English and Spanish are known"])
    flat = list(_flat(found.get("item", []), ""))
    problems = [*_overall(flat), *(fault for row, _preface in flat for fault in _faults(row))]
    if problems:
        raise QuestionnaireRefused(problems)
    asked = [(row, preface) for row, preface in flat if row["type"] in ASKED and not _calculated(row)]
    items = [_item(row, preface, language) for row, preface in asked]
    counted = [row["linkId"] for row, _preface in asked if _counts(row)]
    return {
        "id": code,
        "version": version,
        "name": str(found.get("title") or found.get("name") or code)[:60],
        "title": {language: str(found.get("title") or found.get("name") or code)[:60]},
        "source": str(found.get("publisher") or found.get("url") or "FHIR Questionnaire")[:200],
        "missing": "refuse",
        "item": items,
        "skip": [skip for row, _preface in asked for skip in _skips(row, items)],
        "scale": [{"id": "total", "items": counted}] if counted else [],
    }


def fill(base: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """A definition of ours with the wording of an imported one, item by item in their order.

    Scoring stays ours. Raises QuestionnaireRefused when the items or their values do not match.
    """
    ours, theirs = base["item"], words["item"]
    if len(ours) != len(theirs):
        raise QuestionnaireRefused([f"{len(theirs)} questions, {len(ours)} wanted"])
    items, problems = [], []
    for mine, given in zip(ours, theirs, strict=True):
        wanted, had = _values(mine), _values(given)
        if wanted != had:
            problems.append(f"{given['id']}: other values than item {mine['id']}")
        kept = {key: mine[key] for key in ("id", "optional", "loinc") if key in mine}
        texts = {key: given[key] for key in (*LANGUAGES, "preface", "options", "range") if key in given}
        items.append({**kept, **texts})
    if problems:
        raise QuestionnaireRefused(problems)
    return {**base, "item": items, "title": base.get("title") or words.get("title", {})}


def _values(item: Mapping[str, Any]) -> list[int]:
    if isinstance(item.get("options"), list):
        return sorted(each["value"] for each in item["options"])
    low, high = item.get("range") or (0, item["days"])
    return list(range(low, high + 1))


def _flat(items: Any, preface: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    for each in items if isinstance(items, list) else []:
        row = each if isinstance(each, dict) else {"type": "nothing"}
        kind = row.get("type")
        if kind == "group":
            yield from _flat(row.get("item", []), str(row.get("text", preface)))
        elif kind != "display":
            yield row, preface
            if row.get("item"):
                yield from _flat(row["item"], preface)


def _overall(flat: Sequence[tuple[Mapping[str, Any], str]]) -> Iterator[str]:
    links = [row.get("linkId") for row, _preface in flat]
    if not any(row.get("type") in ASKED and not _calculated(row) for row, _preface in flat):
        yield "no question in it"
    if len(flat) > MOST_ITEMS:
        yield f"more than {MOST_ITEMS} questions"
    if len(set(links)) != len(links):
        yield "the same linkId twice"


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    link = row.get("linkId")
    if not isinstance(link, str) or not link or len(link) > 40:
        yield "a question without a linkId of at most 40 characters"
        return
    if _calculated(row):
        if "sum(" not in str(_calculated(row)) and not _is_total(row):
            yield f"{link}: a calculated expression that is no sum"
        return
    kind = row.get("type")
    if kind not in ASKED:
        yield f"{link}: type {kind} cannot be scored"
        return
    if row.get("repeats"):
        yield f"{link}: several answers to one question"
    if not row.get("text"):
        yield f"{link}: no text"
    if kind == "choice":
        yield from _choice_faults(link, row)
    if kind == "integer" and _range(row) is None:
        yield f"{link}: a number without its least and greatest value"
    yield from _condition_faults(link, row)


def _choice_faults(link: str, row: Mapping[str, Any]) -> Iterator[str]:
    if row.get("answerValueSet"):
        yield f"{link}: its answers are in a value set, not in the file"
        return
    options = row.get("answerOption") or []
    points = [_ordinal(option) for option in options]
    if not options:
        yield f"{link}: no answers to choose"
    elif None in points and any(_numbered(option) for option in options):
        yield f"{link}: an answer without a whole number (ordinalValue)"
    elif any(not (option.get("valueCoding") or {}).get("display") for option in options):
        yield f"{link}: an answer without words"
    elif None not in points and len(set(points)) != len(points):
        yield f"{link}: two answers with the same number"


def _condition_faults(link: str, row: Mapping[str, Any]) -> Iterator[str]:
    conditions = row.get("enableWhen") or []
    if len(conditions) > 1:
        yield f"{link}: more than one condition"
    for each in conditions:
        if each.get("operator") not in ("=", "!="):
            yield f"{link}: condition {each.get('operator')} is not known"
        elif "answerBoolean" not in each and "answerInteger" not in each and "answerCoding" not in each:
            yield f"{link}: a condition on an answer of another kind"


def _counts(row: Mapping[str, Any]) -> bool:
    """Whether a question adds to the sum: yes or no, or answers with numbers."""
    return row["type"] == "boolean" or (
        row["type"] == "choice" and _ordinal(row["answerOption"][0]) is not None
    )


def _is_total(row: Mapping[str, Any]) -> bool:
    """A field for the form's own sum, as published forms carry one: not a question to anybody."""
    return row.get("type") in ("decimal", "integer") and "total score" in str(row.get("text", "")).casefold()


def _calculated(row: Mapping[str, Any]) -> Any:
    if _is_total(row):
        return "sum()"
    for each in row.get("extension") or []:
        if isinstance(each, dict) and each.get("url") == CALCULATED:
            return each.get("valueExpression", {}).get("expression", "?")
    return None


def _numbered(option: Mapping[str, Any]) -> bool:
    coding = option.get("valueCoding") or {}
    marks = (*(option.get("extension") or ()), *(coding.get("extension") or ()))
    return any(each.get("url") in ORDINAL for each in marks)


def _ordinal(option: Mapping[str, Any]) -> int | None:
    coding = option.get("valueCoding") or {}
    for each in (*(option.get("extension") or ()), *(coding.get("extension") or ())):
        if each.get("url") in ORDINAL:
            value = each.get("valueDecimal", each.get("valueInteger"))
            if isinstance(value, int | float) and float(value).is_integer():
                return int(value)
    return None


def _range(row: Mapping[str, Any]) -> list[int] | None:
    found = {}
    for each in row.get("extension") or []:
        name = str(each.get("url", "")).rsplit("/", 1)[-1]
        if name in ("minValue", "maxValue") and isinstance(each.get("valueInteger"), int):
            found[name] = each["valueInteger"]
    return [found["minValue"], found["maxValue"]] if len(found) == 2 else None


def _item(row: Mapping[str, Any], preface: str, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": row["linkId"], **_words(row, "text", language)}
    if preface:
        found["preface"] = {language: preface}
    if row["type"] == "boolean":
        found["options"] = [
            {"value": 0, "en": "No", "es": "No"},
            {"value": 1, "en": "Yes", "es": "Sí"},
        ]
    elif row["type"] == "choice":
        found["options"] = [
            {
                "value": place if (points := _ordinal(option)) is None else points,
                **_words(option["valueCoding"], "display", language),
            }
            for place, option in enumerate(row["answerOption"])
        ]
    else:
        found["range"] = _range(row)
    return found


def _words(row: Mapping[str, Any], name: str, language: str) -> dict[str, str]:
    found = {language: str(row.get(name, ""))}
    for each in (row.get(f"_{name}") or {}).get("extension") or []:
        if each.get("url") == TRANSLATION:
            parts = {part.get("url"): part for part in each.get("extension") or []}
            code = str(parts.get("lang", {}).get("valueCode", ""))[:2]
            text = parts.get("content", {}).get("valueString", "")
            if code in LANGUAGES and text:
                found[code] = text
    return found


def _skips(row: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Asked when the gate says so means: skipped for every other answer of the gate."""
    for each in row.get("enableWhen") or []:
        gate = next((item for item in items if item["id"] == each.get("question")), None)
        if gate is None:
            raise QuestionnaireRefused([f"{row['linkId']}: its condition names a question not in the file"])
        value = _condition_value(each, gate)
        same = each["operator"] == "="
        values = [one for one in _values(gate) if (one != value) is same]
        yield {"item": gate["id"], "is": values, "items": [row["linkId"]]}


def _condition_value(condition: Mapping[str, Any], gate: Mapping[str, Any]) -> int:
    if "answerBoolean" in condition:
        return int(condition["answerBoolean"])
    if "answerInteger" in condition:
        return int(condition["answerInteger"])
    said = condition["answerCoding"].get("display", "")
    for option in gate.get("options", ()):
        if said and said in option.values():
            return int(option["value"])
    raise QuestionnaireRefused([f"{gate['id']}: a condition names an answer that is not among its own"])
