"""Messages are delivered once each, again where they were not taken, and not for ever."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.domain.page import PageRequest
from app.domain.webhook import Delivery, Search, Webhook
from app.errors import RefusedAddress
from app.intake.fetch import Fetcher
from app.jobs.webhook_loop import WebhookLoop
from app.services import ingest, webhooks
from app.services.webhooks import Schedule, match, signature
from app.settings import Settings
from app.store.engine.sessions import Store
from app.store.webhooks import claim_due
from tests.receiver import Receiver, receiving
from tests.services.followed import analyse, send
from tests.services.small_corpus import new_store

QUICK = Schedule(delays=(0.05,) * 4, longest_pause=0.05, patience=3_600)
PATIENCE = 20.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def sender(timeout: float = 5.0) -> Fetcher:
    return Fetcher.from_settings(Settings(fetch_private=True, fetch_timeout=timeout))


def loop(store: Store, schedule: Schedule = QUICK, timeout: float = 5.0) -> WebhookLoop:
    return WebhookLoop(store, sender(timeout), timeout, schedule)


def hook(store: Store, url: str, **search: object) -> tuple[int, str]:
    made, secret = webhooks.create(store, url, Search(**search), allow_private=True)  # type: ignore[arg-type]
    return made.id, secret


def tell(store: Store, text: str, name: str) -> int:
    number = send(store, text, name, source="Star", day="2024-03-01")
    analyse(store)
    return number


def state(store: Store, number: int) -> tuple[Webhook, list[Delivery]]:
    with store.read() as s:
        found = webhooks.deliveries(s, number, PageRequest(limit=200))
        return webhooks.webhook(s, number), list(found.items)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_signature_is_that_of_the_convention() -> None:
    # The example that the libraries of standardwebhooks.com are tested with.
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        '{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_new_articles_that_match_are_told_once_when_they_are_analysed(
    store: Store, receiver: Receiver
) -> None:
    tell(store, "Alpha came before.", "old")
    number, secret = hook(store, receiver.url, q="alpha")
    with loop(store):
        pending = send(store, "Alpha is new.", "new", source="Star", day="2024-03-01")
        tell(store, "Beta is new.", "other")
        (message,) = receiver.awaited(1)
        assert message.signed_with(secret)
        assert message.data["article"]["id"] == pending
        # Analysed again, and revised, it is no new article; nor is the one from before.
        tell(store, "Alpha is new, and longer.", "new")
        tell(store, "Alpha came before, and stays.", "old")
        last = tell(store, "Alpha again.", "third")
        assert [each.data["article"]["id"] for each in receiver.awaited(2)] == [pending, last]
        until(lambda: state(store, number)[0].waiting == 0)
    found, sent = state(store, number)
    assert (found.state, found.failures) == ("active", 0)
    assert {(each.state, each.status, each.attempts) for each in sent} == {("delivered", 204, 1)}


def test_what_is_not_taken_is_sent_again_under_its_id(store: Store, receiver: Receiver) -> None:
    def answers(handler: object) -> None:
        handler.answer(500 if len(receiver.messages) < 3 else 200)  # type: ignore[attr-defined]

    receiver.answers = answers
    number, secret = hook(store, receiver.url)
    with loop(store):
        tell(store, "Alpha.", "a")
        messages = receiver.awaited(3)
        until(lambda: state(store, number)[0].failures == 0)
    assert len({each.id for each in messages}) == 1
    assert all(each.signed_with(secret) for each in messages)
    found, (sent,) = state(store, number)
    assert (found.last_error, found.failing_since) == (None, None)
    assert (sent.state, sent.attempts, sent.status) == ("delivered", 3, 200)


def test_a_message_is_given_up_and_a_receiver_that_is_silent_for_long_disabled(
    store: Store, receiver: Receiver
) -> None:
    receiver.answers = lambda handler: handler.answer(503)
    number, _ = hook(store, receiver.url)
    with loop(store):
        tell(store, "Alpha.", "a")
        until(lambda: [each.state for each in state(store, number)[1]] == ["failed"])
    found, (given_up,) = state(store, number)
    assert (given_up.attempts, given_up.status) == (5, 503)
    assert given_up.error == found.last_error == "the receiver answered 503"
    assert found.state == "active"
    with loop(store, Schedule((0.05,) * 50, 0.05, patience=0.5)):
        tell(store, "Beta.", "b")
        until(lambda: state(store, number)[0].state == "disabled")
    found, (waiting, _) = state(store, number)
    assert "No message was taken since" in (found.reason or "")
    assert (found.waiting, waiting.state) == (1, "waiting")
    # Nothing is lost: what waits, and what came meanwhile, goes out when it is well again.
    tell(store, "Gamma.", "c")
    before = len(receiver.messages)
    receiver.answers = lambda handler: handler.answer(204)
    webhooks.change(store, number, {"state": "active"}, allow_private=True)
    with loop(store):
        told = receiver.awaited(before + 2)[before:]
    assert [each.data["article"]["id"] for each in told] == [2, 3]


def test_a_receiver_that_is_gone_is_disabled_at_once(store: Store, receiver: Receiver) -> None:
    receiver.answers = lambda handler: handler.answer(410)
    number, _ = hook(store, receiver.url)
    with loop(store):
        tell(store, "Alpha.", "a")
        until(lambda: state(store, number)[0].state == "disabled")
    assert state(store, number)[0].reason == "The receiver says that it is gone (410)."


def test_one_receiver_that_hangs_holds_up_no_other(store: Store, receiver: Receiver) -> None:
    with receiving() as hanging:
        hanging.answers = hanging.hang
        slow, _ = hook(store, hanging.url)
        hook(store, receiver.url)
        with loop(store, timeout=1.0):
            for n in range(4):
                tell(store, f"Alpha {n}.", str(n))
            receiver.awaited(4)
            until(lambda: state(store, slow)[0].failures > 0)
        assert "did not send its answer in time" in (state(store, slow)[0].last_error or "")


def test_the_end_does_not_wait_for_a_receiver_that_hangs(store: Store) -> None:
    with receiving() as hanging:
        hanging.answers = hanging.hang
        hook(store, hanging.url)
        with loop(store, timeout=30.0):
            tell(store, "Alpha.", "a")
            hanging.awaited(1)
            began = time.monotonic()
        assert time.monotonic() - began < 6


def test_several_that_deliver_send_each_message_once(tmp_path: Path, receiver: Receiver) -> None:
    with new_store(tmp_path) as store, ExitStack() as stack:
        number, _ = hook(store, receiver.url)
        hook(store, receiver.url, q="alpha")
        for _ in range(3):
            other = stack.enter_context(Store(store.url))
            stack.enter_context(loop(other))
        for n in range(12):
            send(
                store, f"{'Alpha' if n % 2 else 'Beta'} {n}.", str(n), source="S", day="2024-03-01"
            )
        analyse(store)
        receiver.awaited(18)
        until(lambda: state(store, number)[0].waiting == 0)
        time.sleep(0.5)
        assert len(receiver.messages) == 18
        assert len({each.id for each in receiver.messages}) == 18


def test_what_a_sender_that_died_had_in_hand_goes_out_under_its_id(
    store: Store, receiver: Receiver
) -> None:
    hook(store, receiver.url)
    tell(store, "Alpha.", "a")
    assert match(store) == 1
    with store.write() as s:
        (dead,) = claim_due(s, "dead", 8, 1.5)
        assert claim_due(s, "other", 8, 1.5) == []
    with loop(store):
        time.sleep(0.5)
        assert receiver.messages == []
        (message,) = receiver.awaited(1)
    assert message.id == dead.message


def test_nothing_is_sent_of_an_article_that_was_deleted(store: Store, receiver: Receiver) -> None:
    number, _ = hook(store, receiver.url)
    article = tell(store, "Alpha.", "a")
    assert match(store) == 1
    ingest.delete_article(store, article)
    with loop(store):
        tell(store, "Beta.", "b")
        receiver.awaited(1)
    assert [each.article for each in state(store, number)[1]] == [2]


def test_a_name_that_leads_inside_is_refused_when_it_is_dialled(
    store: Store, receiver: Receiver
) -> None:
    guarded = Fetcher(
        max_bytes=1_000,
        timeout=5.0,
        allow_private=False,
        user_agent="test",
        resolve=lambda host, port: ["10.0.0.7", "127.0.0.1"],
    )
    with pytest.raises(RefusedAddress, match=r"a private address"):
        guarded.send("http://hooks.example:8080/", b"{}", {})
    number, _ = hook(store, "http://hooks.example:8080/")
    done = webhooks.try_out(store, number, guarded)
    assert (done.state, done.status) == ("failed", None)
    assert "10.0.0.7, a private address" in (done.error or "")
