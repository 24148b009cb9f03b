import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandGrammar, type FlagGrammar } from '../../../src/docker/grammar.ts';
import { DockerRefusal } from '../../../src/docker/refusal.ts';
import { joinWords, quoteWord, splitWords } from '../../../src/docker/words.ts';
import { parseKubectl } from '../../../src/kubernetes/parse.ts';
import { translateServiceCreate } from '../../../src/mapping/swarm/translate-service.ts';
import { translateLine } from '../../../src/mapping/translate.ts';
import type { Translation } from '../../../src/mapping/translation.ts';
import { openCourse } from '../../fixtures/course.ts';
import { sampleValues } from '../run/sample-values.ts';
import { faultsOf, objectOf } from '../run/translated.ts';

const row = openCourse().commandRow('docker service create');

/** A line in Kubernetes; its objects are ones that the API takes, its commands ones that kubectl takes. */
function soundly(line: string): Translation {
  const [, translation] = (['1.32', '1.36'] as const).map((kubernetes) => {
    const translateService = translateServiceCreate;
    const made = translateLine(splitWords(line).words, line, { kubernetes, translateService }, () => row);
    expect(faultsOf(made, kubernetes)).toEqual([]);
    for (const { argv } of made.commands) expect(() => parseKubectl(joinWords(argv).words)).not.toThrow();
    return made;
  });
  if (!translation) throw new Error('nothing was made');
  return translation;
}

const kinds = ({ objects }: Translation): string[] =>
  objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
const typed = ({ commands }: Translation): string[] => commands.map(({ argv }) => argv.join(' '));

