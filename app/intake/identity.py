"""The key under which an article is known again: its id at the outlet, its address, its words."""

import hashlib
import re
from ipaddress import IPv6Address
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from app.domain.limits import too_long
from app.domain.source_name import source_slug
from app.errors import InvalidInput

_DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say where a reader came from, never which page it is: those of the large
# advertising, mailing and analytics systems, and of the share buttons of outlets.
_TRACKING = re.compile(
    r"(?:utm|mtm|matomo|piwik|hsa|oly|vero|itm)_[a-z0-9_.]*"
    r"|pk_(?:campaign|kwd|keyword|source|medium|content|cpn)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)"
    r"|at_(?:medium|campaign|custom\d+|link_\w+|ptr_name|bbc_team|format)"
    r"|_?(?:fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh"
    r"|li_fat_id|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|hsctatracking|_ga|_gl|_openstat|wickedid"
    r"|rb_clickid|s_cid|s_kwcid|ef_id|epik|irclickid|cmpid|smid|smtyp|partner|ncid|ocid|sr_share"
    r"|xtor|ref_src|ref_url|fb_action_ids|fb_action_types|fb_source|fb_ref|action_object_map"
    r"|action_type_map|action_ref_map|spm|cvid|share_id|guccounter|guce_referrer"
    r"|guce_referrer_sig|__twitter_impression|taid|wprov)",
    re.IGNORECASE,
)

# Where a reader came from, in words (a number may be the page's own), and the form for AMP.
_FORM = re.compile(
    r"(?:ref|referr?er)=[a-z_.+-]*|amp(?:=(?:1|true)?)?|outputtype=amp", re.IGNORECASE
)
_FORM_HOST = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.])")
_FORM_PATH = re.compile(r"(/.*[^/])(?:/amp/?|\.amp)$", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """The form that every address of one page shares: a key to compare, not one to fetch.

    Host in lower case and in its ASCII form (IDNA), `https` for `http`, no default port, no user
    name, fragment, tracking parameter or closing slash, the query sorted, escapes uniform; without
    what names the same page's form for a browser, a telephone or AMP: `www.`, `m.`, `/amp` at the
    end. Kept as they are, because pages differ by them: the case of paths, every other parameter.
    Raises InvalidInput where it is no http address.
    """
    text = url.strip()
    if said := too_long("url", text):
        raise InvalidInput(f"an address that {said}")
    if re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", text):
        raise InvalidInput(f"{_shown(text)} holds a control character: not an address")
    try:
        parts = urlsplit(text)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
        if scheme not in _DEFAULT_PORTS:
            raise InvalidInput(f"{_shown(text)} is not an http or https address")
        if not host:
            raise InvalidInput(f"{_shown(text)} is not an http or https address: it names no host")
        if port == 0:
            raise ValueError("no server has port 0")
        host = _FORM_HOST.sub("", _ascii_host(host))
        netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
        query = "&".join(p for p in parts.query.split("&") if p and not _is_tracking(p))
        path = _FORM_PATH.sub(r"\1", parts.path)
        safe: str = canonicalize_url(urlunsplit(("https", netloc, path, query, "")))
    except ValueError as error:  # UnicodeError too: a port, an IPv6 address, a label out of range
        detail = f"{_shown(text)} is not an http or https address: {error}"
        raise InvalidInput(detail) from None
    scheme, netloc, path, query, _ = urlsplit(safe)
    return urlunsplit((scheme, netloc, path.rstrip("/") or "/", query, ""))


def identity(
    source: str | None, external_id: str | None, url: str | None, content_hash: str
) -> str:
    """The key of an article: `external:SLUG:ID`, else `url:CANONICAL`, else `content:SLUG:HASH`.

    The slug is that of the source's name, empty for none; it holds no colon, so that no two
    articles of different parts share a key. Raises InvalidInput for a bad URL.
    """
    slug = source_slug(source) if source else ""
    if external_id:
        return f"external:{slug}:{external_id}"
    if url:
        return f"url:{canonical_url(url)}"
    return f"content:{slug}:{content_hash}"


def content_hash(title: str | None, text: str) -> str:
    """SHA-256 (64 hexadecimal digits) of title and text; white space makes no difference."""
    parts = (" ".join((title or "").split()), " ".join(text.split()))
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0]
    return _TRACKING.fullmatch(name) is not None or _FORM.fullmatch(parameter) is not None


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{IPv6Address(host).compressed}]"
    bare = host.rstrip(".")
    if not bare or ".." in bare:
        raise ValueError("an empty label in the host name")
    return bare.lower() if bare.isascii() else bare.encode("idna").decode("ascii")


def _shown(text: str) -> str:
    return ascii(text[:80]) if not text.isprintable() else repr(text[:80])
