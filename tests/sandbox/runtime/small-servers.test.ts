import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../src/sandbox/runtime/container-runtime.ts';
import { host, Lab } from './lone-container.ts';

function get(path: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', path, host: 'web', headers: {}, body: '', ...more };
}

function started(
  image: string,
  argv?: readonly string[],
  env: readonly string[] = [],
): { lab: Lab; id: string } {
  const lab = new Lab();
  lab.pull(image);
  const own = lab.runtime.findImage(host, image)?.image.config?.env ?? [];
  return { lab, id: lab.start(image, argv, { env: [...own, ...env] }) };
}

const api = 'registry.example.com/shop/api:1.4';
const web = 'registry.example.com/shop/web:1.4';
const worker = 'registry.example.com/shop/worker:1.4';

describe('the servers of the shop', () => {
  it.each([
    [api, [], '/items', 200, '[{"id":1,"name":"tea"},{"id":2,"name":"coffee"}]\n'],
    [api, [], '/', 200, '[{"id":1,"name":"tea"},{"id":2,"name":"coffee"}]\n'],
    [api, [], '/version', 200, '1.4\n'],
    [api, [], '/hostname', 200, 'web\n'],
    [api, [], '/healthz', 200, 'ok\n'],
    [api, ['FAIL_AFTER_SECONDS=0'], '/healthz', 500, 'unhealthy\n'],
    [api, [], '/readyz', 200, 'ready\n'],
    [api, ['READY_AFTER_SECONDS=10'], '/readyz', 503, 'not ready\n'],
    [api, [], '/slow', 200, 'done\n'],
    [api, [], '/work', 200, 'done\n'],
    [api, [], '/nope', 404, 'not found\n'],
    [web, [], '/items', 503, 'API_URL is not set\n'],
    [web, ['API_URL=http://nowhere'], '/items', 502, 'lookup nowhere: no such host\n'],
    [web, ['API_URL=http://slow:81'], '/items', 502, 'dial tcp 10.0.0.3:81: connect: connection timed out\n'],
    [web, ['API_URL=http://closed'], '/items', 502, 'dial tcp 10.0.0.2:80: connect: connection refused\n'],
    [web, ['API_URL=http://gone'], '/items', 502, 'dial tcp 10.0.0.4:80: connect: connection refused\n'],
  ])('%s with %j: %s', (image, env, path, status, body) => {
    const { lab } = started(image, undefined, env);
    lab.names.closed = ['10.0.0.2'];
    lab.names.slow = ['10.0.0.3'];
    lab.names.gone = ['10.0.0.4'];
    lab.ways['10.0.0.2:80'] = { failure: 'refused' };
    lab.ways['10.0.0.3:81'] = { failure: 'timeout' };
    lab.ways['10.0.0.4:80'] = { network: 'gone', port: 80 };
    expect(lab.runtime.ask('web', 8080, get(path), '10.244.1.9')).toMatchObject({ status, body });
    expect(lab.runtime.ask('web', 8080, get(path, { method: 'HEAD' }), '10.244.1.9')?.body).toBe('');
  });

  it('give up when they would ask themselves for ever', () => {
    const { lab } = started(web, undefined, ['API_URL=http://web']);
    lab.names.web = ['10.0.0.5'];
    lab.ways['10.0.0.5:80'] = { network: 'web', port: 8080 };
    expect(lab.runtime.ask('web', 8080, get('/items'), '10.244.1.9')).toMatchObject({
      status: 502,
      body: 'dial tcp 10.0.0.5:80: connect: connection refused\n',
    });
  });

  it.each([
    [['REQUIRED_ENV=A,B', 'A=1'], 'error B is not set\n', 1],
    [['REQUIRED_ENV=A', 'A=1'], 'info  listening on :8080\n', undefined],
    [['PORT=9000'], 'info  listening on :9000\n', undefined],
  ])('with %j they begin with %j', (env, said, code) => {
    const { lab, id } = started(api, undefined, env);
    expect(lab.log(id).endsWith(said)).toBe(true);
    expect(lab.exitCode(id)).toBe(code);
  });

  it.each([
    ['TERM', 0, 'info  received SIGTERM, finishing requests\n'],
    ['INT', 0, 'info  received SIGINT, finishing requests\n'],
    ['HUP', undefined, undefined],
  ])('after SIG%s they end with %j', (signal, code, said) => {
    const { lab, id } = started(api);
    lab.runtime.kill(host, id, signal);
    lab.simulation.settle();
    expect(lab.exitCode(id)).toBe(code);
    expect(lab.log(id).includes(said ?? 'received')).toBe(said !== undefined);
  });

  it.each([
    [[], 12_000, ['order 1001 processed', 'order 1002 processed']],
    [['PAUSE_MS=1000'], 2500, ['order 1001 processed', 'order 1002 processed']],
    [['PAUSE_MS=never'], 6000, ['order 1001 processed']],
    [['ORDERS=1', 'PAUSE_MS=1000'], 2500, ['1 orders are waiting', 'order 1001 processed', 'no more orders']],
  ])('the worker with %j takes its orders', (env, milliseconds, said) => {
    const { lab, id } = started(worker, undefined, env);
    lab.advance(milliseconds);
    const lines = lab.log(id).trimEnd().split('\n').slice(1);
    expect(lines.map((line) => line.replace(/^\S+ info +/, ''))).toEqual(said);
    expect(lab.exitCode(id)).toBe(env[0] === 'ORDERS=1' ? 0 : undefined);
  });

  it.each([
    ['TERM', 0],
    ['INT', 0],
    ['USR1', undefined],
  ])('the worker after SIG%s: %j', (signal, code) => {
    const { lab, id } = started(worker);
    lab.runtime.kill(host, id, signal);
    lab.simulation.settle();
    expect(lab.exitCode(id)).toBe(code);
    expect(lab.log(id).includes(`received SIG${signal}, 0 orders are done`)).toBe(code === 0);
  });
});

