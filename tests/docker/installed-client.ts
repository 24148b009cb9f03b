import { execFileSync } from 'node:child_process';
import type { Outcome } from './recorded.ts';

/** What the script that records the cases exports. */
interface RecorderScript {
  startRecorder(client: string): Promise<{ close(): void }>;
  record(recorder: { close(): void }, args: readonly string[]): Promise<Outcome & { body?: unknown }>;
  forEach<Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>): Promise<Result[]>;
}

interface InstalledClient {
  /** Gives each line to the client, whose daemon only listens. */
  record(lines: readonly (readonly string[])[]): Promise<{
    readonly baseline: unknown;
    readonly outcomes: readonly (Outcome & { body?: unknown })[];
  }>;
}

/** The docker client of this machine, of a version whose words are docker's of today; nothing without one. */
export function installedClient(): InstalledClient | undefined {
  if (process.platform === 'win32' || majorVersion() < 28) return undefined;
  return {
    async record(lines) {
      const path = new URL('../../.scripts/record-docker-requests.mjs', import.meta.url).href;
      const script: RecorderScript = await import(path);
      const recorder = await script.startRecorder('docker');
      try {
        const plain = await script.record(recorder, ['run', '-d', 'busybox:1.36', 'sleep', '1d']);
        const outcomes = await script.forEach(lines, (argv) => script.record(recorder, argv.slice(1)));
        return { baseline: plain.body, outcomes };
      } finally {
        recorder.close();
      }
    },
  };
}

function majorVersion(): number {
  try {
    const text = execFileSync('docker', ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(/^Docker version (\d+)\./.exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
