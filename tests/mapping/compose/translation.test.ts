import { describe, expect, it } from 'vitest';
import { translateCompose } from '../../../src/mapping/translate-compose.ts';
import { corpusProject, projects } from '../../fixtures/compose/corpus.ts';
import { caveatsOf, containerOf, objectsOf, podOf, translated, verdictOf } from './translated.ts';

const service = (keys: string): string =>
  `services:\n  web:\n    image: nginx:1.27\n${keys.replace(/^/gm, '    ')}\n`;

describe('the kind of workload', () => {
  it.each([
    ['image: nginx:1.27', 'Deployment'],
    ['image: nginx:1.27\nrestart: always', 'Deployment'],
    ['image: nginx:1.27\nrestart: on-failure', 'Job'],
    ['image: nginx:1.27\nrestart: on-failure\nports: ["80:80"]', 'Deployment'],
    ['image: nginx:1.27\nrestart: "no"', 'Job'],
    ['image: app\ncommand: ["./manage", "migrate"]', 'Job'],
    ['image: app\ncommand: echo hello', 'Job'],
    ['image: nginx:1.27\ndeploy: {mode: global}', 'DaemonSet'],
    ['image: nginx:1.27\ndeploy: {mode: replicated-job}', 'Job'],
    ['image: postgres:16\nvolumes: ["data:/var/lib/postgresql/data"]', 'StatefulSet'],
    ['image: postgres:16', 'Deployment'],
    ['image: nginx:1.27\nvolumes: ["data:/usr/share/nginx/html"]', 'Deployment'],
  ])('of %j is %s', (keys, kind) => {
    const text = `services:\n  web:\n${keys.replace(/^/gm, '    ')}\nvolumes: {data: }\n`;
    expect(translated(text).services[0]?.kind).toBe(kind);
  });

  it('is a Job where others wait until it has completed, and commands wait for it', () => {
    const translation = translated(
      'services:\n  migrate: {image: app}\n  web: {image: app, depends_on: {migrate: {condition: service_completed_successfully}}}\n',
    );
    expect(translation.services.map(({ kind }) => kind)).toEqual(['Job', 'Deployment']);
    expect(translation.commands.map(({ argv }) => argv.join(' '))).toEqual([
      'kubectl apply -f manifests.yaml -l app notin (web)',
      'kubectl wait --for=condition=complete job/migrate --timeout=10m',
      'kubectl apply -f manifests.yaml',
    ]);
  });

  it('is a Deployment that is made anew where a database shares its volume', () => {
    const translation = translated(
      'services:\n  db: {image: "postgres:16", volumes: ["data:/var/lib/postgresql/data"]}\n  backup: {image: app, volumes: ["data:/data:ro"]}\nvolumes: {data: }\n',
    );
    expect(objectsOf(translation, 'StatefulSet')).toEqual([]);
    const [db] = objectsOf(translation, 'Deployment');
    expect(db?.spec.strategy).toEqual({ type: 'Recreate' });
  });
});

