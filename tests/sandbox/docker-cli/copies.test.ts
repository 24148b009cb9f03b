import { describe, expect, it } from 'vitest';
import { archiveOfText, archiveText } from '../../../src/sandbox/docker/archive-text.ts';
import {
  type CopyInfo,
  cleanPath,
  copySide,
  prepareCopy,
  splitPath,
  tarSize,
} from '../../../src/sandbox/docker/containers/cp-paths.ts';
import type { Archive, EngineRequest, EngineResponse } from '../../../src/sandbox/host/engine/request.ts';
import type { FileNode } from '../../../src/sandbox/runtime/file-tree.ts';
import { runDocker } from './run-docker.ts';

function file(content: string, more: { zeros?: number; mode?: number } = {}): FileNode {
  return { kind: 'file', content, mode: 0o644, owner: '0:0', at: 1_767_614_400_000, ...more };
}

const folder: FileNode = { kind: 'folder', mode: 0o755, owner: '0:0', at: 1_767_614_400_000 };

describe('sides of a copy', () => {
  it.each([
    ['web:/etc/hosts', 'web', '/etc/hosts'],
    ['web:etc', 'web', 'etc'],
    ['./a:b', '', './a:b'],
    ['/a:b', '', '/a:b'],
    ['a', '', 'a'],
    ['-', '', '-'],
  ])('%s', (text, container, path) => {
    expect(copySide(text)).toEqual({ container, path });
  });

  it.each([
    ['/a/../b/./c', '/b/c'],
    ['/a/b/', '/a/b/'],
    ['/a/b/.', '/a/b/.'],
    ['/', '/'],
    ['/.', '/.'],
    ['/../..', '/'],
  ])('%s is cleaned to %s', (path, clean) => {
    expect(cleanPath(path)).toBe(clean);
  });

  it.each([
    ['/a/b', '/a', 'b'],
    ['/a/b/', '/a', 'b'],
    ['/a/b/.', '/a/b', '.'],
    ['/a', '/', 'a'],
    ['/', '/', '/'],
  ])('%s is split', (path, parent, name) => {
    expect(splitPath(path)).toEqual([parent, name]);
  });
});

describe('what an archive becomes', () => {
  const one: Archive = { entries: [{ path: 'a.txt', node: file('x') }] };
  const many: Archive = {
    entries: [
      { path: 'src', node: folder },
      { path: 'src/a', node: file('x') },
    ],
  };
  const source = (path: string, isFolder: boolean): CopyInfo => ({ path, exists: true, isFolder });
  const paths = ([into, { entries }]: readonly [string, Archive]): unknown => [
    into,
    entries.map(({ path }) => path),
  ];

  it.each<[string, Archive, CopyInfo, CopyInfo, string, string[]]>([
    [
      'a file in a folder that is there keeps its name',
      one,
      source('/l/a.txt', false),
      { path: '/tmp', exists: true, isFolder: true },
      '/tmp',
      ['a.txt'],
    ],
    [
      'a file over a file takes its name',
      one,
      source('/l/a.txt', false),
      { path: '/tmp/b', exists: true, isFolder: false },
      '/tmp',
      ['b'],
    ],
    [
      'a file where nothing is takes the name that is given',
      one,
      source('/l/a.txt', false),
      { path: '/tmp/b', exists: false, isFolder: false },
      '/tmp',
      ['b'],
    ],
    [
      'a folder where nothing is takes the name that is given, with all in it',
      many,
      source('/l/src', true),
      { path: '/opt/app', exists: false, isFolder: false },
      '/opt',
      ['app', 'app/a'],
    ],
  ])('%s', (_, archive, from, to, into, names) => {
    expect(paths(prepareCopy(archive, from, to))).toEqual([into, names]);
  });

  it('refuses a folder over a file, and a file into a folder that is not there', () => {
    const over = { path: '/tmp/b', exists: true, isFolder: false };
    expect(() => prepareCopy(many, source('/l/src', true), over)).toThrow('cannot copy directory');
    const into = { path: '/tmp/no/', exists: false, isFolder: false };
    expect(() => prepareCopy(one, source('/l/a.txt', false), into)).toThrow('no such directory');
  });

  it('is as large as a tar file', () => {
    expect(tarSize(one)).toBe(512 + 512 + 1024);
    expect(tarSize(many)).toBe(512 + 512 + 512 + 1024);
    expect(tarSize({ entries: [{ path: 'a', node: file('', { zeros: 513 }) }] })).toBe(512 + 1024 + 1024);
  });
});

describe('a tar file', () => {
  const archive: Archive = {
    entries: [
      { path: 'etc', node: folder },
      { path: 'etc/motd', node: file('Grüß Gott\n', { mode: 0o600 }) },
      { path: 'etc/link', node: { kind: 'link', target: '/etc/motd', at: 1_767_614_400_000 } },
      { path: 'bin/sh', node: file('#!', { zeros: 1_000_000, mode: 0o755 }) },
      { path: `${'long/'.repeat(30)}name`, node: file('') },
    ],
  };

  it('holds what an archive holds', () => {
    expect(archiveOfText(archiveText(archive))).toEqual(archive);
  });

  it('is laid out as POSIX says', () => {
    const text = archiveText({ entries: [{ path: 'a', node: file('hi\n') }] });
    expect(text.length).toBe(512 + 512 + 1024);
    expect(text.slice(0, 1)).toBe('a');
    expect(text.slice(100, 107)).toBe('0000644');
    expect(text.slice(124, 135)).toBe('00000000003');
    expect(text.slice(257, 265)).toBe('ustar\u000000');
    const bytes = [...text.slice(0, 148), ...' '.repeat(8), ...text.slice(156, 512)];
    const sum = bytes.reduce((total, character) => total + character.charCodeAt(0), 0);
    expect(Number.parseInt(text.slice(148, 154), 8)).toBe(sum);
  });

  it('is empty where nothing is in it, and refused where it is none', () => {
    expect(archiveOfText(archiveText({ entries: [] }))).toEqual({ entries: [] });
    expect(archiveOfText('')).toEqual({ entries: [] });
    expect(() => archiveOfText('x'.repeat(600))).toThrow('archive/tar: invalid tar header');
  });
});

