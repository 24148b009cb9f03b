import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../src/sandbox/runtime/container-runtime.ts';
import { host, Lab } from './lone-container.ts';

function get(path: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', path, host: 'web', headers: { 'user-agent': 'curl/7.88.1' }, body: '', ...more };
}

/** A volume with one file, mounted. */
function withFile(lab: Lab, target: string, content: string) {
  const name = target.replaceAll('/', '-');
  const file = { kind: 'file', content, mode: 0o644, owner: '0:0', at: 0 } as const;
  lab.simulation.store.write('runtime/volumes', `${host}/${name}`, { files: { '/file': file } });
  return { volume: name, target, subPath: 'file', readOnly: true };
}

describe('nginx', () => {
  it('says when it starts what the real one says', () => {
    const lab = new Lab();
    const log = lab.log(lab.start('nginx:1.28')).split('\n');
    expect(log.slice(0, 9)).toEqual([
      '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
      '/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/',
      '/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh',
      '10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf',
      '10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf',
      '/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh',
      '/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh',
      '/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh',
      '/docker-entrypoint.sh: Configuration complete; ready for start up',
    ]);
    expect(log[9]).toBe('2026/11/20 08:00:00 [notice] 1#1: using the "epoll" event method');
    expect(log).toContain('2026/11/20 08:00:00 [notice] 1#1: start worker process 29');
  });

  it('serves its page, and writes it down', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28');
    const answer = lab.runtime.ask('web', 80, get('/'), '10.244.1.9');
    expect(answer).toMatchObject({ status: 200, reason: 'OK' });
    expect(Object.keys(answer?.headers ?? {})).toEqual([
      'Server',
      'Date',
      'Content-Type',
      'Content-Length',
      'Last-Modified',
      'Connection',
      'ETag',
      'Accept-Ranges',
    ]);
    expect(answer?.body).toContain('<h1>Welcome to nginx!</h1>');
    expect(lab.log(id).trimEnd().split('\n').at(-1)).toBe(
      '10.244.1.9 - - [20/Nov/2026:08:00:00 +0000] "GET / HTTP/1.1" 200 615 "-" "curl/7.88.1" "-"',
    );
  });

  it.each([
    ['listen 127.0.0.1:8080;', false],
    ['listen localhost:8080;', false],
    ['listen [::1]:8080;', false],
    ['listen 8080;', true],
    ['listen 127.0.0.1:8080; listen 0.0.0.0:8080;', true],
  ])('is heard from elsewhere as it is told to listen: %s', (listen, isOpen) => {
    const lab = new Lab();
    const mount = withFile(lab, '/etc/nginx/conf.d/default.conf', `server { ${listen} return 200 "hello"; }`);
    const id = lab.start('nginx:1.28', undefined, { mounts: [mount] });
    expect(lab.runtime.listens('web', 8080)).toBe(isOpen);
    expect(lab.runtime.ask('web', 8080, get('/'), '10.244.1.9')?.body).toBe(isOpen ? 'hello' : undefined);
    expect(lab.exec(id, ['curl', '-s', 'localhost:8080'])).toBe('hello');
    expect(lab.log(id).trimEnd().split('\n').at(-1)).toMatch(/^127\.0\.0\.1 - - /);
  });

  it('does not find what is not there', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28');
    const answer = lab.runtime.ask('web', 80, get('/nope'), '10.244.1.9');
    expect(answer).toMatchObject({ status: 404, reason: 'Not Found', headers: { 'Content-Length': '153' } });
    expect(lab.log(id)).toContain(
      'open() "/usr/share/nginx/html/nope" failed (2: No such file or directory)',
    );
  });

  it.each([
    ['location / { return 200 "hi $host\\n"; }', '/', 200, 'hi web\n'],
    ['location /a { return 301 /b; }', '/a', 301, undefined],
    ['location = /exact { return 200 one; } location / { return 200 two; }', '/exact', 200, 'one'],
    ['location ~ \\.php$ { return 403; }', '/x.php', 403, undefined],
    ['root /usr/share/nginx/html; location / { try_files $uri /50x.html; }', '/nope', 200, undefined],
    ['location / { proxy_pass http://127.0.0.1:9; }', '/', 502, undefined],
    ['location / { root /empty; }', '/', 404, undefined],
    ['location /nginx_status { stub_status; }', '/nginx_status', 200, undefined],
  ])('does what its configuration says: %s', (directives, path, status, body) => {
    const lab = new Lab();
    const mount = withFile(lab, '/etc/nginx/conf.d/default.conf', `server { listen 8080; ${directives} }`);
    lab.start('nginx:1.28', undefined, { mounts: [mount] });
    expect(lab.runtime.listens('web', 80)).toBe(false);
    const answer = lab.runtime.ask('web', 8080, get(path), '10.244.1.9');
    expect(answer?.status).toBe(status);
    if (body !== undefined) expect(answer?.body).toBe(body);
  });

  it('passes on to another server', () => {
    const lab = new Lab();
    lab.names.api = ['10.96.0.20'];
    lab.ways['10.96.0.20:8080'] = { network: 'api', port: 8080 };
    lab.start('registry.example.com/shop/api:1.4', undefined, { network: 'api' });
    const mount = withFile(
      lab,
      '/etc/nginx/conf.d/default.conf',
      'server { location /api/ { proxy_pass http://api:8080/; } }',
    );
    lab.start('nginx:1.28', undefined, { mounts: [mount] });
    expect(lab.runtime.ask('web', 80, get('/api/version'), '10.244.1.9')).toMatchObject({
      status: 200,
      body: '1.4\n',
    });
  });

  it.each([
    ['server { listen 80 }', 'unexpected "}" in /etc/nginx/conf.d/default.conf:1'],
    ['server { listen 80; ', 'unexpected end of file, expecting "}" in /etc/nginx/conf.d/default.conf:1'],
    ['servr { }', 'unknown directive "servr" in /etc/nginx/conf.d/default.conf:1'],
    ['\nlocation / { }', '"location" directive is not allowed here in /etc/nginx/conf.d/default.conf:2'],
    [
      'server { root; }',
      'invalid number of arguments in "root" directive in /etc/nginx/conf.d/default.conf:1',
    ],
  ])('does not start with %j', (text, message) => {
    const lab = new Lab();
    const mount = withFile(lab, '/etc/nginx/conf.d/default.conf', text);
    const id = lab.start('nginx:1.28', undefined, { mounts: [mount] });
    expect(lab.exitCode(id)).toBe(1);
    expect(lab.log(id)).toContain(`nginx: [emerg] ${message}\n`);
  });

  it('tries five times for a port that is taken, and then gives up', () => {
    const lab = new Lab();
    lab.start('nginx:1.28');
    const other = lab.start('nginx:1.28');
    lab.advance(1900);
    expect(lab.exitCode(other)).toBeUndefined();
    lab.advance(1000);
    const log = lab.log(other);
    expect(lab.exitCode(other)).toBe(1);
    expect(
      log.match(/nginx: \[emerg\] bind\(\) to 0\.0\.0\.0:80 failed \(98: Address already in use\)/g),
    ).toHaveLength(5);
    expect(log.trimEnd().endsWith('nginx: [emerg] still could not bind()')).toBe(true);
  });

  it('ends at once in the background, and its container with it', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28', ['nginx']);
    lab.advance(100);
    expect(lab.runtime.container(host, id)).toMatchObject({ state: 'exited', exitCode: 0 });
  });

  it('may not write as another user, or where nothing may', () => {
    const lab = new Lab();
    const user = lab.start('nginx:1.28', undefined, { user: '1000' });
    const readOnly = lab.start('nginx:1.28', undefined, { readOnlyRoot: true });
    expect(lab.log(user)).toContain(
      'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)',
    );
    expect(lab.log(readOnly)).toContain(
      'mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)',
    );
    expect([lab.exitCode(user), lab.exitCode(readOnly)]).toEqual([1, 1]);
  });

  it('reads its configuration again when it is told to, and not before', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28');
    lab.exec(id, ['sh', '-c', 'echo "server { return 200 new; }" > /etc/nginx/conf.d/default.conf']);
    expect(lab.runtime.ask('web', 80, get('/'), 'x')?.body).toContain('Welcome');
    expect(lab.exec(id, ['nginx', '-s', 'reload'])).toMatch(/\[notice\] \d+#\d+: signal process started\n$/);
    lab.advance(10);
    expect(lab.runtime.ask('web', 80, get('/'), 'x')?.body).toBe('new');
  });

  it('fills its templates from the environment', () => {
    const lab = new Lab();
    const mount = withFile(
      lab,
      '/etc/nginx/templates/default.conf.template',
      ['server { return 200 $', '{GREETING}; }'].join(''),
    );
    const id = lab.start('nginx:1.28', undefined, {
      mounts: [mount],
      env: ['GREETING=hello', 'NGINX_VERSION=1.28.0'],
    });
    expect(lab.runtime.ask('web', 80, get('/'), 'x')?.body).toBe('hello');
    expect(lab.log(id)).toContain(
      'Running envsubst on /etc/nginx/templates/default.conf.template to /etc/nginx/conf.d/default.conf',
    );
  });
});

