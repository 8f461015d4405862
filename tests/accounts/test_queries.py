"""Reading accounts in as many queries, however many rows there are."""

from typing import Any

import pytest

from tests.accounts.test_access import give_case, give_grant
from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts import queries

pytestmark = pytest.mark.django_db


def test_users_of_a_provider_are_those_with_a_role_there() -> None:
    provider, other = make_provider(), make_provider("Teine OÜ")
    two = make_user("Bert", "director", provider)
    one = make_user("Anna", "accountant", provider)
    give_grant(one, "director", provider)
    make_user("Cecilia", "director", other)
    make_user("Doris", "auditor", reason="riik")
    assert list(queries.users_of(provider.pk)) == [one, two]


@pytest.mark.parametrize("count", [1, 20])
def test_reading_takes_one_query(count: int, django_assert_num_queries: Any) -> None:
    provider = make_provider()
    user = make_user("Malle Maa", "activity_supervisor", provider)
    owner = make_user("Omanik", "activity_supervisor", provider)
    for number in range(count):
        person = make_person(provider, f"P{number}")
        give_case(user, person, valid_from=TODAY, valid_to=TODAY, deputy_for=owner)
        helper = make_user(f"Abi {number}", "director", provider)
        give_case(helper, make_person(provider, f"Q{number}") if number else person)
        give_grant(user, "director", provider)
    with django_assert_num_queries(1):
        assert [row.deputy_for for row in queries.caseload_of(user, TODAY)] == [owner] * count
    with django_assert_num_queries(1):
        assert [row.provider for row in queries.grants_of(user)] == [provider] * (count + 1)
    with django_assert_num_queries(1):
        assert len(queries.users_of(provider.pk)) == count + 2
    first = user.caseload.order_by("id")[0]
    with django_assert_num_queries(1):
        found = queries.supervisors_of(provider.pk, first.person_id, TODAY)
        assert [row.user.name for row in found] == ["Abi 0", "Malle Maa"]
