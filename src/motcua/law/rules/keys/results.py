"""Results, payment, refund."""

from motcua.kernel.codes import check_pattern
from motcua.law.rules.key_spec import choice, flag, number, text, words

_WAYS = "online counter postal other"
_PAYMENT = "online counter postal commune_post_office national_platform other"

KEYS = (
    words("result.ways_full", _WAYS, "Ways of returning the result of a full (level 4) online service."),
    words(
        "result.ways_partial", _WAYS, "Ways of returning the result of a partial (level 3) online service."
    ),
    flag("result.postal_registered", "A result sent by post is registered and signed for."),
    flag("result.online_form_agreed", "The form of an online return is agreed with the applicant."),
    flag("result.electronic_equals_paper", "An electronic result has the value of the paper one."),
    flag("result.form_signed", "At level 3 the form filled in online is signed when the result is received."),
    flag("result.explicit_close", "The dossier must be closed on the system after the return."),
    number("result.max_visits", "Most visits that may be asked after an accepted online filing."),
    number("result.max_visits_remote", "The same when the result may go online or by post."),
    text(
        "dossier_code.pattern",
        "Pattern of the dossier code with {agency}, {date} and {serial}.",
        check=check_pattern,
    ),
    words("payment.ways_full", _PAYMENT, "Ways of paying for a full (level 4) online service."),
    words("payment.ways_partial", _PAYMENT, "Ways of paying for a partial (level 3) online service."),
    flag("payment.time_per_procedure", "Amount and time of payment come from the announced procedure."),
    flag(
        "payment.on_collection",
        "Where the procedure publishes no time, fees of an online filing are paid on coming for the result.",
    ),
    words(
        "refund.ground", "agency_cannot withdrawal mistaken excess", "Grounds for giving back what was paid."
    ),
    choice("refund.strength", "considered mandatory", "Whether a refund is weighed or owed."),
    flag("refund.none_when_settled", "Nothing is given back when only the result was not collected."),
)
