import { type Scenario, withBusybox } from '../scenario.ts';

const written = (text: string, rest = ''): string =>
  `cat > compose.yaml <<'END'\nname: shop\nservices:\n${text}\n${rest}\nEND`;

const service = (name: string, command: string, more = ''): string =>
  `  ${name}: {image: "busybox:1.36", init: true, stop_grace_period: 0s, command: ${command}${more}}`;

const sorted =
  "2>&1 | sed 's/^time=[^ ]* //; s/-run-[0-9a-f]*/-run-SLUG/; s/[0-9a-f]\\{12\\}_shop/ID_shop/' | sort";
const down = 'docker compose down -v -t 0 --remove-orphans >/dev/null 2>&1';
const web = service('web', 'sleep 1d');
const up = `docker compose up -d ${sorted}`;
const networks = "docker network ls --format '{{.Name}}' | sort";

const label = 'com.docker.compose';
const byHand = (name: string, more = ''): string =>
  `docker run -d --name ${name} --label ${label}.project=hand --label ${label}.service=web --label ${label}.config-hash=x --label ${label}.oneoff=False ${more} busybox:1.36 sleep 1d >/dev/null`;

const noHealth = ', healthcheck: {disable: true}';
const failing =
  ', healthcheck: {test: ["CMD", "false"], interval: 100ms, retries: 1, start_period: 0s, timeout: 1s}';