describe('faults of other converters that are none here', () => {
  it('command is args, entrypoint is command', () => {
    const { command, args } = containerOf(
      translated(service('command: ["a", "b"]\nentrypoint: /start.sh --now')),
      'web',
    );
    expect({ command, args }).toEqual({ command: ['/start.sh', '--now'], args: ['a', 'b'] });
  });

  it('volumes with names are claims, not emptyDirs', () => {
    const pod = podOf(
      translated(`${service('volumes: ["data:/data", "/scratch"]')}volumes: {data: }\n`),
      'web',
    );
    expect(pod.volumes).toEqual([
      { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'scratch', emptyDir: {} },
    ]);
  });

  it('memory is read in powers of 1024', () => {
    expect(containerOf(translated(service('mem_limit: 512m')), 'web').resources?.limits).toEqual({
      memory: '512Mi',
    });
    expect(
      containerOf(translated(service('deploy: {resources: {limits: {memory: 300M, cpus: "0.5"}}}')), 'web')
        .resources?.limits,
    ).toEqual({ memory: '300Mi', cpu: '500m' });
  });

  it('on-failure is in a Job, never in the Pods of a Deployment', () => {
    const pod = podOf(translated(service('restart: on-failure:3')), 'web');
    expect(pod.restartPolicy).toBe('OnFailure');
    expect(objectsOf(translated(service('restart: on-failure:3')), 'Job')[0]?.spec.backoffLimit).toBe(3);
    expect(
      podOf(translated(service('restart: on-failure\nports: [80]')), 'web').restartPolicy,
    ).toBeUndefined();
  });

  it("groups and sysctls are the Pod's", () => {
    const pod = podOf(translated(service('group_add: [2000]\nsysctls: {net.ipv4.tcp_syncookies: 0}')), 'web');
    expect(pod.securityContext).toEqual({
      supplementalGroups: [2000],
      sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '0' }],
    });
    expect(pod.containers[0]?.securityContext).toBeUndefined();
  });

  it('services that share a volume share the claim', () => {
    const translation = translated(
      'services:\n  a: {image: x, volumes: ["data:/a"]}\n  b: {image: y, volumes: ["data:/b"]}\nvolumes: {data: }\n',
    );
    expect(
      objectsOf(translation, 'PersistentVolumeClaim').map(({ metadata, spec }) => [
        metadata.name,
        spec.accessModes,
      ]),
    ).toEqual([['data', ['ReadWriteOnce']]]);
    expect(translation.shared.objects.map(({ kind }) => kind)).toEqual(['PersistentVolumeClaim']);
    expect(caveatsOf(translation)).toContain('ReadWriteMany');
  });

  it('directories of data that services share are one claim too', () => {
    const translation = translated(
      'services:\n  a: {image: x, volumes: ["./uploads:/up"]}\n  b: {image: y, volumes: ["./uploads:/srv/up"]}\n',
    );
    expect(objectsOf(translation, 'PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual([
      'uploads',
    ]);
  });

  it('a health check is a readiness probe, and says that liveness would add restarts', () => {
    const translation = translated(
      service('healthcheck: {test: curl localhost, interval: 10s, start_period: 20s}'),
    );
    const { readinessProbe, livenessProbe, startupProbe } = containerOf(translation, 'web');
    expect(readinessProbe).toEqual({
      exec: { command: ['/bin/sh', '-c', 'curl localhost'] },
      periodSeconds: 10,
      timeoutSeconds: 30,
      failureThreshold: 3,
    });
    expect(livenessProbe).toBeUndefined();
    expect(startupProbe?.failureThreshold).toBe(5);
    expect(verdictOf(translation, 'healthcheck.test', 'web').why).toContain('restarts');
  });

  it('names are those that the API takes, and it is said where they have to be changed', () => {
    const translation = translated(
      'services:\n  front_end: {image: x, ports: [80]}\n  api: {image: y, environment: {FRONT_URL: "http://front_end:80/"}}\n',
    );
    expect(objectsOf(translation, 'Service').map(({ metadata }) => metadata.name)).toEqual(['front-end']);
    expect(caveatsOf(translation)).toContain('Change it in `environment.FRONT_URL` of `api`');
  });

  it('what has a field or a pattern is not called impossible', () => {
    const translation = translated(
      service(
        'dns: [1.1.1.1]\nextra_hosts: ["db:10.0.0.1"]\nsysctls: {net.core.somaxconn: 1024}\nsecurity_opt: ["no-new-privileges:true"]\nstop_signal: SIGQUIT\ndepends_on: {db: {condition: service_healthy}}',
      ).replace(/\n$/, '\n  db: {image: "postgres:16"}\n'),
    );
    const none = translation.services[0]?.verdicts
      .filter(({ grade }) => grade === 'none')
      .map(({ key }) => key);
    expect(none).toEqual([]);
    expect(podOf(translation, 'web').hostAliases).toEqual([{ ip: '10.0.0.1', hostnames: ['db'] }]);
    expect(containerOf(translation, 'web').lifecycle).toEqual({ stopSignal: 'SIGQUIT' });
  });
});

