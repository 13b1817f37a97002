"""What an outlet is called: the slug of its name, and a domain that stands in its place."""

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from app.errors import InvalidInput

# Letters that do not fall apart into a base letter and a mark (Unicode has no rule for them).
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t", "ə": "e", "&": " and ", "+": " plus ",
        "'": "", "’": "", "ʼ": "", "ʿ": "", "ʾ": "",
        # Cyrillic, after the common English practice for names of outlets.
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye",
        "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "yu", "я": "ya", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
        "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz",
        # Greek, after ELOT 743 without its digraphs.
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th",
        "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r",
        "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip
_SLUG_LENGTH = 60

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,24}}|xn--[a-z0-9-]{{2,59}})")
_LONGEST_DOMAIN = 253
# The page's form, not another outlet.
_FORM_HOST = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.])")


def source_slug(name: str) -> str:
    """The outlet's name for addresses: lower-case ASCII words joined by hyphens.

    "VICE News" -> "vice-news". Names that differ only in case, accents or punctuation are one
    outlet. A name in a script that is not spelt out here keeps what can be read and gets eight
    digits of its hash, so that different names never meet. Raises InvalidInput for a name
    without a letter or digit.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    spelt = unicodedata.normalize("NFKD", folded.translate(_LETTERS)).translate(_LETTERS)
    letters = [c for c in spelt if not unicodedata.combining(c)]
    if not any(c.isalnum() for c in letters):
        shown = repr(name[:80]) if name.isprintable() else ascii(name[:80])
        raise InvalidInput(f"{shown} is no name of a source: it holds no letter or digit")
    readable = "-".join(re.findall(r"[a-z0-9]+", "".join(letters)))
    lost = any(c.isalnum() and not c.isascii() for c in letters)
    if not lost and 0 < len(readable) <= _SLUG_LENGTH:
        return readable
    key = " ".join(re.findall(r"\w+", folded))
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{readable[:_SLUG_LENGTH].strip('-') or 'source'}-{digest}"


def bare_domain(name: str) -> str | None:
    """The domain that a name is ("www.Example.org" -> "example.org"), None for a name of words and
    for an IP address."""
    host = name.strip().rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if len(host) > _LONGEST_DOMAIN or not _DOMAIN.fullmatch(host):
        return None
    return _FORM_HOST.sub("", host)


def domain_of(url: str | None) -> str | None:
    """The domain of an address, None where it names none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return bare_domain(host) if host else None
