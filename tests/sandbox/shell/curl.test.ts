import { describe, expect, it } from 'vitest';
import { TerminalVisitor } from './terminal-visitor.ts';

const visitor = new TerminalVisitor();
visitor.type('docker run -d --name web -p 8080:80 nginx:1.28; sleep 2');
const engine = '--unix-socket /var/run/docker.sock';
const json = "-H 'Content-Type: application/json'";

const headers = (rest: string): RegExp =>
  new RegExp(
    `^HTTP/1\\.1 ${rest}Docker-Experimental: false\r\nOstype: linux\r\nServer: Docker/29\\.7\\.2 \\(linux\\)\r\nDate: [\\w, :]+ GMT\r\n`,
  );

/** What curl 7.88 and 8.14 said to the same line, asking a real Engine of the same version. */
describe('curl asks the Engine itself', () => {
  it.each<readonly [line: string, out: string | RegExp, status: number]>([
    [`curl -s ${engine} http://localhost/_ping`, 'OK', 0],
    [
      `curl -s ${engine} http://localhost/v1.55/nope -i`,
      /^HTTP\/1\.1 404 Not Found\r\n[\s\S]*Content-Length: 29\r\n\r\n\{"message":"page not found"\}\n$/,
      0,
    ],
    [
      `curl -s ${engine} -X POST http://localhost/containers/nope/start -i`,
      headers('404 Not Found\r\nApi-Version: 1\\.55\r\nContent-Type: application/json\r\n'),
      0,
    ],
    [
      `curl -s ${engine} -X POST http://localhost/containers/nope/start`,
      '{"message":"No such container: nope"}\n',
      0,
    ],
    [
      `curl -s -o /dev/null -w '%{http_code} %{response_code}\\n' ${engine} ${json} -d '{"Name":"data"}' http://localhost/volumes/create`,
      '201 201\n',
      0,
    ],
    [
      `curl -s ${engine} -i -X DELETE http://localhost/volumes/data`,
      /^HTTP\/1\.1 204 No Content\r\nApi-Version: 1\.55\r\nDocker-Experimental: false\r\nOstype: linux\r\nServer: Docker\/29\.7\.2 \(linux\)\r\nDate: [\w, :]+ GMT\r\n\r\n$/,
      0,
    ],
    [
      `curl -s ${engine} -X POST http://localhost/containers/create -d x`,
      `{"message":"unsupported Content-Type header (application/x-www-form-urlencoded): must be 'application/json'"}\n`,
      0,
    ],
    [
      `curl -s ${engine} 'http://localhost/containers/json?limit=0&filters=%7B%22name%22%3A%5B%22zzz%22%5D%7D'`,
      '[]\n',
      0,
    ],
    [`curl -s ${engine} http://localhost/containers/json -i`, /\r\nContent-Type: application\/json\r\n/, 0],
    [`curl -s --unix-socket /run/docker.sock http://localhost/images/json | head -c 1`, '[', 0],
    [`curl -sf ${engine} http://localhost/nope`, '', 22],
    [`curl -s ${engine} 'http://localhost/containers/web/logs?stdout=1&tail=1&tail=2' | wc -l`, /^\d+\n$/, 0],
    [
      `curl -s ${engine} -X POST 'http://localhost/images/create?fromImage=busybox&tag=1.36' | head -1`,
      /^\{"status":"Pulling from library\/busybox"/,
      0,
    ],
    [
      `echo '{"Name":"two"}' > body; curl -s ${engine} ${json} -d @body http://localhost/volumes/create | head -c 40`,
      /"Name":"two"|"CreatedAt"/,
      0,
    ],
    [
      `echo '{"Name":"two"}' | curl -s ${engine} ${json} -d @- http://localhost/volumes/create -o made; grep -c two made`,
      '1\n',
      0,
    ],
    [
      `curl -s ${engine} ${json} -d '{x' http://localhost/containers/create -o /dev/null -w '%{http_code}'`,
      '400',
      0,
    ],
  ])('%s', (line, out, status) => {
    const said = visitor.type(line);
    if (typeof out === 'string') expect(said).toEqual({ out, err: '', status });
    else expect(said).toEqual({ out: expect.stringMatching(out), err: '', status });
  });
});

const usage = "\ncurl: try 'curl --help' for more information\n";

describe('curl ends with the code of the real one', () => {
  it.each([
    ['curl', 2, `(2) no URL specified${usage}`],
    ['curl --nope x', 2, `option --nope: is unknown${usage}`],
    ['curl -X', 2, `option -X: requires parameter${usage}`],
    ['curl -sX', 2, `option -X: requires parameter${usage}`],
    ['curl -m x localhost', 2, `option -m: expected a proper numerical parameter${usage}`],
    ['curl http://', 3, '(3) URL rejected: No host part in the URL\n'],
    ["curl 'http://a b'", 3, '(3) URL rejected: Malformed input to a URL function\n'],
    [
      'curl http://localhost:99999',
      3,
      '(3) URL rejected: Port number was not a decimal number between 0 and 65535\n',
    ],
    ['curl ftp://x', 1, '(1) Protocol "ftp" not supported\n'],
    ['curl https://localhost', 35, '(35) only http is spoken in the sandbox, not https\n'],
    ['curl http://nope.invalid', 6, '(6) Could not resolve host: nope.invalid\n'],
    [
      'curl localhost:1',
      7,
      '(7) Failed to connect to localhost port 1 after 0 ms: Could not connect to server\n',
    ],
    [
      'curl -sS localhost:1',
      7,
      '(7) Failed to connect to localhost port 1 after 0 ms: Could not connect to server\n',
    ],
    [
      'curl --unix-socket /nope http://localhost/',
      7,
      '(7) Failed to connect to localhost port 80 after 0 ms: Could not connect to server\n',
    ],
    ['curl -f localhost:8080/nope', 22, '(22) The requested URL returned error: 404\n'],
    ['curl -o nope/x localhost:8080', 23, '(23) client returned ERROR on write, 0 bytes written\n'],
    ['curl -d @nope localhost:8080', 26, '(26) Failed to open nope\n'],
  ])('%s: %d', (line, status, err) => {
    expect(visitor.type(line)).toEqual({ out: '', err: `curl: ${err}`, status });
  });

  it.each([
    ['curl -s localhost:1', '', 7],
    ['curl -sI localhost:8080 | head -1', 'HTTP/1.1 200 OK\r\n', 0],
    ['curl -s -o - localhost:8080/nope | head -1', '<html>\r\n', 0],
    ['curl -sXPOST -A me -H "X-Name: me" localhost:8080 -o /dev/null -w "%{http_code}"', '405', 0],
    ['curl -s -d a=b localhost:8080 -o /dev/null -w "%{http_code}"', '405', 0],
    ['curl -s -m 5 localhost:8080 second-url | grep -c Welcome', '2\n', 0],
  ])('%s', (line, out, status) => {
    expect(visitor.type(line)).toEqual({ out, err: '', status });
  });

  it('a port that kubectl port-forward opened leads into a Pod that answers nothing', () => {
    visitor.type(
      'kubectl run silent --image=busybox:1.36 -- sleep 1d; kubectl wait --for=condition=Ready pod/silent',
    );
    visitor.type('kubectl port-forward pod/silent 9000:80 > log &');
    expect(visitor.type('curl localhost:9000').status).toBe(52);
    expect(visitor.type('kubectl port-forward pod/silent 9000:80').err).toContain('address already in use');
    expect(visitor.type('kill $!; jobs').out).toBe('');
    expect(visitor.type('curl localhost:9000').status).toBe(7);
  });
});
