import { beforeAll, describe, expect, it } from 'vitest';
import { ShellVisitor } from '../shell/shell-visitor.ts';

/** Images of demonstrations: what their sources make of requests and signals. */
describe('a demonstration of one program', () => {
  const visitor = new ShellVisitor();
  const out = (line: string): string => visitor.type(line).out;

  beforeAll(() => {
    for (const line of [
      'docker run -d --name who --hostname who -p 8080:80 -e WHOAMI_NAME=first traefik/whoami',
      'docker run -d --name named --hostname who -p 8081:9000 traefik/whoami --port 9000 --name=second',
      'docker run -d --name echo -p 5678:5678 hashicorp/http-echo',
      'docker run -d --name teapot -p 5679:80 hashicorp/http-echo -listen=:80 -text=tea -status-code=418',
      'docker run -d --name hello --hostname hello -p 8082:8080 gcr.io/google-samples/hello-app:2.0',
      'docker run -d --name plain --hostname plain -p 8083:80 traefik/whoami',
      'docker run -d --name portless -e PORT= -p 8084:8080 gcr.io/google-samples/hello-app:1.0',
      'docker run -d --name hung-up hashicorp/http-echo',
      'fast 3s',
    ]) {
      const { status, err } = visitor.type(line);
      if (status !== 0) throw new Error(`${line}: ${err}`);
    }
  });

  it.each<[string, string]>([
    [
      'curl -s localhost:8080/x?y',
      'Name: first\nHostname: who\nIP: 127.0.0.1\nIP: ::1\nIP: 172.17.0.2\nRemoteAddr: 172.17.0.1:41234\nGET /x?y HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: curl/8.14.1\r\nAccept: */*\r\n\r\n',
    ],
    ['curl -s localhost:8081 | head -n 2', 'Name: second\nHostname: who\n'],
    ['curl -s localhost:8083 | head -n 1', 'Hostname: plain\n'],
    // The agent first, the others by their names.
    [
      "curl -s -H 'X-B: 1' -H 'X-A: 2' localhost:8083 | tail -n 5",
      'User-Agent: curl/8.14.1\r\nAccept: */*\r\nX-A: 2\r\nX-B: 1\r\n\r\n',
    ],
    ['curl -s localhost:8084 | head -n 2', 'Hello, world!\nVersion: 1.0.0\n'],
    ['curl -s localhost:8080/bench', '1'],
    ["curl -s -o /dev/null -w '%{http_code}' localhost:8080/health", '200'],
    ['docker exec echo /http-echo -text=', ''],
    ['curl -s localhost:5678', 'hello-world\n'],
    ['curl -s localhost:5678/health', '{"status":"ok"}\n'],
    ["curl -s -w '%{http_code}' localhost:5679", 'tea\n418'],
    ['curl -s localhost:8082/any', 'Hello, world!\nVersion: 2.0.0\nHostname: hello\n'],
  ])('answers %s', (line, answer) => {
    expect(out(line)).toBe(answer);
  });

  it('gives what it knows as JSON', () => {
    expect(JSON.parse(out('curl -s localhost:8081/api'))).toEqual({
      hostname: 'who',
      ip: ['127.0.0.1', '::1', '172.17.0.3'],
      headers: { 'User-Agent': ['curl/8.14.1'], Accept: ['*/*'] },
      url: '/api',
      host: 'localhost:8081',
      method: 'GET',
      name: 'second',
      remoteAddr: '172.17.0.1:41234',
    });
  });

  it('has no shell and no tools', () => {
    expect(out('docker exec who sh')).toContain('"sh": executable file not found in $PATH');
  });

  it('says its name as JSON only where it has one', () => {
    expect(JSON.parse(out('curl -s localhost:8083/api'))).not.toHaveProperty('name');
  });

  it('ends with 2 by a signal that it does not ask for', () => {
    visitor.type('docker kill -s HUP hung-up');
    visitor.type('fast 1s');
    expect(out("docker inspect -f '{{.State.ExitCode}}' hung-up")).toBe('2\n');
  });

  it.each([
    ['hashicorp/http-echo a b', 'Too many arguments!\n', 127],
    ['hashicorp/http-echo -text=a b', 'Too many arguments!\n', 127],
    ['-e ECHO_TEXT= hashicorp/http-echo', 'Missing -text option or ECHO_TEXT env var!\n', 127],
  ])('ends where it is called as %s', (words, err, status) => {
    expect(visitor.type(`docker run --rm --pull never ${words}`)).toMatchObject({ err, status });
  });

  it.each(['echo', 'who', 'hello'])('ends with 2 when it is stopped: %s', (name) => {
    visitor.type(`docker kill -s TERM ${name}`);
    visitor.type('fast 1s');
    expect(out(`docker inspect -f '{{.State.Running}} {{.State.ExitCode}}' ${name}`)).toBe('false 2\n');
  });
});
