import { type Scenario, withBusybox } from '../scenario.ts';

const written = (text: string, rest = ''): string =>
  `cat > compose.yaml <<'END'\nname: shop\nservices:\n${text}\n${rest}\nEND`;

const service = (name: string, command: string, more = ''): string =>
  `  ${name}: {image: "busybox:1.36", init: true, stop_grace_period: 0s, command: ${command}${more}}`;

const web = service('web', 'sleep 1d');
const sorted =
  "2>&1 | sed 's/^time=[^ ]* //; s/-run-[0-9a-f]*/-run-SLUG/; s/[0-9a-f]\\{12\\}_shop/ID_shop/' | sort";
const told = "2>&1 | sed 's/^time=[^ ]* //' | grep -v -e '^#' -e '^$' -e ' [0-9a-f]\\{12\\} ' | sort";
const plain = "2>&1 | sed 's/^time=[^ ]* //; s/-run-[0-9a-f]*/-run-SLUG/'";
const up = `docker compose up -d ${sorted}`;
const down = 'docker compose down -v -t 0 --remove-orphans >/dev/null 2>&1';
const config = `docker compose config -q ${plain}`;

const label = 'com.docker.compose';
const byHand = (name: string, of: string, dependsOn: string): string =>
  `docker run -d --init --name ${name} --label ${label}.project=hand --label ${label}.service=${of} --label ${label}.container-number=1 --label ${label}.config-hash=x --label ${label}.oneoff=False --label ${label}.depends_on=${dependsOn} busybox:1.36 sleep 1d >/dev/null`;

