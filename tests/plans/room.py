"""A provider with a stay and what plans for it need."""

from datetime import date
from typing import Any

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import make_referral, store
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Caseload, User
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Person
from tugiplaan.plans import actions
from tugiplaan.plans.actions import GoalOutcome, SummaryDraft
from tugiplaan.plans.drafts import ActivityDraft, GoalDraft, PackageDraft, PlanDraft
from tugiplaan.plans.models import Outcome, Party, Plan
from tugiplaan.providers.models import Provider, Staff
from tugiplaan.referrals.models import Referral, StayDay
from tugiplaan.rules.vocabulary import Audience, Mode

GOAL = GoalDraft("Teeb ise süüa.", 7, activities=[ActivityDraft("Koos poes.", planned_minutes=90)])
LINE = PackageDraft("75014913", "toetus", Mode.INDIVIDUAL, Audience.PERSON, 240, date(2026, 1, 1))
SUMMARY = SummaryDraft(
    goals=[GoalOutcome("Teeb ise süüa.", Outcome.PARTLY, "vajab meeldetuletusi")],
    done="Käidi poes.",
    need="Väiksem kui alguses.",
    recommendation="Jätkata.",
)


def make_worker(provider: Provider, code: str = "T1") -> Staff:
    """Make a worker of a provider."""
    with acting(by=operator(), name="test.make_worker", provider_id=provider.pk):
        return Staff.objects.create(provider=provider, code=code, name=f"Töötaja {code}")


class Room:
    """A provider with a supervisor, a manager and a stay since January 2026."""

    def __init__(self, service: str = "KE") -> None:
        self.provider: Provider = make_provider()
        self.manager: User = make_user("Malle Maa", "service_manager", self.provider)
        self.supervisor: User = make_user("Juta Juhendaja", "activity_supervisor", self.provider)
        self.person: Person = make_person(self.provider)
        self.referral: Referral = make_referral(self.person, service=service)
        self.who: dict[str, Any] = {"by": self.supervisor, "on": TODAY}
        with acting(by=operator(), name="test.caseload"):
            Caseload.objects.create(
                provider=self.provider,
                person=self.person,
                user=self.supervisor,
                valid_from=date(2024, 1, 1),
            )
        arrived = StayDay(
            provider=self.provider, referral=self.referral, kind="arrived", day=date(2026, 1, 1)
        )
        store(self.provider, [arrived])

    def plan_draft(self, **values: Any) -> PlanDraft:
        plain = {
            "person_id": self.person.pk,
            "referral_id": self.referral.pk,
            "valid_from": date(2026, 1, 20),
            "goals": [GOAL],
        }
        return PlanDraft(**{**plain, **values})

    def draft(self, **values: Any) -> Plan:
        draft = self.plan_draft(**values)
        return actions.draft_plan(provider_id=self.provider.pk, draft=draft, **self.who)

    def following(self, plan: Plan, **values: Any) -> Plan:
        return actions.new_version(plan=plan, draft=self.plan_draft(**values), **self.who)

    def agreed(self, **values: Any) -> Plan:
        plan = self.draft(**values)
        actions.agree_plan(plan=plan, party=Party.PERSON, **{**self.who, "on": plan.valid_from})
        return plan
