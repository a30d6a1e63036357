"""Lookup, vault, archive, conversion, sharing, connections."""

from motcua.law.rules.key_spec import choice, flag, limit, number, words

KEYS = (
    words("lookup.channels", "web qr sms counter kiosk email national", "Ways of asking for the state."),
    flag("lookup.further_channels", "Other ways of asking for the state may be added."),
    words("lookup.keys", "code qr personal_id name account", "What a person asking may enter."),
    words("lookup.keys_behind_login", "personal_id name", "Keys that are answered only after a login."),
    choice("vault.issuer", "provincial national", "Who gives an account its store of electronic papers."),
    number("vault.per_account", "How many stores an account has."),
    flag("vault.reuse_by_choice", "Data of a first dossier are kept for reuse at the applicant's will."),
    limit("archive.retention", "How long an electronic dossier is kept."),
    flag("archive.equals_paper", "The electronic archive has the value of the paper one."),
    words(
        "documents.kept",
        "receipt supplement_slip decline_slip control_slip register apology application result other",
        "Documents that the electronic dossier holds.",
    ),
    flag("conversion.to_paper", "The system has a function that prints a valid paper copy."),
    flag("conversion.accepted", "Certified copies and converted papers are accepted as valid."),
    choice(
        "sharing.third_party", "law_or_consent competent_bodies data_law", "When data go to a third party."
    ),
    flag("sharing.data_law_on_reuse", "Reuse of personal data follows the law on personal data."),
    words(
        "connections.named",
        "national_portal ministries document_system onestop_systems shared_catalogues provincial_axis "
        "population_database specialised",
        "Outside systems that the text names.",
    ),
)
