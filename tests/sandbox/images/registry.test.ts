import { describe, expect, it } from 'vitest';
import { buildImage } from '../../../src/sandbox/images/build-image.ts';
import { libraryLayer } from '../../../src/sandbox/images/layers/library-layers.ts';
import { libraryImage, libraryRepositories, libraryTags } from '../../../src/sandbox/images/library.ts';
import {
  acceptsLogin,
  pushedTable,
  registryTable,
  resolvePull,
} from '../../../src/sandbox/images/registry.ts';
import { Store } from '../../../src/sandbox/store.ts';
import { emptyWorld } from '../../../src/sandbox/world.ts';

function newStore(): Store {
  return new Store(emptyWorld(0, 1));
}

const team = { username: 'team', password: 'shop-1234' };
const denied = 'pull access denied, repository does not exist or may require authorization';

describe('a pull that cannot be', () => {
  it.each([
    [
      'nginx:9.99',
      'not-found',
      'failed to pull and unpack image "docker.io/library/nginx:9.99": failed to resolve image: docker.io/library/nginx:9.99: not found',
    ],
    [
      'registry.example.com/shop/nope',
      'not-found',
      'failed to pull and unpack image "registry.example.com/shop/nope:latest": failed to resolve image: registry.example.com/shop/nope:latest: not found',
    ],
    [
      'shop/nope',
      'denied',
      `failed to pull and unpack image "docker.io/shop/nope:latest": failed to resolve image: ${denied}: server message: insufficient_scope: authorization failed`,
    ],
    [
      'registry.example.com/private/web:1.4',
      'denied',
      `failed to pull and unpack image "registry.example.com/private/web:1.4": failed to resolve image: ${denied}: authorization failed: no basic auth credentials`,
    ],
    [
      'registry.example.invalid/x:1',
      'no-such-host',
      'failed to pull and unpack image "registry.example.invalid/x:1": failed to resolve image: failed to do request: Head "https://registry.example.invalid/v2/x/manifests/1": dial tcp: lookup registry.example.invalid on 172.30.0.1:53: no such host',
    ],
    ['NGINX:1', 'bad-reference', 'failed to parse image reference "NGINX:1": invalid reference format'],
    [
      'nginx@sha256:abc',
      'bad-reference',
      'failed to parse image reference "nginx@sha256:abc": invalid reference format',
    ],
    ['', 'bad-reference', 'failed to parse image reference "": invalid reference format'],
  ])('%j says it in the words of containerd', (reference, failure, message) => {
    expect(resolvePull(newStore(), reference)).toMatchObject({ failure, message });
  });

  it('changes nothing', () => {
    const store = newStore();
    const before = JSON.stringify(store.snapshot());
    resolvePull(store, 'nginx');
    resolvePull(store, 'nope');
    expect(JSON.stringify(store.snapshot())).toBe(before);
  });
});

describe('a pull', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.28', 'docker.io/library/nginx:1.28'],
    ['docker.io/library/nginx:1.28-alpine', 'docker.io/library/nginx:1.28-alpine'],
    ['registry.k8s.io/pause:3.10.2', 'registry.k8s.io/pause:3.10.2'],
    ['registry.example.com/shop/worker:1.5', 'registry.example.com/shop/worker:1.5'],
  ])('of %s gives %s', (reference, name) => {
    expect(resolvePull(newStore(), reference)).toMatchObject({ reference: name });
  });

  it('takes longer for a larger image', () => {
    const time = (reference: string) => resolvePull(newStore(), reference).milliseconds;
    expect(time('busybox')).toBeLessThan(time('nginx'));
    expect(time('nginx')).toBeLessThan(time('node'));
  });

  it('finds an image by its digest', () => {
    const pull = resolvePull(newStore(), 'nginx:1.28');
    const digest = 'image' in pull ? pull.image.digest : '';
    expect(resolvePull(newStore(), `nginx@${digest}`)).toMatchObject({ image: { digest } });
  });

  it('of a private repository needs the right login', () => {
    const reference = 'registry.example.com/private/web:1.4';
    expect(resolvePull(newStore(), reference, team)).toMatchObject({
      image: { config: { exposedPorts: ['8080/tcp'] } },
    });
    expect(resolvePull(newStore(), reference, { ...team, password: 'x' })).toMatchObject({
      failure: 'denied',
    });
  });

  it('finds what was pushed, also over what the library has', () => {
    const store = newStore();
    const image = buildImage({ name: 'own', created: 0, config: { cmd: ['true'] }, steps: [] });
    store.write(pushedTable, 'registry.example.com/shop/web:1.4', image);
    store.write(registryTable, 'registry.test:5000', { accounts: {}, privateFolders: [''] });
    expect(resolvePull(store, 'registry.example.com/shop/web:1.4')).toMatchObject({
      image: { id: image.id },
    });
    expect(resolvePull(store, `registry.example.com/shop/web@${image.digest}`)).toMatchObject({
      image: { id: image.id },
    });
    expect(resolvePull(store, 'registry.test:5000/x')).toMatchObject({ failure: 'denied' });
  });
});

describe('a login', () => {
  it.each([
    ['registry.example.com', team, true],
    ['registry.example.com', { ...team, password: 'wrong' }, false],
    ['registry.example.com', { username: 'nobody', password: 'x' }, false],
    ['registry.example.invalid', team, undefined],
  ])('to %s', (host, credentials, accepted) => {
    expect(acceptsLogin(newStore(), host, credentials)).toBe(accepted);
  });
});

describe('the library', () => {
  const images = libraryRepositories().flatMap((repository) =>
    libraryTags(repository).map((tag) => [repository, tag] as const),
  );

  it.each(images)('%s:%s has its files, what to run and a size', (repository, tag) => {
    const image = libraryImage(repository, tag);
    const size = image?.layers.reduce((sum, layer) => sum + layer.size, 0);
    expect(image?.size).toBe(size);
    // Those of the control plane are told what to run by its manifests.
    const isOwn = !/^registry\.k8s\.io\/|\/rancher\//.test(repository) || repository.endsWith('/pause');
    if (isOwn) expect([...(image?.config.entrypoint ?? []), ...(image?.config.cmd ?? [])]).not.toEqual([]);
    expect(image?.id).toMatch(/^sha256:[0-9a-f]{64}$/);
    for (const { files } of image?.layers ?? []) if (files !== '') expect(libraryLayer(files)).toBeDefined();
  });

  it.each([
    'nginx',
    'httpd',
    'redis',
    'postgres',
    'mysql',
    'mariadb',
    'busybox',
    'alpine',
    'node',
    'python',
    'hello-world',
  ])('has %s under latest', (name) => expect(libraryTags(`docker.io/library/${name}`)).toContain('latest'));

  it('gives different images different ids, and one image one', () => {
    const ids = images.map(([repository, tag]) => `${libraryImage(repository, tag)?.id}`);
    const first = libraryImage('docker.io/library/nginx', '1.28');
    expect(new Set(ids).size).toBeGreaterThan(25);
    expect(libraryImage('docker.io/library/nginx', '1.28.0')?.id).toBe(first?.id);
  });
});
