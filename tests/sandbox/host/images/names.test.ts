import { describe, expect, it } from 'vitest';
import { filters, HostLab } from '../host-lab.ts';

type Summary = { readonly Id: string; readonly RepoTags: readonly string[]; readonly Size: number };

function list(lab: HostLab, query = ''): readonly Summary[] {
  return lab.get<Summary[]>(`/images/json${query}`);
}

function idOf(lab: HostLab, name: string): string {
  return lab.get<{ Id: string }>(`/images/${name}/json`).Id;
}

function short(id: string): string {
  return id.slice(7, 19);
}

describe('an image', () => {
  it('has as many names as it is given', () => {
    const lab = new HostLab().images('busybox:1.36');
    lab.outcome('POST', '/images/busybox:1.36/tag?repo=shop/tool&tag=1');
    expect(lab.outcome('POST', `/images/${short(idOf(lab, 'busybox:1.36'))}/tag?repo=localhost:5000/a`)).toBe(
      '201',
    );
    expect(lab.get('/images/busybox:1.36/json')).toMatchObject({
      RepoTags: ['busybox:1.36', 'shop/tool:1', 'localhost:5000/a:latest'],
      RepoDigests: [
        expect.stringMatching(/^busybox@sha256:/),
        expect.stringMatching(/^shop\/tool@sha256:/),
        expect.stringMatching(/^localhost:5000\/a@sha256:/),
      ],
    });
    expect(lab.events('image')).toEqual(['pull busybox', 'tag shop/tool:1', 'tag localhost:5000/a:latest']);
  });

  it('loses a name that another gets, and is left without one', () => {
    const lab = new HostLab().images('busybox:1.36', 'busybox:1.37');
    const before = idOf(lab, 'busybox:1.36');
    lab.outcome('POST', '/images/busybox:1.37/tag?repo=busybox&tag=1.36');
    expect(lab.get(`/images/${short(before)}/json`)).toMatchObject({ RepoTags: [], RepoDigests: [] });
    expect(list(lab, `?${filters({ dangling: ['true'] })}`).map(({ Id }) => Id)).toEqual([before]);
  });

  it.each(['sha256:', ''])('is found by the beginning of its id, with %j before it', (prefix) => {
    const lab = new HostLab().images('busybox:1.36');
    const id = idOf(lab, 'busybox:1.36');
    for (const digits of [4, 12, 64]) {
      expect(idOf(lab, `${prefix}${id.slice(7, 7 + digits)}`)).toBe(id);
    }
    expect(lab.outcome('GET', `/images/${id.slice(7, 10)}/json`)).toContain('404 No such image');
  });

  it('is described as the engine does it', () => {
    const lab = new HostLab().images('nginx:1.28');
    const details = lab.get('/images/nginx:1.28/json?manifests=1');
    expect(details).toMatchObject({
      Comment: 'buildkit.dockerfile.v0',
      Config: {
        ExposedPorts: { '80/tcp': {} },
        Entrypoint: ['/docker-entrypoint.sh'],
        StopSignal: 'SIGQUIT',
      },
      Architecture: 'amd64',
      Os: 'linux',
      RootFS: { Type: 'layers' },
      Identity: { Pull: [{ Repository: 'docker.io/library/nginx' }] },
    });
    expect(Object.keys(details)).toEqual(
      'Id RepoTags RepoDigests Comment Created Config Architecture Os Size RootFS Metadata Descriptor Manifests Identity'.split(
        ' ',
      ),
    );
    expect(Object.keys(list(lab)[0] ?? {})).toEqual(
      'Containers Created Id Labels ParentId Descriptor RepoDigests RepoTags SharedSize Size'.split(' '),
    );
  });

  it('has a history in which only the newest line has an id', () => {
    const lab = new HostLab().images('nginx:1.28');
    const lines = lab.get<{ Id: string; Size: number; Tags: string[] | null; CreatedBy: string }[]>(
      '/images/nginx:1.28/history',
    );
    const [first, ...rest] = lines;
    expect(first).toMatchObject({ Id: idOf(lab, 'nginx:1.28'), Tags: ['nginx:1.28'], Size: 0 });
    for (const each of rest) expect(each).toMatchObject({ Id: '<missing>', Tags: null });
    expect(rest.at(-1)?.CreatedBy).toContain('debian.sh');
  });
});

