"""What the log says of a request."""

from http import HTTPStatus

import pytest
from fastapi import FastAPI, Response
from fastapi.testclient import TestClient

from app import logs
from app.settings import Settings
from app.web.metrics import Metrics
from app.web.observation import Observation


def test_a_status_is_logged_as_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    app = FastAPI()
    app.add_middleware(Observation, metrics=Metrics())
    app.add_api_route("/", lambda: Response(status_code=HTTPStatus.INTERNAL_SERVER_ERROR))
    logs.configure(Settings(log_level="info"))
    TestClient(app).get("/")
    assert "status=500\n" in capsys.readouterr().err
