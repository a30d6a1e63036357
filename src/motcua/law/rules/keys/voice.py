"""Petitions, questions, surveys, what is made public."""

from motcua.law.rules.key_spec import choice, flag, limit, words

PUBLIC: dict[str, str] = {
    "services": "online services and who provides them",
    "procedures": "procedures",
    "levels": "the level of each online service",
    "time_limits": "time limits",
    "fees": "fees and charges",
    "process": "the process of settling",
    "guidance": "guidance",
    "notices": "notices",
    "statistics": "figures",
    "use": "how often each online service is used",
    "evaluation": "evaluations and surveys",
    "petitions": "where petitions go and what came of them",
    "contacts": "who runs the system, contacts of those who receive and settle",
    "hotline": "the hotline",
    "payment": "ways of payment",
    "postal": "public postal services",
    "apologies": "letters of apology",
    "store": "the store of electronic papers",
    "catalogues": "shared catalogues of data",
    "other": "whatever else the committee orders",
}

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
    *(flag(f"publicity.{kind}", f"Must be public: {meaning}.") for kind, meaning in PUBLIC.items()),
)
