"""From amounts to lines: rounding, and the explanation of every cent."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tugiplaan.rules.explanation import Shown, Step
from tugiplaan.rules.facts import Finding, Line, Referral, exact_sum
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.money import Exact, euro, spread
from tugiplaan.rules.services import authority_code
from tugiplaan.rules.settlement.drafts import Books, Draft
from tugiplaan.rules.vocabulary import FindingCode, Kind

_WHOLE = Decimal(1)


def referral_lines(
    referral: Referral, person: str, drafts: Sequence[Draft], books: Books
) -> list[Line]:
    """Round the payable drafts of one referral and explain them.

    Args:
        referral: The referral.
        person: The person's code.
        drafts: Payable drafts with a known price, in the order of kinds.
        books: Law and month.

    Returns:
        Lines that add up to the half-up rounded exact total.

    Law: SHS § 79(1); rule R-02; reading 8.
    """
    amounts = [_known(draft) for draft in drafts]
    rounded = spread(amounts) if amounts else []
    key = f"{books.month}-{referral.referral}"
    lines: list[Line] = []
    for number, (draft, exact, amount) in enumerate(zip(drafts, amounts, rounded, strict=True), 1):
        steps = _steps(referral, draft, exact, amount, is_alone=len(drafts) == 1)
        lines.append(
            state_line(f"{key}-{number}", (referral.referral, person), draft, amount, steps)
        )
    return lines


def state_line(
    key: str, whose: tuple[str, str], draft: Draft, amount: Decimal, steps: tuple[Step, ...]
) -> Line:
    """Write a draft as a line that the authority pays.

    Args:
        key: The line's key.
        whose: Referral and person; both empty for empty places.
        draft: The draft, with a known price.
        amount: The rounded amount.
        steps: The explanation.
    """
    assert draft.rate is not None  # noqa: S101 - drafts without a price are never payable
    return Line(
        key,
        authority_code(),
        whose[0],
        whose[1],
        draft.place,
        draft.rate_code,
        "",
        "",
        "",
        draft.kind,
        date.fromordinal(draft.first),
        date.fromordinal(draft.last),
        draft.quantity,
        draft.unit,
        draft.of_days,
        draft.rate.value,
        draft.share.value if draft.share else _WHOLE,
        draft.own_price.value if draft.own_price else None,
        draft.ceiling,
        _known(draft),
        amount,
        sections(steps),
        steps,
    )


def _known(draft: Draft) -> Exact:
    amount = draft.amount
    return amount if amount is not None else 0


def sections(steps: Sequence[Step]) -> str:
    """List the sections of an explanation, each once."""
    return "; ".join(dict.fromkeys(step.section for step in steps if step.section))


def _steps(
    referral: Referral, draft: Draft, exact: Exact, amount: Decimal, *, is_alone: bool
) -> tuple[Step, ...]:
    """Explain one line, from the price to the cent."""
    rate = draft.rate
    steps = [rate_step(draft, referral.kind.price_section), _quantity_step(draft), *draft.notes]
    if draft.share:
        steps.append(share_step(draft.share))
    if rate is not None and draft.own_price is not None and draft.ceiling is not None:
        own: tuple[tuple[str, Shown], ...] = (
            ("own_price", draft.own_price.value),
            ("ceiling", draft.ceiling),
            ("sum", exact),
        )
        code = "own_price" if exact < draft.ceiling else "own_price_above"
        steps.append(Step(code, own, (draft.own_price,), "SHS § 79(1)"))
    rounding = "rounded" if is_alone else "spread"
    reading = "" if is_alone else "A-09"
    steps.append(Step(rounding, (("amount", amount),), (), "SHS § 79(1)", reading))
    return tuple(steps)


def rate_step(draft: Draft, section: str) -> Step:
    """Tell the maximum cost and where it comes from."""
    rate = draft.rate
    values = (rate,) if rate else ()
    code = "rate_month" if draft.of_days else "rate_unit"
    return Step(
        code, (("code", draft.rate_code), ("rate", rate.value if rate else "?")), values, section
    )


def share_step(share: DatedValue) -> Step:
    """Tell which part of the maximum cost is paid."""
    return Step("share", (("percent", share.value * 100),), (share,), share.source)


def _quantity_step(draft: Draft) -> Step:
    of_days = draft.of_days
    if of_days is None:
        return Step(f"units_{draft.unit}", (("quantity", draft.quantity),))
    numbers: tuple[tuple[str, Shown], ...] = (("quantity", draft.quantity), ("of_days", of_days))
    if draft.kind is Kind.PART:
        return Step("part_month", numbers, (), "R65 § 3", "A-01")
    if draft.quantity == of_days:
        return Step("whole_month", numbers)
    return Step("days_of_month", numbers)


def readings_of(line: Line) -> str:
    """List the open points whose reading a line rests on, each once."""
    named = [step.reading for step in line.explanation if step.reading]
    named += [
        value.source
        for step in line.explanation
        for value in step.values
        if value.certainty is Certainty.READING
    ]
    return ", ".join(dict.fromkeys(named)) if named else ""


def problem_findings(referral: Referral, person: str, drafts: Sequence[Draft]) -> list[Finding]:
    """Say what is not payable, one finding for each reason.

    Args:
        referral: The referral.
        person: The person's code.
        drafts: Drafts that have a problem.

    Returns:
        Findings whose quantities and amounts are those of the drafts.
    """
    groups: dict[tuple[FindingCode | None, str, object], list[Draft]] = {}
    for draft in drafts:
        groups.setdefault((draft.problem, draft.other, draft.unit), []).append(draft)
    return [
        Finding(
            code=code,
            referral=referral.referral,
            person=person,
            first_day=date.fromordinal(min(draft.first for draft in group)),
            last_day=date.fromordinal(max(draft.last for draft in group)),
            quantity=exact_sum([draft.quantity for draft in group]),
            unit=group[0].unit,
            amount_not_payable=_amount(group),
            numbers=(("other", other), ("code", group[0].rate_code or "?")),
        )
        for (code, other, _), group in groups.items()
        if code is not None
    ]


def _amount(drafts: Sequence[Draft]) -> Decimal | None:
    known = [amount for draft in drafts if (amount := draft.amount) is not None]
    return euro(exact_sum(known)) if known else None