describe('the list of images', () => {
  const lab = new HostLab().images('nginx:1.28', 'busybox:1.36', 'registry.example.com/shop/web:1.4');
  lab.outcome('POST', '/images/busybox:1.36/tag?repo=shop/busybox&tag=2');

  it.each([
    [{}, [['registry.example.com/shop/web:1.4'], ['nginx:1.28'], ['busybox:1.36', 'shop/busybox:2']]],
    [{ reference: ['busybox'] }, [['busybox:1.36']]],
    [{ reference: ['*busybox'] }, [['busybox:1.36']]],
    [{ reference: ['*/busybox:*'] }, [['shop/busybox:2']]],
    [{ reference: ['docker.io/library/nginx'] }, [['nginx:1.28']]],
    [{ reference: ['nginx:1.2?', 'nope'] }, [['nginx:1.28']]],
    [{ reference: ['[nope'] }, []],
    [{ label: ['org.opencontainers.image.version=1.4'] }, [['registry.example.com/shop/web:1.4']]],
    [{ label: ['org.opencontainers.image.version=9'] }, []],
    [
      { 'label!': ['org.opencontainers.image.version'] },
      [['nginx:1.28'], ['busybox:1.36', 'shop/busybox:2']],
    ],
    [{ before: ['nginx:1.28'] }, [['busybox:1.36', 'shop/busybox:2']]],
    [{ since: ['nginx:1.28'] }, [['registry.example.com/shop/web:1.4']]],
    [{ dangling: ['true'] }, []],
    [{ until: ['1h'] }, []],
  ])('with %j is %j, the newest first', (given, names) => {
    expect(list(lab, `?${filters(given)}`).map(({ RepoTags }) => RepoTags)).toEqual(names);
  });

  it('says how much is shared when it is asked to', () => {
    const own = new HostLab().images(
      'registry.example.com/shop/web:1.4',
      'registry.example.com/shop/api:1.4',
    );
    const [first] = own.get<{ SharedSize: number; Size: number }[]>('/images/json?shared-size=1');
    expect(first?.SharedSize).toBeGreaterThan(8_000_000);
    expect(first?.SharedSize).toBeLessThan(first?.Size ?? 0);
  });
});

describe('removing an image', () => {
  const untagged = (name: string) => ({ Untagged: name });
  const remove = (lab: HostLab, target: string) => {
    const response = lab.answer('DELETE', `/images/${target}`);
    return 'stream' in response ? undefined : response.body;
  };

  it('by one of its names takes away the name', () => {
    const lab = new HostLab().images('busybox:1.36');
    lab.outcome('POST', '/images/busybox:1.36/tag?repo=a/b&tag=1');
    expect(remove(lab, 'a/b:1')).toEqual([untagged('a/b:1')]);
    const id = idOf(lab, 'busybox:1.36');
    expect(remove(lab, 'busybox:1.36')).toEqual([untagged('busybox:1.36'), { Deleted: id }]);
    expect(list(lab)).toEqual([]);
    expect(lab.events('image').slice(-3)).toEqual(['untag a/b:1', 'untag busybox:1.36', `delete ${id}`]);
  });

  it('by its id is refused while it has several names, unless it is forced', () => {
    const lab = new HostLab().images('busybox:1.36');
    lab.outcome('POST', '/images/busybox:1.36/tag?repo=a/b&tag=1');
    const id = idOf(lab, 'busybox:1.36');
    expect(lab.outcome('DELETE', `/images/${short(id)}`)).toBe(
      `409 conflict: unable to delete ${short(id)} (must be forced) - image is referenced in multiple repositories`,
    );
    expect(remove(lab, `${short(id)}?force=1`)).toEqual([
      untagged('a/b:1'),
      untagged('busybox:1.36'),
      { Deleted: id },
    ]);
  });

  it('is refused for the last name while a container is made from it', () => {
    const lab = new HostLab().images('busybox:1.36');
    const container = short(`sha256:${lab.run('web', 'busybox:1.36', ['sleep', '600'])}`);
    const id = short(idOf(lab, 'busybox:1.36'));
    const using = `(must be forced) - container ${container} is using its referenced image ${id}`;
    expect(lab.outcome('DELETE', '/images/busybox:1.36')).toBe(
      `409 conflict: unable to delete busybox:1.36 ${using}`,
    );
    expect(lab.outcome('DELETE', `/images/${id}?force=1`)).toBe(
      `409 conflict: unable to delete ${id} (cannot be forced) - image is being used by running container ${container}`,
    );
    lab.outcome('POST', '/containers/web/kill');
    lab.sandbox.advance(1000);
    expect(lab.outcome('DELETE', `/images/${id}`)).toBe(
      `409 conflict: unable to delete ${id} (must be forced) - image is being used by stopped container ${container}`,
    );
  });

  it('by its last name and with force leaves it to its container without a name', () => {
    const lab = new HostLab().images('busybox:1.36');
    lab.run('web', 'busybox:1.36', ['sleep', '600']);
    expect(remove(lab, 'busybox:1.36?force=1')).toEqual([untagged('busybox:1.36')]);
    expect(list(lab).map(({ RepoTags }) => RepoTags)).toEqual([[]]);
  });
});

