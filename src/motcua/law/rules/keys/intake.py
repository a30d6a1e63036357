"""Intake: check, official receipt, forwarding, supplements, declining, the receipt slip."""

from motcua.law.rules.key_spec import choice, flag, limit, number, time, words

KEYS = (
    flag("intake.automatic_check", "The system checks a filed dossier technically by itself."),
    flag("intake.automatic_acknowledgement", "The system confirms the filing and states the receipt time."),
    flag("intake.check_at_once", "An officer checks a filed dossier at once."),
    limit("intake.reply_limit", "Time from system receipt to accepting, asking or declining."),
    words(
        "intake.reply_channels",
        "sms email account other",
        "How the result of the check reaches the applicant.",
    ),
    choice(
        "intake.official_receipt",
        "entry_and_validity_notice acceptance stated_by_system",
        "Which moment is the official receipt of an online dossier.",
    ),
    choice(
        "intake.off_hours",
        "none next_working_period",
        "What becomes of a dossier that enters outside opening hours.",
    ),
    limit("intake.forward_limit", "Time within which intake forwards the dossier to the settling unit."),
    choice(
        "intake.forward_from",
        "complete_dossier system_receipt first_step paper_cutoff",
        "From when the forwarding time runs; `first_step` takes the term of the process.",
    ),
    flag("intake.forward_at_once", "Forwarding is due at once; the limit is the outer bound."),
    time("intake.paper_cutoff", "A paper dossier accepted after this hour goes on the next working day."),
    words(
        "intake.forward_applies", "online counter postal", "Channels for which the forwarding rule is stated."
    ),
    flag(
        "intake.any_desk",
        "Desks of the province and its communes take in dossiers whatever agency of the province settles "
        "them; absent: only for their own agency.",
    ),
    words("digitise.what", "dossier result", "What is digitised."),
    words("digitise.sign_at_intake", "online counter postal", "Channels whose components the officer signs."),
    flag("digitise.reuse", "Officers reuse parts that are digitised already."),
    number("supplement.max_requests", "How many times a supplement may be asked; absent: not limited."),
    words("supplement.count_applies", "online counter postal", "Channels for which that number is stated."),
    flag("supplement.full_guidance", "A request states content, reason and complete guidance."),
    choice("supplement.control", "none head_of_desk leader", "Who must agree before a request is sent."),
    flag(
        "supplement.through_desk",
        "What those who settle ask the applicant for is passed to the one-stop desk, which tells it.",
    ),
    words("supplement.control_stages", "intake settlement", "Stages at which that control is stated."),
    choice(
        "supplement.clock",
        "pause restart runs",
        "What a supplement asked during settlement does to the clock; absent: it runs.",
    ),
    choice(
        "supplement.clock_at_intake", "pause restart", "What one asked before acceptance does to the clock."
    ),
    number(
        "supplement.index_max_requests",
        "How many requests leave a dossier on time in the national index; absent: there is no such index.",
    ),
    flag("supplement.slip", "A request is given as a slip (Mẫu 02)."),
    flag("decline.slip", "Declining at intake is given as a slip with the reason (Mẫu 03)."),
    words(
        "decline.after_guidance",
        "invalid_papers not_supplemented",
        "Grounds on which intake declines only after the applicant was asked to put it right.",
    ),
    flag("decline.leader_approval", "A leader approves declining at intake."),
    flag("receipt.slip", "A complete dossier gets a receipt with the appointment (Mẫu 01)."),
    flag(
        "receipt.code_on_acceptance", "The dossier code is issued on acceptance and printed on the receipt."
    ),
    flag("receipt.optional_when_immediate", "No receipt is needed when the result is given at once."),
    flag("receipt.on_request_when_immediate", "It is given all the same when the applicant asks."),
    flag("receipt.papers_to_bring", "The acceptance notice lists the papers to bring."),
    flag("receipt.fees_to_pay", "The acceptance notice tells the fees to pay."),
)