/** Lines that are refused, options that are rarely written, and projects that are only known by their containers. */
export const composeEdges: Scenario = {
  name: 'compose edges',
  setup: [withBusybox, 'mkdir -p web && printf "FROM busybox:1.36\\nRUN echo built\\n" > web/Dockerfile'],
  lines: [
    written(web),
    // Lines that are refused.
    ...[
      'cp a',
      'cp',
      'cp a b c',
      'exec',
      'exec -T',
      'exec -T --index 2',
      'exec web',
      'port web',
      'port',
      'port --protocol udp web',
      'run',
      'run -v :x web true',
      'run -v a::b web true',
      'run -v a:b:c:d:e web true',
      'ls x',
      'wait',
      'commit',
      'up -d --abort-on-container-exit',
      'up -d --abort-on-container-failure',
      'up --wait --abort-on-container-exit',
      'up --wait --abort-on-container-failure',
      'up --wait --attach web',
      'up -d --watch',
      'up --build --no-build',
      'up --no-build --watch',
      'logs --index 1',
      'logs --tail x web',
      'images nothing',
      'volumes nothing',
      'ps nothing',
      'top nothing',
      'start nothing',
      'events nothing',
      'config nothing',
      'config --images nothing',
      'config --hash nothing',
    ].map((line) => `docker compose ${line} ${plain}`),
    // Nothing runs yet.
    `docker compose start ${plain}`,
    `docker compose start web ${plain}`,
    `docker compose kill web ${plain}`,
    `docker compose -p none start ${plain}`,
    `(cd /tmp; docker compose -p none start) ${plain}`,
    `(cd /tmp; docker compose -p none stop) ${plain}`,
    `(cd /tmp; docker compose -p none kill) ${plain}`,
    `(cd /tmp; docker compose -p none restart) ${plain}`,
    // Where the file is.
    'docker compose -f - config --services < compose.yaml',
    'docker compose -f "$PWD/compose.yaml" config --services',
    `docker compose -f none.yaml config ${plain}`,
    `COMPOSE_FILE=none.yaml docker compose config ${plain}`,
    'COMPOSE_FILE=compose.yaml docker compose config --services',
    `docker compose --env-file none.env config ${plain}`,
    'printf "A B\\n" > bad.env; docker compose --env-file bad.env config 2>&1',
    'printf "A=\\"open\\n" > bad.env; docker compose --env-file bad.env config 2>&1',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is of the file
    "printf 'A=${B:?needed}\\n' > bad.env; docker compose --env-file bad.env config 2>&1",
    'docker compose config --no-env-resolution --hash web | cut -c 1-4',
    'docker compose config --images',
    // Files that are refused.
    written('  web: {image: a, environment: 5}'),
    config,
    written('  web: {image: a, labels: [5]}'),
    config,
    written('  web: {image: a, ports: 5}'),
    config,
    written('  web: {image: a, stop_grace_period: 5}'),
    config,
    written('  web: {image: a, stop_grace_period: x}'),
    config,
    written('  web: {image: a, mem_limit: x}'),
    config,
    written('  web: {image: a, init: 5}'),
    config,
    written('  web: {image: a, init: x}'),
    config,
    written('  web: {image: a, volumes: ["a:b:c:d"]}'),
    config,
    written('  web: {image: a, volumes: ["a::b"]}'),
    config,
    written('  web: {image: a, volumes: [{type: other, target: /a}]}'),
    config,
    written('  web: {image: a, depends_on: {db: {condition: other}}}'),
    config,
    written('  web: {image: a, image: b}'),
    config,
    written('  web:\n    image: a: b'),
    config,
    written('  web:\n    image: a\n    image: b'),
    config,
    written('  web:\n    - image: a: b'),
    config,
    written('  web:\n    ports:\n      - "80:80"\n      - x: y: z'),
    config,
    'printf -- "- a\\n" > compose.yaml',
    config,
    'printf -- "[a]\\n" > compose.yaml',
    config,
    'printf "name: shop\\nservices: {}\\n" > compose.yaml',
    `docker compose up ${plain}`,
    `docker compose up -d ${plain}`,
    // Mounts that are written at length.
    written(
      service(
        'web',
        'sleep 1d',
        ', volumes: [{type: volume, source: data, target: /d, volume: {subpath: x}}, {type: bind, source: /etc, target: /e, read_only: true, bind: {recursive: readonly, propagation: rprivate}}, {type: image, source: "busybox:1.36", target: /i}, {type: image, source: "busybox:1.36", target: /j, image: {subpath: bin}}, {type: bind, source: /tmp, target: /run/secrets/s}], secrets: [s], configs: [{source: c, target: /c}], expose: ["7000-7002", "53/udp", "90"], devices: ["/dev/null:/dev/n"], deploy: {restart_policy: {}}, ports: [{target: 80}]',
      ),
      'volumes: {data: {}}\nsecrets: {s: {file: ./s.txt}}\nconfigs: {c: {file: ./s.txt}}',
    ),
    `echo s > s.txt; docker compose create ${sorted}`,
    'docker inspect -f \'{{range .HostConfig.Mounts}}{{json .}}\n{{end}}{{json .HostConfig.Binds}}\' shop-web-1 | sed "s|$PWD|HERE|" | sort',
    "docker inspect -f '{{json .Config.ExposedPorts}} {{json .HostConfig.PortBindings}} {{json .HostConfig.Devices}} {{json .HostConfig.RestartPolicy}}' shop-web-1",
    down,
    written(
      service(
        'web',
        'sleep 1d',
        ', deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}, {capabilities: [gpu], count: 2, driver: nvidia}, {capabilities: [tpu], device_ids: ["1"]}]}}}',
      ),
    ),
    `docker compose create ${sorted}`,
    "docker inspect -f '{{json .HostConfig.DeviceRequests}}' shop-web-1",
    down,
    // Networks and platforms.
    written(
      service('web', 'sleep 1d', ', networks: {default: {interface_name: net7}}, platform: linux/amd64'),
    ),
    up,
    down,
    written(service('web', 'sleep 1d', ', network_mode: none')),
    `docker compose run --rm web true ${sorted}`,
    down,
    // A volume without a name is kept when its container is made anew.
    written(service('web', 'sleep 1d', ', volumes: ["/kept", "/kept2:ro"]')),
    up,
    'docker exec shop-web-1 touch /kept/one',
    `docker compose up -d --force-recreate ${sorted}`,
    "docker exec shop-web-1 ls /kept; docker inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} {{.RW}}\n{{end}}' shop-web-1 | sort",
    down,
    // How it is shown.
    written(web),
    `docker compose --ansi never up -d ${sorted}`,
    `docker compose --progress quiet stop -t 0 ${plain}`,
    `docker compose --progress json rm -f ${plain} | wc -l`,
    'docker compose run --rm -e UNSET -e SET=1 web env 2>/dev/null | grep SET',
    up,
    `echo n | docker compose rm -s ${plain}`,
    `docker compose stop -t 0 ${sorted}`,
    'echo n | docker compose rm 2>/dev/null',
    'docker rmi -f busybox:1.36 >/dev/null; docker compose images | sed "s/  */ /g" | tail -1 | cut -d " " -f 1-3',
    withBusybox,
    down,
    // Builds.
    'cat > compose.yaml <<\'END\'\nname: shop\nservices:\n  web: {build: {dockerfile_inline: "FROM busybox:1.36\\nARG WORD\\nRUN echo $$WORD"}}\n  api: {build: {context: web, args: [WORD]}}\nEND',
    `docker compose build web ${told}`,
    `WORD=yes docker compose build --build-arg WORD --build-arg NONE web ${told}`,
    `docker compose build --build-arg WORD=given api ${told}`,
    'cat > compose.yaml <<END\nname: shop\nservices:\n  web: {build: {context: web, dockerfile: $PWD/web/Dockerfile, secrets: [s]}}\nsecrets: {s: {file: none.txt}}\nEND',
    `docker compose build ${told} | sed "s|$PWD|HERE|"`,
    'cat > compose.yaml <<END\nname: shop\nservices:\n  web: {build: {context: web, dockerfile: $PWD/web/Dockerfile, secrets: [s]}}\nsecrets: {s: {environment: NONE}}\nEND',
    `docker compose build ${told} | sed "s|$PWD|HERE|"`,
    'printf "name: shop\\nservices:\\n  web: {build: none}\\n" > compose.yaml',
    `docker compose build ${told} | sed "s|$PWD|HERE|"`,
    // Followed while it ends, and begins again.
    written(service('web', 'sh -c "echo once; sleep 1; exit 3"', ', restart: "on-failure:1"')),
    up,
    'docker compose logs -f 2>/dev/null | sort',
    down,
    // What is stopped after what depends on it.
    written(
      `${web}\n${service('api', 'sleep 1d', ', depends_on: [web]')}\n${service('job', 'sleep 1d', ', depends_on: [web, api]')}\n${service('side', 'sleep 1d')}`,
    ),
    up,
    `docker compose stop -t 0 web ${sorted}`,
    `docker compose down -t 0 web ${sorted}`,
    'docker compose ps -a --format "{{.Service}}" | sort',
    down,
    // Known by its containers only.
    byHand('one', 'one', 'two:service_started:false'),
    byHand('two', 'two', 'missing:service_started:true'),
    `cd /tmp; docker compose -p hand stop -t 0 ${sorted}`,
    `cd /tmp; docker compose -p hand start ${sorted}`,
    `cd /tmp; docker compose -p hand start three ${plain}`,
    `cd /tmp; docker compose -p hand restart -t 0 one ${sorted}`,
    `cd /tmp; docker compose -p hand kill one ${sorted}`,
    `cd /tmp; docker compose -p hand rm -f one ${sorted}`,
    `cd /tmp; docker compose -p hand down -t 0 ${sorted}`,
    byHand('left', 'left', 'right'),
    byHand('right', 'right', 'left'),
    'cd /tmp; docker compose -p hand stop -t 0 2>&1 | cut -d : -f 1',
    'docker rm -f left right one two >/dev/null 2>&1',
  ],
};
