// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of a Dockerfile look like that.
import type { Scenario } from '../scenario.ts';

const build = (...lines: readonly string[]): string =>
  `printf '${lines.join('\\n').replaceAll("'", "'\\''")}\\n' | docker build -t warned -f - app`;

const check = (...lines: readonly string[]): string =>
  build(...lines).replace('docker build -t warned', 'docker build --check');

/** What a build warns of, and what `docker build --check` says. */
export const buildWarnings: Scenario = {
  name: 'build warnings',
  setup: ['mkdir -p app', "printf 'hello\\n' > app/hello.txt", "printf 'hello.txt\\n' > app/.dockerignore"],
  lines: [
    build('FROM busybox:1.36', 'CMD echo hello'),
    build('FROM busybox:1.36', 'ENTRYPOINT sleep 1', 'CMD echo a', 'CMD ["b"]'),
    build('from busybox:1.36 as base', 'RUN true'),
    build('FROM busybox:1.36 as Base', 'Env a b', 'LABEL c d', 'MAINTAINER me'),
    build('FROM busybox:1.36', 'WORKDIR app', 'ENV PASSWORD=x', 'ARG API_KEY', 'ARG PUBLIC_KEY'),
    build('FROM busybox:1.36', 'ENV NAME=x', 'RUN echo \\\\', '', '  a', 'LABEL a=$NAMEE b=$NOTHING'),
    build('FROM busybox:1.36 AS one', 'FROM busybox:1.36 AS one', 'EXPOSE 80/TCP 8080:80'),
    build('# check=skip=JSONArgsRecommended', 'FROM busybox:1.36', 'CMD a'),
    build('FROM busybox:1.36', '# check=skip=JSONArgsRecommended', 'CMD a'),
    build('# check=error=true', 'FROM busybox:1.36', 'CMD a'),
    build('FROM --platform=linux/amd64 busybox:1.36', 'HEALTHCHECK CMD a', 'HEALTHCHECK NONE'),
    build('FROM --platform=$TARGETPLATFORM busybox:1.36 AS context'),
    build('ARG TAG', 'FROM busybox:${TAG:-1.36}', 'FROM busybox:1.36$TAGG'),
    check('FROM busybox:1.36', 'COPY hello.txt /'),
    check('FROM busybox:1.36', 'CMD ["a"]'),
    check('FROM busybox:1.36', 'CMD a', 'ENTRYPOINT b'),
    check('FROM busybox:1.36', 'WORKDIRR a'),
    check('FROM nothing', 'MAINTAINER me'),
  ],
};
