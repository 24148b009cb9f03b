// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of a shell look like that.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerRefusal } from '../../src/docker/refusal.ts';
import { joinWords, quoteWord, splitLines, splitWords } from '../../src/docker/words.ts';

const textsOf = (line: string): string[] => splitWords(line).words.map(({ text }) => text);

describe('the words of a line', () => {
  it.each<[string, string, string[]]>([
    ['blanks part words', '  docker \t run  nginx ', ['docker', 'run', 'nginx']],
    ['single quotes keep everything', 'echo \'a "b" \\c $D\'', ['echo', 'a "b" \\c $D']],
    [
      'double quotes keep blanks and take four escapes',
      'echo "a \\"b\\" \\$c \\\\ \\d"',
      ['echo', 'a "b" $c \\ \\d'],
    ],
    ['a backslash keeps the next character', 'echo a\\ b\\"', ['echo', 'a b"']],
    ['parts of a word join', `-l "a=b"'c'd`, ['-l', 'a=bcd']],
    ['an empty word stays', `run '' ""`, ['run', '', '']],
    [
      'variables stay as they are',
      'run -e A=$HOME "${B:-x y}" $C',
      ['run', '-e', 'A=$HOME', '${B:-x y}', '$C'],
    ],
    [
      'substitutions stay whole',
      'run -v $(pwd)/src:/app "$(id -u)"',
      ['run', '-v', '$(pwd)/src:/app', '$(id -u)'],
    ],
    [
      'a substitution may hold blanks and others',
      'run -u $(id -u $(whoami)) x',
      ['run', '-u', '$(id -u $(whoami))', 'x'],
    ],
    ['backticks stay whole', 'run -v `pwd -P`:/app', ['run', '-v', '`pwd -P`:/app']],
    ['a lone dollar is a character', 'run a$ $', ['run', 'a$', '$']],
    ['an expansion that is never closed is text', 'run ${A b', ['run', '${A', 'b']],
    ['a comment ends the line', 'run nginx # not this', ['run', 'nginx']],
    ['a hash inside a word is none', 'run a#b', ['run', 'a#b']],
    ['a backslash continues the line', 'run \\\n  -d \\\n nginx', ['run', '-d', 'nginx']],
    ['a backslash joins a word', 'run ngi\\\nnx', ['run', 'nginx']],
    ['so it does with the ends of Windows', 'run \\\r\n -d nginx\r\n', ['run', '-d', 'nginx']],
    ['a blank after the backslash is forgiven', 'run \\ \n -d nginx', ['run', '-d', 'nginx']],
    ['cmd continues with ^', 'run ^\r\n -d ^\r\n nginx', ['run', '-d', 'nginx']],
    ['PowerShell continues with a backtick', 'run `\n -d `\n nginx', ['run', '-d', 'nginx']],
    ['a caret inside a line is a character', 'run a^b ^', ['run', 'a^b', '^']],
    ['a backslash at the very end is one', 'run a\\', ['run', 'a\\']],
    ['braces and stars are characters', 'ps --format {{.Names}} *', ['ps', '--format', '{{.Names}}', '*']],
    ['an empty line has none', ' \n ', []],
  ])('%s', (_, line, words) => {
    expect(textsOf(line)).toEqual(words);
  });

  it.each([
    ['run nginx | grep x', '| grep x'],
    ['run nginx && echo done', '&& echo done'],
    ['run nginx; ls', '; ls'],
    ['run nginx > out.txt', '> out.txt'],
    ['run nginx 2>&1', '2>&1'],
    ['run nginx &', '&'],
    ['run nginx < in.txt', '< in.txt'],
    ['run nginx\nrun redis', 'run redis'],
    ['run nginx\n\n# the end\n', ''],
  ])('stop at an operator, and what follows is said: %s', (line, leftOut) => {
    expect(textsOf(line)).toEqual(['run', 'nginx']);
    expect(splitWords(line).leftOut).toBe(leftOut);
  });

  it('keep where they stand, and whether they were quoted', () => {
    expect(splitWords(`docker  run 'a b' c`).words).toEqual([
      { text: 'docker', start: 0, end: 6, quoted: false },
      { text: 'run', start: 8, end: 11, quoted: false },
      { text: 'a b', start: 12, end: 17, quoted: true },
      { text: 'c', start: 18, end: 19, quoted: false },
    ]);
  });

  it.each([
    ['run "a b', 4],
    ["run 'a b", 4],
    ["run a'b", 5],
  ])('with a quote that is not closed are refused at the quote: %s', (line, position) => {
    expect(() => splitWords(line)).toThrow(
      expect.objectContaining({ position, message: expect.stringMatching(/not closed/) }),
    );
    expect(() => splitWords(line)).toThrow(DockerRefusal);
  });

  it('come back from a line made of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', minLength: 0, maxLength: 12 }), { minLength: 1 }),
        (argv) => {
          const { line, words } = joinWords(argv);
          expect(words.map(({ text }) => text)).toEqual(argv);
          expect(words.map(({ start, end }) => line.slice(start, end))).toEqual(argv.map(quoteWord));
          expect(splitWords(line).words).toEqual(words);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the lines of a text', () => {
  it('are numbered, without the blank ones', () => {
    expect(splitLines('docker ps\n\n  docker images\r\n')).toEqual([
      { text: 'docker ps', start: 0, number: 1 },
      { text: '  docker images', start: 11, number: 3 },
    ]);
  });

  it.each<[string, string, string[]]>([
    ['go on after a backslash', 'a \\\n b\nc', ['a \\\n b', 'c']],
    ['go on inside quotes', "a 'b\nc'\nd", ["a 'b\nc'", 'd']],
    ['go on after a caret and a backtick', 'a ^\nb\nc `\nd', ['a ^\nb', 'c `\nd']],
    ['end where a quote is never closed', "it's\ndocker ps", ["it's", 'docker ps']],
    ['end at a comment whatever it holds', "# don't\ndocker ps", ["# don't", 'docker ps']],
    ['keep a quoted hash', "echo '# x'\nb", ["echo '# x'", 'b']],
  ])('%s', (_, text, lines) => {
    expect(splitLines(text).map((line) => line.text)).toEqual(lines);
  });
});
