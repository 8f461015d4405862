"""All addresses, room by room. Those below `<provider>/` are pages of one provider."""

from django.urls import include, path

from tugiplaan.web.entry import urls as entry
from tugiplaan.web.funder import urls as funder
from tugiplaan.web.house import urls as house
from tugiplaan.web.months import urls as months
from tugiplaan.web.overview import urls as overview
from tugiplaan.web.own import urls as own
from tugiplaan.web.papers import urls as papers
from tugiplaan.web.people import urls as people
from tugiplaan.web.setup import urls as setup
from tugiplaan.web.today import urls as today
from tugiplaan.web.work import urls as work

urlpatterns = [
    *entry.paths,
    *setup.operator_paths,
    *today.root_paths,
    *work.root_paths,
    path(
        "<uuid:provider_id>/",
        include(
            [
                *entry.provider_paths,
                *today.paths,
                *house.paths,
                *people.paths,
                *papers.paths,
                *work.paths,
                *months.paths,
                *overview.paths,
                *funder.paths,
                *own.paths,
                *setup.paths,
            ]
        ),
    ),
]
