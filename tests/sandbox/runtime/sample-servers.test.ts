import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../src/sandbox/runtime/container-runtime.ts';
import { host, Lab } from './lone-container.ts';

function get(path: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', path, host: 'web', headers: {}, body: '', ...more };
}

function started(image: string, argv?: readonly string[]): { lab: Lab; id: string } {
  const lab = new Lab();
  lab.pull(image);
  const own = lab.runtime.findImage(host, image)?.image.config?.entrypoint ?? [];
  return { lab, id: lab.start(image, argv === undefined ? undefined : [...own, ...argv]) };
}

const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.53';
const hpa = 'registry.k8s.io/hpa-example';
const bootcamp = 'gcr.io/google-samples/kubernetes-bootcamp:v1';

describe('servers of tutorials', () => {
  it.each([
    [agnhost, ['netexec'], 8080, '/hostname', 200, 'web'],
    [agnhost, ['netexec', '--http-port=9000'], 9000, '/hostname', 200, 'web'],
    [agnhost, ['netexec'], 8080, '/', 200, 'NOW: 2026-11-20 08:00:00.000 +0000 UTC'],
    [agnhost, ['netexec'], 8080, '/healthz', 200, ''],
    [agnhost, ['netexec'], 8080, '/echo?msg=one%20two+three', 200, 'one two three'],
    [agnhost, ['netexec'], 8080, '/echo', 200, ''],
    [agnhost, ['netexec'], 8080, '/nope', 404, '404 page not found\n'],
    [hpa, undefined, 80, '/', 200, 'OK!'],
    [bootcamp, undefined, 8080, '/', 200, 'Hello Kubernetes bootcamp! | Running on: web | v=1\n'],
  ])('%s %j on %i: %s', (image, argv, port, path, status, body) => {
    const { lab } = started(image, argv);
    expect(lab.runtime.ask('web', port, get(path), '10.244.1.9')).toMatchObject({ status, body });
  });

  it.each([
    [agnhost, undefined, 'Paused\n', undefined],
    [agnhost, ['pause'], 'Paused\n', undefined],
    [agnhost, ['porter'], 'agnhost: the sandbox simulates netexec and pause only\n', 1],
  ])('%s %j says %j', (image, argv, said, code) => {
    const { lab, id } = started(image, argv);
    expect([lab.log(id), lab.exitCode(id)]).toEqual([said, code]);
  });

  it.each([
    [agnhost, ['netexec'], 'TERM', 0],
    [agnhost, ['netexec'], 'HUP', undefined],
    [hpa, undefined, 'TERM', 0],
    [hpa, undefined, 'WINCH', 0],
    [hpa, undefined, 'HUP', undefined],
    [bootcamp, undefined, 'TERM', undefined],
  ])('%s %j after SIG%s ends with %j', (image, argv, signal, code) => {
    const { lab, id } = started(image, argv);
    lab.runtime.kill(host, id, signal);
    lab.simulation.settle();
    expect(lab.exitCode(id)).toBe(code);
  });

  it('end when their port is taken', () => {
    const { lab } = started(bootcamp);
    const other = lab.start(bootcamp);
    expect([lab.log(other), lab.exitCode(other)]).toEqual(['bind: Address already in use\n', 1]);
  });
});

