"""The text of a PDF as a copy-and-paste would give it, for looking whether a word stands in it.

Reads what typst writes: compressed streams, glyphs as two bytes, a ToUnicode table a font. Which font a
string is set in is not followed: each is read by every table, and what is looked for is in one of them.
"""

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_SHOWN = re.compile(rb"\[(.*?)\]\s*TJ|(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>)\s*Tj", re.S)
_STRING = re.compile(rb"\(((?:\\.|[^\\)])*)\)|<([0-9A-Fa-f]*)>", re.S)
_ESCAPED = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.S)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


def words(pdf: bytes) -> str:
    """All text of the document, once for every font's table."""
    streams = []
    for found in _STREAM.findall(pdf):
        try:
            streams.append(zlib.decompress(found))
        except zlib.error:
            continue
    tables = [_table(each) for each in streams if b"beginbf" in each]
    shown = [_bytes(a or b) for each in streams for a, b in _SHOWN.findall(each)]
    return "\n".join("".join(_read(line, table) for line in shown) for table in tables)


def _table(stream: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(stream):
        codes = [each.decode() for each in _HEX.findall(body)]
        if kind == b"char":
            for glyph, text in zip(codes[::2], codes[1::2], strict=False):
                found[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be")
        else:
            for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
                for step in range(int(last, 16) - int(first, 16) + 1):
                    found[int(first, 16) + step] = chr(int(text, 16) + step)
    return found


def _bytes(shown: bytes) -> bytes:
    return b"".join(
        bytes.fromhex(code.decode()) if code else _ESCAPED.sub(_unescaped, text)
        for text, code in _STRING.findall(shown)
    )


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) % 256]) if code.isdigit() else _LETTERS.get(code, code)


def _read(line: bytes, table: dict[int, str]) -> str:
    return "".join(table.get(int.from_bytes(line[at : at + 2]), "") for at in range(0, len(line) - 1, 2))
