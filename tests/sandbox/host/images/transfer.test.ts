import { describe, expect, it } from 'vitest';
import { resolvePull } from '../../../../src/sandbox/images/registry.ts';
import { asUser, HostLab } from '../host-lab.ts';

const team = asUser('team', 'shop-1234');
const noAccount =
  'push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials';

/** What is told, without how far each layer is. */
function told(messages: ReturnType<HostLab['messages']>): readonly string[] {
  const lines = messages.map(({ status, error, id }) => `${id ? `${id} ` : ''}${status ?? error}`);
  return [...new Set(lines)];
}

describe('a pull', () => {
  it('tells of each layer what becomes of it, and then the digest', () => {
    const lines = told(new HostLab().messages('POST', '/images/create?fromImage=busybox&tag=1.36'));
    const [, layer = ''] = /^(\w{12}) /.exec(lines[1] ?? '') ?? [];
    expect(lines).toEqual([
      '1.36 Pulling from library/busybox',
      `${layer} Pulling fs layer`,
      `${layer} Download complete`,
      `${layer} Extracting`,
      `${layer} Pull complete`,
      expect.stringMatching(/^Digest: sha256:[0-9a-f]{64}$/),
      'Status: Downloaded newer image for busybox:1.36',
    ]);
  });

  it('shows how much of a large layer has come, and never more than there is', () => {
    const messages = new HostLab().messages('POST', '/images/create?fromImage=nginx&tag=1.28');
    const parts = messages
      .filter(({ status }) => status === 'Downloading')
      .map(({ progressDetail }) => progressDetail as { current: number; total: number });
    expect(parts.length).toBeGreaterThan(5);
    for (const { current, total } of parts) expect(current).toBeLessThan(total);
  });

  it('takes the longer the more there is', () => {
    const time = (name: string) => {
      const lab = new HostLab();
      const before = lab.store.now;
      lab.images(name);
      return lab.store.now - before;
    };
    expect(time('postgres:16')).toBeGreaterThan(2 * time('busybox:1.36'));
  });

  it('of what is there says that it is up to date', () => {
    const lab = new HostLab().images('busybox:1.36');
    expect(told(lab.messages('POST', '/images/create?fromImage=busybox:1.36'))).toEqual([
      '1.36 Pulling from library/busybox',
      expect.stringMatching(/^Digest: sha256:/),
      'Status: Image is up to date for busybox:1.36',
    ]);
  });

  it('of another tag of the same image only gives it one more name', () => {
    const lab = new HostLab().images('busybox:1.36');
    expect(told(lab.messages('POST', '/images/create?fromImage=busybox&tag=1.36.1')).at(-1)).toBe(
      'Status: Downloaded newer image for busybox:1.36.1',
    );
    expect(lab.get<{ RepoTags: string[] }[]>('/images/json').map(({ RepoTags }) => RepoTags)).toEqual([
      ['busybox:1.36', 'busybox:1.36.1'],
    ]);
  });

  it('leaves out layers that another image has', () => {
    const lab = new HostLab().images('registry.example.com/shop/web:1.4');
    const lines = told(
      lab.messages('POST', '/images/create?fromImage=registry.example.com/shop/web&tag=1.5'),
    );
    expect(lines.filter((line) => line.endsWith('Already exists'))).toHaveLength(1);
    expect(lines.filter((line) => line.endsWith('Pull complete'))).toHaveLength(1);
  });

  it('of a repository without a tag brings all of its tags', () => {
    const lab = new HostLab();
    const lines = told(lab.messages('POST', '/images/create?fromImage=registry.example.com/shop/web'));
    expect(lines.filter((line) => line.includes('Pulling from'))).toEqual([
      '1.4 Pulling from shop/web',
      '1.5 Pulling from shop/web',
      'latest Pulling from shop/web',
    ]);
    expect(lab.get<unknown[]>('/images/json')).toHaveLength(2);
  });

  it('by digest gives a name by digest', () => {
    const lab = new HostLab();
    const pull = resolvePull(lab.store, 'busybox:1.36');
    const digest = 'image' in pull ? pull.image.digest : '';
    lab.images(`busybox@${digest}`);
    expect(lab.get(`/images/busybox@${digest}/json`)).toMatchObject({
      RepoTags: [`busybox@${digest}`],
      RepoDigests: [`busybox@${digest}`],
    });
  });

  it('for another platform is refused, since all images are for one', () => {
    expect(
      new HostLab().outcome('POST', '/images/create?fromImage=busybox&tag=1.36&platform=linux/arm64'),
    ).toBe(
      '404 no matching manifest for linux/arm64 in the manifest list entries: no match for platform in manifest: not found',
    );
  });

  it('that nobody reads to its end brings nothing', () => {
    const lab = new HostLab();
    const response = lab.answer('POST', '/images/create?fromImage=nginx&tag=1.28');
    if (!('stream' in response)) throw new Error('no stream');
    response.stream.next();
    lab.sandbox.advance(1000);
    response.stream.close();
    lab.sandbox.advance(60_000);
    expect(response.stream.next()).toEqual([]);
    expect(lab.get('/images/json')).toEqual([]);
  });
});

