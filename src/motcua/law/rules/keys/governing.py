"""Governing the catalogue: who publishes procedures and within which term, how online services are decided.

A duty has up to three keys: who has it (`duty.publish`), its term (`duty.publish_term`; absent where the text
says "promptly" or nothing) and the day of the decision from which the term runs (`duty.publish_from`).
"""

from motcua.law.rules.key_spec import KeySpec, choice, day_of_year, flag, limit, number, words

DUTIES: dict[str, str] = {
    "content": "Who writes the content of each procedure that a decision announces.",
    "process": "Who sends in the internal process of a procedure that was announced without one.",
    "send": "Who sends content and process to those who publish them.",
    "publish": "Who puts announced procedures on the system and keeps them current there.",
    "website": "Who puts them on the agency's own website.",
    "national": "Who enters them into the national database of procedures.",
    "set_up": "Who sets up the electronic process.",
    "check": "Who checks what was published.",
}


TERMED = ("content", "process", "publish", "national")  # those for which some text gives a number of days


def _of_duty(name: str, meaning: str) -> tuple[KeySpec, ...]:
    who = choice(f"duty.{name}", "agency office dttt justice", meaning)
    if name not in TERMED:
        return (who,)
    return (
        who,
        limit(f"duty.{name}_term", f"Term of the duty: {meaning}"),
        choice(f"duty.{name}_from", "effect signing", f"Day of the decision from which it runs: {meaning}"),
    )


KEYS = (
    *(spec for name, meaning in DUTIES.items() for spec in _of_duty(name, meaning)),
    choice("catalogue.review", "yearly by_plan continuous on_ministry", "When the online list is reviewed."),
    flag("catalogue.only_announced", "Only procedures of the announced list run on the system."),
    flag("catalogue.only_standardised", "Only standardised procedures are provided online."),
    words("catalogue.criteria", "", "Criteria by which procedures come first."),
    number("catalogue.min_criteria", "How many of the criteria a proposal must meet."),
    words(
        "catalogue.states",
        "timetable opinions",
        "What a proposal states: when it is to begin, what those concerned said.",
    ),
    choice("catalogue.assessed_by", "office dttt", "Who assesses proposals and submits them."),
    flag("catalogue.assessor_proposes", "Whoever assesses may propose without an agency's request."),
    words(
        "catalogue.solution",
        "business identification assurance sources",
        "What is settled for each service before it is decided.",
    ),
    words("catalogue.roadmap_to", "office dttt", "Who gets the agencies' roadmaps for the next year."),
    day_of_year("catalogue.roadmap_before", "Day of the year before which roadmaps are sent."),
)