describe('a Service', () => {
  it("has the container's port, since others in compose use that, and forwards the published one", () => {
    const translation = translated(service('ports: ["8080:80"]'));
    expect(objectsOf(translation, 'Service')[0]?.spec.ports).toEqual([{ port: 80, targetPort: 80 }]);
    expect(translation.commands.at(-1)?.argv).toEqual(['kubectl', 'port-forward', 'service/web', '8080:80']);
  });

  it('has the ports that others connect to, and those known of an image', () => {
    const text =
      'services:\n  web: {image: x, environment: {A: "http://api:9000/", DB_HOST: db}}\n  api: {image: y, ports: ["80:3000"]}\n  db: {image: "mysql:8"}\n';
    const services = objectsOf(translated(text), 'Service').map(({ metadata, spec }) => [
      metadata.name,
      spec.ports?.map(({ port }) => port),
    ]);
    expect(services).toEqual([
      ['api', [3000, 9000]],
      ['db', [3306]],
    ]);
  });

  it('is headless where nobody knows a port, so that the name still leads to every port', () => {
    const translation = translated(
      'services:\n  web: {image: x, depends_on: [worker]}\n  worker: {image: y}\n',
    );
    expect(objectsOf(translation, 'Service').map(({ spec }) => spec)).toEqual([
      { clusterIP: 'None', selector: { app: 'worker' } },
    ]);
  });

  it('is not there where nobody asks for one', () => {
    expect(objectsOf(translated(service('restart: always')), 'Service')).toEqual([]);
  });

  it('is there once for each alias, and for a container_name that others use', () => {
    const translation = translated(
      'services:\n  web: {image: x, environment: {DB_HOST: the_db}, networks: [n]}\n  db: {image: "postgres:16", container_name: the_db, networks: {n: {aliases: [main]}}}\nnetworks: {n: }\n',
    );
    expect(
      objectsOf(translation, 'Service')
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(['db', 'main', 'the-db']);
  });

  it('is headless with endpoint_mode dnsrr', () => {
    expect(
      objectsOf(translated(service('ports: [80]\ndeploy: {endpoint_mode: dnsrr}')), 'Service')[0]?.spec
        .clusterIP,
    ).toBe('None');
  });
});

describe('depends_on', () => {
  const text = (condition: string, db = 'healthcheck: {test: pg_isready}'): string =>
    `services:\n  web: {image: x, depends_on: {db: {condition: ${condition}}}}\n  db: {image: "postgres:16", ${db}}\n`;

  it('service_healthy is an init container that waits for the Service', () => {
    const [waiter] = podOf(translated(text('service_healthy')), 'web').initContainers ?? [];
    expect(waiter).toEqual({
      name: 'wait-for-db',
      image: 'busybox:1.36',
      command: ['sh', '-c', 'until nc -z -w 2 db 5432; do echo waiting for db; sleep 2; done'],
    });
  });

  it('service_started is nothing, and says why', () => {
    const translation = translated(text('service_started'));
    expect(podOf(translation, 'web').initContainers).toBeUndefined();
    expect(verdictOf(translation, 'depends_on.db', 'web')).toMatchObject({
      grade: 'approximate',
      kubernetes: 'none',
    });
  });

  it('waits for a name where there is no port', () => {
    const translation = translated(
      'services:\n  web: {image: x, depends_on: {own: {condition: service_healthy}}}\n  own: {image: y, healthcheck: {test: z}}\n',
    );
    expect(podOf(translation, 'web').initContainers?.[0]?.command?.[2]).toContain('nslookup own.$$(cat ');
  });

  it('says that the health check of an image is not run', () => {
    expect(
      verdictOf(translated(text('service_healthy', 'restart: always')), 'depends_on.db', 'web').why,
    ).toContain('does not run that of an image');
  });
});

describe('networks', () => {
  it('that keep nobody out make no policies', () => {
    expect(objectsOf(translated(`${service('networks: [n]')}networks: {n: }\n`), 'NetworkPolicy')).toEqual(
      [],
    );
  });

  it('that separate are policies by labels, and published ports stay open', () => {
    const translation = translated(
      'services:\n  web: {image: x, ports: ["80:80"], networks: [front, back]}\n  db: {image: y, networks: [back]}\nnetworks: {front: , back: {internal: true}}\n',
    );
    expect(objectsOf(translation, 'NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual([
      'network-front',
      'network-back',
      'network-back-internal',
      'web-published',
    ]);
    expect(caveatsOf(translation)).toContain('network plugin that enforces');
  });

  it('that a service shares put its container into the same Pod', () => {
    const translation = translated(
      'services:\n  vpn: {image: x, ports: ["80:80"]}\n  app: {image: y, network_mode: "service:vpn", volumes: ["data:/data"]}\nvolumes: {data: }\n',
    );
    expect(podOf(translation, 'vpn').containers.map(({ name }) => name)).toEqual(['vpn', 'app']);
    expect(translation.services[1]?.objects).toEqual([]);
    expect(podOf(translation, 'vpn').volumes).toEqual([
      { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
    ]);
  });
});

describe('configs, secrets and files', () => {
  it('with their content in the file are ConfigMaps, others are made by commands', () => {
    const translation = translated(
      `${service('configs: [inline, {source: file, target: /etc/app.conf}]\nsecrets: [key, {source: token, mode: 0400}]\nenv_file: [a.env, {path: b.env, required: false}]')}configs: {inline: {content: "x=1"}, file: {file: ./app.conf}}\nsecrets: {key: {file: ./key.txt}, token: {environment: TOKEN}}\n`,
    );
    expect(objectsOf(translation, 'ConfigMap')).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'inline' }, data: { inline: 'x=1' } },
    ]);
    expect(
      translation.commands.map(({ argv }) => argv.join(' ')).filter((line) => line.includes('create')),
    ).toEqual([
      'kubectl create configmap file --from-file=file=./app.conf',
      'kubectl create secret generic key --from-file=key=./key.txt',
      'kubectl create secret generic token --from-literal=token=$TOKEN',
      'kubectl create secret generic a-env-file --from-env-file=./a.env',
      'kubectl create secret generic b-env-file --from-env-file=./b.env',
    ]);
    const { envFrom, volumeMounts } = containerOf(translation, 'web');
    expect(envFrom).toEqual([
      { secretRef: { name: 'a-env-file' } },
      { secretRef: { name: 'b-env-file', optional: true } },
    ]);
    expect(volumeMounts?.map(({ mountPath, subPath }) => [mountPath, subPath])).toEqual([
      ['/inline', 'inline'],
      ['/etc/app.conf', 'file'],
      ['/run/secrets/key', 'key'],
      ['/run/secrets/token', 'token'],
    ]);
  });

  it('that are bind mounts become what they look like', () => {
    const translation = translated(
      service(
        'volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro", "./src:/app", "./data:/var/lib/app", "/var/run/docker.sock:/var/run/docker.sock", "/proc:/host/proc:ro"]',
      ),
    );
    expect(translation.services[0]?.verdicts.slice(1).map(({ kubernetes }) => kubernetes)).toEqual([
      'ConfigMap, mounted as a file',
      'none',
      'PersistentVolumeClaim',
      'none',
      'hostPath',
    ]);
  });

  it('that are secrets in variables are in a Secret', () => {
    const translation = translated(service('environment: {DB_PASSWORD: hunter2, LEVEL: info, FROM_SHELL: }'));
    expect(objectsOf(translation, 'Secret')[0]?.stringData).toEqual({ DB_PASSWORD: 'hunter2' });
    expect(containerOf(translation, 'web').env?.map(({ name }) => name)).toEqual(['DB_PASSWORD', 'LEVEL']);
    expect(verdictOf(translation, 'environment.FROM_SHELL', 'web').grade).toBe('none');
  });
});

