"""One person's month: every referral and every component record, settled together."""

from collections.abc import Callable
from datetime import date

from tugiplaan.rules.facts import Contract, Facts, Finding, Line, PersonMonth
from tugiplaan.rules.period import Month, clip
from tugiplaan.rules.services import UNITS
from tugiplaan.rules.settlement.component_lines import component_lines
from tugiplaan.rules.settlement.drafts import Books, draft_days
from tugiplaan.rules.settlement.months import Ledgers, settle_referral
from tugiplaan.rules.settlement.unit_drafts import UNIT_OF
from tugiplaan.rules.stays import Portion, Presence, presences
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Kind, Service


def settle(
    facts: Facts, law: Law, contract: Contract, *, service: Service | None = None
) -> PersonMonth:
    """Settle one person's month.

    Args:
        facts: Everything about the person that the month can depend on, earlier months too.
        law: The dated law.
        contract: Settings, own prices and component price lists.
        service: Give only the lines and findings of this service; the others still count for
            what may not run together. None: all services, and component services.

    Returns:
        The payable lines with their explanation, and the findings. What was delivered in the
        month is either in a line or named by a finding; nothing is dropped or cut in silence.
        The order of the facts does not matter.

    Law: SHS § 79; R65; rules R-01…R-12, R-18, R-24; readings 1–11 of the month folder.
    """
    found = presences(facts.person, facts.referrals, law)
    return settle_presences(found, facts, law, contract, service)


def settle_presences(
    found: list[Presence], facts: Facts, law: Law, contract: Contract, service: Service | None
) -> PersonMonth:
    """Settle a month whose stays are already laid beside each other."""
    books = Books(law, contract, facts.surroundings, facts.month, facts.as_of)
    ledgers = Ledgers()
    lines: list[Line] = []
    findings: list[Finding] = []
    for presence in found:
        result = settle_referral(presence, facts, books, ledgers, found)
        if service is None or presence.referral.service is service:
            lines += result.lines
            findings += result.findings
    if service is None and facts.components:
        component, unpaid = component_lines(facts, books, parallel_stay(found, books))
        lines += component
        findings += unpaid
    if len(findings) > 1:
        findings.sort(key=_weight)
    return PersonMonth(facts.person.person, facts.month, tuple(lines), tuple(findings))


def _weight(finding: Finding) -> tuple[object, ...]:
    return (
        finding.code.rank,
        finding.referral,
        finding.first_day,
        finding.last_day,
        finding.line,
        str(finding.numbers),
    )


def parallel_stay(found: list[Presence], books: Books) -> Callable[[date], str]:
    """Tell in whose stay a day lies, if it lies in a state service that is not itself blocked.

    Args:
        found: All presences of the person.
        books: Law and contract.

    Returns:
        A function from a day to the referral; empty where there is none.

    Law: the pilot's exclusion of parallel state services (docs/open-points.md); readings 9–10.
    """
    rated: dict[tuple[str, Month], bool] = {}

    def parallel(day: date) -> str:
        at = day.toordinal()
        for presence in found:
            if any(first <= at < end for first, end in presence.open):
                key = (presence.referral.referral, Month.of(day))
                if key not in rated:
                    rated[key] = _has_rates(presence, key[1], books)
                if rated[key]:
                    return presence.referral.referral
        return ""

    return parallel


def _has_rates(presence: Presence, month: Month, books: Books) -> bool:
    """Tell whether every day of a referral's month has a price."""
    referral = presence.referral
    spans = clip(list(presence.open), month.span)
    if referral.kind.family == UNITS:
        used = [
            (row.day.toordinal(), UNIT_OF[row.kind])
            for row in referral.days
            if any(first <= row.day.toordinal() < end for first, end in spans)
        ]
        # Only the days of units are paid; without any, the days of the stay stand for them.
        priced = used or [(first, unit) for first, _ in spans for unit in UNIT_OF.values()]
        rates = books.law.rates
        return all(
            rates.spans(referral.kind.rate_code(unit), (day, day + 1))[0][2] for day, unit in priced
        )
    then = Books(books.law, books.contract, books.surroundings, month, books.as_of)
    return all(
        draft.rate is not None
        for span in spans
        for draft in draft_days(referral, Portion(span, Kind.FULL), then, month.length)
    )