describe('programs in languages', () => {
  it.each([
    ['node:22-alpine', ['node'], 'node: its prompt is not simulated\n', 1],
    [
      'node:22-alpine',
      ['node', '-e', 'compute()'],
      'node: the sandbox does not run programs of its own: it knows simple prints and small HTTP servers\n',
      1,
    ],
    [
      'node:22-alpine',
      ['node', '-p', 'compute()'],
      'node: the sandbox does not run programs of its own: it knows simple prints and small HTTP servers\n',
      1,
    ],
    [
      'node:22-alpine',
      ['node', '-e', 'console.log(a + b)'],
      'node: the sandbox does not run programs of its own: it knows simple prints and small HTTP servers\n',
      1,
    ],
    ['node:22-alpine', ['node', '-p', 'process.version'], 'v22.20.0\n', 0],
    ['node:22-alpine', ['-p', '1'], '1\n', 0],
    ['python:3.13-slim', ['python3', '-m', 'venv'], 'python3: the module venv is not simulated\n', 1],
    ['python:3.13-slim', ['python3'], '', 0],
    ['python:3.13-slim', ['python3', '--version'], 'Python 3.13.7\n', 0],
  ])('%s %j: %j', (image, argv, said, code) => {
    const { lab, id } = started(image, argv);
    expect([lab.log(id), lab.exitCode(id)]).toEqual([said, code]);
  });

  const served = (source: string, name: string) =>
    `printf '%s' '${source.replaceAll("'", `'"'"'`)}' > /tmp/${name}; exec ${name.endsWith('.py') ? 'python3' : 'node'} /tmp/${name}`;

  it.each([
    [
      'node:22-alpine',
      'const app = express(); app.get("/", (req, res) => res.send("hi")); app.listen(4000)',
      'a.js',
      4000,
      'text/html; charset=utf-8',
      'hi',
      true,
    ],
    [
      'node:22-alpine',
      'const app = fastify(); app.listen({ port: 4001, host: "0.0.0.0" })',
      'a.js',
      4001,
      undefined,
      'Hello World\n',
      true,
    ],
    [
      'node:22-alpine',
      'createServer((req, res) => res.end("mine")).listen(3000, "127.0.0.1")',
      'a.js',
      3000,
      undefined,
      '',
      false,
    ],
    [
      'node:22-alpine',
      `createServer((req, res) => res.end(\`on \${os.hostname()} \${process.env.NOPE}\`)).listen()`,
      'a.js',
      3000,
      undefined,
      'on web undefined',
      true,
    ],
    [
      'python:3.13-slim',
      'app = Flask(__name__)\n@app.get("/")\ndef home(): return "flask"\napp.run(port=5000)',
      'a.py',
      5000,
      'text/html; charset=utf-8',
      '',
      false,
    ],
    [
      'python:3.13-slim',
      'app = Flask(__name__)\n@app.get("/")\ndef home(): return "flask"\napp.run(host="0.0.0.0", port=5000)',
      'a.py',
      5000,
      'text/html; charset=utf-8',
      'flask',
      true,
    ],
    [
      'python:3.13-slim',
      'socketserver.TCPServer(("", 7000), Handler).serve_forever()',
      'a.py',
      7000,
      undefined,
      'Hello World\n',
      true,
    ],
  ])('%s: %s', (image, source, name, port, type, body, isOpen) => {
    const { lab } = started(image, ['sh', '-c', served(source, name)]);
    const answer = lab.runtime.ask('web', port, get('/'), '10.244.1.9');
    expect(answer?.body).toBe(isOpen ? body : undefined);
    expect(answer?.headers['Content-Type']).toBe(isOpen ? type : undefined);
  });

  it.each([
    ['python:3.13-slim', ['python3', '-u', '-m', 'http.server'], 'INT', 0],
    ['python:3.13-slim', ['python3', '-m', 'http.server'], 'TERM', undefined],
    [
      'node:22-alpine',
      ['sh', '-c', 'echo "createServer().listen(3000)" > /tmp/a.js; node /tmp/a.js; echo $?'],
      'TERM',
      undefined,
    ],
  ])('%s %j after SIG%s ends with %j', (image, argv, signal, code) => {
    const { lab, id } = started(image, argv);
    lab.runtime.kill(host, id, signal);
    lab.simulation.settle();
    expect(lab.exitCode(id)).toBe(code);
  });

  it('a server that is not the first process ends with a signal', () => {
    const { lab, id } = started('python:3.13-slim', ['sleep', '100000']);
    expect(lab.exec(id, ['sh', '-c', 'python3 -m http.server & kill $!; wait $!; echo $?'])).toBe(
      'Terminated\n143\n',
    );
    expect(
      lab.exec(id, ['sh', '-c', 'python3 -m http.server 8000 & sleep 1; kill -INT $!; wait $!; echo $?']),
    ).toBe('0\n');
  });
});

