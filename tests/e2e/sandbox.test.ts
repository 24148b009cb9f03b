import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from './program.ts';
import { emptyHome, key, Terminal } from './terminal.ts';

/** Asks a server whose certificate is the one that is handed in. */
function askTls(
  address: string,
  headers: Record<string, string>,
  ca: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(address, { headers, ca }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => {
        body += part.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });
}

const statePath = (home: string, name = 'sandbox.json'): string =>
  join(home, '.local', 'state', 'k8s-docker-tutor', name);

describe('sandbox -c', () => {
  it('runs a line against a cluster that is there at once', async () => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(['sandbox', '-c', 'kubectl get nodes'], home.path);
    expect(stdout).toMatch(/^NAME +STATUS +ROLES +AGE +VERSION\ncontrol-plane +Ready/);
    expect(stdout.trim().split('\n')).toHaveLength(4);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('keeps the world from one run to the next, and lets somebody type in between', async () => {
    using home = emptyHome();
    await runProgram(
      ['sandbox', '-c', 'kubectl create deployment web --image=nginx:1.28 --replicas=2'],
      home.path,
    );
    const line = "kubectl get deployment web -o jsonpath='{.spec.replicas}'";
    expect((await runProgram(['sandbox', '-c', line], home.path)).stdout).toBe('2');
    const back = await runProgram(['sandbox', '-c', 'undo'], home.path);
    expect(back.stdout).toBe('The last line is taken back.\n');
    expect((await runProgram(['sandbox', '-c', 'kubectl get deployment'], home.path)).stderr).toBe(
      'No resources found in default namespace.\n',
    );
  });

  it('begins anew with --fresh, and with another file', async () => {
    using home = emptyHome();
    const other = join(home.path, 'other.json');
    await runProgram(['sandbox', '-c', 'kubectl create namespace shop'], home.path);
    const line = 'kubectl get namespace shop';
    expect((await runProgram(['sandbox', '-c', line], home.path)).code).toBe(0);
    expect((await runProgram(['sandbox', '--world', other, '-c', line], home.path)).code).toBe(1);
    expect((await runProgram(['sandbox', '--fresh', '-c', line], home.path)).code).toBe(1);
    expect(existsSync(other)).toBe(true);
  });

  it('has as many nodes as are asked for', async () => {
    using home = emptyHome();
    const args = ['sandbox', '--fresh', '--nodes', '5', '-c', 'kubectl get nodes -o name'];
    expect((await runProgram(args, home.path)).stdout.trim().split('\n')).toHaveLength(5);
    const { code, stderr } = await runProgram(['sandbox', '--nodes', '2', '-c', 'true'], home.path);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--nodes is for a new world')]);
  });

  it('ends with the code of its lines', async () => {
    using home = emptyHome();
    expect((await runProgram(['sandbox', '-c', 'kubectl get pod web'], home.path)).code).toBe(1);
    expect((await runProgram(['sandbox', '-c', 'nothing'], home.path)).code).toBe(127);
    expect((await runProgram(['sandbox', '-c', 'exit 7; echo no'], home.path)).code).toBe(7);
    expect((await runProgram(['sandbox', '-c', 'false || true'], home.path)).code).toBe(0);
  });

  it('of many runs at once loses nothing', async () => {
    using home = emptyHome();
    await runProgram(['sandbox', '-c', 'true'], home.path);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const runs = await Promise.all(
      names.map((name) => runProgram(['sandbox', '-c', `kubectl create configmap ${name}`], home.path)),
    );
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(names.map(() => [0, '']));
    const { stdout } = await runProgram(['sandbox', '-c', 'kubectl get configmap -o name'], home.path);
    expect(stdout.trim().split('\n')).toEqual(
      [...names, 'kube-root-ca.crt'].map((name) => `configmap/${name}`),
    );
  });
});

describe('a script on standard input', () => {
  it('is run line by line, and one line that fails counts', async () => {
    using home = emptyHome();
    const script = `# what a beginner does
kubectl create deployment web --image=nginx:1.28
kubectl rollout status deployment/web
kubectl expose deployment web --port=80
kubectl apply -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue}
EOF
kubectl get pods | grep -c Running
kubectl get pod nothing
kubectl get configmap settings -o jsonpath='{.data.colour}'
`;
    const { code, stdout, stderr } = await runProgram(['sandbox', '-'], home.path, {}, script);
    expect(stdout).toContain('deployment "web" successfully rolled out\n');
    expect(stdout).toContain('configmap/settings created\n1\nblue');
    expect(stderr).toContain('Error from server (NotFound): pods "nothing" not found\n');
    expect(code).toBe(1);
  });

  it('reaches a Pod from inside and from outside', async () => {
    using home = emptyHome();
    const script = `kubectl create deployment web --image=nginx:1.28
kubectl expose deployment web --port=80
kubectl rollout status deployment/web
kubectl run tmp --image=busybox:1.36 --restart=Never --rm -i --quiet -- wget -qO- http://web
kubectl port-forward service/web 8080:80 &
curl -s localhost:8080
curl -s -o /dev/null -w '%{http_code}\\n' localhost:8080/nothing
curl localhost:9090
`;
    const { stdout, stderr } = await runProgram(['sandbox', '-'], home.path, {}, script);
    expect(stdout.match(/<title>Welcome to nginx!<\/title>/g)).toHaveLength(2);
    expect(stdout).toContain('Forwarding from 127.0.0.1:8080 -> 80\n');
    expect(stdout).toContain('404\n');
    expect(stderr).toContain('curl: (7) Failed to connect to localhost port 9090');
  });

  it('shows what breaks, and what mends itself', async () => {
    using home = emptyHome();
    const script = `kubectl create deployment web --image=nginx:1.28 --replicas=2
kubectl rollout status deployment/web
node stop worker-1
fast 7m
kubectl get nodes
kubectl get pods -o wide
node start worker-1
fast 1m
kubectl get nodes worker-1
`;
    const { stdout } = await runProgram(['sandbox', '-'], home.path, {}, script);
    expect(stdout).toMatch(/worker-1 +NotReady/);
    expect(stdout).toMatch(/worker-1 +Ready/);
    expect(stdout.match(/1\/1 +Running.* worker-2/g)).toHaveLength(2);
  });

  it('that waits for ever is ended', async () => {
    using home = emptyHome();
    const { code, stderr } = await runProgram(['sandbox', '-c', 'kubectl get pods -w'], home.path);
    expect(code).toBe(124);
    expect(stderr).toContain("ended after 10 minutes of the world's time");
  });
});

describe('a world that cannot be taken up', () => {
  it('is kept under another name when it is the own one', async () => {
    using home = emptyHome();
    await runProgram(['sandbox', '-c', 'true'], home.path);
    writeFileSync(statePath(home.path), '{"version":1,');
    const { code, stdout, stderr } = await runProgram(
      ['sandbox', '-c', 'kubectl get nodes -o name'],
      home.path,
    );
    expect([code, stdout.trim().split('\n').length]).toEqual([0, 3]);
    expect(stderr).toContain("the sandbox's world could not be understood: it is no JSON");
    expect(
      readdirSync(join(statePath(home.path), '..')).filter((name) => name.includes('damaged')),
    ).toHaveLength(1);
  });

  it.each([
    ['{"version":2}', 'a newer k8s-docker-tutor wrote it'],
    ['my notes', 'it is no JSON'],
  ])('is left as it is when it was named: %s', async (text, why) => {
    using home = emptyHome();
    const path = join(home.path, 'world.json');
    writeFileSync(path, text);
    const { code, stderr } = await runProgram(['sandbox', '--world', path, '-c', 'true'], home.path);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('where nothing can be saved is said, and the lines are run', async () => {
    using home = emptyHome();
    writeFileSync(join(home.path, '.local'), 'a file');
    const { code, stdout, stderr } = await runProgram(
      ['sandbox', '-c', 'kubectl get nodes -o name'],
      home.path,
    );
    expect([code, stdout.includes('node/worker-1')]).toEqual([0, true]);
    expect(stderr).toContain('! the world cannot be saved');
  });
});

describe('the shell', () => {
  it('takes lines, Ctrl-C and Ctrl-D, and keeps the world', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['sandbox'], { home: home.path });
    await terminal.sees('sandbox (default) $');
    await terminal.type(...'kubectl create deployment web --image=nginx:1.28', key.enter);
    await terminal.sees('deployment.apps/web created');
    await terminal.type(...'kubectl get pods -w', key.enter);
    await terminal.sees(/1\/1 +Running/);
    await terminal.type(key.ctrlC);
    await terminal.sees(/\$$/m);
    await terminal.type(...'kubectl get no', '\t', key.enter);
    await terminal.sees(/worker-2 +Ready/);
    await terminal.type(...'echo "a', key.enter, ...'b"', key.enter);
    await terminal.sees('a\nb');
    await terminal.type(...'kubectl delete dep', key.ctrlC);
    await terminal.sees('^C');
    await terminal.type(...'undo', key.enter);
    await terminal.sees('The last line is taken back.');
    await terminal.type(key.ctrlD);
    expect(await terminal.exited).toBe(0);
    const { stdout } = await runProgram(['sandbox', '-c', 'kubectl get deployments -o name'], home.path);
    expect(stdout).toBe('');
  });

  it('looks for a line of before with Ctrl-R', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['sandbox'], { home: home.path });
    const ctrlR = '\x12';
    await terminal.sees('sandbox (default) $');
    for (const line of ['echo one', 'echo two', 'pwd']) await terminal.type(...line, key.enter);
    await terminal.sees('/home/you');
    await terminal.type(ctrlR, ...'ec');
    await terminal.sees('[echo two] search: ec');
    await terminal.type(ctrlR);
    await terminal.sees('[echo one] search: ec');
    await terminal.type(key.enter);
    await terminal.sees('sandbox (default) $ echo one\none\nsandbox (default) $');
    // An arrow takes the line up; what was run last is the newest.
    await terminal.type(ctrlR, ...'o', key.left, ...' more', key.enter);
    await terminal.sees('one more\nsandbox (default) $');
    await terminal.type(ctrlR, ...'zzz');
    await terminal.sees('[nothing] search: zzz');
    await terminal.type('\x07', ...'echo after', key.enter);
    await terminal.sees('\nafter\n');
    // What was looked for is no line of the history.
    await terminal.type(key.up, key.up);
    await terminal.sees(/\$ echo one more$/m);
    await terminal.type(key.ctrlC, ctrlR, ...'pw', key.ctrlC, ...'exit 4', key.enter);
    expect(await terminal.exited).toBe(4);
  });

  it('leaves with the code that exit names', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['sandbox'], { home: home.path, columns: 60 });
    await terminal.sees('$');
    await terminal.type(...'exit 3', key.enter);
    expect(await terminal.exited).toBe(3);
  });
});

