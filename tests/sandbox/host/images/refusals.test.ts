import { beforeAll, describe, expect, it } from 'vitest';
import { asUser, filters, HostLab } from '../host-lab.ts';

const nowhere = '0'.repeat(64);
const denied = 'pull access denied, repository does not exist or may require authorization';
const dns = 'no such host';

/** What Docker Engine 29.7.2 answers, with the registries that there are here in the place of its own. */
const refusals: readonly (readonly [request: string, outcome: string])[] = [
  ['GET /images/nope/json', '404 No such image: nope:latest'],
  ['GET /images/NOPE/json', '400 invalid reference format: repository name (library/NOPE) must be lowercase'],
  ['GET /images/sha256:0000/json', '404 No such image: sha256:0000'],
  [`GET /images/sha256:${nowhere}/json`, `404 No such image: sha256:${nowhere}`],
  ['GET /images/0123456789ab/json', '404 No such image: 0123456789ab:latest'],
  ['GET /images/localhost:5000/a/b:1/json', '404 No such image: localhost:5000/a/b:1'],
  ['GET /images/nope/history', '404 No such image: nope:latest'],
  ['GET /images/nope/get', '404 No such image: nope:latest'],
  ['GET /images/get?names=nope', '404 No such image: nope:latest'],
  ['DELETE /images/nope', '404 No such image: nope:latest'],
  ['DELETE /images/busybox:9', '404 No such image: busybox:9'],
  ['POST /images/nope/tag?repo=a&tag=1', '404 No such image: nope:latest'],
  [
    'POST /images/busybox/tag?repo=HB&tag=1',
    '400 invalid reference format: repository name (library/HB) must be lowercase',
  ],
  ['POST /images/busybox/tag?repo=a/b&tag=bad!tag', '400 invalid tag format'],
  [
    `POST /images/busybox/tag?repo=${'a'.repeat(64)}`,
    `400 invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`,
  ],
  ['POST /images/busybox/tag?repo=&tag=x', '200'],
  [
    'POST /images/create?fromImage=nginx&tag=9.99',
    '404 failed to resolve reference "docker.io/library/nginx:9.99": docker.io/library/nginx:9.99: not found',
  ],
  [
    `POST /images/create?fromImage=nginx&tag=sha256:${nowhere}`,
    `404 failed to resolve reference "docker.io/library/nginx@sha256:${nowhere}": docker.io/library/nginx@sha256:${nowhere}: not found`,
  ],
  [
    'POST /images/create?fromImage=shop/nope&tag=latest',
    "404 pull access denied for shop/nope, repository does not exist or may require 'docker login'",
  ],
  [
    'POST /images/create?fromImage=registry.example.com/shop/nope&tag=2',
    '404 failed to resolve reference "registry.example.com/shop/nope:2": registry.example.com/shop/nope:2: not found',
  ],
  [
    'POST /images/create?fromImage=registry.example.com/private/web&tag=1.5',
    `500 failed to resolve reference "registry.example.com/private/web:1.5": ${denied}: authorization failed: no basic auth credentials`,
  ],
  [
    'POST /images/create?fromImage=localhost:5000/shop/web&tag=1.0',
    '500 failed to resolve reference "localhost:5000/shop/web:1.0": failed to do request: Head "https://localhost:5000/v2/shop/web/manifests/1.0": dial tcp 127.0.0.1:5000: connect: connection refused',
  ],
  [
    'POST /images/create?fromImage=nosuch.example.com/foo&tag=1',
    `500 failed to resolve reference "nosuch.example.com/foo:1": failed to do request: Head "https://nosuch.example.com/v2/foo/manifests/1": dial tcp: lookup nosuch.example.com on 192.168.1.1:53: ${dns}`,
  ],
  [
    'POST /images/create?fromImage=nosuch.example.com/foo',
    `500 Get "https://nosuch.example.com/v2/": dial tcp: lookup nosuch.example.com on 192.168.1.1:53: ${dns}`,
  ],
  [
    'POST /images/create?fromImage=NGINX',
    '400 invalid reference format: repository name (library/NGINX) must be lowercase',
  ],
  ['POST /images/create?fromImage=redis&tag=sha256:435a066d3fec', '400 invalid reference format'],
  ['POST /images/create?fromImage=redis&tag=7!', '400 invalid tag format'],
  ['POST /images/create', '500 Get "http:": http: no Host in request URL'],
  ['POST /images/create?fromSrc=foo', `500 Get "http://foo": dial tcp: lookup foo on 192.168.1.1:53: ${dns}`],
  ['POST /images/create?fromSrc=-&repo=a/b&changes=FOO x', '400 FOO is not a valid change command'],
  ['GET /distribution/nginx:9.99/json', '404 manifest unknown: manifest unknown'],
  [`GET /images/json?${filters({ foo: ['x'] })}`, "400 invalid filter 'foo'"],
  [`GET /images/json?${filters({ dangling: ['maybe'] })}`, "400 invalid filter 'dangling=[maybe]'"],
  [`GET /images/json?${filters({ before: ['nope'] })}`, '404 No such image: nope:latest'],
  ['GET /images/json?filters=x', '400 invalid filter'],
  ['GET /images/search?term=nginx&limit=101', '400 limit 101 is outside the range of [1, 100]'],
];

