import { describe, expect, it } from 'vitest';
import { HostLab } from '../host-lab.ts';

/** A first sign that two of them have in common: of seventeen hexadecimal numbers two do. */
function shared(ids: readonly string[]): string {
  const signs = ids.map((id) => id.charAt(0));
  return signs.find((sign, place) => signs.indexOf(sign) < place) ?? '';
}

const seventeen = Array.from({ length: 17 }, (_, place) => place);

describe('the beginning of an id', () => {
  it('stands for no container when two have it', () => {
    const lab = new HostLab().images('busybox:1.36');
    for (const place of seventeen)
      lab.outcome('POST', `/containers/create?name=web-${place}`, { Image: 'busybox:1.36' });
    const all = lab.get<readonly { readonly Id: string }[]>('/containers/json?all=1');
    const prefix = shared(all.map(({ Id }) => Id));
    expect(lab.outcome('GET', `/containers/${prefix}/json`)).toBe(
      `400 multiple IDs found with provided prefix: ${prefix}`,
    );
  });

  it('stands for no network when two have it', () => {
    const lab = new HostLab();
    for (const place of seventeen) lab.outcome('POST', '/networks/create', { Name: `net-${place}` });
    const all = lab.get<readonly { readonly Id: string }[]>('/networks');
    const prefix = shared(all.map(({ Id }) => Id));
    expect(lab.outcome('GET', `/networks/${prefix}`)).toMatch(
      new RegExp(`^400 network ${prefix} is ambiguous \\(\\d matches found based on ID prefix\\)$`),
    );
  });
});

describe('a build', () => {
  it('needs its context', () => {
    expect(new HostLab().outcome('POST', '/build')).toBe('400 the build context is missing');
  });

  it('needs nothing else', () => {
    const lab = new HostLab().images('busybox:1.36');
    const node = { kind: 'file', content: 'FROM busybox:1.36\nENV A=1\n', mode: 0o644, owner: '0:0', at: 0 };
    const body = { context: { entries: [] }, definition: { entries: [{ path: 'Dockerfile', node }] } };
    const last = lab.messages('POST', '/build', body).at(-1) as { aux: { ID: string } };
    const { Config, RepoTags } = lab.get<{ Config: { Env: string[] }; RepoTags: string[] }>(
      `/images/${last.aux.ID}/json`,
    );
    expect([Config.Env.at(-1), RepoTags]).toEqual(['A=1', []]);
  });
});

describe('a search', () => {
  it('puts what is called so first, then official images, then others, in the order of their names', () => {
    const names = (query: string) =>
      new HostLab().get<{ name: string }[]>(`/images/search?${query}`).map(({ name }) => name);
    const found = names('term=e');
    const official = found.filter((name) => !name.includes('/'));
    const others = found.filter((name) => name.includes('/'));
    expect(Math.min(official.length, others.length)).toBeGreaterThan(1);
    expect(found).toEqual([...official.toSorted(), ...others.toSorted()]);
    expect(names('term=redis')[0]).toBe('redis');
    expect(names(`term=nginx&filters=${encodeURIComponent('{"stars":["0"]}')}`)).toContain('nginx');
    expect(names(`term=nginx&filters=${encodeURIComponent('{"stars":["1"]}')}`)).toEqual([]);
  });
});