/** What becomes of projects whose files change, and of what is not as compose left it. */
export const composeCorners: Scenario = {
  name: 'compose corners',
  setup: [withBusybox],
  lines: [
    // A network gets another name while a container is in it.
    written(service('web', 'sleep 1d', ', networks: [n]'), 'networks: {n: {name: first}}'),
    up,
    written(service('web', 'sleep 1d', ', networks: [n]'), 'networks: {n: {name: second}}'),
    up,
    networks,
    "docker inspect -f '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}' shop-web-1",
    up,
    written(service('web', 'sleep 1d', ', networks: [n]'), 'networks: {n: {name: third}}'),
    `docker compose down -t 0 ${sorted}`,
    networks,
    down,
    'docker network rm first second third >/dev/null 2>&1; docker ps -aq | xargs -r docker rm -f >/dev/null',
    written(service('web', 'sleep 1d', ', networks: [n]'), 'networks: {n: {name: first}}'),
    up,
    'docker run -d --name visitor --network first busybox:1.36 sleep 1d >/dev/null',
    written(service('web', 'sleep 1d', ', networks: [n]'), 'networks: {n: {name: second}}'),
    up,
    networks,
    'docker rm -f visitor shop-web-1; docker network rm first second',
    written(service('web', 'sleep 1d', ', networks: [n]'), 'networks: {n: {labels: {a: "1"}}}'),
    `docker compose create ${sorted}`,
    written(service('web', 'sleep 1d', ', networks: [n]'), 'networks: {n: {labels: {a: "2"}}}'),
    up,
    'docker run -d --name visitor --network shop_n busybox:1.36 sleep 1d >/dev/null',
    written(service('web', 'sleep 1d', ', networks: [n]'), 'networks: {n: {labels: {a: "3"}}}'),
    up,
    'docker rm -f visitor',
    down,
    written(web, 'networks: {default: {driver: nothing}}'),
    up,
    written(web, 'networks: {default: {enable_ipv4: true, ipam: {driver: default, options: {a: b}}}}'),
    up,
    "docker network inspect -f '{{.IPAM.Driver}} {{json .IPAM.Options}} {{.EnableIPv4}}' shop_default",
    down,
    ...[
      'subnet: 10.99.0.0',
      'subnet: 10.99.0.0/33',
      'subnet: 10.99.0.0/08',
      'subnet: "fd00::/129"',
      'subnet: "%eth0/5"',
      'subnet: ":x/5"',
      'subnet: ".5/5"',
      'subnet: "x/5"',
      'gateway: 10.99.0.01',
      'gateway: 10.99..1',
      'gateway: 10.99.0.0.1',
      'gateway: 10.99.0.',
      'gateway: 10.99.0',
      'gateway: 10.99.0.256',
      'gateway: "::1::"',
      'gateway: "%"',
      'ip_range: 10.99.0.0/a',
      'aux_addresses: {a: 10.x.0.1}',
    ].flatMap((pool) => [written(web, `networks: {default: {ipam: {config: [{${pool}}]}}}`), up]),
    written(service('web', 'sleep 1d', ', networks: {default: {ipv4_address: 1.2.3}}')),
    up,
    written(service('web', 'sleep 1d', ', networks: {default: {ipv6_address: "1:2"}}')),
    up,
    down,
    // Volumes that are not as they were.
    written(
      `${service('web', 'sleep 1d', ', volumes: ["data:/data"]')}\n${service('api', 'sleep 1d', ', volumes: ["data:/data"]')}`,
      'volumes: {data: {labels: {a: "1"}}}',
    ),
    up,
    written(
      `${service('web', 'sleep 1d', ', volumes: ["data:/data"]')}\n${service('api', 'sleep 1d', ', volumes: ["data:/data"]')}`,
      'volumes: {data: {labels: {a: "2"}}}',
    ),
    `docker compose up -d -y ${sorted}`,
    down,
    written(service('web', 'sleep 1d', ', volumes: ["data:/data"]'), 'volumes: {data: {driver: nothing}}'),
    up,
    down,
    'docker volume create lone >/dev/null; docker volume create --label com.docker.compose.project=other lent >/dev/null',
    written(
      service('web', 'sleep 1d', ', volumes: ["one:/one", "two:/two"]'),
      'volumes: {one: {name: lone}, two: {name: lent}}',
    ),
    up,
    down,
    // Namespaces and volumes of other services.
    written(
      `${web}\n${service('side', 'sleep 1d', ', network_mode: "service:web", pid: "service:web", ipc: shareable')}\n${service('far', 'sleep 1d', ', volumes_from: [web, "container:visitor"]')}`,
    ),
    'docker run -d --name visitor -v /seen busybox:1.36 sleep 1d >/dev/null',
    up,
    `docker compose up -d --force-recreate web ${sorted}`,
    "docker inspect -f '{{json .HostConfig.VolumesFrom}} {{range .Mounts}}{{.Destination}}{{end}}' shop-far-1",
    'docker rm -f shop-web-1',
    `docker compose up -d --no-deps side ${sorted}`,
    down,
    'docker rm -f visitor',
    // What depends on another one.
    written(
      `${web}\n${service('api', 'sleep 1d', ', depends_on: {web: {condition: service_started, restart: true}}')}`,
    ),
    up,
    `docker compose up -d --force-recreate web ${sorted}`,
    'docker compose ps --format "{{.Service}} {{.State}}"',
    down,
    written(
      `${service('web', 'sleep 1d', failing)}\n${service('api', 'sleep 1d', ', depends_on: {web: {condition: service_healthy, required: false}}')}`,
    ),
    up,
    down,
    written(
      `${service('web', 'sleep 1d', noHealth)}\n${service('api', 'sleep 1d', ', depends_on: {web: {condition: service_healthy}}')}`,
    ),
    up,
    down,
    written(
      `${service('web', 'sh -c "exit 3"')}\n${service('api', 'sleep 1d', ', depends_on: {web: {condition: service_completed_successfully, required: false}}')}`,
    ),
    up,
    down,
    written(
      `${service('web', 'sleep 1d', ', profiles: [p]')}\n${service('api', 'sleep 1d', ', depends_on: {web: {condition: service_healthy, required: false}}')}`,
    ),
    up,
    `docker compose restart api ${sorted}`,
    down,
    written(
      `${service('web', 'sleep 1d', ', healthcheck: {test: "true", interval: 100ms}')}\n${service('api', 'sleep 1d', ', depends_on: {web: {condition: service_healthy}}')}`,
    ),
    `docker compose create --no-build api ${sorted}`,
    'docker rm shop-web-1',
    `docker compose start api ${sorted}`,
    `docker compose up -d --wait --wait-timeout 20 ${sorted}`,
    down,
    written(
      `${service('web', 'sleep 1d')}\n${service('api', 'sleep 1d', ', depends_on: {web: {condition: service_completed_successfully}}')}`,
    ),
    `docker compose up -d --wait --wait-timeout 2 ${sorted}`,
    down,
    // Ports that are taken.
    'docker run -d --name visitor -p 8091:80 busybox:1.36 sleep 1d >/dev/null',
    written(service('web', 'sleep 1d', ', ports: ["8091:80"]')),
    `docker compose up ${sorted}`,
    'docker rm -f visitor',
    down,
    // Nothing to start, or nothing to show.
    written(service('web', 'sleep 1d', ', scale: 0')),
    `docker compose up ${sorted}`,
    `docker compose up -d ${sorted}`,
    written(
      `${service('web', 'sh -c "echo web; sleep 2"')}\n${service('api', 'sh -c "echo api; sleep 1"', ', depends_on: [web]')}`,
    ),
    'docker compose up api 2>/dev/null',
    'docker compose up --attach web --no-attach web 2>/dev/null | sort',
    'docker compose up --attach-dependencies api 2>/dev/null | sort',
    'docker compose up --no-attach web -t 0 --timestamps 2>/dev/null | sed "s/[0-9T:.-]*Z/TIME/"',
    down,
    written(service('web', 'sh -c "echo once; exit 3"', ', restart: "on-failure:1"')),
    'docker compose up 2>/dev/null | sed "s/\\r//"',
    down,
    // Containers that have the labels of compose, or some of them.
    byHand('byhand'),
    byHand('numbered', `--label ${label}.container-number=2 -p 8092:80 -p 8093:80/udp`),
    byHand('extra', `--label ${label}.container-number=1 --label ${label}.project.config_files=/a.yaml`),
    "cd /tmp; docker compose ls -a 2>&1 | sed 's/^time=[^ ]* //'",
    "cd /tmp; docker compose ls --format json 2>&1 | sed 's/^time=[^ ]* //'",
    'cd /tmp; docker compose -p hand ps',
    "cd /tmp; docker compose -p hand ps --format '{{.Name}} {{.Names}} {{.Project}} {{.Networks}} {{.Size}} {{.LocalVolumes}} {{.Mounts}}'",
    "cd /tmp; docker compose -p hand top | sed 's/[0-9][0-9:]*/N/g; s/  */ /g'",
    'cd /tmp; docker compose -p hand images',
    'cd /tmp; docker compose -p hand exec -T web hostname | wc -l',
    'cd /tmp; docker compose -p hand exec -T --index 2 web hostname | wc -l',
    'cd /tmp; docker compose -p hand exec -T --index 5 web hostname',
    'cd /tmp; docker compose -p hand port web 80',
    'cd /tmp; docker compose -p hand port --index 2 web 80',
    'cd /tmp; docker compose -p hand port --index 2 --protocol udp web 80',
    'cd /tmp; docker compose -p hand port --index 2 web 81',
    `cd /tmp; docker compose -p hand stop -t 0 ${sorted}`,
    "cd /tmp; docker compose ls -a 2>&1 | sed 's/^time=[^ ]* //'",
    `cd /tmp; docker compose -p hand down -t 0 other ${sorted}`,
    `cd /tmp; docker compose -p hand down -t 0 ${sorted}`,
    `cd /tmp; docker compose -p hand down ${sorted}`,
  ],
};
