"""Filing: channels, forms, attachments, paper."""

from motcua.law.rules.key_spec import choice, flag, words

KEYS = (
    words("filing.channels", "online counter postal", "Channels by which a dossier may be filed."),
    words(
        "filing.through", "hired authorised postal_staff", "Others who may file on the applicant's behalf."
    ),
    flag("filing.channel_per_procedure", "Each procedure's own text says which channels it takes."),
    words("filing.form_modes", "eform attached_file", "Forms in which declarations may be given."),
    flag("filing.complete_eform", "All electronic forms and components must be complete and valid."),
    words(
        "filing.attachments",
        "register_ecopy certified_ecopy digitised scan by_instruction",
        "Kinds of electronic papers that are accepted.",
    ),
    flag(
        "filing.scan_partial", "At level 3 an uncertified scan or photograph is enough, one file per paper."
    ),
    choice(
        "filing.signature_full",
        "digital_or_certified_post",
        "At level 4: sign digitally, or send certified papers by post with the dossier code.",
    ),
    flag("filing.wait_for_paper", "Whether handling of an online dossier may wait for the paper dossier."),
    choice("filing.paper_check", "at_result", "When papers are compared with what was filed online."),
    words(
        "contracted.acts",
        "receive enter_by_post return return_by_post",
        "What contracted staff of the postal or another hired enterprise do on the system.",
    ),
    words("filing.entered_by_officer", "counter postal", "Channels whose dossiers the officer must enter."),
)