describe('a client in a container', () => {
  it('reaches a server by its name', () => {
    const lab = new Lab();
    lab.names.web = ['10.96.0.20'];
    lab.ways['10.96.0.20:80'] = { network: 'web', port: 80 };
    const server = lab.start('nginx:1.28');
    const client = lab.start('busybox:1.36', ['sleep', '1000'], { network: 'client' });
    expect(lab.exec(client, ['sh', '-c', 'wget -qO- web | head -4 | tail -1'])).toBe(
      '<title>Welcome to nginx!</title>\n',
    );
    expect(lab.exec(client, ['wget', 'http://web'])).toBe(
      `Connecting to web (10.96.0.20:80)\nsaving to 'index.html'\nindex.html           100% |********************************|   615  0:00:00 ETA\n'index.html' saved\n`,
    );
    expect(lab.exec(client, ['wget', '-q', 'http://web/nope'])).toBe(
      'wget: server returned error: HTTP/1.1 404 Not Found\n[1]\n',
    );
    expect(lab.exec(client, ['nc', '-zv', 'web', '80'])).toBe('web (10.96.0.20:80) open\n');
    expect(lab.log(server)).toContain('"GET / HTTP/1.1" 200 615 "-" "Wget" "-"');
  });

  it.each([
    [
      { failure: 'refused' } as const,
      "wget: can't connect to remote host (10.9.9.9): Connection refused\n[1]\n",
    ],
    [
      { failure: 'no-route' } as const,
      "wget: can't connect to remote host (10.9.9.9): No route to host\n[1]\n",
    ],
    [{ failure: 'timeout' } as const, 'wget: download timed out\n[1]\n'],
  ])('says what is wrong: %j', (way, output) => {
    const lab = new Lab();
    lab.ways['10.9.9.9:80'] = way;
    const id = lab.start('busybox:1.36', ['sleep', '1000']);
    expect(lab.exec(id, ['wget', '-q', '-T', '5', '-O-', 'http://10.9.9.9'])).toBe(output);
  });

  it('waits as long as a slow answer takes', () => {
    const lab = new Lab();
    lab.names.shop = ['10.9.9.9'];
    lab.ways['10.9.9.9:8080'] = { network: 'shop', port: 8080 };
    lab.start('registry.example.com/shop/web:1.4', undefined, { network: 'shop' });
    const id = lab.start('nginx:1.28', ['sleep', '1000']);
    const before = lab.simulation.store.now;
    expect(lab.exec(id, ['curl', '-s', 'shop:8080/slow'])).toBe('done\n');
    expect(lab.simulation.store.now - before).toBe(2000);
    expect(lab.exec(id, ['curl', '-sS', '-m', '1', 'shop:8080/slow'])).toBe(
      'curl: (28) Connection timed out after 1001 milliseconds\n[28]\n',
    );
  });

  it('asks the name server', () => {
    const lab = new Lab();
    lab.names['web.shop.svc.cluster.local'] = ['10.96.0.20'];
    const id = lab.start('busybox:1.36', ['sleep', '1000']);
    expect(lab.exec(id, ['nslookup', 'web.shop.svc.cluster.local'])).toBe(
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tweb.shop.svc.cluster.local\nAddress: 10.96.0.20\n\n\n',
    );
    expect(lab.exec(id, ['nslookup', 'nope.example.com'])).toBe(
      "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find nope.example.com: NXDOMAIN\n\n** server can't find nope.example.com: NXDOMAIN\n\n[1]\n",
    );
  });
});