describe('a service of Swarm', () => {
  it('becomes a Deployment, and a Service that listens on every node', () => {
    const made = soundly('docker service create --name web --replicas 3 -p 80:80 nginx:1.28');
    expect(made.summary).toBe(
      'A Deployment, `web`, because it keeps tasks running, as many as were asked for. With it comes the Service `web`.',
    );
    expect(typed(made)).toEqual([
      'kubectl apply -f web.yaml',
      'kubectl rollout status deployment/web',
      'kubectl get service web',
    ]);
    expect(objectOf(made, 'Deployment').spec.replicas).toBe(3);
    expect(objectOf(made, 'Service').spec).toMatchObject({
      type: 'NodePort',
      ports: [{ port: 80, targetPort: 80 }],
    });
  });

  it.each<[string, string, string[]]>([
    ['--mode global', 'DaemonSet', ['kubectl rollout status daemonset/x']],
    ['--mode replicated', 'Deployment', ['kubectl rollout status deployment/x']],
    ['--mode replicated-job', 'Job', ['kubectl wait --for=condition=complete job/x --timeout=10m']],
    ['--mode global-job', 'Job', ['kubectl wait --for=condition=complete job/x --timeout=10m']],
    ['--restart-condition none', 'Job', ['kubectl wait --for=condition=complete job/x --timeout=10m']],
    ['--restart-condition none -p 80', 'Deployment', []],
    ['--detach', 'Deployment', []],
    // Swarm starts it again, whatever it does.
    ['--restart-condition any', 'Deployment', ['kubectl rollout status deployment/x']],
  ])('with %s is a %s', (flags, kind, waits) => {
    const made = soundly(`docker service create --name x ${flags} alpine:3.20 true`);
    expect(made.objects.map((each) => each.kind)).toContain(kind);
    expect(made.summary).toMatch(new RegExp(`^An? ${kind}, \`x\`, because `));
    expect(typed(made)).toEqual(expect.arrayContaining(['kubectl apply -f x.yaml', ...waits]));
  });

  it('publishes a port of the node where one can be asked for, and on the node of the task with mode=host', () => {
    const made = soundly(
      'docker service create --name x -p 30080:80 -p 8000:81/udp --publish published=8443,target=443,mode=host nginx:1.28',
    );
    expect(objectOf(made, 'Service').spec.ports).toMatchObject([
      { port: 80, nodePort: 30080 },
      { port: 81, protocol: 'UDP' },
      { port: 443 },
    ]);
    expect(objectOf(made, 'Service').spec.ports?.[1]).not.toHaveProperty('nodePort');
    const [container] = objectOf(made, 'Deployment').spec.template.spec.containers;
    expect(container?.ports).toMatchObject([
      { containerPort: 80 },
      { containerPort: 81 },
      { containerPort: 443, hostPort: 8443 },
    ]);
  });

  it.each([
    ['--replicas 10 --max-concurrent 2', { completions: 10, parallelism: 2 }],
    // Without it Swarm starts all of them at once.
    ['--replicas 4', { completions: 4, parallelism: 4 }],
  ])('runs as many tasks of a job at a time as %s says', (flags, spec) => {
    const made = soundly(`docker service create --name x --mode replicated-job ${flags} alpine:3.20 true`);
    expect(objectOf(made, 'Job').spec).toMatchObject(spec);
  });

  it('replaces what is unhealthy, as Swarm does', () => {
    const made = soundly(
      "docker service create --name x --health-cmd 'curl -f localhost' --health-interval 5s nginx:1.28",
    );
    const [container] = objectOf(made, 'Deployment').spec.template.spec.containers;
    expect(container?.livenessProbe).toMatchObject({ periodSeconds: 5 });
    expect(container?.livenessProbe).toEqual(container?.readinessProbe);
  });

  it('has its secrets and configs made first', () => {
    const made = soundly(
      'docker service create --name db --secret source=pw,target=/run/pw,mode=0400 --config my_conf postgres:16',
    );
    expect(typed(made).slice(0, 3)).toEqual([
      'kubectl create configmap my-conf --from-file=my_conf',
      'kubectl create secret generic pw --from-file=pw',
      'kubectl apply -f db.yaml',
    ]);
  });

  it('mounts what every node has from the node, and data from a claim', () => {
    const logs = soundly(
      'docker service create --name x --mode global --mount type=bind,src=/var/log,dst=/logs,readonly fluentd:1.16',
    );
    expect(kinds(logs)).toEqual(['DaemonSet/x']);
    expect(objectOf(logs, 'DaemonSet').spec.template.spec.volumes).toEqual([
      { name: 'var-log', hostPath: { path: '/var/log', type: 'Directory' } },
    ]);
    const data = soundly('docker service create --name x --mount src=data,dst=/data nginx:1.28');
    expect(kinds(data)).toEqual(['PersistentVolumeClaim/data', 'Deployment/x']);
  });

  it('keeps dollars as they are, and says what the shell knows', () => {
    const made = soundly("docker service create --name x -e A -e 'B=$C' -e D=$E alpine:3.20 echo '$HOME'");
    const [container] = objectOf(made, 'Deployment').spec.template.spec.containers;
    expect(container).toMatchObject({
      args: ['echo', '$HOME'],
      env: [
        { name: 'B', value: '$C' },
        { name: 'D', value: '$E' },
      ],
    });
    expect(made.caveats.slice(0, 2)).toEqual([
      '`A`: docker takes the value from your shell as it makes the service. It is not in the manifest; write it there.',
      'Your shell replaces variables before docker sees them. In the manifest they stand as they were typed.',
    ]);
  });

  it('is named after its image where it has no name', () => {
    const made = soundly('docker service create registry.example.com:5000/team/my_app:1.0');
    expect(kinds(made)).toEqual(['Deployment/my-app']);
    expect(made.caveats[0]).toMatch(/here it is `my-app`, after the image/);
  });

  it('has no manifest where it cannot be', () => {
    const made = soundly('docker service create --name x --update-order slow nginx:1.28');
    expect(made.objects).toEqual([]);
    expect(made.caveats[0]).toMatch(
      /^There is no manifest, since Swarm would not take the line: .*order is "slow"\.$/,
    );
  });

  it('asks for help as every command does', () => {
    const made = soundly('docker service create --help');
    expect(made.objects).toEqual([]);
    expect(typed(made)).toEqual(['kubectl create deployment --help']);
  });
});

