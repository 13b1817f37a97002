"""Well-known names: who is who in the world's news."""

import hashlib
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from app import languages
from app.domain.annotation import Mention
from app.domain.knowledge import Entry, meant
from app.domain.names import name_key
from app.errors import InvalidInput
from app.resolve.capitalised import capitalised_runs
from app.resolve.entries import entries_of
from app.resolve.words import NameIndex, NameMatch, TextWords

OWN = Path(__file__).parent.parent / "data" / "knowledge"
# What our own entries are called in one language alone, by id: names, then words for peoples.
_OF_LANGUAGE = ("names", "demonyms")
_PLACES = ("GPE", "LOC", "FAC")
# Keys whose entries are kept at hand: news names the same few thousand over and over.
_KEPT = 20_000

_NO_LANGUAGES: Mapping[str, Sequence[tuple[str, str]]] = {}

type EntryMatch = NameMatch[tuple[Entry, ...]]


class LookUp(Protocol):
    """Knowledge too large for memory, looked up by name."""

    @property
    def version(self) -> str:
        """Changes with what it holds."""
        ...

    def named(self, keys: Collection[str]) -> Mapping[str, Sequence[Entry]]:
        """The most prominent entries of each key (as `name_key` gives it) that has any."""
        ...


class TextKnowledge(Protocol):
    """What is known of the names of one text."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Entries by their ids."""
        ...

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries that go by a name, whatever its case, accents, article and dots."""
        ...

    def find(self, text: str, words: TextWords) -> Iterator[EntryMatch]:
        """The known names in a text, left to right, none overlapping another."""
        ...


class NameTable:
    """Names with their entries, to be found in texts and to be looked up."""

    def __init__(self, names: Iterable[tuple[str, Entry]]) -> None:
        given = list(names)
        # As they are written: a short form is one in capitals alone.
        self.index = _index(given)
        self._by_key: dict[str, tuple[Entry, ...]] = {}
        for name, entry in given:
            key = name_key(name)
            known = self._by_key.get(key, ())
            if entry not in known:
                self._by_key[key] = (*known, entry)

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries that go by a name, whatever its case, accents, article and dots."""
        return self._by_key.get(name_key(name), ())


