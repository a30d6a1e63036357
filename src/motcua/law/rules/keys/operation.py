"""Reporting, operation, incidents, safety."""

from motcua.law.rules.key_spec import choice, day_of_year, flag, limit, words

KEYS = (
    words("report.periods", "quarterly yearly ad_hoc by_circular", "Reports that are made."),
    day_of_year("report.agencies_before", "Day of the year before which agencies report."),
    day_of_year("report.summary_before", "Day of the year before which the summary is due."),
    flag("report.sole_source", "System data are the only official source of on-time figures."),
    flag("record.all_dossiers", "Every dossier received is recorded on the system."),
    flag("record.all_steps", "Every step is done and recorded on the system."),
    choice("compliance.reported_by", "office", "Who reports those that bypass or falsify steps."),
    choice("availability.hours", "always stable", "Hours at which the system must run."),
    words(
        "incident.report_to", "office dttt ict_centre assigned_unit provider", "Whom to tell of an incident."
    ),
    limit("incident.recovery", "Time within which the system must work again."),
    flag("incident.recovery_prompt", "Recovery must be prompt, without a number."),
    choice("incident.fallback", "paper_log", "How work goes on during an outage."),
    flag("backup.required", "Backup or periodic extraction of data is a duty."),
    words("safety.checked_by", "dttt police", "Who checks the safety of the system."),
    words("prohibited.basis", "", "Where the prohibited acts are listed."),
    words("prohibited.acts", "", "The acts that the text itself names, shortened, one for each clause."),
    flag("terms.applicants", "What the clauses say binds whoever uses an account of a citizen."),
    flag("terms.officers", "What the clauses say binds officers, who are made to know it."),
    flag("infected.reported", "Staff report infected attachments and misuse."),
    choice(
        "change.control",
        "committee_via_dttt dttt_appraises test_first dttt_proposes",
        "How changes are let in.",
    ),
    choice("oversight.by", "office dttt", "Who follows and urges all agencies."),
    choice("change.collected_by", "dttt office", "Who collects problems with the system and proposals."),
    words("change.reviewed_with", "agency provider", "With whom proposals on the system are reviewed."),
    choice("change.supported_by", "provider", "Who supports agencies in using the system, on request."),
    words(
        "support.ways", "phone counter it_officer provider hotline call_centre guidance", "Help for users."
    ),
)
