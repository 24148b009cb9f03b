import { type Scenario, withBusybox } from '../scenario.ts';

const written = (text: string): string => `cat > compose.yaml <<'END'\nname: shop\nservices:\n${text}\nEND`;

const both = `  web:
    image: registry.example.com/shop/mine:1
    build: {context: web, tags: ["registry.example.com/shop/mine:two"]}
    depends_on: [db]
  db:
    image: busybox:1.36
    command: sleep 1d
    init: true
  built:
    build: web
    depends_on: [web]`;

const quietly = "2>&1 | sed 's/^time=[^ ]* //; s/ [0-9.]*s *$//' | sort | uniq";

/** Steps of builds and layers are by chance; only what is said of services and images is compared. */
const told = "2>&1 | sed 's/^time=[^ ]* //' | grep -v -e '^#' -e '^$' -e ' [0-9a-f]\\{12\\} ' | sort";

const withPolicy = (policy: string, image = 'busybox:1.36'): string =>
  written(
    `  web:\n    image: ${image}\n    pull_policy: ${policy}\n    command: sleep 1d\n    init: true\n    stop_grace_period: 0s`,
  );

/** What compose does with images: pulling, building, pushing, listing. */
export const composeImages: Scenario = {
  name: 'compose images',
  setup: [
    withBusybox,
    'mkdir web; printf \'FROM busybox:1.36\\nCMD ["sleep", "1d"]\\n\' > web/Dockerfile',
    'docker login -u team -p shop-1234 registry.example.com',
  ],
  lines: [
    written(both),
    `docker compose pull ${told}`,
    `docker compose pull --ignore-buildable ${told}`,
    `docker compose pull --include-deps db ${told}`,
    `docker compose pull --policy missing ${told}`,
    `docker compose pull --policy never ${told}`,
    `docker compose pull --policy sometimes db ${told}`,
    'docker compose pull -q db',
    'docker compose pull nothing',
    `docker compose pull built ${told}`,
    `docker compose build ${told}`,
    `docker compose build db ${told}`,
    `docker compose build -q built ${told}`,
    `docker compose build --with-dependencies built ${told}`,
    `docker compose build nothing ${told}`,
    'docker images --format "{{.Repository}}:{{.Tag}}" | sort',
    `docker compose push ${told}`,
    `docker compose push --ignore-push-failures ${told}`,
    'docker compose push -q db',
    `docker compose push --include-deps built ${told}`,
    'docker compose push nothing',
    `docker compose push web ${told}`,
    'docker compose push -q web 2>&1 | sort',
    `docker compose up -d --build ${told}`,
    'docker compose images --format json | sed \'s/"ID":"[^"]*"/ID/g; s/"Size":[0-9]*/SIZE/g\' | tr "{" "\\n" | tr -d "]," | sort',
    'docker compose images',
    'docker compose images -q | sort | uniq | wc -l',
    'docker compose images db',
    'docker compose images nothing',
    'docker compose images --format toml',
    `docker compose up -d --no-build ${told}`,
    `docker compose down -t 0 --rmi local ${quietly}`,
    'docker images --format "{{.Repository}}:{{.Tag}}" | sort',
    `docker compose up -d db ${told}`,
    `docker compose down -t 0 --rmi all db ${quietly}`,
    `docker compose down -t 0 --rmi all ${quietly}`,
    'docker images -q | wc -l',
    `docker compose down --rmi all ${quietly}`,
    `docker compose up -d --no-build ${told}`,
    withBusybox,
    withPolicy('always'),
    `docker compose up -d ${told}`,
    `docker compose pull ${told}`,
    withPolicy('never', 'busybox:1'),
    `docker compose up -d ${told}`,
    `docker compose pull ${told}`,
    withPolicy('missing'),
    `docker compose pull ${told}`,
    `docker compose up -d ${told}`,
    withPolicy('missing', 'busybox'),
    `docker compose pull ${told}`,
    `docker compose pull ${told}`,
    withPolicy('if_not_present', 'busybox:1'),
    `docker compose pull ${told}`,
    withPolicy('daily'),
    `docker compose up -d ${told}`,
    withPolicy('weekly', 'busybox:1.37'),
    `docker compose up -d ${told}`,
    withPolicy('every_12h'),
    `docker compose up -d ${told}`,
    withPolicy('every_0s'),
    `docker compose up -d ${told}`,
    withPolicy('refresh'),
    `docker compose up -d ${told}`,
    withPolicy('build'),
    `docker compose up -d ${told}`,
    withPolicy('sometimes'),
    `docker compose up -d ${told}`,
    withPolicy('always', 'Nothing'),
    `docker compose up -d ${told}`,
    withPolicy('always', 'registry.example.com/none/at:all'),
    `docker compose up -d ${told}`,
    written('  web: {build: web, pull_policy: never}'),
    `docker compose up -d ${told}`,
    written(
      '  web: {build: {context: web, dockerfile_inline: "FROM busybox:1.36\\nCMD echo inline"}, image: mine:1}',
    ),
    `docker compose build ${told}`,
    'docker compose up 2>/dev/null',
    written('  web: {build: nowhere}'),
    `docker compose build ${told}`,
    `docker compose up -d ${told}`,
    written('  web: {build: {context: web, dockerfile: Nofile}}'),
    `docker compose build ${told}`,
    written('  web: {build: {context: web, target: none}}'),
    `docker compose build ${told}`,
    written(
      '  web: {build: {context: web, args: {A: b, C: }, labels: {l: "1"}, no_cache: true, pull: true}}',
    ),
    `docker compose build ${told}`,
    "docker image inspect -f '{{json .Config.Labels}}' shop-web",
    `docker compose build --no-cache --pull --build-arg A=c ${told}`,
    `docker compose build -m 100m ${told}`,
    `docker compose build --progress plain ${told}`,
    'docker compose config --images',
  ],
};
