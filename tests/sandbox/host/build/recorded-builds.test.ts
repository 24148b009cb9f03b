import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ShellVisitor } from '../../shell/shell-visitor.ts';

/** A Dockerfile, what stood beside it, and what the BuildKit of Docker Engine 29.7.2 said when it was built. */
interface RecordedBuild {
  readonly dockerfile: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly flags?: string;
  readonly says: readonly string[];
}

const recorded: readonly RecordedBuild[] = JSON.parse(
  readFileSync(new URL('recorded-builds.json', import.meta.url), 'utf8'),
);

/** Of the progress of a build: what its commands print, why it fails, what it warns of. */
function said(progress: string): readonly string[] {
  const lines = progress
    .replace(/\u001b\[\d*m/g, '')
    .replace(/ref \w+::\w+/g, 'ref …')
    .split('\n');
  const take = (pattern: RegExp, sign: string) =>
    lines.filter((line) => pattern.test(line)).map((line) => line.replace(pattern, sign));
  return [
    ...take(/^#\d+ \d+\.\d+ /, '> '),
    ...take(/^ERROR: failed to build: failed to solve: /, 'ERROR: '),
    ...take(/^ - (?=[A-Z]\w+: )/, ''),
  ];
}

function build({ dockerfile, files = {}, flags = '' }: Omit<RecordedBuild, 'says'>): readonly string[] {
  const visitor = new ShellVisitor();
  visitor.type('mkdir work && cd work');
  for (const [path, text] of Object.entries({ Dockerfile: `${dockerfile}\n`, ...files })) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
    visitor.type(`mkdir -p ${folder}; printf %s '${text.replaceAll("'", "'\\''")}' > ${path}`);
  }
  return said(visitor.type(`docker build --progress plain ${flags} .`).err);
}

describe('a build says what BuildKit says', () => {
  it.each(recorded)('of $dockerfile', ({ says, ...asked }) => {
    expect(build(asked)).toEqual(says);
  });
});

describe('a build says that it is not simulated', () => {
  it.each([
    ['RUN --mount=type=ssh true', 'RUN --mount=type=ssh is not simulated here: there is no agent to ask'],
    ['COPY --parents a/b /x/', 'COPY --parents is not simulated here'],
    [
      'ADD https://example.com/a /a',
      'ADD of https://example.com/a is not simulated here: there is no internet',
    ],
    [
      'RUN <<EOF\n#!/bin/sh\necho hi\nEOF',
      'a heredoc that begins with #!/bin/sh is not simulated here: it would be run from /dev/pipes',
    ],
  ])('of %s', (instruction, why) => {
    expect(build({ dockerfile: `FROM busybox:1.36\n${instruction}` })).toEqual([`ERROR: ${why}`]);
  });

  it('of another platform', () => {
    expect(build({ dockerfile: 'FROM --platform=linux/arm64 busybox:1.36' })[0]).toBe(
      'ERROR: the platform linux/arm64 is not simulated here: everything is linux/amd64',
    );
  });
});
