"""What holds for all tests: how many examples hypothesis draws, the same ones every time."""

import os

from hypothesis import settings

settings.register_profile("default", derandomize=True, max_examples=100, deadline=None)
settings.register_profile("soak", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
