# One image, one command per process: see docker-compose.yml.
FROM node:22-bookworm-slim AS packages
WORKDIR /muster
COPY package.json package-lock.json .npmrc ./
# The embedded Postgres is for npm start; here Postgres is a service.
RUN npm ci --omit=dev --omit=optional --loglevel=error

FROM node:22-bookworm-slim AS build
WORKDIR /muster
COPY package.json package-lock.json .npmrc ./
RUN npm ci --loglevel=error
COPY tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
COPY scripts scripts
RUN npm run build

FROM node:22-bookworm-slim
WORKDIR /muster
# What is in flight lives for milliseconds: in megabytes of young generation, as docs/decisions/0022 measured.
ENV NODE_ENV=production HOST=0.0.0.0 NODE_OPTIONS=--max-semi-space-size=64
COPY package.json LICENSE NOTICE ./
COPY --from=packages /muster/node_modules node_modules
COPY --from=build /muster/dist dist
USER node
CMD ["node", "dist/apps/api/src/main.js"]