describe('docker cp', () => {
  const stat = (mode: number, size: number, linkTarget = ''): Record<string, string> => ({
    'x-docker-container-path-stat': btoa(JSON.stringify({ name: 'x', size, mode, linkTarget })),
  });
  const folderMode = 0x8000_0000 + 0o755;

  function answers(request: EngineRequest): EngineResponse {
    const { path } = request.query;
    if (request.method === 'PUT') return { status: 200 };
    if (path === '/etc/motd') {
      const body: Archive = { entries: [{ path: 'motd', node: file('hello\n') }] };
      return { status: 200, headers: stat(0o644, 6), body };
    }
    if (path === '/tmp' || path === '/tmp/') return { status: 200, headers: stat(folderMode, 0) };
    if (path === '/link') return { status: 200, headers: stat(0x0800_0000 + 0o777, 0, 'tmp') };
    return { status: 404, body: { message: `Could not find the file ${String(path)} in container web` } };
  }

  it('takes a file out, and says how large it was where somebody sees it', () => {
    const nodes = new Map<string, FileNode>([['/home/you', folder]]);
    const place = { answer: answers, nodes, isTerminal: true };
    const { stderr, code } = runDocker(['docker', 'cp', 'web:/etc/motd', '.'], place);
    expect(stderr).toBe('Successfully copied 6B (transferred 2.05kB) to /home/you/.\n');
    expect({ code, node: nodes.get('/home/you/motd') }).toMatchObject({
      code: 0,
      node: { content: 'hello\n' },
    });
  });

  it('says nothing where nobody sees it, nor with -q', () => {
    const place = { answer: answers, nodes: new Map([['/home/you', folder]]) };
    expect(runDocker(['docker', 'cp', 'web:/etc/motd', '.'], place).stderr).toBe('');
    const quiet = { ...place, isTerminal: true };
    expect(runDocker(['docker', 'cp', '-q', 'web:/etc/motd', '.'], quiet).stderr).toBe('');
    expect(runDocker(['docker', 'cp', '-q=false', 'web:/etc/motd', '.'], place).stderr).toContain('copied');
  });

  it.each([
    ['a file into a folder', ['a.txt', 'web:/tmp/'], '/tmp/', ['a.txt']],
    ['a file under another name', ['a.txt', 'web:/tmp/b.txt'], '/tmp', ['b.txt']],
    ['a folder into a folder', ['src', 'web:/tmp'], '/tmp', ['src', 'src/main.js']],
    ['what is in a folder', ['src/.', 'web:/tmp'], '/tmp', ['.', 'main.js']],
    ['into the folder that a link points to', ['a.txt', 'web:/link'], '/tmp', ['a.txt']],
  ])('puts %s', (_, sides, into, names) => {
    const nodes = new Map<string, FileNode>([
      ['/home/you/a.txt', file('x')],
      ['/home/you/src', folder],
      ['/home/you/src/main.js', file('y')],
    ]);
    const printed = runDockerWithFolder(['docker', 'cp', ...sides], { answer: answers, nodes });
    expect(printed.stderr).toBe('');
    const sent = printed.requests.at(-1) as EngineRequest;
    expect(sent).toMatchObject({ method: 'PUT', query: { path: into, noOverwriteDirNonDir: 'true' } });
    expect((sent.body as Archive).entries.map(({ path }) => path)).toEqual(names);
  });

  function runDockerWithFolder(
    words: readonly string[],
    place: { answer: typeof answers; nodes: Map<string, FileNode> },
  ): ReturnType<typeof runDocker> {
    return runDocker(words, { ...place, folders: new Map([['/home/you/src', ['main.js']]]) });
  }

  it.each([
    [['nothing', 'web:/tmp'], 'lstat /home/you/nothing: no such file or directory'],
    [['web:/nothing', '.'], 'Error response from daemon: Could not find the file /nothing in container web'],
    [['web:/etc/motd', 'no/such/place'], 'invalid output path: directory "/home/you/no/such" does not exist'],
    [['a', 'b'], 'must specify at least one container source'],
    [['a:/x', 'b:/y'], 'copying between containers is not supported'],
    [['-', 'web:/etc/motd'], 'destination "web:/etc/motd" must be a directory'],
  ])('%j is refused: %s', (sides, message) => {
    const place = { answer: answers, nodes: new Map<string, FileNode>() };
    const { stderr, code } = runDocker(['docker', 'cp', ...sides], place);
    expect({ stderr, code }).toEqual({ stderr: `${message}\n`, code: 1 });
  });
});
