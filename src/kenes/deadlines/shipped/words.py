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
        "Example for February 2021, after the edition of 15 April 2013. Registration, the start "
        "and the last day are not in it; they are counted as the later law counts. The extension "
        "stands there with the term of thirty days. The notice was due in three calendar days, "
        "here in three working days."
    ),
    gettext_noop("Longer for laws; the text of the rule was not read."),
    gettext_noop("News: daily."),
    gettext_noop("Not less; silence is agreement."),
    gettext_noop(
        "Up to two months from the day of the decision. Law 241-VIII is in force after ten "
        "calendar days from its first official publication; that day was not found and is taken "
        "to be 18 December 2025, the day after the law was signed."
    ),
    gettext_noop(
        "What comes after hours on a working day is registered that day: this edition names days "
        "off alone. From when the two months run and what becomes of a last day that is off it "
        "does not say; both are taken from the later one."
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
