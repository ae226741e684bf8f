"""Who may open the pages of this room."""

from homeground.ground.access import ANYONE, AsksItself, OwnRecord, Reads, Table
from homeground.people.roles import Role

PAGES: Table = {
    "interop:feed": ANYONE,
    "interop:feeds": frozenset({Role.PATIENT}),
    "interop:feed_revocation": frozenset({Role.PATIENT}),
    "interop:own_records": frozenset({Role.PATIENT}),
    "interop:release": frozenset({Role.DIRECTOR}),
}

READS: Reads = {
    "interop:feed": AsksItself("who holds the address is the patient: the own record, asked with each call"),
    "interop:feeds": OwnRecord(frozenset({"appointments"})),
    "interop:feed_revocation": OwnRecord(frozenset({"appointments"})),
    "interop:own_records": OwnRecord(frozenset({"stay"})),
    "interop:release": AsksItself("shows a packet again, that left by a Permit"),
}