describe('sandbox --serve', () => {
  it('serves the API to who has the token, and to nobody else', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['sandbox', '--serve', '--plain'], { home: home.path });
    await terminal.sees(/https:\/\/127\.0\.0\.1:\d+/);
    const [address = ''] = /https:\/\/127\.0\.0\.1:\d+/.exec(terminal.history) ?? [];
    const kubeconfig = readFileSync(statePath(home.path, 'sandbox.kubeconfig'), 'utf8');
    const token = /token: (\S+)/.exec(kubeconfig)?.[1] ?? '';
    const ca = Buffer.from(/authority-data: (\S+)/.exec(kubeconfig)?.[1] ?? '', 'base64').toString();
    const ask = async (headers: Record<string, string>): Promise<[number, string]> => {
      const { status, body } = await askTls(`${address}/api/v1/nodes`, headers, ca);
      return [status, (JSON.parse(body) as { kind: string }).kind];
    };
    expect(await ask({ authorization: `Bearer ${token}` })).toEqual([200, 'NodeList']);
    expect(await ask({})).toEqual([401, 'Status']);
    expect(await ask({ authorization: 'Bearer guess' })).toEqual([401, 'Status']);
    expect(await ask({ authorization: `Bearer ${token}`, origin: 'https://example.com' })).toEqual([
      403,
      'Status',
    ]);
    await terminal.type(key.ctrlC);
    expect(await terminal.exited).toBe(130);
    expect(existsSync(statePath(home.path, 'sandbox.kubeconfig'))).toBe(false);
    expect(existsSync(statePath(home.path))).toBe(true);
  });

  it('never writes over a file that is not its own', async () => {
    using home = emptyHome();
    const path = join(home.path, 'config');
    writeFileSync(path, 'apiVersion: v1\n');
    const { code, stderr } = await runProgram(['sandbox', '--serve', '--kubeconfig', path], home.path);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is there, and is not one of ours')]);
    expect(readFileSync(path, 'utf8')).toBe('apiVersion: v1\n');
  });

  it('says that a port is taken', async () => {
    using home = emptyHome();
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const { code, stderr } = await runProgram(['sandbox', '--serve', '--port', String(port)], home.path);
    other.close();
    expect([code, stderr]).toEqual([2, expect.stringContaining(`port ${port} is taken`)]);
  });

  it.each([
    [['--port', '8080'], 'belong to --serve'],
    [['--serve', '--port', '70000'], 'whole number from 0 to 65535'],
    [['--nodes', '0'], 'whole number from 1 to 100'],
    [['script.sh'], "'script.sh' is no option of sandbox"],
  ])('refuses %j', async (args, why) => {
    using home = emptyHome();
    const { code, stderr } = await runProgram(['sandbox', ...args], home.path);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  });
});
