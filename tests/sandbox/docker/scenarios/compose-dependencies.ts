import { type Scenario, withBusybox } from '../scenario.ts';

const written = (text: string): string => `cat > compose.yaml <<'END'\nname: shop\nservices:\n${text}\nEND`;

const service = (name: string, command: string, more = ''): string =>
  `  ${name}:\n    image: busybox:1.36\n    init: true\n    stop_grace_period: 0s\n    command: ${command}\n${more}`;

const healthy = (test: string): string =>
  `    healthcheck:\n      test: ${test}\n      interval: 1s\n      retries: 2\n      timeout: 1s`;

const waits = (condition: string, more = ''): string =>
  `    depends_on:\n      db:\n        condition: ${condition}${more}`;

const sorted = "2>&1 | sed 's/^time=[^ ]* //' | sort";
const down = 'docker compose down -v -t 0 >/dev/null 2>&1';
const names = "docker compose ps -a --format '{{.Name}} {{.State}} {{.Health}}'";

/** Services that wait for others, and what is there before them. */
export const composeDependencies: Scenario = {
  name: 'compose dependencies',
  setup: [withBusybox],
  lines: [
    written(
      `${service('web', 'sleep 1d', waits('service_healthy'))}\n${service('db', 'sleep 1d', healthy('"true"'))}`,
    ),
    `docker compose up -d ${sorted}`,
    names,
    'docker compose ps db',
    down,
    `docker compose up -d --wait ${sorted}`,
    down,
    written(
      `${service('web', 'sleep 1d', waits('service_healthy'))}\n${service('db', 'sleep 1d', healthy('"false"'))}`,
    ),
    'docker compose up -d',
    names,
    down,
    'docker compose up -d --wait db',
    down,
    written(
      `${service('web', 'sleep 1d', waits('service_healthy'))}\n${service('db', 'sh -c "exit 3"', healthy('"true"'))}`,
    ),
    'docker compose up -d',
    down,
    written(`${service('web', 'sleep 1d', waits('service_healthy'))}\n${service('db', 'sleep 1d')}`),
    'docker compose up -d',
    down,
    written(
      `${service('web', 'sleep 1d', waits('service_completed_successfully'))}\n${service('db', '"true"')}`,
    ),
    `docker compose up -d ${sorted}`,
    names,
    down,
    written(
      `${service('web', 'sleep 1d', waits('service_completed_successfully'))}\n${service('db', 'sh -c "exit 5"')}`,
    ),
    'docker compose up -d',
    names,
    down,
    written(
      `${service('web', 'sleep 1d', waits('service_completed_successfully', '\n        required: false'))}\n${service('db', 'sh -c "exit 5"')}`,
    ),
    `docker compose up -d ${sorted}`,
    down,
    written(`${service('web', 'sleep 1d')}\n${service('job', 'echo done', '    profiles: [jobs]')}`),
    `docker compose up -d ${sorted}`,
    'docker compose up job 2>/dev/null',
    names,
    `docker compose --profile jobs down ${sorted}`,
    down,
    written(`${service('web', 'sleep 1d', '    networks: [old]')}\nnetworks:\n  old: {external: true}`),
    'docker compose up -d',
    'docker network create old >/dev/null',
    'docker compose up -d',
    "docker inspect -f '{{json .NetworkSettings.Networks.old.Aliases}}' shop-web-1",
    'docker compose down',
    'docker network rm old',
    written(`${service('web', 'sleep 1d', '    volumes: ["old:/old"]')}\nvolumes:\n  old: {external: true}`),
    'docker compose up -d',
    'docker volume create old',
    `docker compose up -d ${sorted}`,
    `docker compose down -v ${sorted}`,
    'docker volume ls -q',
    written(
      `${service('web', 'sh -c "cat /etc/motd /run/secrets/token; sleep 1d"', '    configs:\n      - {source: motd, target: /etc/motd}\n    secrets: [token]')}\nconfigs:\n  motd:\n    content: |\n      welcome\nsecrets:\n  token:\n    file: ./token.txt`,
    ),
    'echo hush > token.txt; docker compose up -d >/dev/null 2>&1; sleep 1; docker compose logs',
    "docker inspect -f '{{json .HostConfig.Mounts}}' shop-web-1",
    down,
    written(service('web', 'sh -c "echo one; echo two >&2; exit 4"')),
    'docker compose up 2>/dev/null | sort',
    'docker compose up --abort-on-container-exit >/dev/null 2>&1',
    'docker compose up --exit-code-from web 2>&1 >/dev/null | sort',
    'docker compose up --no-log-prefix 2>/dev/null',
    'docker compose up --no-attach web 2>/dev/null',
    'docker compose up --attach nothing',
    'docker compose up --exit-code-from nothing',
    'docker compose wait web',
    down,
    written(
      `${service('web', 'sleep 1d', '    depends_on: [db]')}\n${service('db', 'sh -c "sleep 1; exit 3"')}`,
    ),
    'docker compose up --abort-on-container-failure >/dev/null 2>&1',
    'docker compose up -d >/dev/null 2>&1; docker compose wait db | sed "s/[0-9a-f]\\{64\\}/ID/"',
    down,
    written(`${service('web', 'sleep 1d', '    network_mode: service:db')}\n${service('db', 'sleep 1d')}`),
    `docker compose up -d ${sorted}`,
    "docker inspect -f '{{.HostConfig.NetworkMode}}' shop-web-1 | cut -c 1-10",
    `docker compose up -d --force-recreate db ${sorted}`,
    down,
  ],
};