describe('redis', () => {
  it('keeps what it is told, also over a restart', () => {
    const lab = new Lab();
    const id = lab.start('redis:7');
    const cli = (...words: string[]) => lab.exec(id, ['redis-cli', ...words]);
    expect(cli('ping')).toBe('PONG\n');
    expect(cli('set', 'visits', '1')).toBe('OK\n');
    expect(cli('incr', 'visits')).toBe('2\n');
    expect(cli('get', 'nope')).toBe('\n');
    expect(cli('nope')).toBe("ERR unknown command 'nope', with args beginning with: \n\n");
    lab.runtime.stop(host, id, 10_000);
    lab.advance(100);
    expect(lab.exitCode(id)).toBe(0);
    lab.runtime.start(host, id);
    lab.advance(100);
    expect(cli('get', 'visits')).toBe('2\n');
  });

  it('is not there for everybody', () => {
    const lab = new Lab();
    const id = lab.start('redis:7', ['redis-server', '--requirepass', 'secret']);
    expect(lab.exec(id, ['redis-cli', 'ping'])).toBe('NOAUTH Authentication required.\n\n');
    expect(lab.exec(id, ['redis-cli', '-a', 'secret', '--no-auth-warning', 'ping'])).toBe('PONG\n');
    expect(lab.exec(id, ['redis-cli', '-h', 'nope', 'ping'])).toBe(
      'Could not connect to Redis at nope:6379: Name or service not known\n[1]\n',
    );
    expect(lab.exec(id, ['redis-cli', '-p', '1', 'ping'])).toBe(
      'Could not connect to Redis at 127.0.0.1:1: Connection refused\n[1]\n',
    );
  });
});

