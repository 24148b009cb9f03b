import { type Scenario, withBusybox } from '../scenario.ts';

const shop = `cat > compose.yaml <<'END'
name: shop
services:
  web:
    image: busybox:1.36
    init: true
    stop_grace_period: 0s
    command: sh -c 'echo web is up; echo and it complains >&2; exec sleep 1d'
    ports: ["8080:80", "8443:443/udp"]
    expose: ["9000"]
    labels: {com.example.tier: front}
    healthcheck: {test: ["CMD", "true"], interval: 5m, start_period: 10s, start_interval: 1s}
    volumes: ["./html:/html", "data:/data"]
    scale: 2
    deploy: {replicas: 2}
  db:
    image: busybox:1.36
    init: true
    stop_grace_period: 0s
    command: sh -c 'echo db is up; exec sleep 1d'
    volumes: ["data:/data"]
  silent:
    image: busybox:1.36
    attach: false
    command: echo silently
  failed:
    image: busybox:1.36
    command: sh -c 'printf half; exit 3'
volumes:
  data:
END`;

const other =
  'sed \'s/ports: .*/ports: ["80", "443\\/udp"]/\' compose.yaml > less.yaml && mv less.yaml compose.yaml';

/** What there is of a project. */
export const composeLooking: Scenario = {
  name: 'compose looking',
  setup: [withBusybox, 'mkdir html', shop, other, 'docker compose up -d', 'sleep 3'],
  lines: [
    'docker compose ps',
    'docker compose ps -a --no-trunc',
    "docker compose ps -a --format '{{.Command}}' db",
    "docker compose ps -a --no-trunc --format '{{.Command}} {{len .ID}}' db",
    "docker compose ps --format '{{.Name}} {{.Names}} {{.Project}} {{.Service}} {{.Image}} {{.State}} {{.Health}} {{.ExitCode}}' web",
    "docker compose ps -a --format '{{.Name}} {{.ExitCode}} {{.State}}'",
    "docker compose ps --format '{{.LocalVolumes}} {{.Mounts}} {{.Networks}}' web | tr ', ' '\\n\\n' | sort",
    "docker compose ps --no-trunc --format '{{.Names}},{{.Mounts}}' web | tr , '\\n' | sort",
    "docker compose ps --format '{{.Size}} {{.CreatedAt}} {{.RunningFor}}' db",
    'docker compose ps --format \'{{.Label "com.example.tier"}} {{.Engine}}\' web',
    "docker compose ps --format '{{range .Publishers}}{{.TargetPort}}/{{.Protocol}} {{.URL}} {{end}}' web",
    "docker compose ps --format '{{json .Publishers}}' web | sed 's/:[0-9]\\{5\\}/:PORT/g'",
    "docker compose ps --format '{{.Nothing}}' web",
    "docker compose ps --format '{{.Name'",
    'docker compose ps --format \'table {{.Service}}\\t{{.Health}}\\t{{.Label "com.example.tier"}}\'',
    'docker compose ps --format raw db | grep -v -e container_id -e created -e labels',
    'docker compose ps --format table db',
    'docker compose ps --format json db | grep -o \'"[A-Z][a-zA-Z]*":\' | tr -d "\\n"',
    'docker compose ps --status exited --status running --services',
    'docker compose ps --filter status=exited --services',
    'docker compose ps --filter source=compose.yaml',
    'docker compose ps -q nothing',
    'docker compose ps --services web',
    'docker compose ps --services',
    'docker compose ps -a --services',
    'docker compose ps --orphans=false -q | wc -l',
    'docker compose -p none ps',
    'docker compose -p none ps nothing',
    'docker compose ls',
    'docker compose ls -q --filter name=sh',
    'docker compose ls -q --filter name=^x',
    'docker compose ls --filter name=shop --filter name=other --format json',
    "docker compose ls --filter 'name=('",
    'docker compose ls --filter status=running',
    'docker compose ls --format table',
    'docker compose ls --format toml',
    'docker compose logs db',
    "docker compose logs | tr -s ' ' | sort",
    'docker compose logs silent',
    'docker compose logs failed',
    'docker compose logs --index 2 web',
    'docker compose logs --index 5 web',
    'docker compose logs --index 1',
    'docker compose logs --index 2 web db',
    'docker compose logs -n 1 db',
    'docker compose logs --tail all db',
    'docker compose logs --tail few db',
    'docker compose logs --since 10m db',
    'docker compose logs --until 10m db',
    'docker compose logs --since soon db',
    'docker compose logs --no-color -t db',
    'docker compose -p none logs',
    'docker compose port web 80 | sed "s/:[0-9]*$//"',
    'docker compose port --index 2 --protocol udp web 443 | sed "s/:[0-9]*$//"',
    'docker compose port --index 3 web 80',
    'docker compose port web 9000',
    'docker compose port db 80',
    'docker compose port silent 80',
    'docker compose top nothing',
    "docker compose top web db | tr -s ' ' | cut -d ' ' -f 1,2,3,10-",
    'docker compose top silent',
    'docker compose stats --no-stream --format "{{.Name}} {{.PIDs}}" | sort',
    'docker compose stats --no-stream --format "{{.Name}}" db',
    'docker compose stats --no-stream --format "{{len .ID}}" --no-trunc db',
    'docker compose stats --no-stream nothing',
    'docker compose stats --no-stream -a --format "{{.Name}}" db',
    'docker compose exec db sh -c "exit 5"',
    'docker compose exec -d db touch /detached',
    'sleep 1',
    'docker compose exec db ls /detached',
    'docker compose exec --index 2 web cat /etc/hostname | wc -c',
    'docker compose exec --index 9 web true',
    'A=set docker compose exec -e A -e B -e C=3 db sh -c "env | grep ^[ABC]= | sort"',
    'docker compose exec -u nobody db id -un',
    'docker compose exec -u no-such-user db id',
    'docker compose exec -w /nowhere db pwd',
    'docker compose exec --privileged db echo privileged',
    'echo typed | docker compose exec -T db cat',
    'echo typed | docker compose exec -T --interactive=false db cat',
    'docker compose exec silent true',
    'docker compose cp html web:/ 2>&1 | sort',
    'docker compose exec web ls -d /html',
    'echo one > one.txt; docker compose cp one.txt web:/tmp/ 2>&1 | sort',
    'docker compose cp --index 2 one.txt web:/tmp/two.txt',
    'docker compose exec --index 2 web cat /tmp/two.txt',
    'docker compose exec web cat /tmp/two.txt',
    'docker compose cp --index 2 web:/tmp/two.txt . && cat two.txt',
    'docker compose cp --index 7 web:/tmp/two.txt .',
    'docker compose cp -a one.txt db:/tmp/',
    'docker compose cp -L db:/tmp/one.txt - > one.tar',
    'docker compose cp - db:/var/ < one.tar',
    'docker compose exec db ls /var/one.txt',
    'docker compose cp --all one.txt web:/all.txt 2>&1 | sort',
    'docker compose cp one.txt silent:/tmp/x',
    'docker compose cp silent:/etc/passwd - > passwd.tar',
    'docker compose cp one.txt none:/tmp',
    'sleep 1',
    'docker compose events --json --since 1h --until 0s db | grep -o \'"action":"[a-z-]*"\' | uniq',
    "docker compose events --since 1h --until 0s db | grep -v -e exec -e '^$' | sed 's/.* container \\([a-z-]*\\) .*/\\1/'",
    'docker compose events --since 1h --until 0s nothing',
    "docker compose events --since 1h --until 0s | grep -o ' container [cs]t*[ar][re][ta][te]* ' | sort | uniq -c | tr -s ' '",
    'docker compose volumes db web',
    'docker compose volumes silent',
    'docker compose volumes --format json db | cut -c 1-40',
    'docker compose pause web 2>&1 | sort',
    'docker compose ps --status paused --services',
    'docker compose unpause web 2>&1 | sort',
    'docker compose pause nothing',
    'docker compose unpause nothing',
    'docker compose kill -s NOTHING db',
    'docker compose kill nothing',
    'docker compose kill --remove-orphans silent',
    'docker compose stop nothing',
    'docker compose stop silent failed 2>&1 | sort',
    'docker compose start nothing',
    'docker compose start silent',
    'docker compose start --wait db',
    'docker compose start --wait --wait-timeout 5 failed',
    'docker compose restart nothing',
    'docker compose restart --no-deps db',
    'docker compose restart -t 0 2>&1 | sort',
    'docker compose rm -f nothing',
    'docker compose rm -f db',
    'docker compose rm -f silent failed 2>&1 | sort',
    'docker compose rm --stop -f db',
    'docker compose rm -fv',
    'docker compose ps -a --services',
    'docker compose attach nothing',
    'docker compose attach --index 4 web',
    'docker compose wait nothing',
    'docker compose wait --down-project web >/dev/null 2>&1 & sleep 1; docker compose kill web 2>&1 | sort; wait',
    'docker compose ps -aq',
    'docker compose -p none volumes',
    'docker compose -p none images',
    'docker compose -p none top',
    'docker compose -p none stats --no-stream',
    'docker compose -p none events --since 1h --until 0s',
    'docker compose -p none kill',
    'docker compose -p none restart',
    'docker compose -p none start',
    'docker compose -p none stop',
    'docker compose -p none rm -f',
    'docker compose -p none pause',
    'docker compose -p none wait web',
    'docker compose -p none cp x web:/',
    'docker compose -p none exec web ls',
    'docker compose -p none port web 80',
    'docker compose -p none attach web',
    'docker compose -p none logs web',
  ],
};
