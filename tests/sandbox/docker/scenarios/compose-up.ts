import { type Scenario, withBusybox } from '../scenario.ts';

const shop = `cat > compose.yaml <<'END'
name: shop
services:
  web:
    image: busybox:1.36
    command: ["httpd", "-f", "-p", "80", "-h", "/www"]
    ports: ["8080:80"]
    volumes: ["./html:/www:ro"]
    depends_on: [db]
  db:
    image: busybox:1.36
    command: sh -c 'echo ready; exec sleep 1d'
    init: true
    environment:
      PASSWORD: secret
    volumes: ["data:/var/lib/data"]
volumes:
  data:
END`;

/** A project from up to down. */
export const composeUp: Scenario = {
  name: 'compose up',
  setup: [withBusybox, shop, 'mkdir html', 'echo hello > html/index.html'],
  lines: [
    'docker compose ps',
    'docker compose ls',
    'docker compose down',
    'docker compose up -d 2>&1 | sort',
    'sleep 1',
    'docker compose ps',
    'docker compose ls',
    'docker compose ps -q | wc -l',
    'docker compose ps --services',
    'docker compose ps web',
    'docker compose ps nothing',
    'docker compose ps --status exited',
    'docker compose ps --filter status=running --services',
    "docker compose ps --format '{{.Name}} {{.Service}} {{.State}} {{.Ports}}'",
    "docker compose ps --format 'table {{.Service}}\\t{{.Status}}'",
    'docker compose ps --format json web | sed \'s/.*"Name"/"Name"/; s/,"RunningFor.*//\'',
    'docker network ls --filter name=shop',
    'docker volume ls --filter name=shop',
    "docker inspect -f '{{range $k, $v := .Config.Labels}}{{$k}}={{$v}}{{println}}{{end}}' shop-web-1",
    "docker inspect -f '{{json .HostConfig.Binds}} {{json .HostConfig.RestartPolicy}} {{.HostConfig.NetworkMode}}' shop-web-1 shop-db-1",
    "docker inspect -f '{{json .NetworkSettings.Networks.shop_default.Aliases}}' shop-web-1",
    "docker inspect -f '{{json .Config.Env}} {{json .Config.Cmd}} {{json .HostConfig.Init}}' shop-db-1",
    "docker network inspect -f '{{json .Labels}}' shop_default",
    "docker volume inspect -f '{{json .Labels}}' shop_data",
    'docker compose exec db echo hi',
    'docker compose exec -T db sh -c "exit 3"',
    'docker compose exec -T -e A=5 -w /var db sh -c "echo \\$A \\$PASSWORD; pwd"',
    'docker compose exec -T -u 1000 db id -u',
    'docker compose exec db nonsense',
    'docker compose exec nothing ls',
    'docker compose exec --index 2 db ls',
    'docker compose exec -T db wget -qO- http://web/',
    'curl -s http://localhost:8080/',
    'docker compose logs db',
    'docker compose logs',
    'docker compose logs --no-log-prefix db',
    'docker compose logs --tail 0',
    'docker compose logs -t db',
    'docker compose logs nothing',
    'docker compose port web 80',
    'docker compose port web 81',
    'docker compose port db 80',
    "docker compose top db | tr -s ' ' | cut -d ' ' -f 1,2,3,10-",
    'docker compose images',
    'docker compose volumes',
    'docker compose up -d 2>&1 | sort',
    'docker compose create 2>&1 | sort',
    'docker compose start',
    'docker compose stop db',
    'docker compose ps -a',
    'docker compose ps',
    'docker compose exec db ls',
    'docker compose start db',
    'docker compose restart web',
    'docker compose pause db',
    'docker compose ps db',
    'docker compose pause db',
    'docker compose exec db ls',
    'docker compose unpause db',
    'docker compose unpause db',
    'docker compose kill web',
    'docker compose kill web',
    'docker compose kill -s HUP db',
    'sleep 1',
    'docker compose ps -a',
    'docker compose rm -f 2>&1 | sort',
    'docker compose rm -f',
    'docker compose ls -a',
    'docker compose ls --format json',
    'docker compose ls -q',
    'docker compose stop -t 1',
    'docker compose ls',
    'docker compose ls -a',
    'docker compose rm -fsv',
    'docker compose up -d --no-deps web 2>&1 | sort',
    'docker compose down 2>&1 | sort',
    'docker compose up -d db 2>&1 | sort',
    'docker compose down -v 2>&1 | sort',
    'docker compose down -v',
    'docker volume ls -q',
    'docker network ls --format "{{.Name}}"',
    'docker compose up --no-start 2>&1 | sort',
    'docker compose ps -a',
    'docker compose start 2>&1 | sort',
    'docker compose down -t 0 --volumes 2>&1 | sort',
    'docker compose --progress quiet up -d',
    'docker compose --progress json down -t 0 | sort',
    'docker compose -p other up -d db 2>&1 | sort',
    'docker compose -p other ps',
    'docker compose ls',
    'docker compose -p other exec -T db echo other',
    'docker compose -p other stop -t 0',
    'docker compose -p other down 2>&1 | sort',
    "docker compose -p other down 2>&1 | sed 's/^time=[^ ]* //'",
  ],
};
