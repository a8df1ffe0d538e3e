# One image for web, workers, clock and migrations; docker-compose.yml says which is which.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PROJECT_ENVIRONMENT=/opt/venv \
    UV_PYTHON_DOWNLOADS=never
RUN python -m pip install uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-cache --no-default-groups
ENV PATH=/opt/venv/bin:$PATH
COPY . .
# Names are needed to read the settings; nothing here is a secret or is kept.
RUN python -m uso.ground.lib.fonts \
 && python -c "from uso.ground.lib import messages; messages.compile_all()" \
 && USO_ENV=production USO_SECRET_KEY=$(python -c 'import secrets; print(secrets.token_hex(32))') \
    USO_BASE_URL=https://build.invalid \
    USO_ALLOWED_HOSTS=build.invalid USO_EMAIL_URL=smtp://build.invalid USO_EMAIL_FROM=build@build.invalid \
    DATABASE_URL=postgres://build.invalid/uso REDIS_URL=redis://build.invalid \
    python manage.py collectstatic --no-input --verbosity 0

FROM python:${PYTHON}-slim-bookworm
# Pango draws the text of PDFs; harfbuzz-subset saves a third of the time. Debian keeps one version of each.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
    libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin uso
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    USO_ENV=production \
    XDG_CACHE_HOME=/tmp
WORKDIR /app
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "docker/healthy.py"]
CMD ["gunicorn", "uso.wsgi", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--threads", "4", "--no-control-socket", "--access-logfile", "-"]
