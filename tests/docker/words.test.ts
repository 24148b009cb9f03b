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
    ['a quoted end of line joins nothing', 'run "a\nb"', ['run', 'a\nb']],
    ['a continued line goes on in double quotes', 'run "a\\\nb" "c\\\r\nd"', ['run', 'ab', 'cd']],
    ['other backslashes stay in double quotes', 'run "a\\qb\\`c\\\\d\\"e\\\t"', ['run', 'a\\qb`c\\d"e\\\t']],
    ['a backslash takes a hash and a caret', 'run \\# a\\ ^ b', ['run', '#', 'a ^', 'b']],
    ['a hash behind a quote is a character', 'run "x"#y', ['run', 'x#y']],
    ['a word ends where the continued line begins with a blank', 'run ngi\\\n  nx', ['run', 'ngi', 'nx']],
    ['a caret on a word continues nothing', 'run a^\nb', ['run', 'a^']],
    ['an escaped blank before a caret continues nothing', 'run a\\ ^\nb', ['run', 'a ^']],
    ['an expansion may hold blanks and braces', 'run ${A:-${B} c} d', ['run', '${A:-${B} c}', 'd']],
    [
      'brackets of two kinds pair each for itself',
      'run $(a } b) ${c ) d} e',
      ['run', '$(a } b)', '${c ) d}', 'e'],
    ],
    ['quotes in an expansion in quotes belong to it', 'run "$(echo "a b")" c', ['run', '$(echo "a b")', 'c']],
    [
      'an operator in an expansion parts nothing',
      'run $(a | b) `c; d` "${e&f}"',
      ['run', '$(a | b)', '`c; d`', '${e&f}'],
    ],
    ['a backtick that is not closed is a character', 'run a`b c', ['run', 'a`b', 'c']],
    ['a backtick of another line closes none', 'run a`b c\nd`', ['run', 'a`b', 'c']],
    ['an empty pair of backticks is one', 'run ``a b', ['run', '``a', 'b']],
    ['a number before an operator may be quoted', "run '2'>x", ['run', '2']],
    ['a number at the end of a word is part of it', 'run a2>x', ['run', 'a2']],
    ['a number that goes on is a word', 'run 2a>x', ['run', '2a']],
    ['a number apart from the operator is a word', 'run 2 >x', ['run', '2']],
    ['comments and blank lines before the first word are passed over', '# c\n\n run x', ['run', 'x']],
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
    ['run nginx # a comment\nrun redis', 'run redis'],
    ['run nginx # a comment\n# and one more\n', ''],
    ['run nginx\n  # one\n\nrun redis\n  \n  ls \n', 'run redis\n  ls'],
    ['run nginx |  grep x  ', '|  grep x'],
    ['run nginx 12>out.txt ', '12>out.txt'],
    ['run nginx 0<in.txt', '0<in.txt'],
    ['run nginx', ''],
    ['run nginx # not this', ''],
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
    ['run "a b', 4, 'a double quote is not closed', 'Add the closing ", or remove this one.'],
    ["run 'a b", 4, 'a single quote is not closed', "Add the closing ', or remove this one."],
    ["run a'b", 5, 'a single quote is not closed', "Add the closing ', or remove this one."],
    ['run "a\\', 4, 'a double quote is not closed', 'Add the closing ", or remove this one.'],
    ['run "a\\"', 4, 'a double quote is not closed', 'Add the closing ", or remove this one.'],
  ])('with a quote that is not closed are refused at the quote: %s', (line, position, message, hint) => {
    expect(() => splitWords(line)).toThrow(expect.objectContaining({ position, message, hint }));
    expect(() => splitWords(line)).toThrow(DockerRefusal);
  });

  it('say that they were quoted where any of them was', () => {
    const quoted = splitWords(`a b\\ c d'e' f"g" $h`).words.map((word) => word.quoted);
    expect(quoted).toEqual([false, true, true, true, false]);
  });

  it('are written with quotes only where they need some', () => {
    expect(joinWords(['docker', 'run', '-e', 'A=b c', "it's", '']).line).toBe(
      `docker run -e 'A=b c' 'it'\\''s' ''`,
    );
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

  it('are numbered past those that go on, and past quoted ones', () => {
    expect(splitLines('a \\\n b \\\r\n c\n"d\n\ne"\n  \nf')).toEqual([
      { text: 'a \\\n b \\\r\n c', start: 0, number: 1 },
      { text: '"d\n\ne"', start: 13, number: 4 },
      { text: 'f', start: 23, number: 8 },
    ]);
  });

  it('are told one by one after a quote that is never closed', () => {
    expect(splitLines("a\nit's\r\n  \ndocker ps\nb")).toEqual([
      { text: 'a', start: 0, number: 1 },
      { text: "it's", start: 2, number: 2 },
      { text: 'docker ps', start: 11, number: 4 },
      { text: 'b', start: 21, number: 5 },
    ]);
  });

  it.each<[string, string, string[]]>([
    ['go on after a backslash', 'a \\\n b\nc', ['a \\\n b', 'c']],
    ['go on inside quotes', "a 'b\nc'\nd", ["a 'b\nc'", 'd']],
    ['go on after a caret and a backtick', 'a ^\nb\nc `\nd', ['a ^\nb', 'c `\nd']],
    ['end where a quote is never closed', "it's\ndocker ps", ["it's", 'docker ps']],
    ['end at a comment whatever it holds', "# don't\ndocker ps", ["# don't", 'docker ps']],
    ['keep a quoted hash', "echo '# x'\nb", ["echo '# x'", 'b']],
    ['begin with a quote', "'a\nb' c\nd", ["'a\nb' c", 'd']],
    ['go on inside double quotes', 'a "b\nc"\nd', ['a "b\nc"', 'd']],
    ['hold the one quote in the other', `a "it's\nb" 'c"\nd'\ne`, [`a "it's\nb" 'c"\nd'`, 'e']],
    ['hold an escaped quote', `a \\'b\nc \\"d\ne`, [`a \\'b`, `c \\"d`, 'e']],
    ['hold an escaped quote inside quotes', 'a "b\\"\nc"\nd', ['a "b\\"\nc"', 'd']],
    ['keep a backslash in single quotes', "a 'b\\'\nc", ["a 'b\\'", 'c']],
    ['do not go on after a backslash in single quotes', "a 'b \\\nc'\nd", ["a 'b \\\nc'", 'd']],
    ['end at a comment behind words', "a # don't\nb", ["a # don't", 'b']],
    ['end at a comment that holds a backslash', 'a # b \\\nc', ['a # b \\', 'c']],
    ['keep a hash inside a word', "a#'b\nc'\nd", ["a#'b\nc'", 'd']],
    ['keep a hash behind a quote', `"a"#'b\nc'\nd`, [`"a"#'b\nc'`, 'd']],
    ['go on after a caret alone', '^\nb\nc', ['^\nb', 'c']],
    ['end at a caret on a word', 'a^\nb', ['a^', 'b']],
    ['end at a backtick on a word', 'a=`b`\nc', ['a=`b`', 'c']],
    ['end at the last backslash', 'a\nb \\', ['a', 'b \\']],
    ['begin with a comment that holds a quote', "# it's\na 'b\nc'", ["# it's", "a 'b\nc'"]],
    ['keep a hash inside of quotes', `"a # b" 'c\nd'\ne`, [`"a # b" 'c\nd'`, 'e']],
    ['close a single quote behind a backslash', `a 'b\\' "c\nd"\ne`, [`a 'b\\' "c\nd"`, 'e']],
    ['go on with a quote', "a \\\n'b\nc'\nd", ["a \\\n'b\nc'", 'd']],
    ['escape one character and no more', "a \\b'c\nd'\ne", ["a \\b'c\nd'", 'e']],
    ['keep the carriage return inside', 'a\rb\r\nc', ['a\rb', 'c']],
    ['are none in a text of blanks', ' \n\t\n', []],
  ])('%s', (_, text, lines) => {
    expect(splitLines(text).map((line) => line.text)).toEqual(lines);
  });
});
