import { describe, expect, it } from 'vitest';
import { loadCompose } from '../../../src/docker/compose/load.ts';
import { translateCompose } from '../../../src/mapping/translate-compose.ts';
import { caveatsOf, containerOf, objectsOf, podOf, translated, verdictOf } from './translated.ts';

// What the API does with each stands in the pages that the rules name; `translated` holds every object against
// the schema and the validation rules of the API server.

/** A project of one service, and what else is at the top. */
const project = (keys: string, top = ''): string =>
  `services:\n  web:\n    image: nginx:1.27\n${keys.replace(/^/gm, '    ')}\n${top}`;

type Row = readonly [keys: string, verdict: string, grade: string, kubernetes: string, why: string];

const rows: readonly Row[] = [
  [
    'deploy: {labels: {app: mine}}',
    'deploy.labels.app',
    'approximate',
    'metadata.annotations',
    'yours is an annotation',
  ],
  [
    'deploy: {labels: {a: "b c"}}',
    'deploy.labels.a',
    'approximate',
    'metadata.annotations',
    'none that a label can have',
  ],
  ['deploy: {labels: {"a b": c}}', 'deploy.labels.a b', 'none', 'none', 'no key of a label or annotation'],
  ['deploy: {mode: global-job}', 'deploy.mode', 'approximate', 'Job', 'On every node once'],
  ['deploy: {mode: none}', 'deploy.mode', 'none', 'none', 'no mode that Swarm knows'],
  ['restart: "no"', 'restart', 'exact', 'Job restartPolicy: Never', '`backoffLimit: 0` allows none'],
  ['ulimits: {nproc: 3}', 'ulimits.nproc', 'none', 'none', 'nproc=3'],
  ['labels: {"a b": c}', 'labels.a b', 'none', 'none', 'contains whitespaces'],
  ['labels: {"a!b": c}', 'labels.a!b', 'none', 'none', 'no key of a label or annotation'],
  ['environment: {ä: b}', 'environment.ä', 'none', 'none', 'printable ASCII only'],
  [
    'deploy: {resources: {reservations: {cpus: "0"}}}',
    'deploy.resources.reservations.cpus',
    'exact',
    'the default',
    'reserves nothing',
  ],
  [
    'deploy: {resources: {reservations: {cpus: "2"}, limits: {cpus: "1"}}}',
    'deploy.resources.reservations.cpus',
    'none',
    'none',
    'more than the limit, which the API refuses',
  ],
  [
    'cpus: 1\ndeploy: {resources: {reservations: {cpus: "0.5"}}}',
    'deploy.resources.reservations.cpus',
    'exact',
    'resources.requests.cpu',
    '`500m`',
  ],
  [
    'restart: on-failure\ndeploy: {restart_policy: {condition: any}}',
    'deploy.restart_policy.condition',
    'exact',
    'Deployment',
    'starts its Pods again whatever',
  ],
  [
    'deploy: {mode: replicated-job, restart_policy: {condition: any}}',
    'deploy.restart_policy.condition',
    'none',
    'Job',
    'refuses `Always` in a Job',
  ],
  [
    'deploy: {mode: replicated-job, restart_policy: {condition: none, max_attempts: 3}}',
    'deploy.restart_policy.condition',
    'exact',
    'Job restartPolicy: Never',
    'does not start the container again',
  ],
  [
    'deploy: {mode: replicated-job, restart_policy: {condition: on-failure, max_attempts: 3}}',
    'deploy.restart_policy.max_attempts',
    'exact',
    'Job spec.backoffLimit',
    '`backoffLimit: 3`',
  ],
  [
    'deploy: {restart_policy: {max_attempts: 3}}',
    'deploy.restart_policy.max_attempts',
    'none',
    'Job spec.backoffLimit',
    'Only a Job counts',
  ],
  [
    'deploy: {placement: {max_replicas_per_node: 0}}',
    'deploy.placement.max_replicas_per_node',
    'exact',
    'the default',
    'no limit',
  ],
  [
    'deploy: {placement: {max_replicas_per_node: 2}}',
    'deploy.placement.max_replicas_per_node',
    'none',
    'none',
    'A limit of 2 Pods a node',
  ],
  [
    'deploy: {placement: {preferences: [{spread: node.labels.zone}]}}',
    'deploy.placement.preferences[0]',
    'approximate',
    'spec.topologySpreadConstraints',
    'the label `zone`',
  ],
  [
    'deploy: {placement: {preferences: [{spread: node.weather}]}}',
    'deploy.placement.preferences[0]',
    'none',
    'none',
    'no `node.weather` to be spread over',
  ],
  [
    'deploy: {placement: {preferences: [{spread: "node.labels.a b"}]}}',
    'deploy.placement.preferences[0]',
    'none',
    'none',
    'no `node.labels.a b`',
  ],
  [
    'deploy: {placement: {constraints: ["node.weather == fine"]}}',
    'deploy.placement.constraints[0]',
    'none',
    'none',
    'Nodes have no `node.weather`',
  ],
  [
    'deploy: {placement: {constraints: ["fine"]}}',
    'deploy.placement.constraints[0]',
    'none',
    'none',
    '`fine` is no constraint',
  ],
  [
    'deploy: {placement: {constraints: ["node.labels.a == b c!"]}}',
    'deploy.placement.constraints[0]',
    'none',
    'none',
    'nothing that a label can say',
  ],
  [
    'deploy: {placement: {constraints: ["node.platform.arch == x86_64"]}}',
    'deploy.placement.constraints[0]',
    'exact',
    'spec.nodeSelector',
    '`kubernetes.io/arch=amd64`',
  ],
  [
    'deploy: {placement: {constraints: ["node.platform.arch == riscv64"]}}',
    'deploy.placement.constraints[0]',
    'exact',
    'spec.nodeSelector',
    '`kubernetes.io/arch=riscv64`',
  ],
  [
    'deploy: {placement: {constraints: ["node.labels.a == b", "node.labels.a == c"]}}',
    'deploy.placement.constraints[1]',
    'exact',
    'spec.affinity.nodeAffinity',
    'with `a=c` only',
  ],
  [
    'deploy: {placement: {constraints: ["node.labels.a != b"]}}',
    'deploy.placement.constraints[0]',
    'exact',
    'spec.affinity.nodeAffinity',
    'without `a=b` only',
  ],
  [
    'deploy: {placement: {constraints: ["node.role == boss"]}}',
    'deploy.placement.constraints[0]',
    'none',
    'none',
    'no role of a node in Swarm',
  ],
  [
    'deploy: {placement: {constraints: ["node.role != manager"]}}',
    'deploy.placement.constraints[0]',
    'exact',
    'spec.affinity.nodeAffinity',
    'A worker is a node without',
  ],
  [
    'deploy: {resources: {reservations: {devices: [{capabilities: [tpu]}]}}}',
    'deploy.resources.reservations.devices[0]',
    'none',
    'none',
    'capabilities tpu',
  ],
  [
    'deploy: {resources: {reservations: {devices: [{driver: x}]}}}',
    'deploy.resources.reservations.devices[0]',
    'none',
    'none',
    'capabilities none',
  ],
  [
    'deploy: {resources: {reservations: {devices: [{capabilities: [gpu], driver: amd, count: 2}]}}}',
    'deploy.resources.reservations.devices[0]',
    'approximate',
    'resources.limits `amd.com/gpu`',
    '2 of `amd.com/gpu`',
  ],
  [
    'deploy: {resources: {reservations: {devices: [{capabilities: [gpu], device_ids: ["0", "3"]}]}}}',
    'deploy.resources.reservations.devices[0]',
    'approximate',
    'resources.limits `nvidia.com/gpu`',
    'Which ones (0, 3) cannot be chosen',
  ],
  [
    'deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: all}]}}}',
    'deploy.resources.reservations.devices[0]',
    'approximate',
    'resources.limits `nvidia.com/gpu`',
    '1 is an assumption',
  ],
  [
    'deploy: {update_config: {failure_action: continue}}',
    'deploy.update_config.failure_action',
    'none',
    'none',
    'goes on only as far as new Pods become ready',
  ],
  [
    'deploy: {update_config: {failure_action: rollback}}',
    'deploy.update_config.failure_action',
    'none',
    '`kubectl rollout undo`',
    'does not go back by itself',
  ],
  [
    'deploy: {update_config: {failure_action: pause}}',
    'deploy.update_config.failure_action',
    'exact',
    'the way a rollout stops',
    'stops by itself',
  ],
  [
    'deploy: {update_config: {order: stop-first, parallelism: 0}}',
    'deploy.update_config.order',
    'exact',
    'strategy.rollingUpdate',
    '`maxUnavailable: 100%`',
  ],
  [
    'deploy: {update_config: {delay: 0s}}',
    'deploy.update_config.delay',
    'exact',
    'the default',
    'no time to wait',
  ],
  [
    'deploy: {mode: replicated-job, update_config: {order: start-first, monitor: 5s}}',
    'deploy.update_config.order',
    'none',
    'none',
    'A Job is not updated',
  ],
  [
    'deploy: {mode: replicated-job, update_config: {monitor: 5s}}',
    'deploy.update_config.monitor',
    'none',
    'none',
    'A Job is not updated',
  ],
  ['deploy: {mode: global}\nscale: 1', 'scale', 'none', 'none', 'one Pod on every node'],
  ['restart: always\nscale: 3', 'scale', 'exact', 'spec.replicas', '`replicas: 3`'],
  [
    'restart: "no"\nscale: 2',
    'scale',
    'exact',
    'Job spec.completions, spec.parallelism',
    '2 Pods run to their end',
  ],
  ['post_start: [{command: []}]', 'post_start[0]', 'none', 'none', 'has no command'],
  [
    'post_start: [{command: [a, "b c"]}, {command: []}, {command: [d], working_dir: /x, environment: {A: "b c", N: }}]',
    'post_start[2]',
    'approximate',
    'lifecycle.postStart',
    'joined in a shell',
  ],
  [
    'pre_stop: [{command: [a], user: root, privileged: true}]',
    'pre_stop[0]',
    'approximate',
    'lifecycle.preStop',
    '`user` and `privileged` of a hook have no field',
  ],
  ['ulimits: {nofile: {soft: 1, hard: 2}, nproc: 3}', 'ulimits.nofile', 'none', 'none', '1:2'],
  ['extra_hosts: ["db:10.0.0.1"]', 'extra_hosts[0]', 'exact', 'spec.hostAliases', '10.0.0.1'],
  ['extra_hosts: {db: [10.0.0.1, 10.0.0.2]}', 'extra_hosts.db', 'exact', 'spec.hostAliases', '10.0.0.1'],
  ['gpus: all', 'gpus', 'approximate', 'resources.limits `nvidia.com/gpu`', '1 of `nvidia.com/gpu`'],
  [
    'gpus: [{count: 2, driver: amd}]',
    'gpus',
    'approximate',
    'resources.limits `amd.com/gpu`',
    '2 of `amd.com/gpu`',
  ],
  [
    'gpus: [{device_ids: ["0", "1"]}]',
    'gpus',
    'approximate',
    'resources.limits `nvidia.com/gpu`',
    '2 of `nvidia.com/gpu`',
  ],
  ['expose: ["0"]', 'expose[0]', 'none', 'none', 'no port that a Pod can have'],
  ['expose: ["3000-3005/udp"]', 'expose[0]', 'exact', 'Service spec.ports', '`3000-3005/udp`'],
  [
    'expose: ["1-5000"]',
    'expose[0]',
    'approximate',
    'Service with `clusterIP: None`',
    'lists its ports one by one, and these are 5000',
  ],
  [
    'ports: ["1-5000:1-5000"]',
    'ports[0]',
    'approximate',
    'Service with `clusterIP: None`',
    'lists its ports one by one, and these are 5000',
  ],
  ['ports: [{target: 0}]', 'ports[0]', 'none', 'none', 'no such port in a Pod'],
  [
    'ports: ["192.0.2.7:80:80"]',
    'ports[0]',
    'approximate',
    'Service spec.ports, `kubectl port-forward`',
    'One address of one machine, 192.0.2.7, has no counterpart',
  ],
  [
    'ports: [{target: 80, published: "8080-8090", mode: host}]',
    'ports[0]',
    'approximate',
    'Service spec.ports, `kubectl port-forward`',
    'Docker would pick one of 8080-8090',
  ],
  [
    'ports: ["53:53/udp"]',
    'ports[0]',
    'approximate',
    'Service spec.ports, `kubectl port-forward`',
    'UDP from outside of the cluster',
  ],
  [
    'network_mode: none\nports: ["80:80"]',
    'ports[0]',
    'approximate',
    'Service spec.ports, `kubectl port-forward`',
    'Port 80',
  ],
  ['entrypoint: []', 'entrypoint', 'none', 'none', 'Write the words of the CMD as `command`'],
  ['entrypoint:', 'entrypoint', 'exact', 'the default', "image's ENTRYPOINT counts"],
  ['entrypoint: []\ncommand: [a]', 'entrypoint', 'exact', 'containers.command', 'a'],
  [
    'volumes: [{type: npipe, source: x, target: /y}]',
    'volumes[0]',
    'none',
    'none',
    'a named pipe of Windows',
  ],
  [
    'volumes_from: ["container:far:ro"]',
    'volumes_from[0]',
    'none',
    'none',
    '`far` is a container outside of this project',
  ],
  [
    'volumes: [{type: bind, source: ./logs, target: /logs, read_only: true, bind: {recursive: readonly, selinux: z, propagation: rshared}}]',
    'volumes[0]',
    'approximate',
    'PersistentVolumeClaim',
    '`z` is not needed',
  ],
  [
    'labels: {app: mine}',
    'labels.app',
    'approximate',
    'metadata.annotations',
    '`app` is the label by which the Service finds the Pods',
  ],
  [
    'labels: {app: "two words"}',
    'labels.app',
    'approximate',
    'metadata.annotations',
    'yours is an annotation',
  ],
  [
    'labels: {traefik.enable: "true"}',
    'labels.traefik.enable',
    'exact',
    'metadata.labels',
    'Traefik reads no labels of Pods',
  ],
  ['environment: {A: "$$(B) $$$$x"}', 'environment.A', 'exact', 'containers.env', 'such a dollar is doubled'],
  ['environment: {A: }', 'environment.A', 'none', 'none', 'does not set it either'],
  ['environment: {A: 1000000}', 'environment.A', 'exact', 'containers.env', 'compose read a number'],
  [
    'env_file: [a.env, {path: b.env, required: false}]',
    'env_file[1]',
    'approximate',
    'Secret, containers.envFrom',
    'Of several files the last one wins',
  ],
  ['healthcheck: {test: [CMD]}', 'healthcheck.test', 'none', 'none', 'An empty command checks nothing'],
  ['healthcheck: {interval: 5s}', 'healthcheck.interval', 'none', 'none', 'Give the `test` too'],
  [
    'healthcheck: {disable: true, timeout: 5s}',
    'healthcheck.timeout',
    'exact',
    'the way Kubernetes is',
    'No check is run',
  ],
  [
    'healthcheck: {test: a, timeout: 0s}',
    'healthcheck.timeout',
    'exact',
    'readinessProbe.timeoutSeconds',
    "docker's default, 30 s",
  ],
  [
    'healthcheck: {test: a, interval: 1500ms}',
    'healthcheck.interval',
    'approximate',
    'readinessProbe.periodSeconds',
    'rounded up',
  ],
  [
    'restart: "no"\nhealthcheck: {test: a, retries: 0}',
    'healthcheck.retries',
    'exact',
    'readinessProbe.failureThreshold',
    '`failureThreshold: 3`',
  ],
];

