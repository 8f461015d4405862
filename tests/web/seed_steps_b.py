"""The steps of the story for those who give special care."""

import re

from tests.web.seed_steps import Story, step
from tests.web.sheet import send


@step("B1")
def plan_is_due(story: Story) -> None:
    """The work list knows the thirty days."""
    story.shows(story.at("work"), "SHS § 85")


@step("B2")
def term(story: Story) -> None:
    """A plan holds no longer than its referral."""
    assert story.plan.valid_to is not None
    assert story.plan.valid_to <= story.referral.valid_to
    story.shows(story.of("person_plan"))


@step("B3", "B4", "B5", "B6")
def goals(story: Story) -> None:
    """Goals with activities, by ability, stage, life domain, wishes."""
    wanted = {
        "ability": "Oskab ise poes käia.",
        "recovery_stage": "taastumise algus",
        "wishes": "Soovib oma kodu.",
        "g0-text": "Hoiab kodu korras.",
        "g0-domain": "7",
        "g0a0-text": "Koristuspäev koos.",
    }
    send(story.manager, story.of("plan_version", plan_id=story.plan.pk), **wanted)
    story.shows(story.of("person_plan"), *(wanted[one] for one in ("g0-text", "g0a0-text")))


@step("B7", "B8")
def outcomes(story: Story) -> None:
    """The summary says of each goal whether it was met and why, what was done, what is needed."""
    page = story.shows(story.of("person_summaries"))
    summary = page.split("/summary/")
    keys = [part.split("/")[0] for part in summary[1:]]
    key = next(one for one in keys if len(one) == 36)
    story.shows(
        story.of("summary", summary_id=key),
        "Mida tehti",
        "Toetusvajadus praegu",
        "Inimese oma arvamus",
    )


@step("B9")
def summary_is_due(story: Story) -> None:
    """Three months before the end it is on the list, or done."""
    story.shows(story.at("work"), "Kokkuvõt")


@step("B10")
def last_invoice_waits(story: Story) -> None:
    """Where service ended early without a summary, the last invoice waits and says so."""
    story.shows(story.at("month", period=202606), "kokkuvõt", client=story.accountant)


@step("B11")
def capped(story: Story) -> None:
    """A line says why its amount: the rate, the ceiling, the section."""
    story.shows(story.at("month_line", period=202608, number=1), "RT I", client=story.accountant)


@step("B12")
def six_components(story: Story) -> None:
    """Actual costs stand by the six components of the maximum cost."""
    story.shows(
        story.at("overview_costs"), "palga", "transpor", "tervisekontrol", client=story.director
    )


@step("B13")
def rates(story: Story) -> None:
    """Each line of a month names the service by whose rate it is paid."""
    lines = story.shows(story.at("month_lines", period=202608), client=story.accountant)
    services = re.search(r'<select id="service".*?</select>', lines, re.DOTALL)
    assert services
    assert services[0].count("<option") > 2, services[0]


@step("B14")
def sources(story: Story) -> None:
    """A rate stands with the act that sets it."""
    story.shows(story.at("month_line", period=202608, number=1), "RT I", client=story.accountant)


@step("B15")
def quality(story: Story) -> None:
    """A round is begun, with a team of different sides."""
    days = {"first_day": "2026-10-01", "last_day": "2026-10-31"}
    send(story.director, story.at("quality_round_add"), **days)
    story.shows(story.at("quality"), "2026", client=story.director)


@step("B16")
def e_learning(story: Story) -> None:
    """Who took the e-training is known."""
    story.shows(story.at("overview_staff"), client=story.director)
