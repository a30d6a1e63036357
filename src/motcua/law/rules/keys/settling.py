"""Settling: assignment, opinions, verification, other agencies, time, refusal, apology."""

from motcua.law.rules.key_spec import choice, flag, limit, number, words

KEYS = (
    choice("assignment.by", "head unit_proposes_leader_decides", "Who gives the dossier to a case officer."),
    choice(
        "consultation.lead", "receiving_agency lead_agency", "Who leads when several agencies are concerned."
    ),
    flag("consultation.term", "An opinion is asked with a term; the answer is recorded on the system."),
    limit("consultation.default_term", "The term of a question that names none; no text gives its length."),
    words(
        "verification.record",
        "time place participants content",
        "What is recorded when the applicant attends.",
    ),
    flag("verification.file", "Verification makes a file, kept on the system and at the agency."),
    choice("interagency.same_level", "receiving_leads parallel", "How several agencies of one level settle."),
    choice("interagency.cross_level", "receiving_leads via_lead", "How agencies of several levels settle."),
    choice("settlement.limit", "announced", "The time limit is the announced one of the procedure."),
    choice(
        "settlement.shorter_online", "duty encouraged", "Whether online dossiers should be settled sooner."
    ),
    flag("settlement.result_in_time", "The result reaches the desk in time for the date on the system."),
    flag(
        "settlement.withdrawn_before_decision",
        "The applicant withdraws, or has the handling stopped, only while there is no decision.",
    ),
    flag("refusal.leader_approval", "A leader approves a refusal on the merits before it is sent."),
    flag("refusal.written_reason", "A dossier that cannot be settled gets a written reason."),
    flag("refusal.through_desk", "That reason is sent through the one-stop desk."),
    flag("refusal.sent_electronically", "That reason is an electronic notice, which the desk sends."),
    flag("refusal.shown_with_results", "It is shown in the result section of the system."),
    words("pause.grounds", "financial_obligation", "Grounds, beside a supplement, on which the clock stops."),
    limit("apology.min_notice", "How long before the due moment the apology must be sent."),
    number("apology.max_count", "How many times a new date may be set."),
    flag("apology.slip", "The apology and new date are a slip kept in the dossier (Mẫu 04)."),
    flag("apology.published", "Apologies for late dossiers are published."),
    words("apology.channels", "email sms phone social", "How the applicant learns of the new date."),
    words("notices.progress", "account email phone social", "How the applicant can follow progress."),
)
