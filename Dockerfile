# octoform for CI systems that run containers: `docker run --rm -v "$PWD:/work" ghcr.io/octoform/octoform plan`.
# The package is built first (`npm pack`), so that image and registry hold the same files.
FROM node:22-alpine

ARG VERSION
LABEL org.opencontainers.image.source="https://github.com/octoform/octoform" \
      org.opencontainers.image.description="GitHub Actions administration as code" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}"

# The archive has no dependencies: nothing is fetched here.
COPY octoform-${VERSION}.tgz /tmp/octoform.tgz
RUN mkdir /opt/octoform \
 && tar -xzf /tmp/octoform.tgz -C /opt/octoform --strip-components=1 \
 && ln -s /opt/octoform/dist/cli.js /usr/local/bin/octoform \
 && rm /tmp/octoform.tgz

# Not root: a configuration from a pull request is read here. `node` (1000) is the image's own user.
USER node
WORKDIR /work
ENTRYPOINT ["octoform"]
CMD ["--help"]