describe('postgres', () => {
  it('does not start without a password', () => {
    const lab = new Lab();
    const id = lab.start('postgres:16');
    lab.advance(100);
    expect(lab.exitCode(id)).toBe(1);
    expect(lab.log(id)).toMatch(
      /^Error: Database is uninitialized and superuser password is not specified\.\n/,
    );
  });

  it('answers as psql shows it', () => {
    const lab = new Lab();
    const { env = [] } = new Lab().runtime.findImage(host, 'postgres:16')?.image.config ?? {};
    const id = lab.start('postgres:16', undefined, {
      env: [
        ...env,
        'POSTGRES_PASSWORD=x',
        'PGDATA=/var/lib/postgresql/data',
        'PATH=/usr/bin:/usr/local/bin:/usr/lib/postgresql/16/bin',
      ],
    });
    expect(lab.exec(id, ['pg_isready'])).toBe('/var/run/postgresql:5432 - no response\n[2]\n');
    lab.advance(5000);
    const psql = (sql: string) => lab.exec(id, ['psql', '-U', 'postgres', '-c', sql]);
    expect(lab.exec(id, ['pg_isready'])).toBe('/var/run/postgresql:5432 - accepting connections\n');
    expect(psql('select 1')).toBe(' ?column? \n----------\n        1\n(1 row)\n\n');
    expect(psql('create table t (id int, name text)')).toBe('CREATE TABLE\n');
    expect(psql("insert into t values (1, 'tea'), (2, 'coffee')")).toBe('INSERT 0 2\n');
    expect(psql('select * from t where id = 2')).toBe(
      ' id |  name  \n----+--------\n  2 | coffee\n(1 row)\n\n',
    );
    expect(psql('selec 1')).toBe(
      'ERROR:  syntax error at or near "selec"\nLINE 1: selec 1\n        ^\n[1]\n',
    );
    expect(lab.exec(id, ['psql', '-c', 'select 1'])).toBe(
      'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: FATAL:  role "root" does not exist\n[2]\n',
    );
  });
});

