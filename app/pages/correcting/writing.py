"""A form that corrects: acted on, then told, or shown again with what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from app.domain.logged import LoggedCorrection
from app.errors import Conflict, InvalidInput
from app.pages.answers import address_in, see
from app.pages.correcting.attempt import Attempt, Fields, corrector, first, remember_author
from app.pages.parameters import OwnForm
from app.services.corrector import Corrector
from app.web.dependencies import Caller, Service, ServiceOf, SessionOf

# Corrects, and says on which page that is told.
type Act = Callable[[Corrector], tuple[LoggedCorrection, str]]
type Show = Callable[[SessionOf, Attempt], Response]


@dataclass(frozen=True, slots=True)
class Writing:
    """A form that was sent from one of our pages, and by whom."""

    request: Request
    form: Fields
    service: Service
    caller: str | None

    def first(self, name: str) -> str:
        """What a field holds."""
        return first(self.form, name)

    def attempted(self, name: str, act: Act, show: Show) -> Response:
        """Sends the browser on to where the correction is told; what does not fit is shown in the
        form of this name."""
        try:
            done, place = act(corrector(self.form, self.caller))
        except (InvalidInput, Conflict) as error:
            with self.service.store.read() as session:
                return show(session, Attempt(name, self.form, error))
        return self.seen(place, done.id)

    def seen(self, place: str, correction: int) -> Response:
        """Sends the browser on to a page that tells this correction."""
        answer = see(address_in(self.request.scope)(place, corrected=correction))
        remember_author(self.request, answer, self.form)
        return answer


async def _writing(request: Request, form: OwnForm, service: ServiceOf, caller: Caller) -> Writing:
    return Writing(request, form, service, caller)


WritingOf = Annotated[Writing, Depends(_writing)]
