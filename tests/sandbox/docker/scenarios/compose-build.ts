import { type Scenario, withBusybox } from '../scenario.ts';

const written = (file: string, text: string): string => `cat > ${file} <<'END'\n${text}\nEND`;

const shop = `name: shop
services:
  web:
    build:
      context: ./web
      args: {GREETING: hello}
    depends_on: [db]
  db:
    image: shop/db:1.0
    build:
      context: .
      dockerfile_inline: |
        FROM busybox:1.36
        CMD ["sleep", "1d"]
    init: true
    stop_grace_period: 0s`;

const dockerfile = (last: string): string =>
  `FROM busybox:1.36\nARG GREETING\nCOPY note.txt /note.txt\nRUN echo $GREETING >> /note.txt\n${last}`;

const webFile = (last: string): string => written('web/Dockerfile', dockerfile(last));

/** What the progress of a build says differs from run to run; what compose itself says does not. */
const quietly = '2>&1 >/dev/null | sort';

/** Images that compose builds, and what becomes of them. */
export const composeBuild: Scenario = {
  name: 'compose build',
  setup: [
    withBusybox,
    'mkdir web',
    'echo note > web/note.txt',
    webFile('CMD ["cat", "/note.txt"]'),
    written('compose.yaml', shop),
  ],
  lines: [
    'docker compose config --images | sort',
    `docker compose build ${quietly}`,
    'docker compose build -q web 2>&1',
    'docker images --format "{{.Repository}}:{{.Tag}}" | sort',
    "docker image inspect -f '{{json .Config.Labels}}' shop-web",
    `docker compose up -d ${quietly}`,
    'sleep 1',
    'docker compose logs web',
    "docker compose ps -a --format '{{.Name}} {{.Image}} {{.State}}'",
    "docker compose images | tr -s ' ' | cut -d ' ' -f 1-4",
    webFile('CMD ["echo", "changed"]'),
    `docker compose up -d ${quietly}`,
    `docker compose up -d --build ${quietly}`,
    'sleep 1',
    'docker compose logs web',
    `docker compose build --build-arg GREETING=bye web ${quietly}`,
    'docker compose run --rm -T --no-deps web cat /note.txt 2>/dev/null',
    'docker compose up -d --no-build web >/dev/null 2>&1; docker compose ps -a --format "{{.Name}}"',
    'docker compose build nothing',
    webFile('RUN exit 3'),
    'docker compose build web >/dev/null',
    'docker compose up -d --build web >/dev/null',
    written('web/Dockerfile', 'FORM busybox:1.36'),
    'docker compose build web >/dev/null',
    written('web/Dockerfile', 'FROM nothing:1'),
    'docker compose build web >/dev/null',
    'rm web/Dockerfile; docker compose build web >/dev/null',
    'rm -r web; docker compose build web >/dev/null',
    `docker compose down -t 0 ${quietly}`,
    'docker compose up -d --no-build web >/dev/null 2>&1 || echo failed; docker compose down -t 0 >/dev/null 2>&1',
    `docker compose down --rmi local ${quietly}`,
    'docker images --format "{{.Repository}}:{{.Tag}}" | sort',
  ],
};
