// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of a Dockerfile look like that.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ShellVisitor } from '../../shell/shell-visitor.ts';

// Whatever stands in a Dockerfile, a build ends: with an image, or with what is wrong about it.

const words = [
  ...['FROM', 'RUN', 'COPY', 'ADD', 'ENV', 'ARG', 'LABEL', 'WORKDIR', 'USER', 'CMD', 'ENTRYPOINT', 'EXPOSE'],
  ...[
    'VOLUME',
    'ONBUILD',
    'SHELL',
    'HEALTHCHECK',
    'STOPSIGNAL',
    'MAINTAINER',
    'from',
    'RUNN',
    '#',
    '# escape=`',
  ],
  ...[
    'busybox:1.36',
    'scratch',
    'AS',
    'a',
    'b',
    '--from=a',
    '--from=0',
    '--chown=1:x',
    '--chmod=u+x',
    '--link',
  ],
  ...[
    '.',
    '/',
    '/x/',
    '../..',
    '*.txt',
    'in.txt',
    '-',
    '<<EOF',
    'EOF',
    '["a"]',
    '["sh","-c","echo"]',
    '[1]',
    '[',
  ],
  ...[
    '$A',
    '${A:-b}',
    '${A',
    'A=b',
    "'",
    '"',
    '\\',
    '&&',
    'echo',
    'true',
    'false',
    'CMD',
    'NONE',
    '80/tcp',
    '99999',
  ],
  ...[
    '--mount=type=cache,target=/c',
    '--mount=type=bind',
    '--interval=1s',
    '\t',
    '\u0000',
    'é',
    '🐳',
    'x'.repeat(200),
  ],
];

const line = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(' '));
const dockerfile = fc
  .array(line, { minLength: 1, maxLength: 8 })
  .map((lines) => `FROM busybox:1.36\n${lines.join('\n')}\n`);
const anything = fc.oneof(
  dockerfile,
  fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n')),
  fc.string(),
);

it('a build of anything ends, and says why where it gives no image', { timeout: 60_000 }, () => {
  const visitor = new ShellVisitor();
  visitor.type('echo hello > in.txt');
  fc.assert(
    fc.property(anything, (text) => {
      visitor.shell.laptop.write('/home/you/Dockerfile', text);
      const { err, out, status } = visitor.type('docker build -q .');
      if (status === 0) expect(out).toMatch(/^sha256:[0-9a-f]{64}\n$/);
      else expect(err).toMatch(/^ERROR: failed to build: (failed to solve: )?\S/m);
    }),
    { numRuns: 300 },
  );
});