describe('nginx on its way to others', () => {
  function proxy(config: string, names: Lab['names'], ways: Lab['ways']): { lab: Lab; id: string } {
    const lab = new Lab();
    Object.assign(lab.names, names);
    Object.assign(lab.ways, ways);
    const script = `printf '%s' '${config}' > /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'`;
    return { lab, id: lab.start('nginx:1.28', ['sh', '-c', script]) };
  }

  it.each([
    ['refused', 'connect() failed (111: Connection refused) while connecting to upstream'],
    ['timeout', 'upstream timed out (110: Connection timed out) while connecting to upstream'],
  ] as const)('says that a connection is %s', (failure, said) => {
    const { lab, id } = proxy(
      'server { location / { proxy_pass http://api:81; } }',
      { api: ['10.0.0.9'] },
      { '10.0.0.9:81': { failure } },
    );
    expect(lab.runtime.ask('web', 80, get('/'), '10.244.1.9')?.status).toBe(502);
    expect(lab.log(id)).toContain(said);
  });

  it('does not begin without the host it is to pass on to', () => {
    const { lab, id } = proxy(
      'upstream api { server gone:81; } server { location / { proxy_pass http://api; } }',
      {},
      {},
    );
    expect(lab.exitCode(id)).toBe(1);
    expect(lab.log(id)).toContain(
      'nginx: [emerg] host not found in upstream "gone:81" in /etc/nginx/conf.d/default.conf:1\n',
    );
  });

  it('asks a resolver with each request where the name is in a variable', () => {
    const { lab, id } = proxy(
      'server { resolver 10.96.0.10; location / { proxy_pass http://$arg_to:81; } }',
      {},
      {},
    );
    expect(lab.runtime.ask('web', 80, get('/?to=gone'), '10.244.1.9')?.status).toBe(502);
    expect(lab.log(id)).toContain('gone could not be resolved (3: Host not found)');
  });

  it('gives up where it would ask itself for ever', () => {
    const { lab, id } = proxy('server { location / { proxy_pass http://127.0.0.1; } }', {}, {});
    expect(lab.runtime.ask('web', 80, get('/'), '10.244.1.9')?.status).toBe(502);
    expect(lab.log(id)).toContain('too many proxies while connecting to upstream');
  });

  it('does not follow a file that includes itself', () => {
    const { lab, id } = proxy('include /etc/nginx/conf.d/default.conf;', {}, {});
    expect(lab.exitCode(id)).toBe(1);
    expect(lab.log(id)).toContain(
      'the sandbox does not follow "/etc/nginx/conf.d/default.conf", which includes itself',
    );
  });

  it.each([
    ['QUIT', 'signal 3 (SIGQUIT) received, shutting down', 0],
    ['TERM', 'signal 15 (SIGTERM) received, exiting', 0],
    ['INT', 'signal 2 (SIGINT) received, exiting', 0],
    ['USR1', 'start worker process', undefined],
    ['WINCH', 'start worker process', undefined],
    ['USR2', 'start worker process', undefined],
  ])('after SIG%s: %s', (signal, said, code) => {
    const { lab, id } = started('nginx:1.28');
    lab.runtime.kill(host, id, signal);
    lab.simulation.settle();
    expect(lab.log(id)).toContain(said);
    expect(lab.exitCode(id)).toBe(code);
  });
});

describe('sleep', () => {
  it.each([
    ['busybox:1.36', 'sleep 1x', "sleep: invalid number '1x'\n[1]\n"],
    [
      'debian:bookworm-slim',
      'sleep 1x',
      "sleep: invalid time interval '1x'\nTry 'sleep --help' for more information.\n[1]\n",
    ],
    [
      'debian:bookworm-slim',
      'sleep',
      "sleep: missing operand\nTry 'sleep --help' for more information.\n[1]\n",
    ],
    ['debian:bookworm-slim', 'sleep 0.1 .1s; echo over', 'over\n'],
    ['debian:bookworm-slim', 'timeout 1 sleep inf; echo $?', '124\n'],
    ['debian:bookworm-slim', 'timeout 1 sleep 1m 1h 1d; echo $?', '124\n'],
  ])('%s: %s', (image, line, said) => {
    const lab = new Lab();
    const id = lab.start(image, ['sleep', '100000']);
    expect(lab.exec(id, ['sh', '-c', line])).toBe(said);
  });
});
