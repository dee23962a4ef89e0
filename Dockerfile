# Talegraph in a container. With DATABASE_URL it uses that PostgreSQL; without, it runs an embedded one
# whose data lies in /data, which then needs a volume.

# Builds, then keeps only what production needs.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Not npm ci: the lockfile lacks the optional packages of other platforms.
RUN npm install
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY bin bin
COPY migrations migrations
COPY seeds seeds
COPY src src
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/bin ./bin
COPY --from=build /app/seeds/stories ./seeds/stories
COPY --from=build /app/seeds/templates ./seeds/templates
COPY --from=build /app/dist ./dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
