"""A packet or letter as PDF/UA: tagged, titled, with its language and embedded fonts, by typst.

The layout below is fixed; the content comes in as JSON data. The date inside the file is that of the content,
so the same content gives the same bytes.
"""

import json
from dataclasses import asdict

from homeground.confidentiality.rules.notice import SHORT
from homeground.interop.rules.packet import Content
from homeground.interop.rules.reply import Reply

_LAYOUT = r"""
#let it = json(bytes(sys.inputs.at("content")))
#set document(title: it.title, date: auto)
#set text(lang: it.language, font: "Libertinus Serif", size: 11pt)
#set page(paper: "us-letter", margin: 1in, footer: context [
  #set text(size: 8pt)
  #if not it.cover or counter(page).get().first() > 1 [#it.notice]
  #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set table(stroke: 0.5pt + luma(160), inset: 5pt)
#if it.cover [
  #heading(outlined: false)[#it.cover_words.title]
  #v(1em)
  #it.cover_words.to #it.recipient #linebreak()
  #it.recipient_address #v(0.5em)
  #it.cover_words.from #it.sender #v(0.5em)
  #it.made_on #linebreak()
  #it.cover_words.pages #context counter(page).final().first()
  #v(1em)
  #it.cover_words.private
  #if it.notice != "" [
    #v(1em) #it.cover_notice
    #v(0.5em) #it.cover_words.consent
  ]
  #pagebreak()
]
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


_COVER = {
    "en": {
        "title": "Fax",
        "to": "To:",
        "from": "From:",
        "pages": "Pages with this one:",
        "private": "For the person named above alone. If it reached you by mistake, read no further, tell the"
        " sender, and destroy it.",
        "consent": "What may be shared, and for what, is explained on the pages that follow.",
    },
    "es": {
        "title": "Fax",
        "to": "Para:",
        "from": "De:",
        "pages": "Páginas con esta:",
        "private": "Solo para la persona nombrada arriba. Si le llegó por error, no siga leyendo, avise a"
        " quien lo envió y destrúyalo.",
        "consent": "Lo que se puede compartir, y para qué, se explica en las páginas que siguen.",
    },
}
"""A cover sheet names who gets it and who sends it in neutral words, and never whom it is about."""


def pdf(content: Content | Reply, *, cover: bool = False) -> bytes:
    """The content as PDF/UA-1, for a fax with a neutral cover sheet. About 30 ms."""
    import typst  # 9 MB that a process without letters to write can do without

    words = _WORDS.get(content.language, _WORDS["en"])
    covered = {
        "cover": cover,
        "cover_words": _COVER.get(content.language, _COVER["en"]),
        "cover_notice": SHORT,
    }
    found = typst.compile(
        _LAYOUT.encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=content.made_at,
        sys_inputs={"content": json.dumps({**asdict(content), **words, **covered})},
    )
    assert isinstance(found, bytes)
    return found