class Knowledge:
    """Entries by id and by name, those of files in memory and those that are looked up.

    `version` is a hash of all that they came from.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        version: str,
        large: Sequence[LookUp] = (),
        of_language: Mapping[str, Sequence[tuple[str, str]]] = _NO_LANGUAGES,
    ) -> None:
        """`of_language` are names of entries (name, id) that hold in texts of a language alone."""
        self.entries: dict[str, Entry] = {entry.id: entry for entry in entries}
        self.version = "+".join([version, *(each.version for each in large)])
        self._large = tuple(large)
        self._looked_up: dict[str, tuple[Entry, ...]] = {}
        self._by_wikidata = {e.wikidata: e for e in self.entries.values() if e.wikidata}
        self._told = of_language
        self._everywhere = NameTable(self._names())
        self._languages: dict[str, NameTable] = {}

    @classmethod
    def load(cls, paths: Iterable[str | Path] = (), large: Sequence[LookUp] = ()) -> "Knowledge":
        """Parallax's own files, then those at `paths` (JSON Lines; UTF-8): an entry with the id of
        an earlier one takes its place. What is `large` is asked for names that no file has.

        Raises InvalidInput with file and line for a row that is not an entry.
        """
        digest = hashlib.sha256()
        entries: list[Entry] = []
        for path in [*sorted(OWN.glob("*.jsonl")), *map(Path, paths)]:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise InvalidInput(
                    f"the knowledge file {path} cannot be read: {error.strerror}"
                ) from error
            digest.update(content)
            entries += entries_of(path, content.split(b"\n"))
        of_language: dict[str, list[tuple[str, str]]] = {}
        for title in _OF_LANGUAGE:
            for language in languages.languages_with(title):
                digest.update(languages.content(language, title))
                of_language.setdefault(language, []).extend(
                    (name, entry)
                    for entry, names in languages.load(language, title).items()
                    for name in names
                )
        return cls(entries, digest.hexdigest()[:12], large, of_language)

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries in memory that go by a name in every language."""
        return self._everywhere.named(name)

    def of_text(
        self, text: str, words: TextWords, language: str, mentions: Sequence[Mention]
    ) -> TextKnowledge:
        """This knowledge with the entries looked up that the text may name.

        Looked up are runs of capitalised words and the model's own mentions. A single word counts
        only where the model takes it for a name, and only for things of the type that it says.
        """
        own = self._in(language)
        if not self._large:
            return _OfText(self, own, {})
        types: dict[str, set[str]] = {}
        for mention in mentions:
            types.setdefault(mention.text, set()).add(_kind(mention.type))
        keys: dict[str, frozenset[str] | None] = {}
        for surface in dict.fromkeys([*capitalised_runs(text, words), *types]):
            told = types.get(surface)
            single = " " not in surface and "-" not in surface
            key = name_key(surface)
            if not own.named(surface) and (told or not single):
                keys[key] = frozenset(told or ()) if single else None
        found = self._look_up(keys)
        named = {
            key: tuple(e for e in entries if kinds is None or _kind(e.type) in kinds)
            for key, kinds in keys.items()
            if (entries := found.get(key, ()))
        }
        return _OfText(self, own, {key: entries for key, entries in named.items() if entries})

    def _in(self, language: str) -> NameTable:
        """The names that hold in texts of a language; made with the first such text."""
        if language not in self._told:
            return self._everywhere
        if language not in self._languages:
            added = ((n, self.entries[i]) for n, i in self._told[language] if i in self.entries)
            self._languages[language] = NameTable([*self._names(), *added])
        return self._languages[language]

    def _names(self) -> Iterator[tuple[str, Entry]]:
        return ((name, entry) for entry in self.entries.values() for name in entry.names)

    def _look_up(self, keys: Collection[str]) -> Mapping[str, tuple[Entry, ...]]:
        known = self._looked_up
        missing = [key for key in keys if key not in known]
        if missing:
            if len(known) + len(missing) > _KEPT:
                known.clear()
                missing = list(keys)
            fresh: dict[str, tuple[Entry, ...]] = dict.fromkeys(missing, ())
            for each in self._large:
                for key, entries in each.named(missing).items():
                    fresh[key] = (*fresh[key], *entries)
            known |= fresh
        return {key: known[key] for key in keys}

    def own(self, entry: Entry) -> Entry:
        """The entry of a file that is the same thing as one looked up, by its Wikidata id or by
        name and type; else the entry itself."""
        same = self._by_wikidata.get(entry.wikidata) if entry.wikidata else None
        if same is not None:
            return same
        called = [e for e in self.named(entry.name) if _kind(e.type) == _kind(entry.type)]
        return called[0] if len(called) == 1 else entry


class _OfText:
    """The knowledge in memory and what was looked up for one text."""

    def __init__(
        self, memory: Knowledge, own: "NameTable", named: Mapping[str, tuple[Entry, ...]]
    ) -> None:
        self._own = own
        self.entries: Mapping[str, Entry] = memory.entries
        self._index: NameIndex[tuple[Entry, ...]] | None = None
        self._named: dict[str, tuple[Entry, ...]] = {}
        if not named:
            return
        self._named = {
            key: tuple(dict.fromkeys(map(memory.own, entries))) for key, entries in named.items()
        }
        extra = {e.id: e for entries in self._named.values() for e in entries}
        self.entries = ChainMap(extra, memory.entries)
        self._index = _index(
            (name, memory.own(entry))
            for key, entries in named.items()
            for entry in entries
            for name in entry.names
            if name_key(name) == key
        )

    def named(self, name: str) -> tuple[Entry, ...]:
        return self._own.named(name) or self._named.get(name_key(name), ())

    def find(self, text: str, words: TextWords) -> Iterator[EntryMatch]:
        own = self._own.index.find(text, words)
        if self._index is None:
            yield from own
            return
        found = [*own, *self._index.find(text, words)]
        free = 0
        # The longest at each place; of equal ones the one in memory, which stands first.
        for match in sorted(found, key=lambda match: (match.first, -match.last)):
            if match.first >= free:
                yield match
                free = match.last + 1


def _index(names: Iterable[tuple[str, Entry]]) -> NameIndex[tuple[Entry, ...]]:
    owners: dict[str, tuple[Entry, ...]] = {}
    for name, entry in names:
        known = owners.get(name, ())
        if entry not in known:
            owners[name] = (*known, entry)
    index: NameIndex[tuple[Entry, ...]] = NameIndex()
    for name, entries in owners.items():
        one = meant(entries)
        index.add(name, (one,) if one else entries)
    return index


def _kind(type_: str) -> str:
    """The type; "PLACE" for all types of places."""
    return "PLACE" if type_ in _PLACES else type_
