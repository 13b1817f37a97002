"""Groups all stories again, as if their articles had come in the order of their days."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from app.domain.rebuild import day_order, keep_ids
from app.domain.story import NO_PROFILE, Member, Profile
from app.store.engine.sessions import Store
from app.store.rebuild.stories import GroupedArticle, grouped_articles, move_articles
from app.store.stories.profiles import stored_profiles
from app.stories.memory import MemoryGrouping
from app.stories.stream import add

# Profiles that are kept at hand, 4 kB each: candidates come from the same weeks.
_AT_HAND = 20_000
# Profiles that are read at once as articles come in.
_AHEAD = 256

type Show = Callable[[int, int], None]


def regroup(store: Store, show: Show) -> int:
    """Groups all articles into stories again. Returns how many are in another story now.

    Stories come out the same whatever the order in which their articles came; those that people
    made stay, and a story's id stays with most of its articles. Articles that come meanwhile stay
    where they joined. `show` is told how many articles are done, of how many. Broken off, nothing
    is changed.
    """
    with store.read() as session:
        standing = sorted(
            grouped_articles(session), key=lambda each: day_order(each.day, each.identity)
        )
    found = _grouped(store, standing, show)
    ids = _kept_ids(standing, found)
    return _write(store, standing, found, ids)


def _grouped(store: Store, standing: Sequence[GroupedArticle], show: Show) -> dict[int, int]:
    """The group of each article. That of a story which persons made has the story's id."""
    at_hand = _Profiles(store, [each.article for each in standing])
    last = max((each.story or 0 for each in standing), default=0)
    # Articles go by their place in the order: where two are as near, ids would tell when they came.
    stories = MemoryGrouping(at_hand.of, last)
    for number, each in enumerate(standing):
        if number % _AHEAD == 0:
            at_hand.fetch(range(number, min(number + _AHEAD, len(standing))))
            show(number, len(standing))
        story = each.story if each.fixed else None
        new = Member(number, story, each.day, at_hand.of([number])[number], fixed=each.fixed)
        stories.take_up(new)
        add(stories, new)
    show(len(standing), len(standing))
    return {
        standing[number].article: story
        for story, numbers in stories.stories()
        for number in numbers
    }


def _kept_ids(standing: Iterable[GroupedArticle], found: Mapping[int, int]) -> dict[int, int]:
    """The id of each group that is a story already: that which most of its articles were in, and
    for a story which persons made its own."""
    together: Counter[tuple[int, int]] = Counter()
    ids: dict[int, int] = {}
    for each in standing:
        group = found[each.article]
        if each.fixed:
            ids[group] = group
        elif each.story is not None:
            together[each.story, group] += 1
    return keep_ids(together, ids)


def _write(
    store: Store,
    standing: Iterable[GroupedArticle],
    found: Mapping[int, int],
    ids: Mapping[int, int],
) -> int:
    moved: defaultdict[int, list[GroupedArticle]] = defaultdict(list)
    for each in standing:
        group = found[each.article]
        if ids.get(group) != each.story:
            moved[group].append(each)
    # A story that loses all its articles is told to be part of where most of them went.
    smallest_first = sorted(moved.items(), key=lambda item: (len(item[1]), item[0]))
    with store.write() as session:
        return move_articles(session, [(ids.get(group), each) for group, each in smallest_first])


class _Profiles:
    """Profiles from the store by the places of their articles, those used last at hand."""

    def __init__(self, store: Store, articles: Sequence[int]) -> None:
        self._store, self._articles = store, articles
        self._kept: OrderedDict[int, Profile] = OrderedDict()

    def fetch(self, places: Collection[int]) -> None:
        """Loads the profiles of the articles at these places."""
        missing = {self._articles[each]: each for each in places if each not in self._kept}
        if missing:
            with self._store.read() as session:
                found = stored_profiles(session, missing)
            # One that was deleted meanwhile is like nothing.
            for article, place in missing.items():
                self._kept[place] = found.get(article, NO_PROFILE)

    def of(self, places: Collection[int]) -> Mapping[int, Profile]:
        """The profiles of the articles at these places."""
        self.fetch(places)
        for each in places:
            self._kept.move_to_end(each)
        found = {each: self._kept[each] for each in places}
        while len(self._kept) > _AT_HAND:
            self._kept.popitem(last=False)
        return found
