import type { Scenario } from '../scenario.ts';

const shop = `cat > compose.yaml <<'END'
name: shop
x-common: &common
  restart: unless-stopped
services:
  web:
    <<: *common
    build:
      context: ./web
      args:
        VERSION: "1"
    image: shop/web:1.0
    ports:
      - "8080:80"
      - "127.0.0.1:9090-9091:90-91/udp"
      - target: 443
    environment:
      - PASSWORD
      - GREETING=Hello, \${NAME:-you}
      - PRICE=5$$
    env_file: web.env
    depends_on:
      db:
        condition: service_healthy
        restart: true
      cache:
        condition: service_started
        required: false
    labels:
      com.example.yes: "true"
      com.example.number: "5"
      com.example.text: "two words: here"
    volumes:
      - data:/var/lib/data
      - ./html:/usr/share/html:ro
      - /tmp/cache
      - type: tmpfs
        target: /scratch
        tmpfs:
          size: 16m
    networks:
      front:
      back:
        aliases: [shop]
        priority: 10
    deploy:
      replicas: 2
      resources:
        limits:
          cpus: "0.5"
          memory: 64M
    configs:
      - source: motd
        target: /etc/motd
    secrets: [token]
    healthcheck:
      test: ["CMD", "wget", "-q", "http://localhost/"]
      interval: 1m30s
      timeout: 3s
      retries: 3
      start_period: 10s
  db:
    image: busybox:1.36
    command: sh -c 'echo "it runs"; sleep 1d'
    entrypoint: []
    stop_grace_period: 30s
    ulimits:
      nproc: 100
      nofile:
        soft: 100
        hard: 200
    extra_hosts:
      - "host.docker.internal:host-gateway"
      - "other:10.0.0.1"
    healthcheck:
      test: cat /etc/passwd
    networks: [back]
    logging:
      driver: json-file
      options:
        max-size: 10m
  cache:
    image: busybox:1.36
    profiles: [fast]
    command: ["sleep", "1d"]
    tmpfs: /run
    mem_limit: 32m
    cap_add: [NET_ADMIN]
    user: "1000:1000"
    init: true
    tty: true
    expose: ["6379", 6380]
networks:
  front:
  back:
    internal: true
    ipam:
      config:
        - subnet: 172.28.0.0/16
volumes:
  data:
    labels:
      com.example.kept: "yes"
  unused:
configs:
  motd:
    content: |
      Welcome to the shop
      on two lines
secrets:
  token:
    file: ./token.txt
END`;

const override = `cat > compose.override.yaml <<'END'
services:
  db:
    environment:
      MODE: test
END`;

const written = (text: string): string => `cat > bad.yaml <<'END'\n${text}\nEND`;

/** Files that are wrong, each followed by what is said of it. */
const wrong = [
  'services:\n  web:\n    imgae: busybox',
  'services:\n  web:\n    image: busybox\n    ports: 80',
  'services:\n  web:\n   image: busybox\n  image: x\n    d: 3',
  'services:\n  web:\n    image: busybox\n    depends_on: [db]',
  'services:\n  web:\n    image: busybox\n    volumes: ["data:/x"]',
  'services:\n  web:\n    image: busybox\n    networks: [front]',
  'services:\n  web:\n    ports: ["80:80"]',
  'services:\n  a: {image: busybox, depends_on: [b]}\n  b: {image: busybox, depends_on: [b]}',
  'services: []',
  '# nothing',
  'web:\n  image: busybox',
  'services:\n  web:\n    image: busybox\n    ports: ["a:80"]',
  'services:\n  web:\n    image: busybox\n    ports: ["80:80:80:80"]',
  'services:\n  web:\n    image: busybox\n    ports: ["8080:99999"]',
  'services:\n  web:\n\timage: busybox',
  `services:\n  web:\n    image: "\${X:?is needed}"`,
  `services:\n  web:\n    image: "busybox:\${X"`,
  'services:\n  web:\n    image: busybox\n    env_file: nothing.env',
  'services:\n  web:\n    image: busybox\n    mem_limit: lots',
  'services:\n  web:\n    image: busybox\n    healthcheck: {interval: soon}',
  'services:\n  web:\n    image: busybox\n    command: 5',
  'services:\n  web:\n    image: busybox\n    configs: [c]',
  'services:\n  web:\n    image: busybox\n    secrets: [s]',
  'services:\n  web:\n    image: Busybox',
  'services:\n  web: busybox',
  'services:\n  web:\n    image: busybox\n    image: nginx',
  'services:\n  web:\n    image: busybox\n    depends_on: {db: {condition: ready}}\n  db: {image: busybox}',
  'services:\n  web:\n    extends: {service: other}',
  'services:\n  web:\n    image: [a',
  'services:\n  web:\n    image: busybox\n    restart: 5',
  'services:\n  web:\n    image: busybox\n    environment: [A=1, 5]',
  'services:\n  web:\n    image: busybox\n    privileged: maybe',
  'services:\n  web:\n    image:',
  'services:\n  web:\n    image: busybox\n    network_mode: host\n    networks: [default]',
  'services:\n  "my web":\n    image: busybox',
  'include: [other.yaml]\nservices:\n  web: {image: busybox}',
];