describe('pruning images', () => {
  function lab(): HostLab {
    const made = new HostLab().images('busybox:1.36', 'busybox:1.37', 'nginx:1.28');
    made.outcome('POST', '/images/busybox:1.37/tag?repo=busybox&tag=1.36');
    made.run('web', 'nginx:1.28', []);
    return made;
  }
  const prune = (own: HostLab, query = '') => {
    const response = own.answer('POST', `/images/prune${query}`);
    return ('stream' in response ? undefined : response.body) as {
      readonly ImagesDeleted: object[] | null;
      readonly SpaceReclaimed: number;
    };
  };

  it('removes those without a name', () => {
    const own = lab();
    const { ImagesDeleted, SpaceReclaimed } = prune(own);
    expect(ImagesDeleted).toEqual([{ Deleted: expect.stringMatching(/^sha256:/) }]);
    expect(SpaceReclaimed).toBeGreaterThan(4_000_000);
    expect(prune(own)).toEqual({ ImagesDeleted: null, SpaceReclaimed: 0 });
  });

  it('with all removes those that no container is made from', () => {
    const own = lab();
    const { ImagesDeleted } = prune(own, `?${filters({ dangling: ['false'] })}`);
    expect(ImagesDeleted?.filter((each) => 'Untagged' in each)).toEqual([
      { Untagged: 'busybox:1.36' },
      { Untagged: 'busybox:1.37' },
    ]);
    expect(list(own).map(({ RepoTags }) => RepoTags)).toEqual([['nginx:1.28']]);
  });

  it('leaves those that a filter does not let through', () => {
    expect(prune(lab(), `?${filters({ label: ['nope'] })}`).ImagesDeleted).toBeNull();
  });
});

describe('an archive of images', () => {
  const save = (lab: HostLab, names: string) => lab.get(`/images/get?${names}`);

  it('brings the images to another engine with their names', () => {
    const lab = new HostLab().images('busybox:1.36', 'nginx:1.28');
    const archive = save(lab, 'names=busybox:1.36&names=nginx:1.28');
    const other = new HostLab();
    expect(other.messages('POST', '/images/load', archive)).toEqual([
      { stream: 'Loaded image: busybox:1.36\n' },
      { stream: 'Loaded image: nginx:1.28\n' },
    ]);
    expect(idOf(other, 'nginx:1.28')).toBe(idOf(lab, 'nginx:1.28'));
    expect(other.exec(other.run('cc', 'busybox:1.36', ['sleep', '60']), 'echo hi')).toBe('hi\n');
  });

  it('of an id has no name in it', () => {
    const lab = new HostLab().images('busybox:1.36');
    const id = idOf(lab, 'busybox:1.36');
    const archive = save(lab, `names=${short(id)}`);
    expect(new HostLab().messages('POST', '/images/load', archive)).toEqual([
      { stream: `Loaded image ID: ${id}\n` },
    ]);
  });

  it('has the files that a real one has', () => {
    const lab = new HostLab().images('busybox:1.36');
    const { entries } = save(lab, 'names=busybox:1.36') as { entries: { path: string }[] };
    const paths = entries.map(({ path }) => path);
    expect(paths.filter((path) => /^blobs\/sha256\/\w{64}$/.test(path))).toHaveLength(3);
    expect(paths.filter((path) => !/\w{64}$/.test(path))).toEqual([
      'blobs',
      'blobs/sha256',
      'index.json',
      'manifest.json',
      'oci-layout',
    ]);
  });

  it.each([
    { entries: [] },
    {
      entries: [
        { path: 'Dockerfile', node: { kind: 'file', content: '', mode: 0o644, owner: '0:0', at: 0 } },
      ],
    },
    {
      entries: [
        { path: 'index.json', node: { kind: 'file', content: '{', mode: 0o644, owner: '0:0', at: 0 } },
      ],
    },
  ])('that is none is refused', (archive) => {
    expect(new HostLab().messages('POST', '/images/load', archive)).toEqual([
      { error: 'unrecognized image format', errorDetail: { message: 'unrecognized image format' } },
    ]);
  });
});

describe('an import', () => {
  const file = (content: string) => ({ kind: 'file', content, mode: 0o644, owner: '0:0', at: 0 });
  const archive = { entries: [{ path: 'etc/motd', node: file('hello\n') }] };

  it('makes an image of files, with what was said of its containers', () => {
    const lab = new HostLab();
    const target =
      '/images/create?fromSrc=-&repo=shop/imp&tag=1&message=hello&changes=CMD sh&changes=ENV A=b';
    const [{ status: id } = {}] = lab.messages('POST', target, archive);
    expect(lab.get('/images/shop/imp:1/json')).toMatchObject({
      Id: id,
      Comment: 'hello',
      Config: { Cmd: ['/bin/sh', '-c', 'sh'], Env: ['A=b'] },
    });
    expect(lab.get('/images/shop/imp:1/history')).toMatchObject([{ Comment: 'hello', Size: 8192 }]);
  });

  it('without a name leaves the image without one', () => {
    const lab = new HostLab();
    lab.messages('POST', '/images/create?fromSrc=-', archive);
    expect(list(lab)).toMatchObject([{ RepoTags: [], RepoDigests: [] }]);
  });
});

describe('a search', () => {
  it('finds what the library of images has of Docker Hub', () => {
    const found = new HostLab().get<{ name: string; is_official: boolean }[]>('/images/search?term=nginx');
    expect(found[0]).toMatchObject({ name: 'nginx', is_official: true });
    expect(new HostLab().get('/images/search?term=nosuchimage')).toEqual([]);
  });
});
