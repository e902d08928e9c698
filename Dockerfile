# Newsroom as an image: the web server, the press and every command of manage.py. docs/operating/containers/README.md says how
# it is run. Nothing of it needs root or writes outside of /srv/newsroom/var and /tmp.

FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt requirements-s3.txt requirements-sentry.txt requirements-oidc.txt /
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r /requirements.txt -r /requirements-s3.txt -r /requirements-sentry.txt -r /requirements-oidc.txt

FROM python:3.11-slim-bookworm
# pg_dump for backups, of the same major version as the compose file's PostgreSQL; fonts and FriBiDi for words in pictures.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client-15 fonts-noto-core libfribidi0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /srv/newsroom newsroom \
    && install -d -o newsroom -g newsroom -m 750 /srv/newsroom/var /srv/backups
COPY --from=packages /venv /venv
COPY manage.py /srv/newsroom/
COPY newsroom /srv/newsroom/newsroom
COPY articles /srv/newsroom/articles
COPY templates /srv/newsroom/templates
COPY static /srv/newsroom/static
# nginx's configuration is made of the first of these; messages name the others.
COPY docs/operating /srv/newsroom/docs/operating
COPY requirements.txt requirements-s3.txt requirements-sentry.txt requirements-oidc.txt LICENSE /srv/newsroom/
RUN /venv/bin/python -m compileall -q /srv/newsroom/newsroom /srv/newsroom/articles

ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/newsroom
USER newsroom
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "manage.py"]
CMD ["serve", "--host", "0.0.0.0"]
