import { execFile } from 'node:child_process';

/** What a tool answered. */
export type ToolAnswer =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly why: string };

/** How long a tool may take, in milliseconds. */
const patience = 5_000;

/** Runs a tool without a shell and gives what it printed. */
export function runTool(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    const options = {
      env,
      timeout: patience,
      killSignal: 'SIGKILL',
      windowsHide: true,
      maxBuffer: 4 << 20,
    } as const;
    try {
      execFile(file, [...args], options, (error, stdout, stderr) => {
        if (!error) return resolve({ kind: 'answered', text: stdout.trim() });
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return resolve({ kind: 'absent' });
        if (error.killed) return resolve({ kind: 'failed', why: `no answer in ${patience / 1000} seconds` });
        resolve({ kind: 'failed', why: stderr.trim().split('\n').at(-1) || firstLine(error) });
      });
    } catch (error) {
      // Node throws, and does not call back, where it knows no reason: a program for another processor.
      resolve({ kind: 'failed', why: firstLine(error as Error) });
    }
  });
}

function firstLine({ message }: Error): string {
  return message.replace(/\n.*$/s, '');
}
