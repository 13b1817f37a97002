"""The shape of every failure."""

from pydantic import BaseModel, ConfigDict, Field


class ProblemField(BaseModel):
    """One bad field or parameter."""

    pointer: str = Field(
        description="`#/field`, a JSON pointer into the body, or `?name`, a parameter.",
        examples=["?limit"],
    )
    detail: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """Why a request failed (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:parallax:problem:not-found",
                "title": "There is no such thing here",
                "status": 404,
                "detail": "There is no article 4711.",
            }
        }
    )

    type: str = Field(description="A stable name for this kind of failure.")
    title: str = Field(description="The kind of failure for people; the same each time.")
    status: int = Field(description="The HTTP status of the answer.", ge=400, le=599)
    detail: str = Field(description="What happened this time.")
    errors: list[ProblemField] = Field(
        default_factory=list,
        description="The fields to blame; absent where no single field is.",
    )