/** Compose files: which are read, what they mean, and what is wrong with them. */
export const composeFiles: Scenario = {
  name: 'compose files',
  setup: [],
  lines: [
    'docker compose config',
    'docker compose up',
    'docker compose -f nothing.yaml config',
    'docker compose ps',
    'docker compose version',
    'docker compose version --short',
    'docker compose version -f json',
    shop,
    'docker compose config',
    'echo A=1 > web.env; echo "# comment" >> web.env; echo export B="two words" >> web.env',
    'docker compose config',
    'PASSWORD=secret NAME=me docker compose config web',
    'docker compose config --format json',
    'docker compose --profile fast config cache',
    'docker compose --profile "*" config --services | sort',
    'COMPOSE_PROFILES=fast docker compose config --services | sort',
    'docker compose config --services | sort',
    'docker compose config --volumes',
    'docker compose config --networks | sort',
    'docker compose config --images | sort',
    'docker compose config --profiles',
    'docker compose config -q',
    'docker compose config db',
    'docker compose config cache',
    'docker compose config nothing',
    'docker compose config --format toml',
    'docker compose config --no-env-resolution db',
    'docker compose -p other config db | head -3',
    'docker compose -p Other config db',
    'COMPOSE_PROJECT_NAME=mine docker compose config db | head -1',
    override,
    'docker compose config db',
    'docker compose -f compose.yaml config db | grep MODE',
    'COMPOSE_FILE=compose.yaml:compose.override.yaml docker compose config db | grep MODE',
    'COMPOSE_FILE=nothing.yaml docker compose config',
    'mkdir -p below && cp compose.yaml below/docker-compose.yml && docker compose --project-directory below config --services | sort',
    'docker compose -f below/docker-compose.yml config db | head -1',
    'cp compose.yaml docker-compose.yml; docker compose config -q; rm docker-compose.yml',
    'echo NAME=dotenv > .env; docker compose config web | grep GREETING',
    'NAME=shell docker compose config web | grep GREETING',
    'echo NAME=other > other.env; docker compose --env-file other.env config web | grep GREETING',
    'docker compose --env-file nothing.env config',
    'docker compose config --environment | grep NAME',
    'rm compose.override.yaml .env',
    'docker compose config --hash db',
    "docker compose --env-file other.env config --hash '*'",
    'docker compose config -o out.yaml db && head -2 out.yaml',
    'docker compose config --lock-image-digests nothing',
    'docker compose up --nonsense',
    'docker compose up -t soon',
    'docker compose exec web',
    'docker compose run',
    'docker compose port web',
    'docker compose --progress fancy up',
    'docker compose up --scale web',
    'docker compose up -d --abort-on-container-exit',
    'docker compose up --wait --attach web',
    'docker compose up --build --no-build',
    'docker compose up --force-recreate --no-recreate',
    'docker compose down --rmi some',
    'docker compose ps --filter name=x',
    'docker compose ps --filter status',
    ...wrong.flatMap((text) => [written(text), 'docker compose -f bad.yaml config -q']),
    `cat > bad.yaml <<'END'\nversion: "3.8"\nservices:\n  web:\n    image: "busybox:\${TAG}"\nEND`,
    "docker compose -f bad.yaml config 2>&1 | sed 's/^time=[^ ]* //'",
  ],
};
