import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/docker/dockerfile.ts';
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
  ])('%j is refused: %s', (text, message, line) => {
    const refusal = refusalOf(text);
    expect([refusal.message, refusal.line]).toEqual([message, line]);
    expect(refusal.hint).toMatch(/[.?]$/);
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
    expect(refusalOf('x'.repeat(10_000_000)).message).toContain('too large');
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
