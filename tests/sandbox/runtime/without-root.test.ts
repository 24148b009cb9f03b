import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { host, Lab } from './lone-container.ts';

type Recorded = readonly [image: string, line: string, out: string, err: string, code: number];

/** What `sh -c` said in containers of a real Docker Engine that were started with `--user 1000:1000`. */
const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(new URL('../../fixtures/sandbox/without-root.json', import.meta.url), 'utf8'),
);

/** What it says here. */
function said(image: string, line: string): Recorded {
  const lab = new Lab();
  const id = lab.start(image, ['sleep', '1000'], { user: '1000:1000' });
  const process = lab.runtime.exec(host, id, { argv: ['sh', '-c', line], tty: false, stdin: false });
  lab.simulation.advance(10_000, () => lab.runtime.process(host, process)?.state === 'exited');
  const { output = [], exitCode = -1 } = lab.runtime.process(host, process) ?? {};
  const textOf = (stream: string) => output.flatMap((each) => (each.stream === stream ? [each.text] : []));
  return [image, line, textOf('stdout').join(''), textOf('stderr').join(''), exitCode];
}

describe('somebody who is not root, and whom no file knows, is refused as by the real tools', () => {
  it.each(recorded)('%s: %s', (...answer) => {
    expect(said(answer[0], answer[1])).toEqual(answer);
  });
});
