import { type Scenario, withBusybox } from '../scenario.ts';

const shop = `cat > compose.yaml <<'END'
name: shop
services:
  web:
    image: busybox:1.36
    init: true
    stop_grace_period: 0s
    command: sh -c 'echo web is up; exec sleep 1d'
    ports: ["8080:80"]
    environment: {COLOUR: blue}
    depends_on: [db]
  db:
    image: busybox:1.36
    init: true
    stop_grace_period: 0s
    command: sleep 1d
END`;

/** A project's names for what is made by chance. */
const named = "sed 's/-run-[0-9a-f]*/-run-SLUG/'";

/** Commands that run once, and files that are copied. */
export const composeRun: Scenario = {
  name: 'compose run',
  setup: [withBusybox, shop],
  lines: [
    `docker compose run --rm -T web echo hi 2>&1 | ${named} | sort`,
    'docker compose run --rm -T web sh -c "exit 7" 2>/dev/null',
    `docker compose run --rm -T -e COLOUR=red -e MORE=1 web sh -c "echo $COLOUR; env | grep -e ^COLOUR -e ^MORE | sort" 2>/dev/null`,
    'docker compose run --rm -T --no-deps web hostname 2>/dev/null | wc -l',
    'docker compose run --rm -T -w /tmp -u 1000 web sh -c "pwd; id -u" 2>/dev/null',
    'docker compose run --rm -T --entrypoint echo web one two 2>/dev/null',
    'docker compose run --rm -T web nonsense 2>/dev/null',
    'docker compose run nothing',
    'docker compose run --rm -T --name job web echo named 2>&1 | sort',
    `docker compose run -d web sleep 1d 2>/dev/null | ${named}`,
    `docker compose ps -a --format '{{.Name}} {{.Service}} {{.Ports}}' | ${named}`,
    `docker compose run -T web echo left 2>/dev/null`,
    `docker compose ps -a --format '{{.Name}} {{.State}}' | ${named} | sort`,
    `docker compose ls`,
    `docker compose up -d 2>&1 | sed 's/^time=[^ ]* //' | sort | ${named}`,
    `docker compose run --rm -T -P web true`,
    'docker compose run --rm -T db true 2>/dev/null',
    'echo from outside > note.txt',
    'docker compose cp note.txt web:/tmp/note.txt',
    'docker compose exec -T web cat /tmp/note.txt',
    'docker compose cp web:/tmp/note.txt back.txt; cat back.txt',
    'docker compose cp web:/nothing .',
    'docker compose cp note.txt nothing:/tmp',
    'docker compose cp note.txt other.txt',
    'docker compose cp web:/a db:/b',
    `docker compose down 2>&1 | ${named} | sort`,
    `docker compose down --remove-orphans 2>&1 | ${named} | sort`,
    'docker compose images',
    'docker compose top',
    'docker compose attach web',
    'docker compose wait web',
    'docker compose start',
    'docker compose stop',
    'docker compose restart',
    'docker compose kill',
    'docker compose rm -f',
    'docker compose pause',
    'docker compose logs',
    'docker compose cp web:/etc/passwd .',
    'docker compose port web 80',
    'docker compose volumes',
  ],
};
