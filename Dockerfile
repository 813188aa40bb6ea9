# The images can be replaced by the builder, for a mirror or for a test without a registry.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm
ARG NODE_IMAGE=node:24-bookworm-slim

# --- browser packages: exactly the lock, no script of a package is run ---
FROM ${NODE_IMAGE} AS assets
WORKDIR /assets
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

# --- environment and made files ---
FROM ${PYTHON_IMAGE} AS builder
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
# First what changes rarely: the layer of the packages is reused as long as the lock stays.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --no-group embedded
COPY . .
COPY --from=assets /assets/node_modules node_modules
RUN .venv/bin/python -m forum.runtime.bake && rm -rf node_modules .run

# --- what runs ---
FROM ${PYTHON_IMAGE} AS runtime
RUN groupadd --gid 10001 forum \
    && useradd --uid 10001 --gid forum --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin forum \
    && install -d -o forum -g forum -m 0700 /data/private
COPY --from=builder /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=forum.settings \
    FORUM_MODE=production
# The name of a folder, not a secret.
# hadolint ignore=DL3064
ENV PRIVATE_ROOT=/data/private
USER 10001:10001
VOLUME /data/private
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-m", "forum.runtime.healthcheck"]
# No access log: addresses may hold a person's code.
CMD ["gunicorn", "forum.wsgi:application", "-c", "python:forum.serving", "--bind", "0.0.0.0:8000", \
     "--workers", "2", "--worker-tmp-dir", "/dev/shm", "--graceful-timeout", "25"]
