"""Petitions, questions, surveys, what is made public."""

from motcua.law.rules.key_spec import choice, flag, limit, words

KEYS = (
    choice("petition.system", "shared_national own", "Which register holds petitions."),
    words("petition.receiver", "office agency dttt", "Who receives, classifies and forwards petitions."),
    words("petition.channels", "system email hotline national other", "How a petition may be sent."),
    limit("petition.limit", "Time to handle a petition and answer it."),
    limit("petition.entry_limit", "Time to enter a petition that came from outside the system."),
    limit("petition.forward_limit", "Time to pass on a petition that belongs to another agency."),
    choice("petition.inbox_check", "daily", "How often the focal officer looks into the inbox."),
    limit("question.forward_limit", "Time to sort a question and forward it to the competent agency."),
    words("question.handled_by", "office desk_head agency", "Who takes part in answering questions."),
    choice("survey.organiser", "office", "Who organises the survey of satisfaction."),
    flag("survey.published", "Evaluations and surveys are published."),
    words(
        "publicity.items",
        "services procedures fees time_limits levels process guidance notices evaluation petitions "
        "statistics contacts hotline payment postal apologies store catalogues other",
        "Kinds of information that must be public.",
    ),
)
