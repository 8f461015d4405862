"""Each paper: what it is called, what it is made from, who may make and read it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from typing import Any, get_args, get_type_hints

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tugiplaan.interoperability.papers import isolation, notice, plan, review, summary, transfer
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.content import Content, plain
from tugiplaan.interoperability.papers.order import Draw, Offer, Order


@dataclass(frozen=True, slots=True)
class Kind:
    """What a paper is.

    Attributes:
        values: The frozen dataclass that it is made from.
        make: What one must hold to make it, beside writing documents.
        read: What one must hold to read it, beside reading documents.
        rows: Asks for what it could be made from; kinds that share it ask once.
        offers: Which ones can be made of that.
    """

    code: PaperKind
    title: Promise | str
    values: type[Any]
    make: tuple[str, ...]
    read: tuple[str, ...]
    rows: Callable[[Order], Any]
    offers: Callable[[Any], list[Offer]]
    draw: Draw

    @property
    def is_notice(self) -> bool:
        return self.values is notice.NoticeValues


_PLANS = ("plans.read",)
_NOTICE = ("referrals.write",), ("referrals.read",)


def _notice(code: PaperKind) -> Kind:
    return Kind(
        code,
        notice.notice_title(code),
        notice.NoticeValues,
        *_NOTICE,
        notice.referral_rows,
        partial(notice.notice_offers, code=code),
        partial(notice.draw_notice, code=code),
    )


KINDS: Mapping[PaperKind, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            PaperKind.PLAN,
            gettext_lazy("Tegevusplaan"),
            plan.PlanValues,
            *(_PLANS, _PLANS, plan.plan_rows, plan.plan_offers, plan.draw_plan),
        ),
        Kind(
            PaperKind.PLAIN_PLAN,
            gettext_lazy("Tegevusplaan lihtsas keeles"),
            plan.PlanValues,
            *(_PLANS, _PLANS, plan.plan_rows, plan.plan_offers, plan.draw_plain_plan),
        ),
        Kind(
            PaperKind.QUARTERLY,
            gettext_lazy("Kvartali hinnang"),
            review.ReviewValues,
            *(_PLANS, _PLANS, review.rating_rows),
            partial(review.review_offers, kind="quarterly"),
            review.draw_review,
        ),
        Kind(
            PaperKind.YEARLY,
            gettext_lazy("Aasta kirjalik hinnang"),
            review.ReviewValues,
            *(_PLANS, _PLANS, review.rating_rows),
            partial(review.review_offers, kind="yearly"),
            review.draw_review,
        ),
        Kind(
            PaperKind.SUMMARY,
            gettext_lazy("Kokkuvõttev hinnang"),
            summary.SummaryValues,
            *(_PLANS, _PLANS, summary.summary_rows),
            summary.summary_offers,
            summary.draw_summary,
        ),
        Kind(
            PaperKind.TRANSFER,
            gettext_lazy("Üleandmine teisele teenuseosutajale"),
            transfer.TransferValues,
            *(("plans.read", "assessments.read"),) * 2,
            transfer.consent_rows,
            transfer.transfer_offers,
            transfer.draw_transfer,
        ),
        Kind(
            PaperKind.ISOLATION,
            gettext_lazy("Eraldamise protokoll"),
            isolation.IsolationValues,
            *(("delivery.record",), ("delivery.record",)),
            isolation.isolation_rows,
            isolation.isolation_offers,
            isolation.draw_isolation,
        ),
        *(_notice(code) for code in notice.notice_codes()),
    )
}
"""By code, in the order in which a page offers them."""


def offers_of(order: Order, kinds: Iterable[Kind]) -> list[tuple[Kind, list[Offer]]]:
    """Give which papers can be made of a person.

    Args:
        order: For whom; what it is about does not matter.
        kinds: Only these.

    Returns:
        Kinds of which any can be made, in their order. At most nine queries.
    """
    asked: dict[Callable[[Order], Any], Any] = {}
    found = []
    for kind in kinds:
        if kind.rows not in asked:
            asked[kind.rows] = kind.rows(order)
        if offers := kind.offers(asked[kind.rows]):
            found.append((kind, offers))
    return found


def sample_values(kind: Kind) -> dict[str, Any]:
    """Give made-up values of a paper, every list with something in it: to try a template on."""
    return plain(_sample(kind.values)) | plain(_sample(Content))


def _sample(wanted: Any) -> Any:
    if is_dataclass(wanted) and isinstance(wanted, type):
        hints = get_type_hints(wanted)
        return wanted(**{one.name: _sample(hints[one.name]) for one in fields(wanted)})
    if args := get_args(wanted):
        inner = [one for one in args if one not in {Ellipsis, type(None)}]
        one = _sample(inner[0])
        return (one,) if getattr(wanted, "__origin__", None) is tuple else one
    return {bool: True, int: 1}.get(wanted, _SAMPLE)


_SAMPLE = "Näidis"
