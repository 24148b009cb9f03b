// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of a Dockerfile look like that.
import { describe, expect, it } from 'vitest';
import { DockerfileError } from '../../../../src/sandbox/host/build/dockerfile/dockerfile-error.ts';
import { lexWord } from '../../../../src/sandbox/host/build/dockerfile/word-lexer.ts';

const environment = new Map([
  ['NAME', 'web'],
  ['EMPTY', ''],
  ['FILE', 'a/b/c.tar.gz'],
  ['SIGNS', 'a*b?c\\d'],
]);

// What these become was said by the lexer of buildkit 0.32 (frontend/dockerfile/shell).
describe('a word of a Dockerfile', () => {
  it.each([
    ['plain', 'plain'],
    ['$NAME', 'web'],
    ['${NAME}s', 'webs'],
    ['$NONE.', '.'],
    ['\\$NAME', '$NAME'],
    ["'$NAME'", '$NAME'],
    ['"$NAME"', 'web'],
    ['"a \\"b\\" \\c"', 'a "b" \\c'],
    ['${NONE:-other}', 'other'],
    ['${EMPTY-other}', ''],
    ['${EMPTY:-other}', 'other'],
    ['${NAME:+set}', 'set'],
    ['${NONE+set}', ''],
    ['${NONE:-$NAME}', 'web'],
    ['${FILE#*/}', 'b/c.tar.gz'],
    ['${FILE##*/}', 'c.tar.gz'],
    ['${FILE%.*}', 'a/b/c.tar'],
    ['${FILE%%.*}', 'a/b/c'],
    ['${FILE/b/x}', 'a/x/c.tar.gz'],
    ['${FILE//a/o}', 'o/b/c.tor.gz'],
    ['${NAME?no}', 'web'],
    ['${NAME:?no}', 'web'],
    ['${EMPTY?no}', ''],
    ['${NONE#a}', ''],
    ['${NONE%a}', ''],
    ['${NONE/a/b}', ''],
    ['${NAME#?}', 'eb'],
    ['${NAME%?}', 'we'],
    ['${NAME%}', 'web'],
    ['${SIGNS#a\\*}', 'b?c\\d'],
    ['${SIGNS%\\\\d}', 'a*b?c'],
    ['${SIGNS%b\\?*}', 'a*'],
    ['${SIGNS%%\\**}', 'a'],
    ['${SIGNS/\\?/x}', 'a*bxc\\d'],
    ['${SIGNS//\\*/}', 'ab?c\\d'],
    ['${FILE//\\/b/-}', 'a-/c.tar.gz'],
    ['${FILE#*\\}}', 'a/b/c.tar.gz'],
    ['${FILE/./x}', 'a/b/cxtar.gz'],
    ['${FILE//[/x}', 'a/b/c.tar.gz'],
    ['$', '$'],
    ['a\\', 'a'],
    ['a<b', 'a<b'],
    ['<<EOF', '<<EOF'],
    ["a << 'b'", 'a << b'],
  ])('%s becomes %s', (text, expected) => {
    expect(lexWord(text, environment).text).toBe(expected);
  });

  it.each([
    ['${NAME', 'unsupported modifier (\ufffd) in substitution'],
    ['${NAME:-a', "syntax error: missing '}'"],
    ['${}', 'syntax error: bad substitution'],
    ['${NONE?}', 'NONE: is not allowed to be unset'],
    ['${EMPTY:?say it}', 'EMPTY: say it'],
    ['${NAME^}', 'unsupported modifier (^) in substitution'],
    ['${NAME:#a}', 'unsupported modifier (:#) in substitution'],
    ["'a", 'unexpected end of statement while looking for matching single-quote'],
    ['"a', 'unexpected end of statement while looking for matching double-quote'],
    ['"a\\', 'unexpected end of statement while looking for matching double-quote'],
  ])('%s is refused', (text, why) => {
    expect(() => lexWord(text, environment)).toThrow(`failed to process ${JSON.stringify(text)}: ${why}`);
  });

  it('says which variables it had, and which not', () => {
    const { matched, unmatched } = lexWord('$NAME ${NONE:-$ALSO}', environment);
    expect([matched, unmatched]).toEqual([['NAME'], ['ALSO', 'NONE']]);
  });

  it('leaves what is not set as it is, where it is asked to', () => {
    const text = '$NONE ${NONE} ${NONE:-a} ${NONE:^a} ${NONE/a/b} "q" $NAME';
    const left = '$NONE ${NONE} ${NONE:-a} ${NONE:^a} ${NONE/a/b} "q" web';
    expect(lexWord(text, environment, { keepUnset: true, rawQuotes: true }).text).toBe(left);
  });

  it('leaves what escapes as it is, where it is asked to', () => {
    const options = { keepUnset: true, rawQuotes: true, rawEscapes: true };
    expect(lexWord('"a\\"b\\c" \\d', environment, options).text).toBe('"a\\"b\\\\c" \\d');
  });

  it('parts words at blanks that are not quoted, those of variables too', () => {
    const blanks = new Map([['TWO', 'a b']]);
    expect(lexWord(`x $TWO "$TWO" 'c d'`, blanks).words).toEqual(['x', 'a', 'b', 'a b', 'c d']);
  });

  it.each(['${', '$'.repeat(500), '${A:-'.repeat(200), '\\', '"\\', '${A//', '<<<<'])(
    'ends on %j without hanging',
    (text) => {
      try {
        expect(lexWord(text, environment).text.length).toBeLessThan(2000);
      } catch (error) {
        expect(error).toBeInstanceOf(DockerfileError);
      }
    },
  );
});
