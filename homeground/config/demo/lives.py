"""What the demo's people want: problems, goals in their words, objectives and what is done. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Aimed:
    """One problem and its answer: the goal, the objective, its later wording, and what is done."""

    section: str
    problem: str
    goal: str
    objective: str
    later: str
    measure: str
    kind: str
    doing: str
    frequency: str


@dataclass(frozen=True)
class Person:
    """One life: two or three things to work on, what waits, and what stands beside the goals."""

    aims: tuple[Aimed, ...]
    waits: tuple[str, str]
    strengths: str
    obligations: str
    work: str
    parenting: str
    physical: str
    emotional: str
    psychological: str
    family: str
    criteria: str
    substance: str
    criteria_met: int


USE = "substances"
PEOPLE = (
    Person(
        (
            Aimed(
                USE,
                "Drinks four to six beers every evening after work",
                "I want my evenings back, and to be awake when my daughter tells me about her day.",
                "Spend five of seven evenings without alcohol",
                "Spend every evening without alcohol and leave the house on two of them",
                "Evenings counted in the weekly questionnaire",
                "group",
                "Skills for evenings and weekends",
                "3 times a week",
            ),
            Aimed(
                "mind",
                "Sleeps four hours, lies awake worrying about money",
                "I want to sleep through the night again.",
                "Sleep six hours on five nights a week",
                "Sleep seven hours on five nights a week",
                "Sleep diary, read over every week",
                "individual",
                "Sleep plan and worry time before bed",
                "once a week",
            ),
        ),
        ("Owes money on two credit cards", "After the first month, with the case manager"),
        "Shows up. Cooks for the whole family. Stopped smoking by himself in 2019.",
        "Early shift Monday to Friday; drives his daughter to school on Mondays.",
        "Keeps his job in the warehouse; the shift leader knows he has an evening course.",
        "Every second weekend with his daughter.",
        "Blood pressure treated; liver values to be checked in January.",
        "Ashamed at first, lighter since the second week.",
        "Worries a lot; no thoughts of suicide.",
        "His sister comes to family night and keeps the car keys on weekends.",
        "Eight weeks with no more than one evening of drinking, sleep steady, a meeting he likes",
        "Alcohol",
        6,
    ),
    Person(
        (
            Aimed(
                USE,
                "Used fentanyl pills daily until August; two overdoses this year",
                "I want to be there when my son turns ten.",
                "Take buprenorphine every day and carry naloxone",
                "Take buprenorphine every day and tell two people where the naloxone is",
                "Weekly count with the nurse; naloxone shown at each visit",
                "medication",
                "Buprenorphine visits",
                "once a week",
            ),
            Aimed(
                "home",
                "Lives in a house where others use",
                "I want a door I can close.",
                "Apply for two recovery homes and visit one",
                "Sign a lease away from the old house",
                "Applications and visits written down",
                "case",
                "Housing help",
                "once a week",
            ),
            Aimed(
                "family",
                "Has not spoken with her mother since spring",
                "I want my mom to pick up the phone.",
                "Hold two family sessions with her mother",
                "Eat dinner with her mother once a week",
                "Sessions held, and how they went",
                "family",
                "Family session",
                "every two weeks",
            ),
        ),
        ("Tooth pain", "Dentist is booked for December; looked at again then"),
        "Funny, honest, good with children. Stayed in treatment after a hard first week.",
        "Part-time at the bakery, mornings; school pick-up at three.",
        "Wants more hours from January on.",
        "Her son lives with her mother; visits on Sundays.",
        "Tooth pain; weight is coming back.",
        "Grief for a friend who died in June.",
        "Startles easily; trauma work waits until she feels steady.",
        "Her mother agreed to two sessions.",
        "Three months on medication without fentanyl, a safe place to live, dinner with her mother",
        "Fentanyl",
        9,
    ),
    Person(
        (
            Aimed(
                USE,
                "Uses cocaine on weekends with colleagues, misses Mondays",
                "I want to get to Monday without lying to anyone.",
                "Spend eight weekends in a row without cocaine",
                "Spend every weekend without cocaine and keep one Saturday plan of his own",
                "Weekend check-in and drug tests",
                "skills",
                "Saying no to colleagues, practiced aloud",
                "2 times a week",
            ),
            Aimed(
                "daily_life",
                "Warned at work after three missed Mondays",
                "I want to keep this job and be proud of it.",
                "Be at work on eight Mondays in a row",
                "Take over the Monday meeting",
                "His own calendar, shown in the talk",
                "individual",
                "Monday plan made on Thursday",
                "once a week",
            ),
        ),
        ("Pays too much rent", "Not now; he wants to look in spring"),
        "Quick, well liked, runs ten kilometers.",
        "Office hours with travel twice a month.",
        "Sales; the job matters to him.",
        "No children.",
        "Healthy; heart checked in October.",
        "Restless on Fridays, calmer after running.",
        "No depression; low mood on Sundays.",
        "His brother runs with him on Saturdays.",
        "Eight weekends and eight Mondays, a plan for travel days",
        "Cocaine",
        5,
    ),
    Person(
        (
            Aimed(
                USE,
                "Smokes methamphetamine to get through night shifts",
                "I want to be tired when I am tired.",
                "Go four weeks without methamphetamine",
                "Go eight weeks without methamphetamine, also in weeks with night shifts",
                "Drug tests and the weekly questionnaire",
                "group",
                "Group with reward draws for expected tests",
                "3 times a week",
            ),
            Aimed(
                "body",
                "Has lost eighteen pounds and eats once a day",
                "I want to fit my own clothes again.",
                "Eat three times on five days a week",
                "Gain eight pounds and see the doctor",
                "Food diary; weight every two weeks",
                "case",
                "Doctor's visit and food box",
                "every two weeks",
            ),
        ),
        ("A court date for driving in March", "The lawyer handles it; asked again in February"),
        "Reliable friend, repairs anything, has stopped twice before for months.",
        "Rotating shifts; two dogs.",
        "Asks for day shifts; the union helps.",
        "No children.",
        "Underweight, teeth hurt, sleeps in the day.",
        "Irritable, feels watched when tired.",
        "Suspicious after nights awake; clears with sleep.",
        "His aunt calls every evening.",
        "Eight weeks without methamphetamine, weight steady, day shifts",
        "Methamphetamine",
        8,
    ),
    Person(
        (
            Aimed(
                USE,
                "Smokes cannabis from waking up, has dropped two classes",
                "I want to finish the year with my friends.",
                "Stay without cannabis on school days",
                "Stay without cannabis all week",
                "Own calendar and tests every two weeks",
                "group",
                "Group with others of the same age",
                "4 times a week",
            ),
            Aimed(
                "daily_life",
                "Fights with parents about school every morning",
                "I want mornings without shouting.",
                "Four calm mornings a week",
                "Breakfast together on Sundays",
                "Counted by the family on the kitchen calendar",
                "family",
                "Family session",
                "every two weeks",
            ),
        ),
        ("Wants to move in with an older sister", "Talked about when the school year ends"),
        "Draws, plays bass, kind to younger children.",
        "School until three; band practice on Fridays.",
        "Paper round on Saturdays.",
        "No children.",
        "Healthy; coughs.",
        "Bored and angry, proud after band practice.",
        "Attention is short; test booked.",
        "Both parents come to family night.",
        "Two months of school days without cannabis, back in both classes",
        "Cannabis",
        4,
    ),
    Person(
        (
            Aimed(
                USE,
                "Bebe cada fin de semana hasta no recordar",
                "Quiero que mis hijos me vean bien los domingos.",
                "Pasar ocho fines de semana sin beber",
                "Pasar todos los fines de semana sin beber e ir a misa con su familia",
                "Contado cada lunes con el consejero",
                "group",
                "Grupo en español",
                "3 veces por semana",
            ),
            Aimed(
                "family",
                "Su esposa duerme en otro cuarto desde julio",
                "Quiero volver a hablar con mi esposa.",
                "Tener dos sesiones con su esposa",
                "Cenar juntos dos veces por semana sin pelear",
                "Sesiones hechas y cómo fueron",
                "family",
                "Sesión de familia",
                "cada dos semanas",
            ),
        ),
        ("Sends money to his mother every month", "No change wanted; he decides"),
        "Works hard, sings in church, has many friends who do not drink.",
        "Construction, leaves at six; two sons.",
        "Foreman trusts him; wants his own crew.",
        "Two sons, eight and eleven.",
        "Back pain; takes no pills for it.",
        "Sad on Sundays, hopeful on Mondays.",
        "Low mood since his father died.",
        "His wife came to the first family night.",
        "Eight weekends, two months of talks with his wife",
        "Alcohol",
        7,
    ),
)
SAFETY = {
    "signs": "I stop answering messages. I do not eat. I think they would be better off.",
    "own_ways": "Walk to the river and back. Loud music. A cold shower.",
    "places": "The library on Main Street. My neighbor's porch. The Tuesday group.",
    "people": "My sister. My neighbor downstairs.",
    "professionals": "My counselor, at the number of the office. 988, call or text, day and night.",
    "safer": "My brother keeps the pills. I have only one week's medicine at home.",
}
