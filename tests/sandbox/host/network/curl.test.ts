import { beforeAll, describe, expect, it } from 'vitest';
import { ShellVisitor } from '../../shell/shell-visitor.ts';

describe('curl on the laptop', () => {
  const visitor = new ShellVisitor();
  beforeAll(() => {
    for (const line of [
      'docker network create shop',
      'docker run -d --name web --network shop -p 8080:80 nginx:1.28',
      'docker run -d --name silent -p 8081:80 busybox:1.36 sleep 3600',
      'docker run -d --name local -p 127.0.0.1:8082:80 nginx:1.28',
      'fast 5s',
    ]) {
      const { status, err } = visitor.type(line);
      if (status !== 0) throw new Error(`${line}: ${err}`);
    }
  });

  const refused = (name: string, port: number) =>
    `curl: (7) Failed to connect to ${name} port ${port} after 0 ms: Could not connect to server\n`;

  it.each([
    ['http://localhost:8080', '200', ''],
    ['127.0.0.1:8080/nope', '404', ''],
    ['http://172.30.0.1:8080', '200', ''],
    ['http://172.18.0.2', '200', ''],
    ['http://172.17.0.1:8080', '200', ''],
    ['http://localhost:8082', '200', ''],
    ['http://172.30.0.1:8082', '', refused('172.30.0.1', 8082)],
    ['http://localhost:8081', '', 'curl: (52) Empty reply from server\n'],
    ['http://172.30.0.1:8081', '', refused('172.30.0.1', 8081)],
    ['http://localhost:8090', '', refused('localhost', 8090)],
    ['http://web', '', 'curl: (6) Could not resolve host: web\n'],
    ['http://172.18.0.99', '', refused('172.18.0.99', 80)],
  ])('asks %s: %s%s', (url, out, err) => {
    expect(visitor.type(`curl -sS -o /dev/null -w '%{http_code}' ${url}`)).toMatchObject({ out, err });
  });
});
