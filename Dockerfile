# One image for every replica: not root, nothing written outside of /data.
FROM python:3.13-slim AS made
ARG PIP_INDEX_URL
WORKDIR /app
COPY constraints.txt ./
RUN sed -n '/^uv==/,/[^\\]$/p' constraints.txt > /uv.txt && pip install --no-cache-dir --require-hashes -r /uv.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY storage storage
ARG EXTRAS=proxy,postgresql
RUN uv venv /venv && UV_DEFAULT_INDEX=$PIP_INDEX_URL uv pip install --compile-bytecode --python /venv/bin/python \
  -c constraints.txt -b constraints.txt ".[$EXTRAS]"

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home yashu && install -d -o yashu -g yashu -m 700 /data
COPY --from=made /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data HEALTH_LISTEN=0.0.0.0:9100
USER yashu
WORKDIR /data
VOLUME /data
EXPOSE 8080 9100
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s CMD \
  ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:9100/livez', timeout=5)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["yashu"]
CMD ["run"]
