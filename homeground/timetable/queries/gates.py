"""The facts both sides of a gate bring: the group and the person."""

from datetime import date

from homeground.chart import queries as chart
from homeground.people import queries as people
from homeground.program import queries as program
from homeground.program.rules.hours import population_on
from homeground.timetable.models import Circumstances, Group
from homeground.timetable.rules.gates import Admits, Applicant


def group_admits(group: Group) -> Admits:
    """Whom a group admits. No statement."""
    return Admits(str(group.program_id), group.population, group.gender, group.dual, group.language)


def applicant(episode: chart.EpisodeFacts, on: date) -> Applicant:
    """What the gates ask of a patient on a day. Three statements. Raises PersonNotHere.

    Adult or adolescent is told twice, by the program and by age (the pack's adult age): both must agree.
    """
    person = people.person(episode.patient.person_id)
    dual = Circumstances.objects.filter(person_id=person.id, dual=True).exists()
    rules = program.program_rules([episode.program_id])[episode.program_id]
    by_age = population_on(on, born_on=person.born_on, program=rules.population, pack=rules.pack)
    return Applicant(
        program=str(episode.program_id),
        populations=frozenset({rules.population.value, by_age.value}),
        gender=person.gender,
        dual=dual,
        language=person.language,
    )
