"""`/compare`: two texts side by side, and comparisons of what is stored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.domain.answer import Comparison
from app.domain.article import Published
from app.domain.comparison import TextToCompare
from app.domain.limits import MAX_EVIDENCE, MAX_TOP
from app.errors import InvalidInput, ParallaxError, TooLarge
from app.pages.answers import address_in, chart_answer, kept_answer, page, page_with
from app.pages.charts.comparison import CHARTS, comparison_chart, section_of
from app.pages.citing import Citations, Cited
from app.pages.comparison.quoted import Texts, evidence, texts_within
from app.pages.comparison.view import view, within
from app.pages.kept import comparison_file
from app.pages.parameters import Form, query_of
from app.pages.sides import LETTERS
from app.services import query
from app.services.compare import compare_stored, compare_texts
from app.services.revisions import named_revisions
from app.services.sides import MAX_SIDES, SideRequest
from app.web.dependencies import InComparisonTime, Service, ServiceOf
from app.web.numbers import Whole
from app.web.parameters.comparison import ComparisonParameters

router = APIRouter(include_in_schema=False)

# A page is read, not computed with: fewer items and places than the API gives by itself.
_EVIDENCE = 3
# Of lists whose rest is counted.
_WHOLE = 100


class PageParameters(ComparisonParameters):
    """Those of `/v1/compare`, with fewer items unless more are asked for."""

    fold: str = Field("roles,method", description="Sections that are folded, parted by commas.")
    evidence: Whole = Field(_EVIDENCE, ge=0, le=MAX_EVIDENCE)
    top: Whole | None = Field(None, ge=1, le=MAX_TOP)  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text as it stands in the form."""

    source: str = ""
    title: str = ""
    published_at: str = ""
    text: str = ""


@router.get("/compare", dependencies=[InComparisonTime])
def show_comparison(request: Request, service: ServiceOf) -> Response:
    if not request.scope["query_string"]:
        return _form(request, [GivenText(), GivenText()])
    parameters = query_of(request, PageParameters)
    stored = _stored(parameters, service, lambda found: evidence(found.timeline))
    address = address_in(request.scope)

    def opened(spot: Cited) -> str:
        found = address(
            f"/articles/{spot.article}", at=f"{spot.start}-{spot.end}", revision=spot.revision
        )
        return f"{found}#at"

    query_string = request.scope["query_string"].decode("ascii")
    asked = [each for each in query_string.split("&") if not each.startswith("top=")]
    longer = "&".join([*asked, f"top={_WHOLE}"]) if parameters.top is None else None
    shown = view(
        stored.comparison,
        Citations(opened, stored.texts),
        top=parameters.top,
        texts=None,
        more=longer and f"{address('/compare')}?{longer}",
    )
    shown["chart_files"] = {
        chart: f"{address(f'/compare/{chart}.svg')}?{query_string}" for chart in CHARTS
    }
    return page(
        request,
        "compare.html",
        folded=parameters.fold.split(","),
        kept=f"{address('/compare.html')}?{query_string}",
        story=parameters.story,
        **shown,
    )


@router.get("/compare.html", dependencies=[InComparisonTime])
def keep_comparison(request: Request, service: ServiceOf) -> Response:
    parameters = query_of(request, PageParameters)
    stored = _stored(parameters, service, evidence)
    return kept_answer(comparison_file(stored.comparison, stored.texts, top=parameters.top))


@router.get("/compare/{chart}.svg", dependencies=[InComparisonTime])
def draw_comparison(chart: str, request: Request, service: ServiceOf) -> Response:
    parameters = query_of(request, PageParameters)
    parameters = parameters.model_copy(update={"section": (section_of(chart),)})
    stored = _stored(parameters, service, lambda found: evidence(found.timeline))
    return chart_answer(
        comparison_chart(chart, stored.comparison, stored.texts, top=parameters.top)
    )


@router.post("/compare")
def compare_pasted(request: Request, form: Form, service: ServiceOf) -> Response:
    given = _given(form)
    try:
        comparison = _compared(given, service)
    except (InvalidInput, TooLarge) as error:
        return _form(request, given, error)
    texts = texts_within(comparison)
    shown = view(comparison, within(texts), texts=texts)
    return page(request, "compare.html", folded=("roles", "method"), kept=None, **shown)


class _Stored(NamedTuple):
    """A comparison of what is stored, with the texts of some of its evidence."""

    comparison: Comparison
    texts: Texts


def _stored(
    parameters: PageParameters,
    service: Service,
    cited: Callable[[Comparison], Iterable[Cited]],
) -> _Stored:
    named = parameters.named_articles
    revisions = named_revisions(service.store, named, service.analyse_while_asked)
    with service.store.read() as session:
        comparison = compare_stored(
            session,
            sources=parameters.source,
            articles=named,
            asked=[SideRequest.parse(each) for each in parameters.side],
            others=parameters.others,
            story=parameters.story,
            since=parameters.since_instant,
            until=parameters.until_instant,
            sections=parameters.section,
            evidence=parameters.evidence,
            top=max(parameters.top or 0, _WHOLE),
            unclear=parameters.unclear,
            **service.comparing,
            revisions=revisions,
        )
        places = {(each.article, each.revision) for each in cited(comparison)}
        return _Stored(comparison, query.texts(session, places))


def _form(
    request: Request, given: Sequence[GivenText], problem: ParallaxError | None = None
) -> Response:
    """The form with what stands in it; a problem of one text alone stands at its field."""
    empty = [number for number, each in enumerate(given) if not each.text.strip()]
    return page_with(
        request,
        "compare_texts.html",
        problem,
        given=given,
        wrong=empty[0] if problem and empty else None,
    )


def _given(form: Mapping[str, Sequence[str]]) -> list[GivenText]:
    """The texts of the form in their order; raises InvalidInput for a field that it has not."""
    names = GivenText.__slots__
    for name in form:
        if name not in names:
            raise InvalidInput(f"There is no field {name[:80]!r} here.").at(f"#/{name[:80]}")
    number = max((len(values) for values in form.values()), default=0)
    if number > MAX_SIDES:
        raise InvalidInput(f"A comparison has two to eight sides, not {number}.").at("#/text")

    def value(name: str, n: int) -> str:
        values = form.get(name, ())
        return values[n] if n < len(values) else ""

    given = [GivenText(*(value(name, n) for name in names)) for n in range(number)]
    return given + [GivenText()] * (2 - len(given))


def _compared(given: Sequence[GivenText], service: Service) -> Comparison:
    with service.patience.long():
        return compare_texts(
            [_text(n, each) for n, each in enumerate(given)],
            service.analyse_to_compare,
            evidence=_EVIDENCE,
            top=_WHOLE,
            max_chars=service.settings.max_text_chars,
            max_pairs=service.settings.max_sentence_pairs,
            encoder=service.encoder,
        )


def _text(number: int, given: GivenText) -> TextToCompare:
    name = f"Text {LETTERS[number % len(LETTERS)]}"
    if not given.text.strip():
        raise InvalidInput(f"{name} is empty: paste an article, or some lines of one.")
    day = given.published_at.strip()
    return TextToCompare(
        source=given.source.strip() or name,
        title=given.title.strip() or None,
        text=given.text,
        published=Published.parse(day) if day else None,
    )
