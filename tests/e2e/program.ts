import { execFile } from 'node:child_process';
import { inject } from 'vitest';
import { nodeUnderTest } from './node-under-test.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the installed program with pipes on all sides, as a script would. */
export function runProgram(
  args: readonly string[],
  home: string,
  env: Record<string, string> = {},
  input = '',
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      nodeUnderTest,
      [inject('program'), ...args],
      {
        env: { PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', ...env },
        cwd: home,
        maxBuffer: 16 << 20,
      },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}
