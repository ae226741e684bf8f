"""A packet or letter as PDF/UA: tagged, titled, with its language and embedded fonts, by typst.

The layout below is fixed; the content comes in as JSON data. The date inside the file is that of the content,
so the same content gives the same bytes.
"""

import json
from dataclasses import asdict

from homeground.interop.rules.packet import Content
from homeground.interop.rules.reply import Reply

_LAYOUT = r"""
#let it = json(bytes(sys.inputs.at("content")))
#set document(title: it.title, date: auto)
#set text(lang: it.language, font: "Libertinus Serif", size: 11pt)
#set page(paper: "us-letter", margin: 1in, footer: context [
  #set text(size: 8pt)
  #it.notice
  #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set table(stroke: 0.5pt + luma(160), inset: 5pt)
#it.sender
#v(1em)
#if it.recipient != "" [#it.recipient #linebreak() #it.recipient_address #v(1em)]
= #it.title
#it.about
#v(0.5em)
#it.made_on
#if it.text != "" [#par(it.text)]
#for part in it.sections [
  == #part.title
  #if part.marks.len() > 0 [#text(size: 8pt)[#part.marks.join(" · ")]]
  #if part.rows.len() == 0 [#it.none_words] else [
    #table(columns: part.head.len(),
      table.header(..part.head.map(name => strong(name))),
      ..part.rows.flatten())
  ]
]
#if it.explanation != "" [
  == #it.consent_words
  #it.explanation
]
#if it.notice != "" [
  == #it.notice_words
  #it.notice
]
"""
_WORDS = {
    "en": {"none_words": "Nothing recorded.", "consent_words": "Consent", "notice_words": "Notice"},
    "es": {"none_words": "Nada anotado.", "consent_words": "Consentimiento", "notice_words": "Aviso"},
}


def pdf(content: Content | Reply) -> bytes:
    """The content as PDF/UA-1. About 30 ms."""
    import typst  # 9 MB that a process without letters to write can do without

    words = _WORDS.get(content.language, _WORDS["en"])
    found = typst.compile(
        _LAYOUT.encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=content.made_at,
        sys_inputs={"content": json.dumps({**asdict(content), **words})},
    )
    assert isinstance(found, bytes)
    return found
