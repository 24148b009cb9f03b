import { type Scenario, withBusybox } from '../scenario.ts';

const written = (text: string): string => `cat > compose.yaml <<'END'\nname: shop\n${text}\nEND`;

const full = `services:
  web:
    image: busybox:1.36
    init: true
    hostname: front
    domainname: example.com
    user: "0:0"
    working_dir: /tmp
    stop_signal: SIGINT
    stop_grace_period: 1500ms
    command: sleep 1d
    read_only: true
    tty: true
    stdin_open: true
    shm_size: 32m
    ipc: shareable
    cgroup: private
    userns_mode: host
    privileged: true
    oom_score_adj: 100
    mem_limit: 64m
    mem_reservation: 32m
    memswap_limit: 128m
    pids_limit: 50
    cpus: 0.5
    cpu_shares: 512
    cpuset: "0"
    group_add: [www-data, 33]
    dns: [10.0.0.53]
    dns_search: [example.com]
    dns_opt: [ndots:2]
    annotations: {com.example.a: one}
    cap_add: [NET_ADMIN]
    cap_drop: [MKNOD]
    security_opt: [no-new-privileges, "label:disable", seccomp=unconfined]
    sysctls: {net.core.somaxconn: 1024}
    ulimits:
      nofile: {soft: 100, hard: 200}
    extra_hosts: {other: [10.0.0.1, 10.0.0.2]}
    tmpfs: ["/run", "/cache:size=1m"]
    devices: ["/dev/null:/dev/nothing", "/dev/zero:/dev/nought:r"]
    device_cgroup_rules: ["c 1:3 rwm"]
    expose: ["6379", "7000-7002", "53/udp"]
    ports:
      - "8080:80"
      - "127.0.0.1:8081-8082:81-82"
      - target: 443
        published: "8443"
        protocol: udp
        host_ip: 127.0.0.2
    environment: {A: "1"}
    labels: {com.example.l: two}
    logging: {driver: json-file, options: {max-size: 1m}}
    restart: on-failure:3
    healthcheck: {test: ["CMD", "true"], interval: 5m, timeout: 3s, retries: 2, start_period: 1s, start_interval: 1s}
  plain:
    image: busybox:1.36
    command: ["sh", "-c", "sleep 1d"]
    entrypoint: ["env"]
    init: true
    uts: host
    network_mode: none
    logging: {driver: none}
    healthcheck: {disable: true}
    deploy:
      restart_policy: {condition: any}
      resources:
        limits: {cpus: "0.25", memory: 48m, pids: 20}
        reservations: {memory: 16m}
  files:
    image: busybox:1.36
    command: sleep 1d
    init: true
    volumes:
      - data:/data
      - data:/again:ro
      - ./html:/html:ro
      - /anonymous
      - type: volume
        source: data
        target: /long
        volume: {nocopy: true}
      - type: volume
        source: data
        target: /labelled
        volume: {labels: {com.example.v: three}}
      - type: bind
        source: ./html
        target: /bound
        read_only: true
        bind: {create_host_path: false, propagation: rprivate}
      - type: bind
        source: ./html
        target: /shared
        bind: {propagation: private}
      - type: bind
        source: ./html
        target: /flat
        bind: {recursive: disabled}
    secrets:
      - token
      - {source: token, target: other}
      - {source: token, target: /tmp/third}
      - {source: word, target: said}
      - {source: word, target: /tmp/said, mode: 0440}
    configs:
      - motd
      - {source: motd, target: /etc/motd}
      - {source: inline, target: /etc/inline, mode: 0400}
      - {source: word}
    networks:
      front: {aliases: [www], priority: 5, ipv4_address: 172.28.5.5}
      back: {mac_address: "02:42:ac:11:00:09"}
  scratch:
    image: busybox:1.36
    command: sleep 1d
    init: true
    volumes:
      - {type: tmpfs, target: /scratch, tmpfs: {size: 1m, mode: 0o700}}
      - {type: tmpfs, target: /plain}
  sharing:
    image: busybox:1.36
    command: sleep 1d
    init: true
    pid: service:files
    network_mode: service:files
    volumes_from: [files, "plain:ro"]
    depends_on: [files]
  linked:
    image: busybox:1.36
    command: sleep 1d
    init: true
    ipc: service:web
    links: [files, "files:disk"]
    external_links: ["outer:out"]
    networks: [front]
    scale: 1
    mac_address: "02:42:ac:11:00:08"
networks:
  front:
    driver: bridge
    driver_opts: {com.docker.network.bridge.name: brfront}
    labels: {com.example.n: four}
    attachable: true
    ipam:
      driver: default
      config: [{subnet: 172.28.0.0/16, ip_range: 172.28.5.0/24, gateway: 172.28.5.1, aux_addresses: {spare: 172.28.5.9}}]
  back: {internal: true, name: yard, enable_ipv4: true, enable_ipv6: false}
volumes:
  data: {driver: local, driver_opts: {type: tmpfs, device: tmpfs, o: "size=1m"}, labels: {com.example.w: five}}
secrets:
  token: {file: ./token.txt}
  word: {environment: WORD}
configs:
  motd: {file: ./token.txt}
  inline: {content: "said \${WORD}"}
  word: {environment: WORD}`;

