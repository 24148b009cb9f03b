import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { Drive } from '../../../../src/sandbox/shell/drive.ts';
import { Shell } from '../../../../src/sandbox/shell/shell.ts';

/** Runs a line on a terminal. @returns everything it wrote */
function onTerminal(line: string): string {
  const sandbox = Sandbox.fresh({ now: Date.UTC(2026, 0, 5), seed: 1, nodes: 1 });
  let written = '';
  const shell = new Shell(sandbox, (_, text) => {
    written += text;
  });
  const drive = new Drive(shell.run(line), shell, (_, text) => {
    written += text;
  });
  let answer: unknown;
  for (;;) {
    const waiting = drive.resume(answer);
    answer = undefined;
    if (waiting.kind === 'done') return written;
    if (waiting.kind === 'pause') shell.passTime(waiting.atMost);
    else if (waiting.kind === 'terminal') answer = { isTerminal: true };
    else answer = '';
  }
}

/** What a terminal shows in the end: each picture is drawn over the one before. */
function screen(written: string): string {
  const pictures = written.split(/\u001b\[\d+A\r\u001b\[J/);
  return pictures.at(-1) ?? '';
}

describe('the progress of a build on a terminal', () => {
  it('ends as a summary with the time of each step', () => {
    const shown = screen(
      onTerminal("printf 'FROM busybox:1.36\\nRUN echo a\\nCMD a\\n' > Dockerfile; docker build -t it ."),
    );
    expect(
      shown.replace(/sha256:[0-9a-f]{4,}/g, (digest) => '*'.repeat(digest.length)),
    ).toMatchInlineSnapshot(`
      "[+] Building 0.8s (6/6) FINISHED                                 docker:default
       => [internal] load build definition from Dockerfile                       0.0s
       => => transferring dockerfile: 72B                                        0.0s
       => WARN: JSONArgsRecommended: JSON arguments recommended for CMD to prev  0.0s
       => [internal] load metadata for docker.io/library/busybox:1.36            0.4s
       => [internal] load .dockerignore                                          0.0s
       => => transferring context: 2B                                            0.0s
       => [1/2] FROM docker.io/library/busybox:1.36@***************************  0.1s
       => => resolve docker.io/library/busybox:1.36@***************************  0.0s
       => => ************************************************** 1.43MB / 1.43MB  0.0s
       => => extracting *******************************************************  0.0s
       => [2/2] RUN echo a                                                       0.1s
       => exporting to image                                                     0.1s
       => => exporting layers                                                    0.1s
       => => exporting manifest ***********************************************  0.0s
       => => exporting config *************************************************  0.0s
       => => exporting attestation manifest ***********************************  0.0s
       => => exporting manifest list ******************************************  0.0s
       => => naming to docker.io/library/it:latest                               0.0s
       => => unpacking to docker.io/library/it:latest                            0.0s

       [33m1 warning found (use docker --debug to expand):
      [0m - JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals (line 3)
      "
    `);
    for (const line of shown.split('\n').slice(0, -4)) expect(line.length).toBe(79);
  });

  it('shows at most nine lines before the end', () => {
    const written = onTerminal('cd shop; docker build .');
    const pictures = written.split(/\u001b\[\d+A\r\u001b\[J/);
    expect(pictures.length).toBeGreaterThan(10);
    for (const picture of pictures.slice(0, -1)) expect(picture.split('\n').length).toBeLessThanOrEqual(10);
  });

  it('says what failed below it', () => {
    const shown = screen(
      onTerminal("printf 'FROM busybox:1.36\\nRUN echo a; false\\nRUN true\\n' | docker build -"),
    );
    expect(shown).toContain('[+] Building');
    expect(shown).not.toContain('FINISHED');
    expect(shown).toMatch(
      / => ERROR \[2\/3\] RUN echo a; false +0\.\ds\n------\n > \[2\/3\] RUN echo a; false:\n\d\.\d+ a\n------\n/,
    );
  });
});
