import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instruction, parseDockerfile } from '../../src/docker/dockerfile.ts';
import { DockerfileRefusal } from '../../src/docker/dockerfile-refusal.ts';

function refusalOf(text: string): DockerfileRefusal {
  try {
    parseDockerfile(text);
  } catch (error) {
    if (error instanceof DockerfileRefusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a Dockerfile', () => {
  it('is read with its stages, flags, forms and lines', () => {
    const text = [
      '# syntax=docker/dockerfile:1',
      '# escape=\\',
      'ARG VERSION=20',
      'FROM --platform=$BUILDPLATFORM node:$VERSION AS Build',
      'RUN npm ci \\',
      '  # a comment in between',
      '',
      '  && npm run build',
      'from nginx:1.27',
      'COPY --from=build --chown=1000 /app/dist /usr/share/nginx/html',
      'ENTRYPOINT ["/docker-entrypoint.sh"]',
      'CMD nginx -g "daemon off;"',
    ].join('\n');
    const { directives, preamble, stages } = parseDockerfile(text);
    expect([...directives]).toEqual([
      ['syntax', 'docker/dockerfile:1'],
      ['escape', '\\'],
    ]);
    expect(preamble.map(({ name, text: rest }) => [name, rest])).toEqual([['ARG', 'VERSION=20']]);
    expect(stages.map(({ image, name, line }) => [image, name, line])).toEqual([
      ['node:$VERSION', 'build', 4],
      ['nginx:1.27', undefined, 9],
    ]);
    expect(stages[0]?.instructions[1]).toMatchObject({
      name: 'RUN',
      line: 5,
      endLine: 8,
      text: 'npm ci   && npm run build',
      exec: undefined,
    });
    expect(
      stages[1]?.instructions.map(({ name, flags, exec }) => [
        name,
        flags.map((each) => `${each.name}=${each.value}`),
        exec,
      ]),
    ).toEqual([
      ['FROM', [], undefined],
      ['COPY', ['from=build', 'chown=1000'], undefined],
      ['ENTRYPOINT', [], ['/docker-entrypoint.sh']],
      ['CMD', [], undefined],
    ]);
  });

  it('holds heredocs, with tabs taken off where it says so', () => {
    const { stages } = parseDockerfile(
      'FROM x\nRUN <<EOF\necho one\n# no comment\nEOF\nCOPY <<-"END" /a\n\tb\n\tEND\nCMD x\n',
    );
    expect(
      stages[0]?.instructions.map(({ name, heredocs, line, endLine }) => [
        name,
        heredocs.map(({ content }) => content),
        line,
        endLine,
      ]),
    ).toEqual([
      ['FROM', [], 1, 1],
      ['RUN', ['echo one\n# no comment'], 2, 5],
      ['COPY', ['\tb'], 6, 8],
      ['CMD', [], 9, 9],
    ]);
  });

  it('of Windows continues lines with a backtick', () => {
    const { stages } = parseDockerfile('# escape=`\nFROM x\nRUN a `\n  b\nWORKDIR C:\\\n');
    expect(stages[0]?.instructions.map(({ text }) => text)).toEqual(['x', 'a   b', 'C:\\']);
  });

  it.each([
    ['', 'the file holds no instruction', 1],
    ['# only a comment\n', 'the file holds no instruction', 1],
    ['RUN x\n', 'RUN stands before the first FROM', 1],
    ['ARG A\n', 'no build stage: there is no FROM', 1],
    ['FROM x\nRUNN y\n', 'there is no instruction "RUNN"', 2],
    ['FROM x\n\nENTRYPONT ["a"]\n', 'there is no instruction "ENTRYPONT"', 3],
    ['FROM x\nCOPY a\n', 'COPY needs a source and a target', 2],
    ['FROM x\nENV A\n', 'ENV needs a name and a value', 2],
    ['FROM x\nRUN\n', 'RUN needs an argument', 2],
    ['FROM x\nSHELL bash\n', 'SHELL takes the JSON form only', 2],
    ['FROM x\nHEALTHCHECK curl x\n', 'HEALTHCHECK knows CMD and NONE, not "curl"', 2],
    ['FROM x\nONBUILD FROM y\n', 'FROM is not allowed as an ONBUILD trigger', 2],
    ['FROM x as\n', 'FROM takes an image, and maybe AS and a name', 1],
    ['FROM x AS 1st\n', '"1st" is no name for a stage', 1],
    ['FROM x\nRUN <<EOF\necho\n', 'the heredoc EOF is not closed', 2],
    ['# escape=x\nFROM x\n', 'the escape character cannot be "x"', 1],
    ['FROM x\nSTOPSIGNAL A B\n', 'STOPSIGNAL takes one signal', 2],
    ['FROM x\nSTOPSIGNAL\n', 'STOPSIGNAL needs an argument', 2],
    ['FROM x\nLABEL a\n', 'LABEL needs a name and a value', 2],
    ['FROM x\nHEALTHCHECK\n', 'HEALTHCHECK needs an argument', 2],
    ['FROM x\nHEALTHCHECK none x\n', 'HEALTHCHECK NONE takes no arguments', 2],
    ['FROM x\nHEALTHCHECK --interval=5s CMD\n', 'HEALTHCHECK CMD needs a command', 2],
    ['FROM x\nONBUILD onbuild RUN y\n', 'ONBUILD is not allowed as an ONBUILD trigger', 2],
    ['FROM x\nONBUILD MAINTAINER y\n', 'MAINTAINER is not allowed as an ONBUILD trigger', 2],
    ['FROM x\nONBUILD\n', 'ONBUILD needs an argument', 2],
    ['FROM x\nSHELL []\n', 'SHELL needs an argument', 2],
    ['FROM x\nSHELL\n', 'SHELL needs an argument', 2],
    ['FROM x\nSHELL ["a"\n', 'SHELL takes the JSON form only', 2],
    ['FROM x\nVOLUME []\n', 'VOLUME needs an argument', 2],
    ['FROM x\nCMD ["a", 5]\n', 'a JSON list holds texts only', 2],
    ['FROM x\nCOPY ["a"]\n', 'COPY needs a source and a target', 2],
    ['FROM x\nCOPY --from=y\n', 'COPY needs an argument', 2],
    ['FROM x\nADD --chown=1 a\n', 'ADD needs a source and a target', 2],
    ['FROM x AS a b\n', 'FROM takes an image, and maybe AS and a name', 1],
    ['FROM x IS a\n', 'FROM takes an image, and maybe AS and a name', 1],
    ['FROM x AS -a\n', '"-a" is no name for a stage', 1],
    ['FROM x AS a/b\n', '"a/b" is no name for a stage', 1],
    ['FROM x\n\n# c\n# d\nFOO\n', 'there is no instruction "FOO"', 5],
    ['FROM\n', 'FROM needs an argument', 1],
    ['ARG A\nENV b=c\nFROM x\n', 'ENV stands before the first FROM', 2],
    ['# check=skip=all\n# check=skip=all\nFROM x\n', 'the directive check is given twice', 2],
    ['\n\nARG A\n', 'no build stage: there is no FROM', 3],
    ['FROM x\nRUN a \\\n\n  # b\n && c\nFOO\n', 'there is no instruction "FOO"', 6],
    ['FROM x\nCOPY <<A <<B /c\nx\nA\ny\n', 'the heredoc B is not closed', 2],
    ['FROM x\nRUN echo $((1 <<2))\n', 'the heredoc 2)) is not closed', 2],
  ])('%j is refused: %s', (text, message, line) => {
    const refusal = refusalOf(text);
    expect([refusal.message, refusal.line]).toEqual([message, line]);
    expect(refusal.hint).toMatch(/[.?]$/);
  });

  it.each<[string, string, Partial<Instruction>]>([
    ['a CMD may be empty', 'CMD', { text: '', exec: undefined }],
    ['an ENTRYPOINT may be an empty list', 'ENTRYPOINT []', { text: '[]', exec: [] }],
    [
      'a list behind which something stands is of the shell form',
      'CMD ["a"] b',
      { text: '["a"] b', exec: undefined },
    ],
    ['an unfinished list is of the shell form', 'RUN ["a"', { text: '["a"', exec: undefined }],
    ['a trigger is looked at later', 'ONBUILD FOO x', { name: 'ONBUILD', text: 'FOO x' }],
    ['names may be in small letters', 'healthcheck none', { name: 'HEALTHCHECK', text: 'none' }],
    ['blanks stand between name and words', 'ENV\t a  b', { name: 'ENV', text: 'a  b' }],
    ['an ENV of the old form has a blank', 'ENV a b=c', { text: 'a b=c' }],
    [
      'flags stand before the words, with values in quotes or none',
      'COPY --from="a" --link --chmod=755 b --c',
      {
        flags: [
          { name: 'from', value: 'a' },
          { name: 'link', value: '' },
          { name: 'chmod', value: '755' },
        ],
        text: 'b --c',
      },
    ],
    ['a command has its own flags', 'CMD --a b', { flags: [], text: '--a b' }],
    ['only some may be a list', 'USER ["a"]', { text: '["a"]', exec: undefined }],
    ['a list of files is one', 'COPY ["a b", "c"]', { exec: ['a b', 'c'] }],
    [
      'blank lines and comments do not end a line',
      'ENV a=b \\\n\n  # x\n  c=d',
      { text: 'a=b   c=d', line: 2, endLine: 5 },
    ],
    ['the last line may go on', 'ENV a=b \\', { text: 'a=b', line: 2 }],
    ['blanks behind the backslash are forgiven', 'ENV a=b \\  \n c=d', { text: 'a=b  c=d' }],
    [
      'a heredoc may be without a name of quotes, and there may be two',
      'COPY <<A <<"B" /c\nx\nA\n\ty\nB',
      {
        text: '<<A <<"B" /c',
        heredocs: [
          { word: 'A', content: 'x' },
          { word: 'B', content: '\ty' },
        ],
        endLine: 6,
      },
    ],
    ['a mark of a comment inside of a line is none', 'RUN a # b', { text: 'a # b' }],
    ['a line may be indented', '  RUN x  ', { name: 'RUN', text: 'x' }],
    ['a shell is a list', 'SHELL ["a", "-c"]', { exec: ['a', '-c'] }],
    ['a signal is one word', 'STOPSIGNAL SIGTERM', { text: 'SIGTERM' }],
    ['a word of another instruction is a word', 'USER from', { text: 'from' }],
    ['a text in quotes is no list', 'CMD "a"', { text: '"a"', exec: undefined }],
    [
      'a value of a flag may hold blanks in quotes',
      'RUN --mount="type=tmpfs, target=/x"   --network=none  y',
      {
        flags: [
          { name: 'mount', value: 'type=tmpfs, target=/x' },
          { name: 'network', value: 'none' },
        ],
        text: 'y',
      },
    ],
    [
      'a tab before the end is none without a hyphen',
      'RUN <<E\n\tE\nE',
      { heredocs: [{ word: 'E', content: '\tE' }] },
    ],
    ['with a hyphen there may be several', 'RUN <<-E\na\n\t\tE', { heredocs: [{ word: 'E', content: 'a' }] }],
    ['a heredoc in the words of another is none', 'CMD echo RUN <<A', { heredocs: [] }],
    [
      'a trigger in small letters holds one',
      'onbuild  run <<A\nx\nA',
      { heredocs: [{ word: 'A', content: 'x' }] },
    ],
    ['a shift inside of a word is no heredoc', 'RUN echo $((1<<2)) a<<b', { heredocs: [] }],
    ['one inside of quotes is none', `RUN echo "x <<E y" 'x <<E'`, { heredocs: [] }],
    ['three marks are none', 'RUN cat <<<E', { heredocs: [] }],
    ['marks at the end are none', 'RUN cat <<', { heredocs: [] }],
    [
      'the whole word is its name',
      'RUN cat <<E|wc\nhi\nE|wc',
      { heredocs: [{ word: 'E|wc', content: 'hi' }] },
    ],
    [
      'its name may have hyphens',
      'RUN cat 3<<E-x <&3\nhi\nE-x',
      { heredocs: [{ word: 'E-x', content: 'hi' }] },
    ],
    ['its name may stand apart', 'RUN cat << E\nhi\nE', { heredocs: [{ word: 'E', content: 'hi' }] }],
    [
      'its name may have quotes',
      `RUN cat <<"a b" <<'E'F\nhi\na b\nEF`,
      {
        heredocs: [
          { word: 'a b', content: 'hi' },
          { word: 'EF', content: '' },
        ],
      },
    ],
    ['words of others hold no heredoc', 'LABEL a=<<b <<c', { heredocs: [] }],
    ['a trigger holds one', 'ONBUILD RUN <<A\nx\nA', { heredocs: [{ word: 'A', content: 'x' }] }],
  ])('%s: %j', (_, line, wanted) => {
    expect(parseDockerfile(`FROM x\n${line}\n`).stages[0]?.instructions[1]).toMatchObject(wanted);
  });

  it('names what a slip may have meant', () => {
    expect(refusalOf('FROM x\nENTRYPONT a\n').hint).toBe('Did you mean ENTRYPOINT?');
    expect(refusalOf('FROM x\n&& make\n').hint).toContain('ends in a backslash');
  });

  it('parts words by as many blanks as there are, and takes no directive from the end of a line', () => {
    const { directives, stages } = parseDockerfile('ARG A # check=skip=all\nFROM  x \t AS  y\n');
    expect([directives.size, stages[0]?.image, stages[0]?.name]).toEqual([0, 'x', 'y']);
  });

  it('has directives only at its top, whatever their case and blanks', () => {
    const { directives, stages } = parseDockerfile(
      '\ufeff#Syntax = a:1 \n#escape=`\n# no directive\n# check=skip=all\nFROM x AS a_b.C-d\n',
    );
    expect([...directives]).toEqual([
      ['syntax', 'a:1'],
      ['escape', '`'],
    ]);
    expect(stages[0]?.name).toBe('a_b.c-d');
  });

  it('is read or refused, whatever it is', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'FROM x',
        'FROM x AS y',
        'RUN a \\',
        'RUN <<E',
        'E',
        'CMD ["a"',
        'CMD ["a"]',
        '# escape=`',
        'ENV A=b C="d e"',
        'LABEL a b',
        'ONBUILD RUN x',
        'COPY --from=0 a b',
        'HEALTHCHECK --interval=5s CMD x',
        '\\',
        '',
        '#',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        try {
          parseDockerfile(lines.join('\n'));
        } catch (error) {
          if (!(error instanceof DockerfileRefusal)) throw error;
          expect(error.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('that is very large is read or refused in time', () => {
    expect(refusalOf('x'.repeat(10_000_000))).toMatchObject({
      message: 'the file is too large: 10.0 million characters',
      line: 1,
    });
    expect(parseDockerfile(`FROM x\n${'RUN a\n'.repeat(100_000)}`).stages[0]?.instructions).toHaveLength(
      100_001,
    );
    expect(
      parseDockerfile(`FROM x\nRUN ${'a \\\n'.repeat(200_000)}b\n`).stages[0]?.instructions,
    ).toHaveLength(2);
    expect(parseDockerfile(`FROM x\n${'RUN <<E\nE\n'.repeat(50_000)}`).stages[0]?.instructions).toHaveLength(
      50_001,
    );
  });
});
