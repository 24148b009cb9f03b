import { expect, it } from 'vitest';
import { NodeVisitor } from './node-visitor.ts';

/** Somebody on worker-1, beside a Pod that runs and one that has ended. */
function onWorker(): NodeVisitor {
  const on = `--overrides='{"spec":{"nodeName":"worker-1"}}'`;
  return new NodeVisitor(
    `kubectl run app --image=busybox:1.36 ${on} -- sleep 100000`,
    `kubectl run done --image=busybox:1.36 --restart=Never ${on} -- true`,
    'sleep 20',
    'node ssh worker-1',
  );
}

const info = (text: string): RegExp => new RegExp(`^time="[^"]*" level=info msg="${text}"\n$`);

// What `--all` says follows the source of crictl (cri-tools 1.36, cmd/crictl): nobody tries that on a node of others.
it('rm --all takes what has ended, and names what runs', () => {
  const visitor = onWorker();
  const [app, done] = ['app', 'done'].map((name) => visitor.out(`crictl ps -aq --name ^${name}$`).trim());
  const { out, err, status } = visitor.type('crictl rm --all');
  expect(out).toBe(`${done}\n`);
  expect(err).toContain(`container \\"${app}\\" is running, please stop it first`);
  expect(status).toBe(1);
  expect(visitor.out('crictl ps -aq --name ^done$')).toBe('');
});

it('rmp --all takes the sandboxes that have ended', () => {
  const visitor = onWorker();
  const [app, done] = ['app', 'done'].map((name) => visitor.out(`crictl pods -q --name ^${name}$`).trim());
  const { out, err } = visitor.type('crictl rmp -a');
  expect(out).toBe(`Removed sandbox ${done}\n`);
  expect(err).toContain(`pod sandbox \\"${app}\\" is running, please stop it first`);
});

it('stop --all stops what runs, of which the kubelet starts all that shall run', () => {
  const visitor = onWorker();
  const running = visitor.out('crictl ps -q').trim().split('\n');
  expect(visitor.out('crictl stop --all --timeout 1').trim().split('\n').sort()).toEqual(running.sort());
  visitor.type('sleep 30');
  expect(visitor.out('crictl ps -q').trim().split('\n')).toHaveLength(running.length);
  expect(visitor.type('crictl stop $(crictl ps -aq --state exited --name ^done$)').status).toBe(0);
});

it('rmi --prune takes the images that nothing is made from, and --all the others too', () => {
  const visitor = onWorker();
  visitor.type('crictl pull redis:7');
  expect(visitor.out('crictl rmi --prune')).toBe('Deleted: docker.io/library/redis:7\n');
  expect(visitor.type('crictl rmi --prune').err).toMatch(info('No images to remove'));
  const id = visitor.out('crictl images -q busybox | head -1').trim();
  expect(visitor.out('crictl rmi --all')).toContain('Deleted: docker.io/library/busybox:1.36\n');
  expect(visitor.out('crictl images')).not.toContain('busybox');
  // What runs of it runs on, and its id is known by it.
  expect(visitor.out('crictl ps --name ^app$')).toContain(id.slice(7, 20));
});

it('filters of images are held against names, the order and ids', () => {
  const visitor = onWorker();
  const all = visitor.out('crictl images -q').trim().split('\n');
  const names = visitor
    .out('crictl images | tail -n +2')
    .trim()
    .split('\n')
    .map((row) => row.split(/ +/).slice(0, 2).join(':'));
  const [, second = ''] = all;
  const some = (filter: string): string[] =>
    visitor.out(`crictl images -q --filter '${filter}'`).trim().split('\n').filter(Boolean);
  expect(some('dangling=true')).toEqual([]);
  expect(some('dangling=false')).toEqual(all);
  expect(some('reference=^registry')).toEqual(all.filter((_, place) => names[place]?.startsWith('registry')));
  // Up to the one that is named, without it, and from it on.
  expect(some(`since=${names[1]}`)).toEqual(all.slice(0, 1));
  expect(some(`before=${names[1]}`)).toEqual(all.slice(2));
  expect(some(`since=${second.slice(0, 6)}`)).toEqual([]);
  expect(some('since=nope')).toEqual(all);
  const digest = visitor
    .out(`crictl inspecti -o go-template --template '{{index .status.repoDigests 0}}' ${names[1]}`)
    .trim();
  expect(some(`since=${digest}`)).toEqual(all.slice(0, 1));
  expect(some('dangling=false,reference=busybox')).toHaveLength(1);
  expect(visitor.type('crictl images --filter reference=*').err).toContain('error parsing regexp: ');
  expect(visitor.out('crictl images --no-trunc --digests').split('\n')[1]).toMatch(
    /sha256:[0-9a-f]{64} +sha256:[0-9a-f]{64}/,
  );
  expect(visitor.out('crictl images -v')).toContain('\nPinned: true\n');
  expect(JSON.parse(visitor.out('crictl images -o json')).images).toHaveLength(all.length);
});

