import { describe, expect, it } from 'vitest';
import { flagsOf, usageOf } from '../../../src/sandbox/node-shell/crictl/grammar.ts';
import { NodeVisitor } from './node-visitor.ts';

/** Somebody on worker-1, with a Pod of two containers there. */
function onWorker(): NodeVisitor {
  const containers = [
    { name: 'web', image: 'nginx:1.28', resources: { limits: { memory: '64Mi', cpu: '200m' } } },
    { name: 'log', image: 'busybox:1.36', command: ['sh', '-c', 'echo out; echo err >&2; sleep 10000'] },
  ];
  const overrides = JSON.stringify({ spec: { nodeName: 'worker-1', containers } });
  return new NodeVisitor(
    `kubectl run two --image=nginx:1.28 --labels=app=two --overrides='${overrides}'`,
    'sleep 20',
    'node ssh worker-1',
  );
}

const fatal = (message: string): RegExp =>
  new RegExp(
    `^time="2026-11-20T[\\d:]{8}Z" level=fatal msg="${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"\n$`,
    'm',
  );

describe('crictl lists', () => {
  const visitor = onWorker();
  const idOf = (name: string): string => visitor.out(`crictl ps -q --name '^${name}$'`).trim();

  it('containers, in the columns of the real one', () => {
    const [head = '', ...rows] = visitor.out('crictl ps').trimEnd().split('\n');
    expect(head).toBe(
      'CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD                 NAMESPACE',
    );
    expect(rows.map((row) => row.split(/ {2,}/).slice(3, 6))).toEqual([
      ['Running', 'log', '0'],
      ['Running', 'web', '0'],
      ['Running', 'kube-proxy', '0'],
    ]);
    expect(rows[0]).toMatch(
      /^[0-9a-f]{13} {7}[0-9a-f]{13} {7}\d+ seconds ago +Running +log +0 +[0-9a-f]{13} +two +default$/,
    );
  });

  it('Pods as sandboxes, which their containers name', () => {
    const rows = visitor.out('crictl pods').trimEnd().split('\n');
    expect(rows[0]).toBe(
      'POD ID              CREATED             STATE               NAME                NAMESPACE           ATTEMPT             RUNTIME',
    );
    const id = visitor.out('crictl pods -q --name two').trim();
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(
      visitor
        .out(`crictl ps -q --pod ${id.slice(0, 8)}`)
        .trim()
        .split('\n'),
    ).toHaveLength(2);
  });

  it('images with the one of the pause process', () => {
    const rows = visitor.out('crictl images').trimEnd().split('\n');
    expect(rows[0]).toMatch(/^IMAGE +TAG +IMAGE ID +SIZE$/);
    expect(rows.map((row) => row.split(/ +/).slice(0, 2).join(':')).slice(1)).toEqual([
      'docker.io/library/busybox:1.36',
      'docker.io/library/nginx:1.28',
      'registry.k8s.io/kube-proxy:v1.36.3',
      'registry.k8s.io/pause:3.10.2',
    ]);
    expect(visitor.out('crictl images nginx')).toBe(visitor.out('crictl images'));
    expect(visitor.out('crictl images --pinned | grep pause')).toMatch(/ true\n$/);
  });

  it.each([
    ['crictl ps -q --label io.kubernetes.pod.name=two', 2],
    ['crictl ps -q --image nginx:1.28', 1],
    ['crictl ps -q --image nope', 0],
    ['crictl ps -aq --state exited', 0],
    ['crictl ps -q -n 1', 1],
    ['crictl ps -ql', 1],
    ["crictl ps -q --name '('", 0],
    ['crictl ps -q --namespace kube', 1],
    ['crictl pods -q -s notready', 0],
    ['crictl images -q --filter reference=nginx', 1],
  ])('what is asked for: %s', (line, count) => {
    expect(visitor.out(line).split('\n').filter(Boolean)).toHaveLength(count);
  });

  it('as JSON and as YAML', () => {
    const { containers } = JSON.parse(visitor.out('crictl ps -o json')) as {
      containers: Record<string, unknown>[];
    };
    expect(containers[0]).toMatchObject({
      metadata: { name: 'log', attempt: 0 },
      state: 'CONTAINER_RUNNING',
      labels: { 'io.kubernetes.pod.name': 'two', 'io.kubernetes.pod.namespace': 'default' },
    });
    expect(Object.keys(containers[0] ?? {})).toEqual([
      'id',
      'podSandboxId',
      'metadata',
      'image',
      'imageRef',
      'state',
      'createdAt',
      'labels',
      'annotations',
      'imageId',
    ]);
    expect(visitor.out('crictl pods -o yaml')).toMatch(/^items:\n- annotations:\n/);
  });

  it('what it knows of one', () => {
    const { status, info } = JSON.parse(visitor.out(`crictl inspect ${idOf('web')}`));
    expect(status).toMatchObject({
      state: 'CONTAINER_RUNNING',
      stopSignal: 'SIGQUIT',
      image: { image: 'docker.io/library/nginx:1.28' },
      resources: { linux: { cpuQuota: '20000', cpuShares: '204', memoryLimitInBytes: '67108864' } },
    });
    expect(info.runtimeSpec.process.args).toEqual(['/docker-entrypoint.sh', 'nginx', '-g', 'daemon off;']);
    const pod = JSON.parse(visitor.out('crictl inspectp --name two'));
    expect(pod.status.state).toBe('SANDBOX_READY');
    expect(pod.status.network.ip).toBe(
      visitor.out('crictl exec $(crictl ps -q --name log) hostname -i').trim(),
    );
    expect(info.runtimeSpec.linux.namespaces).toContainEqual({
      path: `/proc/${pod.info.pid}/ns/net`,
      type: 'network',
    });
    expect(visitor.out(`crictl inspect -o go-template --template '{{.info.pid}}' ${idOf('web')}`)).toBe(
      `${info.pid}\n`,
    );
    expect(visitor.out('crictl inspecti -q -o yaml nginx:1.28')).toContain(
      '- docker.io/library/nginx:1.28\n',
    );
    expect(visitor.out(`crictl inspect -o table -q ${idOf('log')}`)).toMatch(
      /^ID: [0-9a-f]{64}\nName: log\nState: CONTAINER_RUNNING\n/,
    );
  });

  it('what containers use', () => {
    expect(visitor.out('crictl stats')).toMatch(
      /^\u001b\[2J\u001b\[HCONTAINER +NAME +CPU % +MEM +DISK +INODES +SWAP\n[0-9a-f]{13} +\S+ +\d+\.\d\d +[\d.]+MB /,
    );
    expect(visitor.out('crictl statsp')).toMatch(/^\u001b\[2J\u001b\[HPOD +POD ID +CPU % +MEM\n/);
  });
});

describe('crictl logs', () => {
  const visitor = onWorker();
  const log = '$(crictl ps -q --name log)';

  it('gives both streams as they are', () => {
    expect(visitor.type(`crictl logs ${log}`)).toEqual({ out: 'out\n', err: 'err\n', status: 0 });
    expect(visitor.type(`crictl logs -s stderr ${log}`)).toEqual({ out: '', err: 'err\n', status: 0 });
    expect(visitor.type(`crictl logs --tail 1 ${log}`)).toEqual({ out: '', err: 'err\n', status: 0 });
    expect(visitor.type(`crictl logs --since 1s ${log}`)).toEqual({ out: '', err: '', status: 0 });
    expect(visitor.out(`crictl logs -t --limit-bytes 31 ${log}`)).toMatch(/^\d{4}-.*000000Z $/);
  });

  it.each([
    ['crictl logs', 'ID cannot be empty'],
    [`crictl logs -p ${log}`, 'previous terminated container log not found'],
    [`crictl logs --tail 2 -s stdout ${log}`, '--tail and --stream are mutually exclusive'],
    [`crictl logs --since abc ${log}`, 'failed to parse value as time or duration: \\"abc\\"'],
    [`crictl logs -s both ${log}`, 'invalid stream \\"both\\", must be \\"stdout\\" or \\"stderr\\"'],
  ])('refuses %s', (line, message) => {
    const outcome = visitor.type(line);
    expect(outcome.err).toMatch(fatal(message));
    expect(outcome.status).toBe(1);
  });

  it('prints its usage for more than one id', () => {
    expect(visitor.type('crictl logs a --tail 1')).toEqual({ out: usageOf('logs'), err: '', status: 0 });
  });
});

describe('crictl exec', () => {
  const visitor = onWorker();
  const log = '$(crictl ps -q --name log)';

  it('runs a command', () => {
    expect(visitor.out(`crictl exec ${log} echo hi`)).toBe('hi\n');
    expect(visitor.out(`crictl exec -s ${log} echo hi`)).toBe('hi\n\n\n');
    expect(visitor.out(`echo hello | crictl exec -i ${log} cat`)).toBe('hello\n');
    expect(visitor.out("crictl exec --name '^log$' echo hi")).toMatch(/^[0-9a-f]{64}:\nhi\n$/);
  });

  it('says with which code one ended, and ends with 1', () => {
    const id = visitor.out('crictl ps -q --name log').trim();
    expect(visitor.type(`crictl exec ${log} sh -c 'exit 3'`)).toMatchObject({ status: 1 });
    expect(visitor.type(`crictl exec ${log} sh -c 'exit 3'`).err).toMatch(
      fatal(`execing command in container ${id}: command terminated with exit code 3`),
    );
    expect(visitor.type(`crictl exec -s ${log} sh -c 'echo e >&2; exit 3'`).err).toMatch(
      fatal(
        `execing command in container ${id} synchronously: command 'sh -c echo e >&2; exit 3' exited with 3: e\\n`,
      ),
    );
    expect(visitor.type(`crictl exec ${log} nope`).err).toMatch(
      /Internal error occurred: error executing command in container: failed to exec in container: failed to start exec \\"[0-9a-f]{64}\\": .*exec: \\"nope\\": executable file not found in \$PATH/,
    );
    expect(visitor.type(`crictl exec -it ${log} sh`).err).toMatch(
      fatal(`execing command in container ${id}: input is not a terminal`),
    );
  });

  it('tells of a container that is not there twice, as the client library and the command do', () => {
    const { err, status } = visitor.type('crictl exec nope ls');
    expect(status).toBe(1);
    expect(err).toMatch(
      /^E1120 [\d:.]+ +\d+ remote_runtime\.go:672\] "Exec cmd from runtime service failed" err="rpc error: code = NotFound desc = failed to find container \\"nope\\" in store: not found" containerID="nope" cmd=\["ls"\]\ntime=.* level=fatal msg="execing command in container nope: rpc error: /,
    );
  });
});

describe('crictl changes what the kubelet has made', () => {
  it('stop: the kubelet starts it again', () => {
    const visitor = onWorker();
    const id = visitor.out('crictl ps -q --name web').trim();
    expect(visitor.out(`crictl stop ${id.slice(0, 6)}`)).toBe(`${id.slice(0, 6)}\n`);
    visitor.type('sleep 5');
    const rows = visitor.out('crictl ps -a --name web').trimEnd().split('\n').slice(1);
    expect(rows.map((row) => row.split(/ {2,}/).slice(3, 6).join(' '))).toEqual([
      'Running web 1',
      'Exited web 0',
    ]);
    visitor.type('exit');
    expect(visitor.out('kubectl get pod two --no-headers')).toMatch(/^two +2\/2 +Running +1 /);
  });

  it('rm: only what does not run, unless it is forced', () => {
    const visitor = onWorker();
    const id = visitor.out('crictl ps -q --name web').trim();
    expect(visitor.type(`crictl rm ${id}`)).toMatchObject({ out: '', status: 1 });
    expect(visitor.type(`crictl rm ${id}`).err).toMatch(
      fatal(`container \\"${id}\\" is running, please stop it first`),
    );
    expect(visitor.out(`crictl rm -f ${id}`)).toBe(`${id}\n${id}\n`);
    visitor.type('sleep 5');
    const now = visitor.out('crictl ps -q --name web').trim();
    expect(now).toMatch(/^[0-9a-f]{64}$/);
    expect(now).not.toBe(id);
    // It can be gone about again and again, and the Pod be deleted afterwards.
    visitor.type('crictl rm -f $(crictl ps -q --name web)');
    visitor.type('exit');
    visitor.type('kubectl delete pod two --now');
    visitor.type('sleep 40');
    expect(visitor.out('node ssh worker-1 crictl ps -aq --name web')).toBe('');
  });

  it('stopp: the Pod gets a new sandbox and another address', () => {
    const visitor = onWorker();
    const before = visitor.out('crictl pods -q --name two').trim();
    expect(visitor.type(`crictl rmp ${before}`).err).toMatch(
      fatal(`pod sandbox \\"${before}\\" is running, please stop it first`),
    );
    expect(visitor.out(`crictl stopp ${before}`)).toBe(`Stopped sandbox ${before}\n`);
    visitor.type('sleep 15');
    const rows = visitor.out('crictl pods --name two').trimEnd().split('\n').slice(1);
    expect(rows.map((row) => row.split(/ {2,}/).slice(2, 6).join(' '))).toEqual([
      'Ready two default 1',
      'NotReady two default 0',
    ]);
    visitor.type('exit');
    expect(visitor.out('kubectl get events')).toContain(
      'Pod sandbox changed, it will be killed and re-created.',
    );
  });

  it('rmp -f: its containers go with it', () => {
    const visitor = onWorker();
    const id = visitor.out('crictl pods -q --name two').trim();
    expect(visitor.out(`crictl rmp -f ${id}`)).toBe(`Stopped sandbox ${id}\nRemoved sandbox ${id}\n`);
    visitor.type('sleep 15');
    expect(visitor.out('crictl ps -q --label io.kubernetes.pod.name=two').trim().split('\n')).toHaveLength(2);
    expect(visitor.out('crictl pods -q --name two').trim().split('\n')).toHaveLength(1);
  });

  it('pull and rmi: images of this node', () => {
    const visitor = onWorker();
    expect(visitor.out('crictl pull redis:7')).toMatch(/^Image is up to date for sha256:[0-9a-f]{64}\n$/);
    expect(visitor.type('crictl pull localhost:5000/nope:1').status).toBe(1);
    expect(visitor.out('crictl rmi redis:7')).toBe('Deleted: docker.io/library/redis:7\n');
    expect(visitor.type('crictl rmi redis:7').err).toMatch(fatal('no such image redis:7'));
    // What runs of an image runs on without it.
    visitor.type('crictl rmi nginx:1.28');
    expect(visitor.out('crictl ps -q --name web')).not.toBe('');
    expect(visitor.out('crictl images')).not.toContain('nginx');
  });
});

describe('crictl is told the wrong things', () => {
  const visitor = onWorker();

  it.each([
    ['crictl bogus', "No help topic for 'bogus'\n", 3],
    ['crictl help bogus', "No help topic for 'bogus'\n", 3],
    ['crictl stop', 'you must specify at least one CONTAINER-ID or use --all\n', 1],
    ['crictl attach x', 'crictl attach is not simulated here. ', 1],
  ])('%s', (line, message, status) => {
    const outcome = visitor.type(line);
    expect(outcome.err).toContain(message);
    expect(outcome.status).toBe(status);
  });

  it.each([
    ['crictl ps --bogus', 'flag provided but not defined: -bogus'],
    ['crictl ps --last', 'flag needs an argument: -last'],
    ['crictl ps -n x', 'invalid value \\"x\\" for flag -n: parse error'],
    ['crictl ps --all=x', 'invalid boolean value \\"x\\" for -all: parse error'],
    ['crictl ps ---', 'bad flag syntax: ---'],
    ['crictl -qa ps', 'flag provided but not defined: -qa'],
    ['crictl ps -o foo', 'listing containers: unsupported output format \\"foo\\"'],
    ['crictl ps --label a', 'incorrectly specified label: a'],
    ['crictl pull', 'image name cannot be empty'],
    ['crictl inspecti nope', 'no such image \\"nope\\" present'],
    ['crictl config --get foo', 'no configuration option named foo'],
    [
      'crictl inspectp nope',
      'get the status of pod sandboxes: get pod sandbox status: rpc error: code = NotFound desc = an error occurred when try to find sandbox: not found',
    ],
    [
      'crictl inspect nope',
      'get the status of containers: get container status: rpc error: code = NotFound desc = an error occurred when try to find container \\"nope\\": not found',
    ],
  ])('%s', (line, message) => {
    const outcome = visitor.type(line);
    expect(outcome.err).toMatch(fatal(message));
    expect(outcome.status).toBe(1);
  });

  it('says what it does not understand above its usage', () => {
    expect(visitor.out('crictl ps --bogus')).toBe(
      `Incorrect Usage: flag provided but not defined: -bogus\n\n${usageOf('ps')}`,
    );
    expect(visitor.type('crictl ps -s foo').err).toMatch(
      /^2026\/11\/20 [\d:]{8} --state should be one of created, running, exited or unknown\n$/,
    );
  });

  it('takes what is gone as stopped', () => {
    expect(visitor.type('crictl stop nope')).toEqual({ out: 'nope\n', err: '', status: 0 });
    expect(visitor.type('crictl stopp nope')).toEqual({ out: 'Stopped sandbox nope\n', err: '', status: 0 });
  });

  it('wants ids that mean one thing', () => {
    const ids = visitor.out('crictl ps -aq').trim().split('\n');
    const first = ids.map((id) => id[0]).find((digit, place, all) => all.indexOf(digit) !== place);
    if (first === undefined) return;
    expect(visitor.type(`crictl inspect ${first}`).err).toContain(
      `Multiple IDs found with provided prefix: ${first}`,
    );
  });
});

describe('what crictl says of itself', () => {
  const visitor = new NodeVisitor('node ssh worker-1');

  it('are the texts of the real one', () => {
    expect(visitor.out('crictl --version')).toBe('crictl version v1.36.0\n');
    expect(visitor.out('crictl version')).toBe(
      'Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  v2.3.4\nRuntimeApiVersion:  v1\n',
    );
    expect(visitor.out('crictl config --get timeout')).toBe('10\n');
    expect(visitor.out('crictl')).toMatch(/^NAME:\n {3}crictl - client for CRI\n/);
    expect(JSON.parse(visitor.out('crictl info')).status.conditions).toHaveLength(2);
  });

  it('its flags are read from its help', () => {
    const flag = (command: string, name: string) =>
      flagsOf(command).find(({ names }) => names.includes(name));
    expect(flag('ps', 'a')).toMatchObject({ names: ['all', 'a'], takes: 'nothing' });
    expect(flag('ps', 'n')).toMatchObject({ names: ['last', 'n'], takes: 'number', byDefault: '0' });
    expect(flag('ps', 'output')).toMatchObject({ takes: 'text', byDefault: 'table' });
    expect(flag('ps', 'label')).toMatchObject({ takes: 'text', isList: true });
    expect(flag('pull', 'u')).toMatchObject({ names: ['username', 'u'], takes: 'text' });
  });
});
