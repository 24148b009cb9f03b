import { beforeEach, expect, it } from 'vitest';
import { print, type Steps } from '../../../src/sandbox/effects.ts';
import { ShellVisitor } from './shell-visitor.ts';

function* show(words: readonly string[]): Steps<number> {
  yield* print(`${words.slice(1).join(' ')}\n`);
  return 0;
}

let visitor: ShellVisitor;

beforeEach(() => {
  visitor = new ShellVisitor({ show });
});

it.each([
  ["alias s='show a'", 's b', 'a b\n'],
  ["alias s='show a'; alias t='s b'", 't c', 'a b c\n'],
  ["alias show='show again'", 'show me', 'again me\n'],
  ["alias both='show one; show two'", 'both three', 'one\ntwo three\n'],
  ["alias one='show a b | grep'", 'one -c a', '1\n'],
  ["alias s='show $WHO'", 'WHO=me; s', 'me\n'],
  ["alias s='show a' t='show b'", 't && s', 'b\na\n'],
  ["alias s='show a'", 'for i in 1 2; do s $i; done', 'a 1\na 2\n'],
  ["alias s='show a'", 's | tr a b', 'b\n'],
  ["alias both='true && show a'", 'both b', 'a b\n'],
  ["alias either='false || show a'", 'either b', 'a b\n'],
  ["alias group='{ show a; }'", 'group', 'a\n'],
  ["alias s='show a'; alias t='s b; show c'", 't d', 'a b\nc d\n'],
  ["alias s='show a'; alias t='s b | cat'", 't', 'a b\n'],
  ["alias s='show a'; alias t='s b && show c'", 't d', 'a b\nc d\n'],
  ["alias s='show a'", 'command -v s', "alias s='show a'\n"],
  ["alias s='show a'", 'alias s; alias', "alias s='show a'\nalias s='show a'\n"],
  ["alias s='show a'", 'type s', "s is aliased to `show a'\n"],
])('after %s the line `%s` is what bash makes of it', (before, line, said) => {
  visitor.type(before);
  const { out, err } = visitor.type(line);
  expect(out + err).toBe(said);
});

it.each([
  ["alias s='show a'", '\\s', 's: command not found'],
  ["alias s='show a'", "'s'", 's: command not found'],
  ["alias s='show a'", 'unalias s; s', 's: command not found'],
  ["alias s='show a'", 'unalias -a; s', 's: command not found'],
  ['true', 'alias nope', 'sh: alias: nope: not found'],
  ['true', 'unalias nope', 'sh: unalias: nope: not found'],
  ['true', 'unalias', 'unalias: usage: unalias [-a] name [name ...]'],
  ["alias s='show ('", 's b', 's: command not found'],
])('after %s the line `%s` is refused', (before, line, said) => {
  visitor.type(before);
  const { err, status } = visitor.type(line);
  expect(err).toContain(said);
  expect(status).not.toBe(0);
});
