"""All addresses, room by room. Those below `<provider>/` are pages of one provider."""

from django.urls import include, path

from tugiplaan.web.assessing import urls as assessing
from tugiplaan.web.carrying import urls as carrying
from tugiplaan.web.entry import urls as entry
from tugiplaan.web.funder import urls as funder
from tugiplaan.web.house import urls as house
from tugiplaan.web.intake import urls as intake
from tugiplaan.web.months import urls as months
from tugiplaan.web.overview import urls as overview
from tugiplaan.web.own import urls as own
from tugiplaan.web.papers import urls as papers
from tugiplaan.web.people import urls as people
from tugiplaan.web.planning import urls as planning
from tugiplaan.web.quality import urls as quality
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
                *assessing.paths,
                *people.paths,
                *planning.paths,
                *carrying.paths,
                *intake.paths,
                *papers.paths,
                *work.paths,
                *months.paths,
                *overview.paths,
                *quality.paths,
                *funder.paths,
                *own.paths,
                *setup.paths,
            ]
        ),
    ),
]
