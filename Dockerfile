# One image for both processes, the gateway and the worker. The command comes from whoever runs it (docker-compose.yml).

# Debian and not Alpine: Temporal's native core is built for glibc and doesn't load with musl.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# The embedded database's driver is compiled where no compiled one can be fetched. The final image has none of these.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
# Before the sources, so that a change of these alone doesn't install everything again.
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
RUN npm ci
COPY . .
RUN npm run build

FROM build AS dependencies
RUN npm prune --omit=dev

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
# package.json says that the files of dist are ES modules; the client's has the version of the contract.
COPY package.json ./
COPY client/package.json client/
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY examples ./examples
# For the outbox of the worker: a volume that is put here is the process's own.
RUN mkdir /data && chown node:node /data
# All else belongs to root: the process can't change its own code.
USER node
