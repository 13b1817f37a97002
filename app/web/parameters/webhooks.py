"""Query parameters of webhooks."""

from app.web.parameters.base import PageParameters, sorted_by


class WebhookListParameters(PageParameters):
    """Which webhooks."""

    sort: str | None = sorted_by("id", "id")


class DeliveryListParameters(PageParameters):
    """Which messages."""

    sort: str | None = sorted_by("-id", "id")
