import pytest

from app.domain.language_tags import primary_language


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("EN_us", "en"),
        (" pt-BR ", "pt"),
        ("zh-Hant-TW", "zh"),
        ("ast", "ast"),
        ("English", None),
        ("en-", None),
        ("e", None),
        ("", None),
    ],
)
def test_a_tag_is_cut_to_its_primary_subtag(tag: str, expected: str | None) -> None:
    assert primary_language(tag) == expected
