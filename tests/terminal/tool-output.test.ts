import { describe, expect, it } from 'vitest';
import { describeScreen } from '../../src/terminal/screen.ts';
import { showToolOutput } from '../../src/terminal/tool-output.ts';
import { ioOf } from '../fixtures/io.ts';

const env = { LANG: 'C.UTF-8' };
const unicode = describeScreen(ioOf({ env }));
const ascii = describeScreen(ioOf({ env }), { ascii: true });
const plain = describeScreen(ioOf({ env }), { plain: true });

describe('what a tool prints', () => {
  it.each(['é 日本 🐳', '└─ linux/amd64', '\x1b[2J\x1b[Hclear\r', '→ help\n'])(
    'stays as it is where everything can be shown: %j',
    (text) => {
      expect(showToolOutput(text, unicode)).toBe(text);
    },
  );

  it.each([
    ['└─ linux/amd64', '+- linux/amd64'],
    ['"docker-entrypoint.s…"   8080/tcp', '"docker-entrypoint.s~"   8080/tcp'],
    [' ✔ Container a  Started', ' + Container a  Started'],
    ['● containerd.service', '* containerd.service'],
    ['sh: foo: command not found\n→ help lists them.\n', 'sh: foo: command not found\n-> help lists them.\n'],
    ['name: é 日本', 'name: é 日本'],
    ['\x1b[2K\rlayer', '\x1b[2K\rlayer'],
  ])('has its signs in ASCII and in their columns: %j', (text, expected) => {
    expect(showToolOutput(text, ascii)).toBe(expected);
  });

  it.each([
    ['\x1b[H\x1b[2J\x1b[3Jtable\n', 'table\n'],
    ['\x1b[6A\x1b[2K\rlayer\r\x1b[6B', 'layer'],
    ['one\r\ntwo\r\n', 'one\ntwo\n'],
    ['\x1b[33m1 warning\x1b[0m', '1 warning'],
    ['→ help lists them.\n', 'Hint: help lists them.\n'],
    ['a → b\n', 'a > b\n'],
  ])('draws on nothing in the linear form: %j', (text, expected) => {
    expect(showToolOutput(text, plain)).toBe(expected);
  });
});