describe('httpd', () => {
  const page = (status: number, title: string, text: string) =>
    `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body></html>\n`;

  it.each([
    ['GET', '/', 200, '<html><body><h1>It works!</h1></body></html>\n'],
    ['HEAD', '/', 200, ''],
    ['GET', '/index.html', 200, '<html><body><h1>It works!</h1></body></html>\n'],
    ['GET', '/odd.xyz', 200, 'odd\n'],
    ['GET', '/nope', 404, page(404, 'Not Found', 'The requested URL was not found on this server.')],
    [
      'GET',
      '/sub',
      301,
      page(301, 'Moved Permanently', 'The document has moved <a href="http://web/sub/">here</a>.'),
    ],
  ])('%s %s: %i', (method, path, status, body) => {
    const { lab, id } = started('httpd:2.4');
    lab.exec(id, ['sh', '-c', 'cd /usr/local/apache2/htdocs; echo odd > odd.xyz; mkdir sub']);
    const answer = lab.runtime.ask('web', 80, get(path, { method }), '10.244.1.9');
    expect(answer).toMatchObject({ status, body });
    const bytes = method === 'HEAD' ? '-' : body.length;
    const line = `10.244.1.9 - - [20/Nov/2026:08:00:00 +0000] "${method} ${path} HTTP/1.1" ${status} ${bytes}\n`;
    expect(lab.log(id).endsWith(line)).toBe(true);
  });

  it.each([
    [['httpd', '-v'], 'Server version: Apache/2.4.65 (Unix)\n'],
    [['httpd', '-t'], 'Syntax OK\n'],
  ])('%j says %j', (argv, said) => {
    const { lab, id } = started('httpd:2.4', argv);
    expect([lab.log(id), lab.exitCode(id)]).toEqual([said, 0]);
  });

  it.each([
    ['TERM', 0, 'AH00491: caught SIGTERM, shutting down'],
    ['INT', 0, 'AH00491: caught SIGTERM, shutting down'],
    ['WINCH', 0, 'AH00492: caught SIGWINCH, shutting down gracefully'],
    ['USR2', undefined, 'AH00094: Command line'],
  ])('after SIG%s ends with %j', (signal, code, said) => {
    const { lab, id } = started('httpd:2.4');
    lab.runtime.kill(host, id, signal);
    lab.simulation.settle();
    expect(lab.exitCode(id)).toBe(code);
    expect(lab.log(id).trimEnd().split('\n').at(-1)).toContain(said);
  });
});
