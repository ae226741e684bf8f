"""Papers about a person's rights, read for a Permit: what was sent about them, a letter about a breach."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.confidentiality import queries as confidential
from homeground.confidentiality.queries import Sent
from homeground.confidentiality.rules import words
from homeground.confidentiality.rules.clocks import years_back
from homeground.confidentiality.rules.permit import Permit
from homeground.confidentiality.rules.vocabulary import Asker, Basis, Category, Purpose
from homeground.ground.visit import House
from homeground.interop.rules.packet import Kind, Section
from homeground.interop.rules.papers import BECAUSE, INTRODUCTIONS, breach_text, listed


class BreachNotHere(Exception):
    """No such breach, or it does not concern this person."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What a packet says that is not put together from the parts of the chart."""

    text: str = ""
    sections: tuple[Section, ...] = ()


def accounting(permit: Permit, language: str, at: datetime, zone: str) -> Apart:
    """What left about a person, as the two laws count it (check F12). The rule book cuts both lists.

    Disclosures made with consent, three years back (42 CFR 2.25); without treatment, payment and operations,
    six years back (45 CFR 164.528).
    """
    lists = (
        ("with_consent", "accounting.part2_years", confidential.accounting_part2(permit.person_id, at)),
        ("without_care", "accounting.hipaa_years", confidential.accounting_hipaa(permit.person_id, at)),
    )
    sections = tuple(_list(name, card, rows, language, at, zone) for name, card, rows in lists)
    return Apart(INTRODUCTIONS[language][Kind.ACCOUNTING], sections)


def intermediaries(permit: Permit, language: str, at: datetime, zone: str) -> Apart:
    """What went to networks that pass records on, three years back (42 CFR 2.24; check F13)."""
    rows = confidential.through_intermediaries(permit.person_id, at)
    found = _list("networks", "accounting.part2_years", rows, language, at, zone)
    return Apart(INTRODUCTIONS[language][Kind.INTERMEDIARY_LIST], (found,))


def breach_letter(permit: Permit, breach_id: UUID | None, language: str, house: House) -> Apart:
    """What one person is told of a breach that concerns them (check F27). Raises BreachNotHere."""
    found = confidential.breach(breach_id) if breach_id else None
    if found is None or permit.person_id not in found.person_ids:
        raise BreachNotHere
    named = confidential.privacy_contact()
    contact = (named.title, named.phone, named.email) if named else ("", house.phone, "")
    return Apart(
        breach_text(found_on=found.discovered_on, what=found.description, contact=contact, language=language)
    )


def _list(name: str, card: str, rows: tuple[Sent, ...], language: str, at: datetime, zone: str) -> Section:
    here = ZoneInfo(zone)
    since = years_back(at.astimezone(here), confidential.book().number(card, at.date())).date()
    return listed(name, since, tuple(_line(each, language, here) for each in rows), language)


def _line(each: Sent, language: str, here: ZoneInfo) -> tuple[str, ...]:
    """Day, recipient with address, what, what for, and whether the person had agreed (check F11)."""
    kind = words.RECIPIENTS[language].get(Asker(each.recipient_kind), each.recipient_kind)
    return (
        each.at.astimezone(here).date().isoformat(),
        ", ".join(part for part in (each.recipient or kind, each.recipient_address) if part),
        words.listed([Category(code) for code in each.categories], language),
        words.purposes([Purpose(each.purpose)], language),
        BECAUSE[language][each.basis == Basis.CONSENT.value],
    )