describe('requests for images that the engine refuses', () => {
  let lab: HostLab;
  beforeAll(() => {
    lab = new HostLab().images('busybox:1.36', 'busybox:latest');
  });

  it.each(refusals)('%s', (request, outcome) => {
    const [method = '', target = ''] = request.split(/ (.*)/s);
    expect(lab.outcome(method as 'GET', target)).toBe(outcome);
  });

  it('and leave the world as it was', () => {
    expect(lab.get<unknown[]>('/images/json')).toHaveLength(2);
  });
});

describe('a login', () => {
  it.each([
    ['registry.example.com', 'team', 'shop-1234', '200'],
    ['https://registry.example.com', 'team', 'shop-1234', '200'],
    [
      'registry.example.com',
      'team',
      'wrong',
      '500 login attempt to https://registry.example.com/v2/ failed with status: 401 Unauthorized',
    ],
    [
      'registry.example.com',
      'toString',
      'wrong',
      '500 login attempt to https://registry.example.com/v2/ failed with status: 401 Unauthorized',
    ],
    [
      'https://index.docker.io/v1/',
      'you',
      'secret',
      '401 Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password',
    ],
    [
      '',
      'you',
      'secret',
      '401 Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password',
    ],
    [
      'nosuch.example.com',
      'you',
      'secret',
      `500 Get "https://nosuch.example.com/v2/": dial tcp: lookup nosuch.example.com on 192.168.1.1:53: ${dns}`,
    ],
    [
      'localhost:5000',
      'you',
      'secret',
      '500 Get "https://localhost:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused',
    ],
  ])('at %j as %s with %s: %s', (serveraddress, username, password, outcome) => {
    expect(new HostLab().outcome('POST', '/auth', { serveraddress, username, password })).toBe(outcome);
  });
});

describe('a private repository', () => {
  const target = '/images/create?fromImage=registry.example.com/private/web&tag=1.5';

  it('is pulled from with an account', () => {
    const messages = new HostLab().messages('POST', target, undefined, asUser('team', 'shop-1234'));
    expect(messages.at(-1)).toEqual({
      status: 'Status: Downloaded newer image for registry.example.com/private/web:1.5',
    });
  });

  it('is not pulled from with a wrong password', () => {
    expect(new HostLab().outcome('POST', target, undefined, asUser('team', 'wrong'))).toBe(
      '500 unknown: failed to resolve reference "registry.example.com/private/web:1.5": unexpected status from HEAD request to https://registry.example.com/v2/private/web/manifests/1.5: 401 Unauthorized',
    );
  });

  it('is not pulled from with a header that cannot be read', () => {
    const outcome = new HostLab().outcome('POST', target, undefined, { 'x-registry-auth': '%%%' });
    expect(outcome).toContain('no basic auth credentials');
  });
});