describe('a push', () => {
  function tagged(name: string): HostLab {
    const lab = new HostLab().images('busybox:1.36');
    const [repo = '', tag = ''] = name.split(/:(?=[^:/]*$)/);
    expect(lab.outcome('POST', `/images/busybox:1.36/tag?repo=${repo}&tag=${tag}`)).toBe('201');
    return lab;
  }

  it('puts an image into the registry, from which the cluster gets it', () => {
    const lab = tagged('registry.example.com/shop/tool:1');
    const name = 'registry.example.com/shop/tool:1';
    expect(resolvePull(lab.store, name)).toMatchObject({ failure: 'not-found' });
    const lines = told(
      lab.messages('POST', '/images/registry.example.com/shop/tool/push?tag=1', undefined, team),
    );
    expect(lines).toEqual([
      'The push refers to repository [registry.example.com/shop/tool]',
      expect.stringMatching(/^\w{12} Waiting$/),
      expect.stringMatching(/^\w{12} Pushed$/),
      expect.stringMatching(/^1: digest: sha256:[0-9a-f]{64} size: \d+$/),
    ]);
    expect(resolvePull(lab.store, name)).toMatchObject({ reference: name });
    expect(lab.events('image')).toContain('push registry.example.com/shop/tool');
  });

  it('says of layers that the registry has that they are there', () => {
    const lab = tagged('registry.example.com/shop/tool:1');
    const push = () =>
      told(lab.messages('POST', '/images/registry.example.com/shop/tool/push?tag=1', undefined, team));
    push();
    expect(push()).toContainEqual(expect.stringMatching(/ Layer already exists$/));
  });

  it('of all tags tells of each', () => {
    const lab = tagged('registry.example.com/shop/tool:1');
    lab.outcome('POST', '/images/busybox:1.36/tag?repo=registry.example.com/shop/tool&tag=2');
    const lines = told(lab.messages('POST', '/images/registry.example.com/shop/tool/push', undefined, team));
    expect(lines.filter((line) => line.includes(': digest:')).map((line) => line[0])).toEqual(['1', '2']);
  });

  it.each([
    ['registry.example.com/shop/tool:1', {}, noAccount],
    [
      'registry.example.com/shop/tool:1',
      asUser('team', 'wrong'),
      expect.stringMatching(
        /^unknown: unexpected status from HEAD request to https:\/\/registry\.example\.com\/v2\/shop\/tool\/blobs\/sha256:\w{64}: 401 Unauthorized$/,
      ),
    ],
    [
      'you/tool:1',
      {},
      'push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ],
    [
      'localhost:5000/tool:1',
      {},
      expect.stringMatching(
        /^failed to do request: Head "https:\/\/localhost:5000\/v2\/tool\/blobs\/sha256:\w{64}": dial tcp 127\.0\.0\.1:5000: connect: connection refused$/,
      ),
    ],
  ])('of %s as %j fails in the middle of what it tells', (name, headers, error) => {
    const lab = tagged(name);
    const [repo = '', tag = ''] = name.split(/:(?=[^:/]*$)/);
    const lines = told(lab.messages('POST', `/images/${repo}/push?tag=${tag}`, undefined, headers));
    expect(lines.at(-1)).toEqual(error);
    expect(lines[0]).toMatch(/^The push refers to repository \[/);
    expect(lines[1]).toMatch(/ Waiting$/);
    expect(lab.store.table('registry/tags')).toEqual({});
  });

  it.each([
    ['/images/registry.example.com/a/push?tag=7', 'tag does not exist: registry.example.com/a:7'],
    ['/images/nope/push', 'An image does not exist locally with the tag: nope'],
    ['/images/nope/push?tag=', 'An image does not exist locally with the tag: nope'],
  ])('POST %s: %s', (target, error) => {
    expect(told(new HostLab().messages('POST', target, undefined, team)).at(-1)).toBe(error);
  });
});
