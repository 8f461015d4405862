"""All addresses, room by room. Those below `<provider>/` are pages of one provider."""

from django.urls import include, path

from tugiplaan.web.entry import urls as entry
from tugiplaan.web.house import urls as house
from tugiplaan.web.people import urls as people

urlpatterns = [
    *entry.paths,
    path("<uuid:provider_id>/", include([*entry.provider_paths, *house.paths, *people.paths])),
]
