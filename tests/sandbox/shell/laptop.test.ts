import { beforeEach, expect, it } from 'vitest';
import { FileFailure, type Laptop } from '../../../src/sandbox/shell/laptop/laptop.ts';
import { nodeAt, placeNode } from '../../../src/sandbox/shell/laptop/laptop-nodes.ts';
import { ShellVisitor } from './shell-visitor.ts';

let laptop: Laptop;

beforeEach(() => {
  laptop = new ShellVisitor().shell.laptop;
  laptop.makeFolder('a');
  laptop.write('a/file', 'text');
});

it('follows links, to wherever they lead', () => {
  laptop.link('one', 'a/file');
  laptop.link('a/two', '../one');
  laptop.link('a/three', '/home/you/a/two');
  laptop.link('round', 'round');
  expect(['one', 'a/two', 'a/three', 'round', 'nope'].map((path) => laptop.read(path))).toEqual([
    'text',
    'text',
    'text',
    undefined,
    undefined,
  ]);
});

it.each<readonly [what: string, act: (laptop: Laptop) => void, why: string]>([
  ['a folder is written over', (laptop) => laptop.write('a', ''), 'Is a directory'],
  ['there is no folder', (laptop) => laptop.write('nope/x', ''), 'No such file or directory'],
  ['the folder is a file', (laptop) => laptop.write('a/file/x', ''), 'No such file or directory'],
  ['what is not there gets a mode', (laptop) => laptop.setMode('nope', 0o600), 'No such file or directory'],
  ['a file becomes a folder', (laptop) => laptop.makeFolder('a/file'), 'File exists'],
  ['a folder is removed as a file', (laptop) => laptop.remove('a', false), 'Is a directory'],
  ['what is not there is removed', (laptop) => laptop.remove('nope', true), 'No such file or directory'],
  ['one goes into a file', (laptop) => laptop.enter('a/file'), 'Not a directory'],
  ['one goes nowhere', (laptop) => laptop.enter('nope'), 'No such file or directory'],
])('refuses when %s', (_, act, why) => {
  expect(() => act(laptop)).toThrow(new FileFailure(why));
});

it('knows folders that only have something in them, and gives them a mode', () => {
  laptop.write('/srv', '');
  laptop.remove('/srv', false);
  expect(nodeAt(laptop, '/home')).toMatchObject({ kind: 'folder', owner: '1000:1000' });
  laptop.setMode('/home', 0o700);
  expect(nodeAt(laptop, '/home')).toMatchObject({ kind: 'folder', mode: 0o700 });
  expect(nodeAt(laptop, 'nope')).toBeUndefined();
  laptop.makeFolder('a');
  expect(laptop.list('a')).toEqual(['file']);
  expect(laptop.list('a/file')).toBeUndefined();
  laptop.remove('a', true);
  expect(laptop.isFolder('a')).toBe(false);
});

it('puts what it is given', () => {
  const given = { mode: 0o755, owner: '0:0', at: 0 };
  placeNode(laptop, 'run.sh', { kind: 'file', content: 'x', ...given });
  placeNode(laptop, 'b', { kind: 'folder', ...given });
  placeNode(laptop, 'link', { kind: 'link', target: 'run.sh', at: 0 });
  expect(laptop.node('link')).toMatchObject({ content: 'x', mode: 0o755, owner: '1000:1000' });
  expect(laptop.isFolder('b')).toBe(true);
});