it('an image is told of with what it was made to run', () => {
  const visitor = onWorker();
  const config = (name: string) => JSON.parse(visitor.out(`crictl inspecti ${name}`)).info.imageSpec.config;
  visitor.type('crictl pull postgres:16');
  expect(config('busybox:1.36')).toMatchObject({ Cmd: ['sh'] });
  expect(config('postgres:16')).toMatchObject({
    Entrypoint: ['docker-entrypoint.sh'],
    ExposedPorts: { '5432/tcp': {} },
    StopSignal: 'SIGINT',
    Volumes: { '/var/lib/postgresql/data': {} },
  });
  expect(visitor.out('crictl inspecti -q -o table busybox:1.36')).toMatch(
    /^ID: sha256:[0-9a-f]{64}\nTag: docker\.io\/library\/busybox:1\.36\nDigest: docker\.io\/library\/busybox@sha256:[0-9a-f]{64}\nSize: [\d.]+MB\n$/,
  );
  expect(JSON.parse(visitor.out('crictl inspecti'))).toHaveLength(
    visitor.out('crictl images -q').trim().split('\n').length,
  );
});

it('several are told of as a list, and as YAML', () => {
  const visitor = onWorker();
  const ids = visitor.out('crictl ps -aq').trim().split('\n');
  expect(JSON.parse(visitor.out(`crictl inspect ${ids.join(' ')}`))).toHaveLength(ids.length);
  expect(visitor.out('crictl info -o yaml')).toMatch(/^cniconfig:\n/);
  expect(JSON.parse(visitor.out('crictl info -q'))).toEqual({ status: expect.anything() });
  expect(visitor.out('crictl stats -o yaml')).toMatch(/^stats:\n- attributes:\n/);
  expect(visitor.out('crictl statsp -o yaml')).toMatch(/^stats:\n- attributes:\n/);
  expect(visitor.out('crictl stats -s 1').trim().split('\n')).toHaveLength(
    visitor.out('crictl ps -q').trim().split('\n').length + 1,
  );
  expect(
    visitor.type(
      'crictl inspect -o go-template --template "{{json .status.state}}" $(crictl ps -q --name ^app$)',
    ).out,
  ).toBe('"CONTAINER_RUNNING"\n\n');
  expect(
    visitor.out(
      'crictl inspect -o go-template --template "{{lower .status.state}} {{upper .status.metadata.name}} {{title .status.metadata.name}}" $(crictl ps -q --name ^app$)',
    ),
  ).toBe('container_running APP App\n');
});

it('what is asked for wrongly is said', () => {
  const visitor = onWorker();
  expect(visitor.type('crictl help attach')).toMatchObject({
    status: 1,
    err: expect.stringContaining('crictl attach is not simulated here.'),
  });
  expect(visitor.type('crictl pull --username you busybox:1.36').err).toContain('use --creds');
  expect(visitor.type('crictl pull --auth %% busybox:1.36').err).toContain('illegal base64 data');
  expect(visitor.type('crictl pull --auth YTpi busybox:1.36').status).toBe(0);
  expect(visitor.type('crictl inspect --name zzz')).toMatchObject({
    status: 0,
    err: expect.stringContaining('level=error'),
  });
  expect(visitor.out('crictl exec -- $(crictl ps -q --name ^app$) echo -n hi')).toBe('hi');
});