/** Values beside those that `docker run` takes for the flag of the same name. */
const values: Readonly<Record<string, readonly string[]>> = {
  '--config': ['site', 'source=site,target=/etc/site.conf,mode=0440', 'src=A_b,uid=1000'],
  '--secret': ['pw', 'source=pw,target=/run/pw,mode=0400', 'src=other'],
  '--constraint': ['node.role==manager', 'node.labels.disk!=ssd', 'node.hostname==w1', 'nonsense'],
  '--placement-pref': ['spread=node.labels.zone', 'spread=engine.labels.rack'],
  '--publish': ['80:80', '80', '53:53/udp', 'published=8443,target=443,mode=host', '8000-8002:8000-8002'],
  '--mount': [
    'type=bind,src=/var/log,dst=/logs,readonly',
    'src=data,dst=/data',
    'type=tmpfs,dst=/tmp,tmpfs-size=64m',
    'type=volume,dst=/scratch',
    'type=volume,source=nfs,target=/nfs,volume-opt=type=nfs,"volume-opt=o=addr=10.0.0.9,rw",volume-opt=device=:/export',
  ],
  '--mode': ['global', 'replicated', 'replicated-job', 'global-job'],
  '--network': ['host', 'backend', 'name=front,alias=db'],
  '--endpoint-mode': ['vip', 'dnsrr'],
  '--restart-condition': ['any', 'none', 'on-failure'],
  '--update-order': ['start-first', 'stop-first'],
  '--update-failure-action': ['pause', 'continue', 'rollback'],
  '--generic-resource': ['gpu=2', 'NVIDIA-GPU=UUID1'],
  '--group': ['2000', 'audio'],
  '--host': ['db:10.0.0.1'],
  '--limit-memory': ['512m', '1g'],
  '--reserve-memory': ['128m'],
  '--limit-cpu': ['1.5', '.5'],
  '--reserve-cpu': ['.25'],
  '--user': ['1000:1000', 'app'],
  '--entrypoint': ['/bin/x y', 'sh'],
  '--stop-grace-period': ['1m30s'],
};

const byType: Readonly<Record<string, readonly string[]>> = {
  bool: ['true', 'false'],
  uint: ['0', '1', '3'],
  int: ['0', '2'],
  duration: ['0s', '10s', '1m30s'],
  float: ['0.5'],
};

function valuesOf(flag: FlagGrammar): readonly string[] {
  return values[flag.name] ?? byType[flag.type] ?? sampleValues(flag);
}

describe('any line of docker service create', () => {
  const flags = (commandGrammar('docker service create')?.flags ?? []).filter(
    ({ name }) => name !== '--help',
  );
  const lines = fc
    .tuple(
      fc.array(
        fc
          .constantFrom(...flags)
          .chain((flag) => fc.tuple(fc.constant(flag), fc.constantFrom(...valuesOf(flag)))),
        { maxLength: 12 },
      ),
      fc.constantFrom('nginx', 'redis:7', 'ghcr.io/acme/my_api:1.2', '$IMAGE'),
      fc.array(fc.constantFrom('sh', '-c', 'echo $(date) $$', '--port=80', '$HOME', 'a b'), { maxLength: 3 }),
    )
    .map(([given, image, args]) => {
      const words = [...given.map(([flag, value]) => `${flag.name}=${value}`), image, ...args];
      return `docker service create ${words.map((word) => (/\s|["'\\|;&<>#]|^$/.test(word) ? quoteWord(word) : word)).join(' ')}`;
    });

  it('becomes what the API takes, or is refused', () => {
    let withObjects = 0;
    fc.assert(
      fc.property(lines, (line) => {
        try {
          withObjects += Math.min(1, soundly(line).objects.length);
        } catch (error) {
          if (!(error instanceof DockerRefusal)) throw error;
        }
      }),
      { numRuns: 200 },
    );
    expect(withObjects).toBeGreaterThan(150);
  }, 60_000);
});
