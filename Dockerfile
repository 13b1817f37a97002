# The same commands as `make` uses: the image is what a developer runs.

# A tag may come to mean another image. Who builds for others pins both by digest, which the registry tells
# (`docker buildx imagetools inspect python:3.12-slim-bookworm --format '{{.Manifest.Digest}}'`):
#   docker build --build-arg BUILD_IMAGE=python@sha256:... --build-arg RUN_IMAGE=python@sha256:... .
# None stands here: no registry could be asked where this file was written.
ARG BUILD_IMAGE=python:3.12-bookworm
ARG RUN_IMAGE=python:3.12-slim-bookworm

FROM ${BUILD_IMAGE} AS build
WORKDIR /srv/parallax
COPY Makefile requirements.txt ./
COPY .ci/find-python .ci/
RUN make deps
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY app app
COPY migrations migrations
RUN make setup && .venv/bin/python -m compileall -q app migrations

FROM ${RUN_IMAGE}
RUN groupadd --system --gid 10001 parallax \
    && useradd --system --uid 10001 --gid 10001 --home-dir /data --shell /usr/sbin/nologin parallax \
    && install -d -o 10001 -g 10001 /data
COPY --from=build /srv/parallax /srv/parallax
ENV PATH=/srv/parallax/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PARALLAX_DATABASE_URL=sqlite:////data/parallax.db
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
# Whether the process is up: one whose disk is full (/readyz) is not helped by being killed.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["parallax"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
