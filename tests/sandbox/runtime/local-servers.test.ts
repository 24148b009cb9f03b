import { expect, it } from 'vitest';
import { host, Lab } from './lone-container.ts';

const files = (lab: Lab, name: string, content: string) => {
  const node = { kind: 'file', content, mode: 0o644, owner: '0:0', at: 0 } as const;
  lab.simulation.store.write('runtime/volumes', `${host}/app`, { files: { [`/${name}`]: node } });
  return [{ volume: 'app', target: '/app', readOnly: true }];
};

it.each<[string, readonly string[], number, boolean]>([
  ['redis:7', ['redis-server', '--bind', '127.0.0.1'], 6379, true],
  ['redis:7', ['redis-server', '--bind', '127.0.0.1', '-::1', '--port', '7000'], 7000, true],
  ['redis:7', ['redis-server', '--bind', '127.0.0.1', '10.0.0.1'], 6379, false],
  ['redis:7', ['redis-server'], 6379, false],
  ['busybox:1.36', ['httpd', '-f', '-p', '127.0.0.1:8080'], 8080, true],
  ['busybox:1.36', ['httpd', '-f', '-p', '8080'], 8080, false],
  ['python:3.13-slim', ['python3', '-m', 'http.server', '-b', '127.0.0.1', '9000'], 9000, true],
  ['python:3.13-slim', ['python3', '-m', 'http.server', '9000'], 9000, false],
])('%s with %o listens on its port, for itself alone or for all', (image, argv, port, isLocal) => {
  const lab = new Lab();
  lab.start(image, argv);
  lab.advance(3000);
  expect(lab.runtime.listens('web', port, true)).toBe(true);
  expect(lab.runtime.listens('web', port)).toBe(!isLocal);
});

it.each([
  ['app = Flask(__name__)\napp.run(port=5000)', true],
  ['app = Flask(__name__)\napp.run(host="0.0.0.0", port=5000)', false],
  ["HTTPServer(('localhost', 5000), Handler).serve_forever()", true],
  ["HTTPServer(('', 5000), Handler).serve_forever()", false],
])('a server written in Python listens where it says: %s', (source, isLocal) => {
  const lab = new Lab();
  lab.start('python:3.13-slim', ['python3', '/app/app.py'], { mounts: files(lab, 'app.py', source) });
  expect(lab.runtime.listens('web', 5000, true)).toBe(true);
  expect(lab.runtime.listens('web', 5000)).toBe(!isLocal);
});

it.each([
  ["http.createServer((req, res) => res.end('hi')).listen(3000, '127.0.0.1');", true],
  ["http.createServer((req, res) => res.end('hi')).listen(3000);", false],
])('a server written for node listens where it says: %s', (source, isLocal) => {
  const lab = new Lab();
  lab.start('node:22-slim', ['node', '/app/app.js'], { mounts: files(lab, 'app.js', source) });
  expect(lab.runtime.listens('web', 3000, true)).toBe(true);
  expect(lab.runtime.listens('web', 3000)).toBe(!isLocal);
});

it.each([
  ['redis:7', '999:999'],
  ['postgres:16', '999:999'],
])('%s hands over to its own user, and its files with it', (image, owner) => {
  const lab = new Lab();
  const id = lab.start(image, undefined, { env: [...(imageEnv(lab, image) ?? []), 'POSTGRES_PASSWORD=x'] });
  lab.advance(5000);
  const status = lab.exec(id, ['sh', '-c', "cat /proc/1/status | grep -E '^[UG]id'"]);
  const [uid, gid] = owner.split(':');
  expect(status).toBe(`Uid:\t${uid}\t${uid}\t${uid}\t${uid}\nGid:\t${gid}\t${gid}\t${gid}\t${gid}\n`);
});

function imageEnv(lab: Lab, image: string): readonly string[] | undefined {
  lab.pull(image);
  return lab.runtime.findImage(host, image)?.image.config.env;
}
