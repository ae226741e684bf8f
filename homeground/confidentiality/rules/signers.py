"""Who may sign for whom: the person, a minor alone or with a parent by state, a representative.

Source: 42 CFR 2.14 and 2.15. The ages are state law, recalled, and differ by service and circumstance; each
row warns until a clinic's counsel has confirmed it (docs/verify_before_release.md).
"""

from dataclasses import dataclass
from datetime import date

from homeground.confidentiality.rules.vocabulary import Signer

ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class MinorRule:
    """From which age a minor may consent alone to outpatient treatment of substance use; None: never."""

    state: str
    age: int | None
    citation: str


MINORS: dict[str, MinorRule] = {
    rule.state: rule
    for rule in (
        MinorRule("CA", 12, "California Family Code 6929"),
        MinorRule("CO", 0, "Colorado Revised Statutes 13-22-102"),
        MinorRule("FL", 0, "Florida Statutes 397.601"),
        MinorRule("IL", 12, "410 Illinois Compiled Statutes 210/4"),
        MinorRule("MA", 12, "Massachusetts General Laws 112 section 12E"),
        MinorRule("NY", None, "New York Mental Hygiene Law 22.11: with a parent, with exceptions"),
        MinorRule("PA", 0, "71 Pennsylvania Statutes 1690.112"),
        MinorRule("TX", 0, "Texas Family Code 32.003 and 32.004"),
        MinorRule("WA", 13, "Revised Code of Washington 71.34.530"),
    )
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose signatures a consent needs, and the card that says so; an empty card: the person is of age.

    `citation` is the row of the state table, empty where the state has none.
    """

    signers: frozenset[Signer]
    card: str = ""
    citation: str = ""


def signatures_wanted(born_on: date | None, on: date, *, state: str, represented: bool) -> Wanted:
    """Whose signatures are needed on a day (check F21).

    An adult signs alone; one who cannot is `represented`. A minor of the state's age signs alone, also
    for what parents may be told; a younger one together with a parent or guardian. A state that is not in
    the table wants both, which is the careful reading. Without a birth date the person counts as adult.
    """
    if represented:
        return Wanted(frozenset({Signer.PERSONAL_REPRESENTATIVE}), "signer.representative")
    if born_on is None or _age(born_on, on) >= ADULT_AGE:
        return Wanted(frozenset({Signer.PATIENT}))
    rule = MINORS.get(state)
    alone = rule is not None and rule.age is not None and _age(born_on, on) >= rule.age
    signers = frozenset({Signer.PATIENT}) if alone else frozenset({Signer.PATIENT, Signer.PARENT})
    return Wanted(signers, "signer.minor", rule.citation if rule else "")


def enough(wanted: Wanted, given: frozenset[Signer]) -> bool:
    """Whether the signatures given are those wanted; a guardian stands for a parent. More do no harm
    except where a minor signs alone: there the minor's own signature must be among them."""
    stands = given | ({Signer.PARENT} if Signer.GUARDIAN in given else set())
    return wanted.signers <= stands


def _age(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
