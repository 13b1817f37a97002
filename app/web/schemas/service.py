"""How the service itself is."""

from typing import Literal

from pydantic import ConfigDict, Field

from app.web.schemas.base import Answer


class Link(Answer):
    """An address to begin with."""

    rel: str = Field(
        description="What is there: `service-desc` and `service-doc` (RFC 8631) are the OpenAPI "
        "document and its page, all others the `operationId` that the document has for them."
    )
    href: str = Field(description="The address, relative to this host.")
    title: str = Field(description="The same for people.")


class Links(Answer):
    """What the service offers to begin with."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "service": "Parallax",
                "version": "0.1.0",
                "links": [
                    {"rel": "service-desc", "href": "/openapi.json", "title": "OpenAPI document"},
                    {"rel": "list_articles", "href": "/v1/articles", "title": "Find articles"},
                ],
            }
        }
    )

    service: str = Field(description="Its name.")
    version: str = Field(description="The version of the program.")
    links: list[Link] = Field(description="The addresses.")


class Health(Answer):
    """The process answers."""

    status: Literal["ok"] = Field(description="Always `ok`.")


class Readiness(Answer):
    """Database and workers are up."""

    status: Literal["ready"] = Field(description="Always `ready`: until it is, the answer is 503.")
    workers: int = Field(description="Analysers that have their model loaded.")
