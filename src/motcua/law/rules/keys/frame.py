"""Frame, agencies, accounts, levels of online service."""

from motcua.law.rules.key_spec import choice, date, flag, number, text, words

KEYS = (
    date("issued.on", "The day on which the decision was signed."),
    text("issued.replaces", "The earlier decision that this one replaces."),
    words("legal.fallback", "", "Laws that apply where the regulation is silent."),
    flag("legal.replaced_laws_apply", "A cited law that is replaced is read as its successor."),
    choice(
        "legal.problems_to", "office dttt committee_via_dttt", "Who collects problems with the regulation."
    ),
    words(
        "scope.agencies",
        "department economic_zone central association service_unit district commune any",
        "Kinds of agencies that must work on the system.",
    ),
    flag("scope.ministry_services_apart", "Services run by ministries follow the ministry's own rules."),
    text("site.domain", "Address of the portal as written in the text."),
    flag("site.more_domains", "Further granted domains may serve the system."),
    choice("operator.agency", "office dttt ict_centre", "The body that manages and operates the system."),
    words(
        "account.registration", "provincial national vneid eid", "Where applicants may register an account."
    ),
    words("account.entry_points", "provincial national agency_link", "Where applicants may log in and file."),
    words("account.logins", "provincial national vneid", "Kinds of login that are accepted."),
    choice(
        "account.required_for",
        "online_filing level_3_up",
        "For which dossiers a registered account is a condition.",
    ),
    words("account.initial_notice", "email phone", "How a new account is announced to its owner."),
    choice(
        "account.officer_issuer", "office central_login by_competence", "Who issues accounts of officers."
    ),
    choice("account.staff_told_to", "office dttt", "The body that agencies tell of changes of officers."),
    flag("account.one_per_officer", "Each officer acts under an account of their own."),
    flag("account.change_given_password", "A given password must be changed at the first login."),
    flag("account.regular_change_encouraged", "Changing the password regularly is encouraged."),
    flag("account.owner_keeps_safe", "The owner answers for keeping account and password safe."),
    words(
        "account.lost_report_to", "operator agency_it provider", "Whom to tell of a lost or misused account."
    ),
    words("levels.scale", "2 3 4 full partial", "The levels of online service that the text knows."),
    words("levels.change", "filing signature payment result", "What depends on the level of the service."),
    number("levels.guidance_from", "Level from which usage guidance and figures must be shown."),
    number("levels.forms_from", "Lowest level at which the forms of a service must be offered."),
)
