import { beforeAll, describe, expect, it } from 'vitest';
import { ShellVisitor } from '../../shell/shell-visitor.ts';

/** Lines, and the address that nginx logged for them: seen with Docker Engine 29.7.2. */
const senders: readonly (readonly [line: string, address: string])[] = [
  ['curl -s localhost:8080', '172.18.0.1'],
  ['curl -s 127.0.0.1:8080', '172.18.0.1'],
  ['curl -s 172.18.0.1:8080', '172.18.0.1'],
  ['curl -s 172.19.0.1:8080', '172.18.0.1'],
  ['curl -s 172.18.0.2', '172.18.0.1'],
  ['curl -s 172.30.0.1:8080', '172.30.0.1'],
  ['docker exec far wget -qO- 172.19.0.1:8080', '172.18.0.1'],
  ['docker exec near wget -qO- 172.18.0.1:8080', '172.18.0.1'],
  ['docker exec near wget -qO- web', '172.18.0.3'],
  ['docker exec web curl -s web', '172.18.0.2'],
  ['docker exec web curl -s localhost', '127.0.0.1'],
];

describe('a server in a container', () => {
  const visitor = new ShellVisitor();
  beforeAll(() => {
    for (const line of [
      'docker network create shop',
      'docker network create other',
      'docker run -d --name web --network shop -p 8080:80 nginx:1.28',
      'docker run -d --name near --network shop busybox:1.36 sleep 3600',
      'docker run -d --name far --network other busybox:1.36 sleep 3600',
      'fast 5s',
    ]) {
      const { status, err } = visitor.type(line);
      if (status !== 0) throw new Error(`${line}: ${err}`);
    }
  });

  it.each(senders)('is asked by %s from %s', (line, address) => {
    expect(visitor.type(line)).toMatchObject({ status: 0 });
    expect(visitor.type('docker logs -n 1 web').out.split(' ')[0]).toBe(address);
  });
});
