"""Invented people and a whole month of their care, written as a month folder."""

from tugiplaan.sample.events import Event
from tugiplaan.sample.folder import FolderNotEmptyError
from tugiplaan.sample.generation import SampleSummary, generate

__all__ = ["Event", "FolderNotEmptyError", "SampleSummary", "generate"]
