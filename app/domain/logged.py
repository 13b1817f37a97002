"""Every kind of correction that the log holds."""

from app.domain.correction import Correction
from app.domain.source_correction import SourceCorrection
from app.domain.story_correction import StoryCorrection

type LoggedCorrection = Correction | StoryCorrection | SourceCorrection