describe('deploy', () => {
  it('says how many, where, and how a new version comes', () => {
    const translation = translated(
      service(
        'deploy:\n  replicas: 3\n  update_config: {parallelism: 2, order: start-first, delay: 10s}\n  placement: {constraints: ["node.labels.disk == ssd", "node.role == manager"], max_replicas_per_node: 1}',
      ),
    );
    const [web] = objectsOf(translation, 'Deployment');
    expect(web?.spec).toMatchObject({
      replicas: 3,
      minReadySeconds: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } },
    });
    expect(web?.spec.template.spec).toMatchObject({
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'node-role.kubernetes.io/control-plane' }],
    });
  });
});

describe('a verdict', () => {
  it('is there for every key given, in the order of the file', () => {
    const text = service(
      'ports: ["8080:80", "3000-3002:3000-3002"]\nenvironment:\n  B: 1\n  A: 2\ncap_add: [NET_ADMIN]\nbuild: {context: ., args: {X: 1}}\nx-mine: 1\ndeploy: {resources: {limits: {cpus: "1"}}}',
    );
    expect(translated(text).services[0]?.verdicts.map(({ key, value, line }) => [key, value, line])).toEqual([
      ['image', 'nginx:1.27', 3],
      ['ports[0]', '8080:80', 4],
      ['ports[1]', '3000-3002:3000-3002', 4],
      ['environment.B', '1', 6],
      ['environment.A', '2', 7],
      ['cap_add[0]', 'NET_ADMIN', 8],
      ['build', 'context: ., args: X: 1', 9],
      ['build.context', '.', 9],
      ['build.args', 'X: 1', 9],
      ['x-mine', '1', 10],
      ['deploy.resources.limits.cpus', '1', 11],
    ]);
  });

  it('says something, with a page, for everything in the corpus', () => {
    for (const name of projects) {
      const { services, shared, commands, summary } = translateCompose(corpusProject(name), {
        kubernetes: '1.36',
      });
      for (const verdict of [...shared.verdicts, ...services.flatMap((each) => each.verdicts)]) {
        expect(verdict.why, `${name} ${verdict.key}`).toMatch(/^[^{}]*[.)]$|\{/s);
        expect(verdict.why, `${name} ${verdict.key}`).not.toContain('{value}');
        expect(verdict.sources.length, `${name} ${verdict.key}`).toBeGreaterThan(0);
        expect(verdict.line).toBeGreaterThan(0);
      }
      expect(summary).toMatch(/becomes? /);
      expect(commands.length).toBeGreaterThan(0);
    }
  });

  it('is there for every key of every service in the corpus', () => {
    for (const name of projects) {
      const project = corpusProject(name);
      const { services } = translateCompose(project, { kubernetes: '1.36' });
      for (const [index, { given }] of project.services.entries()) {
        const keys = new Set(services[index]?.verdicts.map(({ key }) => key.split(/[.[]/)[0]));
        const missing = [...given.entries].filter(
          ([key, { value }]) =>
            !keys.has(key) &&
            !(value.kind !== 'leaf' && ('items' in value ? value.items.length : value.entries.size) === 0),
        );
        expect(
          missing.map(([key]) => key),
          name,
        ).toEqual([]);
      }
    }
  });
});

describe('a project', () => {
  it('leaves out services of profiles that are not active, and says so', () => {
    const translation = translated('services:\n  a: {image: x}\n  b: {image: y, profiles: [debug]}\n');
    expect(translation.services.map(({ name }) => name)).toEqual(['a']);
    expect(translation.caveats.join()).toContain('`b` (debug)');
  });

  it('goes into the namespace that is named', () => {
    const project = corpusProject('web-db-cache');
    const translation = translateCompose(project, { kubernetes: '1.36', namespace: 'shop' });
    expect(
      new Set(
        [...translation.shared.objects, ...translation.services.flatMap(({ objects }) => objects)].map(
          ({ metadata }) => metadata.namespace,
        ),
      ),
    ).toEqual(new Set(['shop']));
    expect(translation.commands.map(({ argv }) => argv.join(' '))).toContain(
      'kubectl apply -f manifests.yaml -n shop',
    );
  });

  it('of 200 services takes a fraction of a second', () => {
    const one = (at: number): string =>
      `  s${at}:\n    image: registry.example.com/s:${at}\n    restart: unless-stopped\n    ports: ["${8000 + at}:80"]\n    environment: {DATABASE_URL: "postgres://db:5432/x", A: one}\n    volumes: ["data${at % 20}:/data"]\n    depends_on: [s${at + 1}]\n`;
    const text = `services:\n${Array.from({ length: 200 }, (_, at) => one(at)).join('')}  s200: {image: x}\nvolumes:\n${Array.from({ length: 20 }, (_, at) => `  data${at}:\n`).join('')}`;
    const before = process.cpuUsage();
    const translation = translated(text);
    expect(translation.services).toHaveLength(201);
    const { user, system } = process.cpuUsage(before);
    // Three translations and their checks; a fifth of a second for one is the aim of a quiet machine.
    expect((user + system) / 1000).toBeLessThan(6000);
  });
});
