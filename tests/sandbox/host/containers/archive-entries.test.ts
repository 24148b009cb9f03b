import { beforeEach, describe, expect, it } from 'vitest';
import type { ArchiveEntry } from '../../../../src/sandbox/host/engine/request.ts';
import { Laptop } from '../../../../src/sandbox/shell/laptop/laptop.ts';
import { TestEngine } from './test-engine.ts';

const file = (path: string): ArchiveEntry => ({
  path,
  node: { kind: 'file', content: 'new\n', mode: 0o644, owner: '0:0', at: 0 },
});
const folder = (path: string): ArchiveEntry => ({
  path,
  node: { kind: 'folder', mode: 0o755, owner: '0:0', at: 0 },
});
const link = (path: string): ArchiveEntry => ({ path, node: { kind: 'link', target: '/etc', at: 0 } });

let engine: TestEngine;

/** Puts an entry into `/w`, where `d` is a folder, `f` a file and `l` a link. @returns the answer, and what they are */
function put(entry: ArchiveEntry, query = ''): readonly [answer: string, kinds: string] {
  const answer = engine.outcome('PUT', `/containers/box/archive?path=/w${query}`, { entries: [entry] });
  const kinds = engine.exec('box', ['sh', '-c', 'cd /w; for x in d f l; do ls -ld $x | cut -c1; done']);
  return [answer, kinds.replaceAll('\n', '')];
}

beforeEach(() => {
  engine = new TestEngine();
  engine.script('box', 'mkdir -p /w/d; touch /w/d/f /w/f; ln -s /etc /w/l; sleep 1000');
  engine.advance(100);
});

// What became of it, and what was said, was looked up with Docker Engine 29.7.2.
describe('what is put into a container', () => {
  it.each<[ArchiveEntry, string]>([
    [file('d'), '--l'],
    [folder('f'), 'ddl'],
    [folder('d'), 'd-l'],
    [file('l'), 'd--'],
    [link('f'), 'dll'],
    [link('d'), 'l-l'],
    [folder('l'), 'd-d'],
  ])('takes the place of what is there: %j', (entry, kinds) => {
    expect(put(entry)).toEqual(['200', kinds]);
  });

  it.each<[ArchiveEntry, string]>([
    [file('d'), '500 cannot overwrite directory "d" with non-directory "/w"'],
    [folder('f'), '500 cannot overwrite non-directory "f" with directory "/w"'],
    [folder('l'), '500 cannot overwrite non-directory "l" with directory "/w"'],
  ])('changes no kind where that is not wanted: %j', (entry, refusal) => {
    expect(put(entry, '&noOverwriteDirNonDir=1')).toEqual([refusal, 'd-l']);
  });

  it('may be a file anew, and a file in place of a link, also then', () => {
    expect(put(file('f'), '&noOverwriteDirNonDir=1')).toEqual(['200', 'd-l']);
    expect(put(file('l'), '&noOverwriteDirNonDir=1')).toEqual(['200', 'd--']);
  });

  it('cannot be below a file, nor in a file, nor nowhere', () => {
    expect(put(file('f/x'))).toEqual(['500 openat f/x: not a directory', 'd-l']);
    const into = (path: string) =>
      engine.outcome('PUT', `/containers/box/archive?path=${path}`, { entries: [file('x')] });
    expect(into('/w/f')).toBe('400 extraction point is not a directory');
    expect(into('/none')).toBe('404 Could not find the file /none in container box');
  });
});

describe('what a container mounts of the laptop', () => {
  it('is gone when somebody has taken it away, and --mount does not make it again', () => {
    const laptop = new Laptop(engine.store);
    laptop.write('/home/you/page.html', 'hi');
    const mount = { Type: 'bind', Source: '/home/you/page.html', Target: '/page' };
    engine.create('web', { Cmd: ['true'], HostConfig: { Mounts: [mount] } });
    laptop.remove('/home/you/page.html', false);
    expect(engine.outcome('POST', '/containers/web/start')).toBe(
      '400 invalid mount config for type "bind": bind source path does not exist: /home/you/page.html',
    );
  });

  it('is no folder below a file', () => {
    new Laptop(engine.store).write('/home/you/page.html', 'hi');
    engine.create('web', { Cmd: ['true'], HostConfig: { Binds: ['/home/you/page.html/x:/x'] } });
    expect(engine.outcome('POST', '/containers/web/start')).toBe(
      "500 error while creating mount source path '/home/you/page.html/x': mkdir /home/you/page.html: not a directory",
    );
  });

  it('may be the socket of the engine', () => {
    engine.run('web', {
      Cmd: ['sleep', '1000'],
      HostConfig: { Binds: ['/var/run/docker.sock:/var/run/docker.sock'] },
    });
    expect(engine.exec('web', ['ls', '/var/run/docker.sock'])).toBe('/var/run/docker.sock\n');
  });
});
