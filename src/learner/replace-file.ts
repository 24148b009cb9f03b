import { renameSync } from 'node:fs';

/** How long one waits for others to let go of a file, in milliseconds. */
const patience = 1_000;

/** What a test puts in the place of this machine. */
export interface Replacing {
  readonly platform?: NodeJS.Platform;
  readonly rename?: (from: string, to: string) => void;
}

/**
 * Renames a file over another, or where none is. Windows refuses that for as long as somebody else has one
 * of them open, such as a virus scanner that looks at what was just written: then it is tried again.
 *
 * @throws what the file system throws
 */
export function replaceFile(
  from: string,
  to: string,
  { platform = process.platform, rename = renameSync }: Replacing = {},
): void {
  const deadline = performance.now() + patience;
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      return rename(from, to);
    } catch (error) {
      if (!isHeldOpen(error, platform) || performance.now() > deadline) throw error;
    }
    sleep(pause);
  }
}

/** Whether a failure says that a file is open elsewhere: on Windows that passes, elsewhere it means another thing. */
export function isHeldOpen(error: unknown, platform: NodeJS.Platform): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
}

/** Saving is synchronous, so that an answer is on the disk before the next screen: so is the waiting. */
export function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
