"""Query parameters of whole tables."""

from pydantic import Field

from app.domain.export import TableFormat
from app.domain.page import EntityFilter
from app.web.numbers import LARGEST_ID, Whole
from app.web.parameters.articles import ArticleFilterParameters
from app.web.parameters.base import EntityType, Parameters
from app.web.parameters.corrections import CorrectionFilterParameters
from app.web.parameters.sources import SourceFilterParameters
from app.web.parameters.stories import StoryFilterParameters


class ExportParameters(Parameters):
    """How a table is written."""

    format: TableFormat = Field(TableFormat.ndjson, description="The format of the file.")


class SourceExportParameters(SourceFilterParameters, ExportParameters):
    """Which outlets, and how they are written."""


class ArticleExportParameters(ArticleFilterParameters, ExportParameters):
    """Of which articles, and how it is written."""


class EntityExportParameters(ExportParameters):
    """Which entities, and how they are written."""

    type: tuple[EntityType, ...] = Field((), description="A type to keep; may repeat.")
    min_mentions: Whole | None = Field(
        None, ge=1, le=LARGEST_ID, description="Only entities mentioned at least so often."
    )

    def where(self) -> EntityFilter:
        """The filter that the parameters make."""
        return EntityFilter(types=self.type, min_mentions=self.min_mentions)


class StoryExportParameters(StoryFilterParameters, ExportParameters):
    """Which stories, and how they are written."""


class CorrectionExportParameters(CorrectionFilterParameters, ExportParameters):
    """Which corrections, and how they are written."""