describe('the other programs', () => {
  it('hello-world says hello', () => {
    const lab = new Lab();
    const id = lab.start('hello-world');
    expect(lab.log(id)).toContain('Hello from Docker!');
    expect(lab.exitCode(id)).toBe(0);
  });

  it('httpd serves', () => {
    const lab = new Lab();
    lab.start('httpd:2.4');
    expect(lab.runtime.ask('web', 80, get('/'), 'x')).toMatchObject({
      status: 200,
      body: '<html><body><h1>It works!</h1></body></html>\n',
    });
  });

  it('the shop says its version, its health and who it is', () => {
    const lab = new Lab();
    const id = lab.start('registry.example.com/shop/web:1.5', undefined, {
      env: ['APP_VERSION=1.5', 'READY_AFTER_SECONDS=10'],
    });
    const ask = (path: string) => lab.runtime.ask('web', 8080, get(path), 'x');
    expect(ask('/version')?.body).toBe('1.5\n');
    expect(ask('/')?.body).toContain('<p>Version 1.5</p>\n<p>Served by web</p>');
    expect(ask('/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
    expect(ask('/readyz')?.status).toBe(503);
    lab.advance(10_000);
    expect(ask('/readyz')?.status).toBe(200);
    lab.runtime.stop(host, id, 10_000);
    lab.simulation.settle();
    expect(lab.exitCode(id)).toBe(0);
  });

  it('the worker works, and ends when its orders are done', () => {
    const lab = new Lab();
    const id = lab.start('registry.example.com/shop/worker:1.4', undefined, { env: ['ORDERS=2'] });
    lab.advance(20_000);
    expect(lab.log(id).match(/order \d+ processed/g)).toEqual([
      'order 1001 processed',
      'order 1002 processed',
    ]);
    expect(lab.exitCode(id)).toBe(0);
  });

  it.each([
    ['node:22', ['node', '-e', 'console.log("hi"); console.log(1 + 2)'], 'hi\n3\n', 0],
    ['node:22', ['node', '--version'], 'v22.20.0\n', 0],
    ['python:3.13', ['python3', '-c', 'print("hi")'], 'hi\n', 0],
    [
      'python:3.13',
      ['python', 'nope.py'],
      "python3: can't open file '/nope.py': [Errno 2] No such file or directory\n",
      2,
    ],
  ])('%s runs %j', (image, argv, output, code) => {
    const lab = new Lab();
    const id = lab.start(image, argv);
    expect(lab.log(id)).toBe(output);
    expect(lab.exitCode(id)).toBe(code);
  });

  it.each([
    ['registry.k8s.io/hpa-example', undefined, 80, '/', 'OK!'],
    [
      'gcr.io/google-samples/kubernetes-bootcamp:v2',
      undefined,
      8080,
      '/',
      'Hello Kubernetes bootcamp! | Running on: web | v=2\n',
    ],
    [
      'registry.k8s.io/e2e-test-images/agnhost:2.53',
      ['/agnhost', 'netexec', '--http-port=9000'],
      9000,
      '/hostname',
      'web',
    ],
  ])('%s answers as in the tutorials', (image, argv, port, path, body) => {
    const lab = new Lab();
    lab.start(image, argv);
    expect(lab.runtime.ask('web', port, get(path), 'x')).toMatchObject({ status: 200, body });
  });

  it('python serves a folder', () => {
    const lab = new Lab();
    lab.start('python:3.13', ['python3', '-m', 'http.server', '8000', '-d', '/etc']);
    expect(lab.runtime.ask('web', 8000, get('/hostname'), 'x')).toMatchObject({ status: 200, body: 'web\n' });
    expect(lab.runtime.ask('web', 8000, get('/nope'), 'x')?.status).toBe(404);
  });

  it('node serves what a small program says', () => {
    const lab = new Lab();
    const program =
      "require('http').createServer((req, res) => res.end('hello\\n')).listen(3000);\nconsole.log('listening on 3000');";
    const mount = withFile(lab, '/app.js', program);
    const id = lab.start('node:22', ['node', '/app.js'], { mounts: [mount] });
    expect(lab.log(id)).toBe('listening on 3000\n');
    expect(lab.runtime.ask('web', 3000, get('/'), 'x')?.body).toBe('hello\n');
  });
});

describe('servers that give themselves a title', () => {
  it.each([
    ['nginx:1.28', undefined, 'nginx: master process nginx -g daemon off;', 'nginx'],
    ['redis:7', undefined, 'redis-server *:6379', 'redis-server'],
    ['redis:7', ['redis-server', '--port', '7000'], 'redis-server *:7000', 'redis-server'],
  ])('%s %j is listed by it', (image, argv, title, name) => {
    const lab = new Lab();
    const id = lab.start(image, argv);
    lab.advance(5);
    expect(lab.runtime.processes(host, id)[0]?.argv).toEqual([title]);
    expect(lab.exec(id, ['cat', '/proc/1/cmdline'])).toBe(`${title}\0`);
    expect(lab.exec(id, ['cat', '/proc/1/comm'])).toBe(`${name}\n`);
  });

  it('lose it with the program', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sh', '-c', 'exec sleep 100']);
    expect(lab.runtime.processes(host, id)[0]?.argv).toEqual(['sleep', '100']);
  });
});

describe('httpd of busybox', () => {
  it.each([
    ['-f', []],
    ['-fv', ['response:404', 'response:200']],
    ['-fvv', ['url:/none', 'response:404', 'url:/file', 'response:200']],
  ])('%s writes down what it is asked to', (flag, told) => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['httpd', flag, '-h', '/www'], {
      mounts: [withFile(lab, '/www/file', 'hello')],
    });
    for (const path of ['/none', '/file']) lab.runtime.ask('web', 80, get(path), '10.244.1.9');
    const lines = lab.log(id).split('\n').slice(0, -1);
    expect(lines.map((line) => line.replace(/^\[::ffff:10\.244\.1\.9\]:\d+: /, ''))).toEqual(told);
  });
});
