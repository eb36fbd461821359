# Wengu on a server: its own user, the vault read-only at /vault, everything it writes in /data.
#
#   docker build -t wengu .
#   docker run -d -v ~/notes:/vault:ro -v wengu:/data -p 127.0.0.1:8765:8765 -e WENGU_TOKEN=secret wengu
#
# pip's usual torch brings gigabytes for graphics cards; for the CPU-only build give the
# address that PyTorch's install page names: --build-arg PIP_EXTRA_INDEX_URL=…

FROM python:3.12-slim

RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin wengu \
    && install --directory --owner wengu /data

WORKDIR /src
COPY pyproject.toml setup.py README.md LICENSE ./
COPY index ./index
COPY search ./search
COPY web ./web
COPY notes ./notes
ARG PIP_EXTRA_INDEX_URL
RUN pip install --no-cache-dir . && rm -rf /src/*

WORKDIR /data
USER 10001
ENV HOME=/data \
    WENGU_NOTES=/vault \
    WENGU_INDEX=/data/index \
    WENGU_MODELS=/data/models \
    WENGU_HOST=0.0.0.0 \
    WENGU_LOG=json
VOLUME /data
EXPOSE 8765
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8765/healthz')"]
CMD ["wengu", "serve"]