const inspected = (format: string, ...names: readonly string[]): string =>
  `docker inspect -f '${format}' ${names.map((name) => `shop-${name}-1`).join(' ')}`;

/** A service with one more key, that cannot be made or has something particular to it. */
const particular = (keys: string, top = ''): readonly string[] => [
  written(`services:\n  web:\n    image: busybox:1.36\n    command: "true"\n    ${keys}\n${top}`),
  "docker compose create 2>&1 | sed 's/^time=[^ ]* //'",
];

/** As `particular`, where nothing is there yet and something beside the container cannot be made. */
const withoutGround = (keys: string, top: string): readonly string[] => {
  const [file = '', create = ''] = particular(keys, top);
  return ['docker compose down >/dev/null 2>&1', file, `${create} | grep -v Container`];
};

/** What becomes of the keys of a service. */
export const composeServices: Scenario = {
  name: 'compose services',
  setup: [
    withBusybox,
    'docker run -d --name outer busybox:1.36 sleep 1d',
    'docker run -d --name tmp --mount type=tmpfs,target=/t busybox:1.36 sleep 1d',
    'mkdir html',
    'echo hush > token.txt',
  ],
  lines: [
    written(full),
    'docker compose config --hash web,plain,sharing,linked',
    "docker compose up -d plain 2>&1 | sed 's/^time=[^ ]* //' | sort",
    "WORD=tree docker compose up -d 2>&1 | sed 's/^time=[^ ]* //' | sort",
    inspected(
      '{{json .Config.Cmd}} {{json .Config.Entrypoint}} {{json .Config.Healthcheck}} {{.Config.AttachStdout}}',
      'plain',
    ),
    inspected(
      '{{with .Config}}{{.Hostname}} {{.Domainname}} {{.User}} {{.WorkingDir}} {{.StopSignal}} {{.StopTimeout}} {{.Tty}} {{.OpenStdin}} {{.StdinOnce}} {{json .Env}} {{json .Healthcheck}} {{json .ExposedPorts}}{{end}}',
      'web',
    ),
    inspected('{{json .HostConfig}}', 'web'),
    inspected('{{json .HostConfig}}', 'plain'),
    `${inspected('{{range .HostConfig.Binds}}{{println .}}{{end}}', 'files')} | sort`,
    `${inspected('{{range .HostConfig.Mounts}}{{json .}}{{println}}{{end}}', 'files', 'scratch')} | sort`,
    inspected(
      '{{range $name, $each := .NetworkSettings.Networks}}{{$name}} {{json $each.Aliases}} {{json $each.IPAMConfig}} {{json $each.Links}} {{$each.GwPriority}}{{println}}{{end}}',
      'web',
      'files',
      'linked',
    ),
    inspected('{{.HostConfig.NetworkMode}} {{json .HostConfig.Links}}', 'linked', 'files'),
    inspected(
      '{{.Config.Hostname}} {{.HostConfig.PidMode}} {{.HostConfig.IpcMode}} {{json .HostConfig.VolumesFrom}}',
      'sharing',
      'linked',
    ),
    `${inspected('{{range split (index .Config.Labels "com.docker.compose.depends_on") ","}}{{println .}}{{end}}', 'sharing', 'linked', 'web')} | sort`,
    "docker network inspect -f '{{(index .IPAM.Config 0).IPRange}} {{.Attachable}} {{.EnableIPv4}}' shop_front",
    `docker network inspect -f '{{json .Options}} {{.Internal}} {{.EnableIPv6}} {{index .Labels "com.example.n"}}' shop_front yard`,
    'docker volume inspect -f \'{{.Driver}} {{json .Options}} {{index .Labels "com.example.w"}}\' shop_data',
    'docker compose exec -T files sh -c "cat /run/secrets/token /run/secrets/other /tmp/third /run/secrets/said /tmp/said; echo; cat /motd /etc/motd /etc/inline /word"',
    'docker compose exec -T files stat -c "%a %U %n" /run/secrets/said /tmp/said /etc/inline /word',
    'docker compose exec -T scratch ls -ld /scratch | cut -c 1-10',
    'docker compose exec -T files ls -d /data /again /html /anonymous /long /labelled',
    'docker compose exec -T sharing ls -d /data /html',
    'docker compose exec -T web cat /etc/resolv.conf | grep -v "^#"',
    'docker compose exec -T web sh -c "echo no > /file"',
    'docker compose port web 443 --protocol udp',
    'docker compose port --protocol UDP web 443',
    'docker compose port web 80',
    'docker compose port plain 9999',
    'docker compose port web http',
    'docker compose port web 70000',
    'docker compose port --index 2 web 80',
    'docker compose port nothing 80',
    "docker compose ps --format '{{.Service}} {{.Ports}}' web files | sort",
    'docker compose volumes',
    'docker compose volumes -q',
    'docker compose volumes files',
    'docker compose volumes plain',
    'docker compose volumes nothing',
    "docker compose volumes --format '{{.Name}} {{.Driver}} {{.Scope}} {{.Mountpoint}}' files",
    "docker compose volumes --format '{{.Labels}}' files",
    'docker compose volumes --format json files | cut -c 1-60',
    "docker compose volumes --format 'table {{.Name}}' files",
    'docker compose down -v -t 0 >/dev/null 2>&1',
    ...particular('security_opt: [nonsense]'),
    ...particular('security_opt: ["seccomp=nothing.json"]'),
    ...particular('security_opt: ["systempaths=unconfined", "label=disable"]'),
    inspected('{{json .HostConfig.SecurityOpt}} {{json .HostConfig.MaskedPaths}}', 'web'),
    'echo \'{ "defaultAction": "SCMP_ACT_ALLOW" }\' > allow.json',
    ...particular('security_opt: ["seccomp=allow.json"]'),
    inspected('{{json .HostConfig.SecurityOpt}}', 'web'),
    ...particular('secrets: [key]', 'secrets: {key: {external: true}}'),
    ...particular('configs: [key]', 'configs: {key: {external: true}}'),
    ...particular('secrets: [{source: key, uid: "5"}]', 'secrets: {key: {file: token.txt}}'),
    ...particular('configs: [{source: key, mode: 0400}]', 'configs: {key: {file: token.txt}}'),
    ...particular('secrets: [key]', 'secrets: {key: {file: nothing.txt}}'),
    ...particular('configs: [key]', 'configs: {key: {file: nothing.txt}}'),
    ...particular('secrets: [key]', 'secrets: {key: {environment: NOTHING}}'),
    ...particular('configs: [key]', 'configs: {key: {environment: NOTHING}}'),
    ...withoutGround('networks: [front]', 'networks: {front: {driver: nothing}}'),
    ...withoutGround('networks: [front]', 'networks: {front: {ipam: {config: [{subnet: 300.0.0.0/8}]}}}'),
    ...withoutGround(
      'networks: [front]',
      'networks: {front: {ipam: {config: [{subnet: 10.9.0.0/16, ip_range: 10.9.0.0/40}]}}}',
    ),
    ...withoutGround(
      'networks: [front]',
      'networks: {front: {ipam: {config: [{subnet: 10.9.0.0/16, gateway: 10.9.0.x}]}}}',
    ),
    ...withoutGround('volumes: ["v:/v"]', 'volumes: {v: {driver: nothing}}'),
    ...particular('networks: {front: {ipv4_address: 10.0.0.1}}', 'networks: {front: {}}'),
    ...particular('networks: {front: {ipv4_address: 10.0.0}}', 'networks: {front: {}}'),
    ...particular(
      'mac_address: "02:42:ac:11:00:07"\n    deploy: {mode: replicated, restart_policy: {condition: none}}',
    ),
    inspected('{{json .HostConfig.RestartPolicy}}', 'web'),
    ...particular('deploy: {restart_policy: {condition: on-failure, max_attempts: 2}}'),
    inspected('{{json .HostConfig.RestartPolicy}}', 'web'),
    ...particular('deploy: {restart_policy: {condition: any, max_attempts: 4}}'),
    ...particular('ulimits: {nproc: 100}'),
    inspected('{{json .HostConfig.Ulimits}}', 'web'),
    ...particular('volumes_from: ["container:tmp"]'),
    ...particular('gpus: all'),
    'docker compose start',
    ...particular('volumes: [{type: bind, source: ./nothing, target: /n, bind: {create_host_path: false}}]'),
    'docker compose start',
    ...particular('volumes: [{type: image, source: "busybox:1.36", target: /image, image: {subpath: etc}}]'),
    'docker compose down -v -t 0 >/dev/null 2>&1',
  ],
};
