"""What holds for all tests."""

from hypothesis import settings

# Properties have no deadline: a busy machine is no failure.
settings.register_profile("parallax", deadline=None)
settings.load_profile("parallax")
