import { type Scenario, withBusybox } from '../scenario.ts';

const written = (text: string): string => `cat > compose.yaml <<'END'\nname: shop\n${text}\nEND`;

const one = `services:
  web:
    image: busybox:1.36
    command: sleep 1d
    init: true
    stop_grace_period: 0s
    depends_on: [db]
  db:
    image: busybox:1.36
    command: sleep 1d
    init: true
    stop_grace_period: 0s
    volumes: ["/anonymous"]`;

const names = "docker compose ps -a --format '{{.Name}} {{.State}}'";
const quietly = "2>&1 | sed 's/^time=[^ ]* //' | sort";

/** What becomes of containers when the file changes, and how many there are. */
export const composeChanges: Scenario = {
  name: 'compose changes',
  setup: [withBusybox, written(one)],
  lines: [
    `docker compose up -d ${quietly}`,
    'docker compose exec -T db touch /anonymous/kept',
    written(
      one.replace(
        'command: sleep 1d\n    init: true\n    stop_grace_period: 0s\n    depends_on',
        'command: sleep 2d\n    init: true\n    stop_grace_period: 0s\n    depends_on',
      ),
    ),
    `docker compose up -d ${quietly}`,
    names,
    `docker compose up -d --force-recreate ${quietly}`,
    'docker compose exec -T db ls /anonymous',
    `docker compose up -d --force-recreate -V db ${quietly}`,
    'docker compose exec -T db ls /anonymous',
    `docker compose up -d --force-recreate web ${quietly}`,
    `docker compose up -d --always-recreate-deps web ${quietly}`,
    written(`${one}\n    environment: {A: "1"}`),
    `docker compose up -d --no-recreate ${quietly}`,
    `docker compose up -d web ${quietly}`,
    'docker compose exec -T db env | grep A=',
    `docker compose up -d --scale web=3 ${quietly}`,
    names,
    'docker compose exec -T --index 3 web hostname | wc -l',
    `docker compose scale web=2 ${quietly}`,
    `docker compose scale db=2 web=1 ${quietly}`,
    names,
    'docker compose scale nothing=1',
    'docker compose scale web=many',
    'docker compose scale web',
    `docker compose up -d ${quietly}`,
    names,
    written(one.replace(/ {2}web:[\s\S]*depends_on: \[db\]\n/, '')),
    `docker compose up -d ${quietly}`,
    'docker compose ps --orphans=false --services',
    'docker compose ps --services',
    `COMPOSE_IGNORE_ORPHANS=1 docker compose up -d ${quietly}`,
    `docker compose up -d --remove-orphans ${quietly}`,
    names,
    written(`${one}\n    networks: [back]\nnetworks:\n  back: {}`),
    `docker compose up -d ${quietly}`,
    'docker network ls --format "{{.Name}}" | sort',
    written(`${one}\n    networks: [back]\nnetworks:\n  back: {internal: true}`),
    `docker compose up -d ${quietly}`,
    "docker network inspect -f '{{.Internal}}' shop_back",
    `docker compose down ${quietly}`,
    written(`${one}\n    ports: ["8080:80"]\n    scale: 2`),
    'docker compose up -d >/dev/null 2>&1 || echo failed with $?',
    'docker compose ps -q | wc -l',
    `docker compose down ${quietly}`,
    'docker run -d --name taken -p 8080:80 busybox:1.36 sleep 1d >/dev/null',
    written(
      `services:\n  web:\n    image: busybox:1.36\n    command: sleep 1d\n    init: true\n    ports: ["8080:80"]`,
    ),
    'docker compose up -d',
    names,
    'docker rm -f taken',
    'docker compose up -d',
    'docker compose down -t 0',
    written(
      `services:\n  web:\n    image: busybox:1.36\n    container_name: mine\n    command: sleep 1d\n    init: true`,
    ),
    'docker compose up -d',
    'docker compose up -d --scale web=2',
    'docker compose ps',
    'docker compose logs',
    'docker compose down -t 0',
    'docker create --name mine busybox:1.36 >/dev/null',
    'docker compose up -d 2>&1 | sed \'s/"[0-9a-f]\\{64\\}"/ID/\'',
    'docker rm mine; docker compose down',
    written(`services:\n  web:\n    image: nothing:1`),
    'docker compose up -d',
    'docker compose up -d --pull never',
    'docker compose down',
    'docker compose pull',
    'docker compose pull --ignore-pull-failures',
    'docker compose up --pull sometimes',
    written(`services:\n  web:\n    image: busybox:latest\n    command: nonsense`),
    'docker compose pull -q',
    'docker compose up -d --quiet-pull',
    names,
    'docker compose down',
    'docker compose push',
    "docker compose build 2>&1 | sed 's/^time=[^ ]* //'",
  ],
};
