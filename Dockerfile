# Everything is built in the first stage; the image holds what runs, and no compiler, no sources, no package manager's
# cache. DATABASE_URL is needed: PostgreSQL of its own is for `npm start` alone.
FROM node:24-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/build.ts

FROM node:24-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 GLEANER_DATA_DIR=/data PORT=3000 GLEANER_BROWSER=/usr/bin/chromium
WORKDIR /app
# For sites that refuse everything but a browser; with --build-arg BROWSER=0 the image is some 400 MB smaller, and health says so.
ARG BROWSER=1
RUN if [ "$BROWSER" = 1 ]; then apt-get update && apt-get install -y --no-install-recommends chromium && rm -rf /var/lib/apt/lists/*; fi
# Secrets that were made on the first start, files and development mail.
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/drizzle ./drizzle
COPY --from=build /app/scripts/gleaner.mjs ./scripts/
# The one compiled add-on, and the driver of the browser; everything else is in the bundles.
COPY --from=build /app/node_modules/@node-rs ./node_modules/@node-rs
COPY --from=build /app/node_modules/playwright-core ./node_modules/playwright-core
COPY --from=build /app/.next/standalone ./.next/standalone
COPY --from=build /app/dist ./dist
# `docker compose exec app gleaner …`
RUN ln -s /app/scripts/gleaner.mjs /usr/local/bin/gleaner
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "if (process.env.GLEANER_PROCESS !== 'worker') fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/supervisor.mjs"]
