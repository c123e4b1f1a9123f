# syntax=docker/dockerfile:1
# check=error=true

# How to read this file, if you are learning: an image is a stack of layers, and a layer is only built again when its
# instruction, or a file that it copies, has changed. So what changes seldom stands first. Each FROM begins a stage of its
# own; what the last stage does not copy is not in the image: compilers, tests and npm's cache stay behind.
#
#   docker build -t container-tutor .                       the usual image, with a shell to look around in
#   docker build -t container-tutor --target distroless .   without shell and package manager, 85 MB smaller
#   docker buildx build --platform linux/amd64,linux/arm64 .   both kinds of processor

# One place to change the version. A release pins it to a digest as well (node:26-slim@sha256:...): a tag can move.
ARG NODE_VERSION=26

# ---- deps: what the tutor needs at run time ---------------------------------------------------------------------------
# $BUILDPLATFORM is the machine that builds. No package here holds machine code, so the result serves every platform, and
# an image for arm64 needs no emulation.
FROM --platform=$BUILDPLATFORM node:${NODE_VERSION}-slim AS deps
WORKDIR /build
# Only the two files that name the packages: a change in our code leaves this layer as it is.
COPY package.json package-lock.json ./
# `npm ci` installs exactly the lockfile. `--omit=dev`: no compilers, no test tools. `--ignore-scripts`: no package may
# run code while it is installed. The cache mount keeps downloads between builds and is in no layer.
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# Type declarations, source maps and manuals are a third of it, and nothing reads them at run time. Every package.json and
# licence stays: scanners find out from them what is inside.
RUN find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \
        -o -iname 'readme*.md' -o -iname 'changelog*.md' -o -iname 'history*.md' \) -delete

# ---- build: TypeScript to JavaScript, pages to an index -----------------------------------------------------------------
FROM --platform=$BUILDPLATFORM node:${NODE_VERSION}-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts --no-audit --no-fund
# .dockerignore is a list of what may come in, so this copies neither tests nor somebody's secrets.
COPY . .
# The finished index lies in dist/ too: a container with a read-only root starts as fast the first time as ever after.
RUN npm run build && mkdir -m 0750 /data

# ---- distroless: the hardened variant ---------------------------------------------------------------------------------
# What we took away, and why: the shell and npm, because whoever breaks in would use them; Debian's package manager,
# because an image is replaced and never updated in place. What it costs: `docker exec ... sh` does not work here.
FROM gcr.io/distroless/nodejs${NODE_VERSION}-debian13:nonroot AS distroless
WORKDIR /app
# Owned by root and not writable: the tutor cannot change its own program.
COPY --from=deps /build/node_modules ./node_modules
COPY --from=build /build/dist ./
# The one folder that it may write to. A volume that is mounted here for the first time takes over this owner.
COPY --from=build --chown=65532:65532 /data /data
# The heap fits into 256 MB beside what Node needs itself; a small nursery for new objects saves 20 MB more at little cost.
# No cache of compiled code in /tmp, which lives in memory.
ENV NODE_ENV=production DATA_DIR=/data NODE_OPTIONS="--max-old-space-size=160 --max-semi-space-size=2" NODE_DISABLE_COMPILE_CACHE=1
# A number, not a name: Kubernetes' runAsNonRoot can only check a number.
USER 65532:65532
# Asks /health on loopback: is the event loop alive? Never whether Slack is up: restarting us would not repair Slack.
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --start-interval=1s \
    CMD ["/nodejs/bin/node", "src/ops/health.js"]
# The base image's ENTRYPOINT is node. Exec form (a JSON list), so that node is process 1 and hears SIGTERM itself.
CMD ["bin/tutor.mjs", "start"]
# Last, because they differ with every commit: nothing after them has to be built again.
ARG REVISION=unknown
ARG VERSION=0.1.0
ARG CREATED=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Container Tutor" \
      org.opencontainers.image.description="A tutor about containers, microservices and Docker in Slack and Discord" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-4.0" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.created="${CREATED}"

# ---- runtime: the default, since it stands last -----------------------------------------------------------------------
# The same in Debian's clothes: a shell to look around with. No RUN in here: nothing is executed on the target platform.
FROM node:${NODE_VERSION}-slim AS runtime
WORKDIR /app
COPY --from=deps /build/node_modules ./node_modules
COPY --from=build /build/dist ./
COPY --from=build --chown=1000:1000 /data /data
ENV NODE_ENV=production DATA_DIR=/data NODE_OPTIONS="--max-old-space-size=160 --max-semi-space-size=2" NODE_DISABLE_COMPILE_CACHE=1
# The user "node" of the base image, by its number.
USER 1000:1000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --start-interval=1s \
    CMD ["node", "src/ops/health.js"]
# node and not npm: npm would be process 1 and keep SIGTERM to itself.
CMD ["node", "bin/tutor.mjs", "start"]
ARG REVISION=unknown
ARG VERSION=0.1.0
ARG CREATED=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Container Tutor" \
      org.opencontainers.image.description="A tutor about containers, microservices and Docker in Slack and Discord" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-4.0" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.created="${CREATED}"
