"""Whether JSON data has the shape a JSON Schema asks for: the words of draft 2020-12 that ours uses.

The published schema is what is run, so the document and the reader cannot differ. A word this file does not
know is refused when the schema is read, never passed over.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
}
_SAYS_NOTHING = frozenset({"$schema", "$id", "title", "description"})
_KNOWN = _SAYS_NOTHING | {
    *("type", "const", "enum", "pattern", "maxLength", "minItems", "maxItems"),
    *("required", "properties", "additionalProperties", "items", "prefixItems", "allOf", "if", "then"),
}


class UnknownWord(ValueError):
    """The schema uses a word this reader does not know."""


def faults(schema: Mapping[str, Any] | bool, value: Any, where: str = "record") -> Iterator[str]:
    """What is wrong with the value, and where; no value is repeated. Raises UnknownWord."""
    if isinstance(schema, bool):
        if not schema:
            yield f"{where}: more than the format has"
        return
    if unknown := schema.keys() - _KNOWN:
        raise UnknownWord(", ".join(sorted(unknown)))
    kind = schema.get("type")
    if kind and (not isinstance(value, _TYPES[kind]) or isinstance(value, bool)):
        yield f"{where}: {kind} is wanted"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{where}: not what the format names"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: no word of the format"
    if isinstance(value, str):
        yield from _text(schema, value, where)
    elif isinstance(value, list):
        yield from _list(schema, value, where)
    elif isinstance(value, dict):
        yield from _object(schema, value, where)
    for each in schema.get("allOf", ()):
        yield from faults(each, value, where)
    if "if" in schema and not any(faults(schema["if"], value, where)):
        yield from faults(schema.get("then", True), value, where)


def _text(schema: Mapping[str, Any], value: str, where: str) -> Iterator[str]:
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{where}: longer than {schema['maxLength']} characters"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where}: not written as the format asks"


def _list(schema: Mapping[str, Any], value: list[Any], where: str) -> Iterator[str]:
    first = schema.get("prefixItems", ())
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{where}: wrong number of values"
    for number, each in enumerate(value):
        one = first[number] if number < len(first) else schema.get("items", True)
        yield from faults(one, each, f"{where}[{number}]")


def _object(schema: Mapping[str, Any], value: dict[str, Any], where: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where}.{name}: missing"
    for name, each in value.items():
        yield from faults(
            properties.get(name, schema.get("additionalProperties", True)), each, f"{where}.{str(name)[:40]}"
        )
