"""API keys: which may write, and what needs one."""

import hashlib
import hmac
import re
from collections.abc import Sequence

from app.errors import InvalidInput

HEADER = "X-API-Key"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MARK = "key:"  # before what names the holder of a key in the log: so many digits of its hash
_DIGITS = 16
# Its tools that read are offered to whoever may read; it offers the others by the key itself.
AGENTS = "/mcp"
# Probes, the documentation and what pages look like stay open, so that a fresh deployment can be
# looked at and watched.
OPEN = re.compile(r"/(healthz|readyz|openapi\.json|docs(/.*)?|assets/.*)")
# Where a key is shown, and a session ended; tries are counted.
_SIGNING = ("/sign-in", "/sign-out")
# They name addresses that may be as good as passwords: no read is open to all.
_CLOSED = re.compile(r"/v1/webhooks(/.*)?")
_HASHED = re.compile(r"sha256:([0-9a-fA-F]{64})")


class Keys:
    """The keys that may write, as hashes, and what needs one of them."""

    def __init__(self, configured: Sequence[str], *, for_reads: bool = False) -> None:
        self._hashes = {_owner(each): each for each in map(_hash_of, configured)}
        self._for_reads = for_reads

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def needed(self, method: str, path: str) -> bool:
        """Whether a request needs one: where keys are configured, each that may write, and each
        that reads where it was said so, or reads webhooks."""
        if not self._hashes or OPEN.fullmatch(path) or path in _SIGNING:
            return False
        open_ = method in SAFE_METHODS and not _CLOSED.fullmatch(path)
        return self._for_reads or not (open_ or path == AGENTS)

    def owner(self, given: str | None) -> str | None:
        """A name for the holder of a known key, None for any other. Every wrong key takes the same
        time, so that timing tells nobody how near a guess came."""
        if given is None:
            return None
        digest = hashlib.sha256(given.encode("latin-1", "replace")).digest()
        matches = [hmac.compare_digest(digest, known) for known in self._hashes.values()]
        return _owner(digest) if any(matches) else None

    def hash_of(self, owner: str) -> bytes | None:
        """The hash of the key that an owner holds; None where it is configured no more."""
        return self._hashes.get(owner)


def _owner(digest: bytes) -> str:
    return f"{MARK}{digest.hex()[:_DIGITS]}"


def _hash_of(configured: str) -> bytes:
    if not configured.startswith("sha256:"):
        return hashlib.sha256(configured.encode()).digest()
    match = _HASHED.fullmatch(configured)
    if match is None:
        raise InvalidInput(
            "PARALLAX_API_KEYS: after sha256: come the 64 hexadecimal digits of the key's hash"
        )
    return bytes.fromhex(match[1])