describe('a key of a service', () => {
  it.each(rows)('%j: %s is %s, %s', (keys, key, grade, kubernetes, why) => {
    const verdict = verdictOf(translated(project(keys)), key, 'web');
    expect([verdict.grade, verdict.kubernetes]).toEqual([grade, kubernetes]);
    expect(verdict.why).toContain(why);
  });
});

describe('what comes of several keys', () => {
  it('is one affinity of all constraints, and no two Pods on a node', () => {
    const pod = podOf(
      translated(
        project(
          'deploy: {placement: {max_replicas_per_node: 1, constraints: ["node.role == manager", "node.labels.a != b", "node.role != worker"], preferences: [{spread: node.labels.zone}, {spread: node.labels.zone}]}}',
        ),
      ),
      'web',
    );
    const controlPlane = { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' };
    expect(
      pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms,
    ).toEqual([
      { matchExpressions: [controlPlane, { key: 'a', operator: 'NotIn', values: ['b'] }, controlPlane] },
    ]);
    expect(pod.tolerations).toEqual([{ ...controlPlane, effect: 'NoSchedule' }]);
    expect(pod.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
    expect(pod.topologySpreadConstraints).toHaveLength(1);
  });

  it('is one hook of all commands', () => {
    const { lifecycle } = containerOf(
      translated(
        project(
          'post_start: [{command: [a, "b c"]}, {command: []}, {command: [d], working_dir: /x y, environment: {A: "b c", N: }}]\npre_stop: [{command: [e, "it\'s"]}]',
        ),
      ),
      'web',
    );
    expect(lifecycle).toEqual({
      postStart: { exec: { command: ['/bin/sh', '-c', "a 'b c' && (cd '/x y' && env A='b c' d)"] } },
      preStop: { exec: { command: ['e', "it's"] } },
    });
  });

  it('is an init container for each that runs before', () => {
    const { initContainers } = podOf(
      translated(
        project(
          'pre_start: [{command: [a, "$$(B)"], image: own, working_dir: /x, user: "5", environment: {A: b, N: }}, {command: [], user: root}]',
        ),
      ),
      'web',
    );
    expect(initContainers).toEqual([
      {
        name: 'before-web-1',
        image: 'own',
        args: ['a', '$$(B)'],
        workingDir: '/x',
        env: [{ name: 'A', value: 'b' }],
        securityContext: { runAsUser: 5 },
      },
      { name: 'before-web-2', image: 'nginx:1.27' },
    ]);
  });

  it('waits in a Deployment of one by one, and not in what has no rollout', () => {
    const text = project(
      'deploy: {update_config: {order: stop-first, parallelism: 0, delay: 3s, monitor: 5s}}',
    );
    expect(objectsOf(translated(text), 'Deployment')[0]?.spec).toMatchObject({
      minReadySeconds: 5,
      strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' } },
    });
    const database =
      'services:\n  db: {image: "postgres:16", volumes: ["data:/var/lib/postgresql/data"], scale: 2, deploy: {update_config: {order: start-first, delay: 3s}}}\nvolumes: {data: }\n';
    const translation = translated(database);
    expect(objectsOf(translation, 'StatefulSet')[0]?.spec.minReadySeconds).toBe(3);
    expect(verdictOf(translation, 'deploy.update_config.order', 'db')).toMatchObject({
      grade: 'none',
      kubernetes: 'updateStrategy',
    });
    expect(caveatsOf(translation)).toContain('as many databases, not copies of one');
    expect(caveatsOf(translation)).not.toContain('Several Pods mount the claim');
  });

  it('says of a restart with its dependency that nothing does it', () => {
    const translation = translated(
      project('depends_on: {db: {condition: service_started, restart: true}}', '  db: {image: redis}\n'),
    );
    expect(verdictOf(translation, 'depends_on.db', 'web').why).toContain(
      '`restart: true` has no counterpart',
    );
  });

  it('waits for none that runs in the same Pod', () => {
    const translation = translated(
      'services:\n  vpn: {image: a, ports: ["80:80"]}\n' +
        '  side: {image: b, network_mode: "service:vpn"}\n  twin: {image: c, network_mode: "service:vpn", depends_on: {side: {condition: service_healthy}}}\n' +
        '  web: {image: d, depends_on: {side: {condition: service_healthy}}}\n',
    );
    expect(verdictOf(translation, 'depends_on.side', 'twin').why).toContain('runs in the same Pod');
    expect(podOf(translation, 'web').initContainers?.[0]?.name).toBe('wait-for-side');
  });

  it('is the share, the memory or the directory that the options of a volume name', () => {
    const translation = translated(
      project(
        'volumes: ["nfs:/n", "root:/r", "mem:/m", "dir:/d", "own:/o", "half:/h"]',
        `volumes:
  nfs: {driver_opts: {type: nfs4, o: "addr=10.0.0.9,rw", device: ":/export"}}
  root: {driver_opts: {type: nfs, o: addr=10.0.0.9, device: ":"}}
  mem: {driver_opts: {type: tmpfs, o: "size=1m", device: tmpfs}}
  dir: {driver_opts: {type: none, o: bind, device: /srv/}}
  own: {driver: rexray, labels: {a: b, "c d": e}}
  half: {driver_opts: {type: nfs}}
`,
      ),
    );
    const volumes = podOf(translation, 'web').volumes ?? [];
    expect(volumes.map(({ name: _, ...volume }) => volume)).toEqual([
      { nfs: { server: '10.0.0.9', path: '/export' } },
      { nfs: { server: '10.0.0.9', path: '/' } },
      { emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
      { hostPath: { path: '/srv', type: 'DirectoryOrCreate' } },
      { persistentVolumeClaim: { claimName: 'own' } },
      { persistentVolumeClaim: { claimName: 'half' } },
    ]);
    expect(objectsOf(translation, 'PersistentVolumeClaim')[0]?.metadata.labels).toMatchObject({ a: 'b' });
    expect(caveatsOf(translation)).toContain('The volume driver `rexray` is one of docker');
    expect(
      ['nfs', 'mem', 'dir', 'own'].map((name) => verdictOf(translation, `volumes.${name}`).kubernetes),
    ).toEqual(['volumes.nfs', 'emptyDir with `medium: Memory`', 'hostPath', 'PersistentVolumeClaim']);
    expect(verdictOf(translation, 'volumes.nfs').why).toContain('no claim is made for it');
  });

  it('is a file of a config where it is asked for, with its mode', () => {
    const translation = translated(
      project(
        'user: "5"\nconfigs: [one, {source: two, target: sub/two.conf, mode: 0400}, {source: one, target: "/a:b"}]\nsecrets: [{source: key, target: k, uid: "1"}, {source: key, target: /one}]',
        'configs: {one: {content: x}, two: {content: y}}\nsecrets: {key: {file: key.txt}}\n',
      ),
    );
    expect(containerOf(translation, 'web').volumeMounts?.map(({ mountPath }) => mountPath)).toEqual([
      '/one',
      '/sub/two.conf',
      '/run/secrets/k',
    ]);
    expect(verdictOf(translation, 'configs[2]', 'web').why).toContain('cannot hold a colon');
    expect(verdictOf(translation, 'secrets[1]', 'web').why).toContain('mounted at `/one` already');
    expect(verdictOf(translation, 'secrets[0]', 'web')).toMatchObject({ grade: 'approximate' });
    expect(caveatsOf(translation)).toContain('has the mode 0400 and belongs to root');
  });

  it('is a build with all that it is given', () => {
    const { commands } = translated(
      `services:
  web:
    build: {context: src, dockerfile: Build, target: dev, args: {A: b, C: }, secrets: [key], ssh: [default], platforms: [linux/amd64, linux/arm64], no_cache: true, pull: true, additional_contexts: {base: ./base}}
secrets: {key: {file: k}}
`,
      '1.36',
      { env: {} },
    );
    expect(commands[0]?.argv.join(' ')).toBe(
      'docker build --tag shop-web --file ./src/Build --target dev --platform linux/amd64,linux/arm64 --build-arg A=b --secret id=key --ssh default --build-context base=./base --no-cache --pull ./src',
    );
  });

  it('is nothing to keep where a mount of another is no volume', () => {
    const translation = translated(
      project(
        'volumes_from: [a, "b:ro"]',
        '  a: {image: x, volumes: ["./src:/s"]}\n  b: {image: y, volumes: ["data:/d", "/e"]}\nvolumes: {data: }\n',
      ),
    );
    expect(verdictOf(translation, 'volumes_from[0]', 'web')).toMatchObject({ grade: 'none' });
    expect(verdictOf(translation, 'volumes_from[1]', 'web').why).toContain(
      'Its other mounts are not repeated',
    );
    expect(containerOf(translation, 'web').volumeMounts).toEqual([
      { name: 'data', mountPath: '/d', readOnly: true },
    ]);
  });
});

describe('the whole of a project', () => {
  it('waits for no more Jobs in a row than one can follow', () => {
    const chain = Array.from(
      { length: 15 },
      (_, at) =>
        `  s${at}: {image: a, restart: "no"${at === 0 ? '' : `, depends_on: {s${at - 1}: {condition: service_completed_successfully}}`}}\n`,
    );
    const [apply] = translated(`services:\n${chain.join('')}`).commands;
    expect(apply?.argv.join(' ')).toBe('kubectl apply -f manifests.yaml');
    expect(apply?.why).toContain('The Jobs wait for each other 15 deep');
  });

  it('without services has no workloads, and nothing is said of those', () => {
    const translation = translated('configs: {a: {content: b}}\n');
    expect(translation.summary).toBe(
      '0 services become 1 ConfigMap. Each service has a workload of its own, and the Service that it is found by keeps its name.',
    );
    expect(translation.caveats).toEqual([]);
  });

  it('puts what guests of a Pod say of it together', () => {
    const translation = translated(
      'services:\n  web: {image: a, group_add: [5], sysctls: {net.core.somaxconn: 1024}, ports: ["80:80"], networks: [n]}\n' +
        '  side: {image: b, network_mode: "service:web", group_add: [6], sysctls: {net.core.somaxconn: 5, net.ipv4.ip_unprivileged_port_start: 0}}\nnetworks: {n: {internal: true}}\n',
    );
    expect(podOf(translation, 'web').securityContext).toEqual({
      supplementalGroups: [5, 6],
      sysctls: [
        { name: 'net.core.somaxconn', value: '1024' },
        { name: 'net.ipv4.ip_unprivileged_port_start', value: '0' },
      ],
    });
  });

  it('is a Job where a script says that it ends', () => {
    const kindOf = (command: string) =>
      translated(project(`command: ${command}`)).services.map(({ kind }) => kind);
    expect(kindOf('["sh", "-c", "work; exit 0"]')).toEqual(['Job']);
    expect(kindOf('["sh", "-c", "while work; do exit 0; done"]')).toEqual(['Deployment']);
    expect(kindOf('["sleep", "5"]')).toEqual(['Job']);
    expect(kindOf('["sleep", "infinity"]')).toEqual(['Deployment']);
  });

  it('has the namespace in the lines of kubectl alone', () => {
    const built = loadCompose({
      files: [{ path: '/shop/compose.yaml', text: 'services: {web: {build: .}}\n' }],
    });
    const { commands } = translateCompose(built, { kubernetes: '1.36', namespace: 'shop' });
    expect(commands.map(({ argv }) => [argv[0], argv.includes('-n')])).toEqual([
      ['docker', false],
      ['docker', false],
      // The namespace itself is in none.
      ['kubectl', false],
      ['kubectl', true],
    ]);
  });
});

describe('a key at the top', () => {
  it.each<Row>([
    ['volumes: ["data:/d"]', 'volumes.data.external', 'exact', 'the default', 'of this project'],
    ['networks: [n]', 'networks.n.external', 'exact', 'nothing', 'of this project'],
    ['networks: [n]', 'networks.n.internal', 'exact', 'the default', 'There is a way out'],
    ['networks: [n]', 'networks.n.driver', 'exact', 'the network of all Pods', 'What `overlay` does'],
    ['networks: [m]', 'networks.m.driver', 'none', 'none', '`macvlan` is a driver of docker'],
    ['configs: [c]', 'configs.c.external', 'exact', 'the default', 'belongs to this project'],
    ['configs: [e]', 'configs.e.name', 'exact', 'ConfigMap metadata.name', 'called as it is'],
    ['secrets: [s]', 'secrets.s.name', 'none', 'none', 'its name in docker'],
    ['volumes: ["data:/d"]', 'volumes.data.driver', 'exact', 'the default', "docker's own driver"],
    ['volumes: ["data:/d"]', 'volumes.u', 'exact', 'nothing', 'No service mounts it'],
  ])('%j: %s is %s, %s', (keys, key, grade, kubernetes, why) => {
    const top = `volumes: {data: {external: false, driver: local}, u: }
networks: {n: {external: false, internal: false, driver: overlay}, m: {driver: macvlan}}
configs: {c: {external: false, content: x}, e: {external: true, name: far}}
secrets: {s: {name: other, file: f}}
`;
    const verdict = verdictOf(translated(project(keys, top)), key);
    expect([verdict.grade, verdict.kubernetes]).toEqual([grade, kubernetes]);
    expect(verdict.why).toContain(why);
  });
});
