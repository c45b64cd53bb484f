"""What the shipped policies say of their sources, for the catalogues; translated where it is shown."""

from django.utils.translation import gettext_noop

# The texts of `policies.csv`, word for word: a test holds both equal.
SOURCES = (
    gettext_noop("Administrative Procedure Code, 350-VI of 29 June 2020"),
    gettext_noop("Law on Access to Information, 401-V of 16 November 2015"),
    gettext_noop("Law on Consideration of Appeals, 221-III of 12 January 2007 (repealed)"),
    gettext_noop("Law on Legal Acts, 480-V of 6 April 2016"),
    gettext_noop("Rules of Order 849 of 30 September 2021"),
    gettext_noop("before Law 241-VIII of 17 December 2025"),
    gettext_noop("with Law 241-VIII of 17 December 2025"),
    gettext_noop("At least so long before the act; not in the simplified procedure."),
    gettext_noop(
        "Chapter 12 names no term of its own; that the general one of art. 76 holds is our reading."
    ),
    gettext_noop(
        "Example for February 2021. The start, the last day, the notice and passing on are "
        "assumed as they were later."
    ),
    gettext_noop("Longer for laws; the text of the rule was not read."),
    gettext_noop("News: daily."),
    gettext_noop("Not less; silence is agreement."),
    gettext_noop(
        "Not more than two months is read as the length of the extension, counted from the last "
        "day of the term. The day of entry into force of Law 241-VIII was not found; the day of "
        "the law itself is taken."
    ),
    gettext_noop(
        "Only the wording of the start was read in this edition; extension and passing on are "
        "taken from the later one. The day of entry into force of Law 241-VIII was not found; the"
        " day of the law itself is taken."
    ),
    gettext_noop("The law names April 2024; its first day is taken."),
    gettext_noop(
        "The start and the last day are not in the article; they are counted as art. 76 of the "
        "Administrative Procedure Code counts."
    ),
    gettext_noop("Unless set otherwise; remarks with reasons by art. 21(5)."),
    gettext_noop("With reasons. Counted as art. 76(2) counts."),
    gettext_noop("With reasons; from registration."),
)
