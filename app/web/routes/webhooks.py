"""Webhooks: searches that are kept, and whose finds are sent to an address."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from app.services import webhooks
from app.web.bodies import JsonObject, documented_body, shaped
from app.web.dependencies import ServiceOf, SessionOf
from app.web.numbers import Whole, record_id
from app.web.parameters.base import QueryOf
from app.web.parameters.webhooks import DeliveryListParameters, WebhookListParameters
from app.web.problems import LOCATION, documented
from app.web.routing import Router
from app.web.schemas import webhooks as wire

router = Router(prefix="/v1/webhooks", tags=["webhooks"])
# What is sent to receivers, for the OpenAPI document alone.
messages = APIRouter()

_Id = Annotated[Whole, record_id(None, "The id of a webhook.")]


@router.post(
    "",
    status_code=201,
    operation_id="create_webhook",
    summary="Save a search and have its finds sent",
    response_description="Made; its secret is told here and never again.",
    responses={201: {"headers": LOCATION}, **documented(400, 409, 413, 415, 507)},
    openapi_extra=documented_body(wire.NewWebhook),
)
def create_webhook(
    body: JsonObject, service: ServiceOf, response: Response
) -> wire.WebhookWithSecret:
    """Saves a search. Each new article that it finds, once it is analysed, is posted to the address
    as `article.matched`, signed by the Standard Webhooks convention (`webhook-id`,
    `webhook-timestamp`, `webhook-signature`) with the secret of this answer.

    Answer with 2xx; all else is tried again, under the same `webhook-id`, after 5 seconds, 5 and 30
    minutes, 2, 5, 10, 14, 20 and 24 hours. A receiver that takes nothing for five days, or answers
    410, is disabled. Redirects are not followed."""
    asked = shaped(wire.NewWebhook, body)
    made, secret = webhooks.create(
        service.store,
        asked.url,
        asked.search.search(),
        allow_private=service.settings.fetch_private,
    )
    response.headers["Location"] = f"/v1/webhooks/{made.id}"
    shown = wire.Webhook.model_validate(made)
    return wire.WebhookWithSecret(**shown.model_dump(), secret=secret)


@router.get(
    "",
    operation_id="list_webhooks",
    summary="List webhooks",
    response_description="One page of webhooks.",
    responses=documented(),
)
def list_webhooks(
    parameters: Annotated[WebhookListParameters, QueryOf], session: SessionOf
) -> wire.WebhookList:
    """The webhooks, without their secrets."""
    page = webhooks.webhooks(session, parameters.page())
    return wire.WebhookList.of(page, wire.Webhook.model_validate)


@router.get(
    "/{id}",
    operation_id="get_webhook",
    summary="Get one webhook",
    response_description="The webhook.",
    responses=documented(404),
)
def get_webhook(id: _Id, session: SessionOf) -> wire.Webhook:
    """One webhook: its search, and how its receiver does."""
    return wire.Webhook.model_validate(webhooks.webhook(session, id))


@router.patch(
    "/{id}",
    operation_id="change_webhook",
    summary="Change a webhook",
    response_description="The webhook as it is now.",
    responses=documented(400, 404, 413, 415, 507),
    openapi_extra=documented_body(wire.WebhookPatch),
)
def change_webhook(id: _Id, body: JsonObject, service: ServiceOf) -> wire.Webhook:
    """Changes what is given and leaves the rest. `active` wakes one that was disabled."""
    changed = webhooks.change(
        service.store,
        id,
        shaped(wire.WebhookPatch, body).values(),
        allow_private=service.settings.fetch_private,
    )
    return wire.Webhook.model_validate(changed)


@router.delete(
    "/{id}",
    status_code=204,
    operation_id="delete_webhook",
    summary="Remove a webhook",
    response_description="Removed.",
    responses=documented(404, 507),
)
def delete_webhook(id: _Id, service: ServiceOf) -> None:
    """Removes the webhook with its messages; nothing more is sent."""
    webhooks.delete(service.store, id)


@router.post(
    "/{id}/test",
    operation_id="test_webhook",
    summary="Send a test message",
    response_description="What became of it.",
    responses=documented(404, 507),
)
def test_webhook(id: _Id, service: ServiceOf) -> wire.Delivery:
    """Sends a signed message of type `webhook.test` at once, once, and says what the receiver
    answered, or why it could not be reached."""
    with service.patience.long():
        done = webhooks.try_out(service.store, id, service.fetcher)
    return wire.Delivery.model_validate(done)


@router.get(
    "/{id}/deliveries",
    operation_id="list_webhook_deliveries",
    summary="List the messages to a webhook",
    response_description="One page of its messages.",
    responses=documented(404),
)
def list_webhook_deliveries(
    id: _Id, parameters: Annotated[DeliveryListParameters, QueryOf], session: SessionOf
) -> wire.DeliveryList:
    """The messages, the newest first, with what became of each."""
    page = webhooks.deliveries(session, id, parameters.page())
    return wire.DeliveryList.of(page, wire.Delivery.model_validate)


@messages.post(
    "article.matched",
    status_code=204,
    operation_id="article_matched",
    summary="A saved search has found a new article",
    response_description="Any status from 200 to 299: it was taken.",
    responses={"4XX": {"description": "Any other status: it is tried again later."}},
)
def article_matched(
    body: wire.ArticleMatched,
    webhook_id: Annotated[str, Header(description="The same at every try of a message.")],
    webhook_timestamp: Annotated[int, Header(description="Seconds since 1970, of this try.")],
    webhook_signature: Annotated[
        str,
        Header(description="`v1,` and base64 of an HMAC-SHA256 of `ID.TIMESTAMP.BODY`."),
    ],
) -> None:
    """What a receiver is sent. Check the signature and the age of the timestamp, and take an id
    that came before for taken: a message is sent at least once."""
