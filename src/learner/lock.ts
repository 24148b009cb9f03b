import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { isHeldOpen, sleep } from './replace-file.ts';

/** How long one waits for the same holder to let go, in milliseconds, where a holder needs a few. */
const usualPatience = 3_000;
/** A lock that is so many times older was left behind by a run that died on another host. */
const staleFactor = 3.5;
/** A lock is named as soon as it is made: one without a name for this long, in milliseconds, never will be. */
const namelessAfter = 1_000;

/** Thrown when the lock could not be had in time. */
export class LockTaken extends Error {
  override readonly name = 'LockTaken';
}

let serial = 0;

/**
 * Does something while no other run does, by a lock file that is made if it is not there. A lock whose
 * holder died is taken over.
 *
 * @param patience how long one waits for the same holder to let go, in milliseconds
 * @throws LockTaken when one other run holds it for too long; whatever `act` or the file system throws
 */
export function whileLocked<T>(path: string, act: () => T, patience = usualPatience): T {
  const name = `${process.pid} ${hostname()} ${++serial}\n`;
  acquire(path, name, patience);
  try {
    return act();
  } finally {
    // After a long sleep in between (a closed laptop) another run may have taken it over.
    if (readLock(path)?.text === name) rmSync(path, { force: true });
  }
}

function acquire(path: string, name: string, patience: number): void {
  let holder: string | undefined;
  let deadline = performance.now() + patience;
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      return makeLock(path, name);
    } catch (error) {
      // Windows refuses while a lock that was just removed is still open somewhere.
      const isHeld = isCode(error, 'EEXIST');
      if (!isHeld && !isHeldOpen(error, process.platform)) throw error;
      if (performance.now() > deadline) throw isHeld ? new LockTaken(`another run holds ${path}`) : error;
    }
    const seen = readLock(path);
    if (seen && seen.text !== holder) {
      holder = seen.text;
      deadline = performance.now() + patience;
    }
    if (seen && isAbandoned(seen, patience * staleFactor)) remove(path, seen.text);
    sleep(pause + Math.random() * pause);
  }
}

/** @throws what the file system throws, EEXIST when there is a lock */
function makeLock(path: string, name: string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, name);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Removes the lock of that text, whose holder is gone. */
function remove(path: string, text: string): void {
  // Renaming is atomic: of two runs that see the same dead lock only one moves it away. Should the
  // other have made a new lock in between, what was moved is that one, and it is put back.
  const aside = `${path}.${process.pid}.${++serial}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readLock(aside)?.text !== text) {
    try {
      linkSync(aside, path);
    } catch {
      // A third run holds it by now.
    }
  }
  rmSync(aside, { force: true });
}

/** @returns undefined when it is gone, or not to be read */
function readLock(path: string): { text: string; age: number } | undefined {
  try {
    return { text: readFileSync(path, 'utf8'), age: Date.now() - statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}

function isAbandoned({ text, age }: { text: string; age: number }, staleAfter: number): boolean {
  if (Math.abs(age) > (text === '' ? namelessAfter : staleAfter)) return true;
  const [pid, host] = text.trim().split(' ');
  // Who asks for the lock does not hold it: one under our own number is of a run that had the number before.
  return host === hostname() && Number(pid) > 0 && (Number(pid) === process.pid || !isRunning(Number(pid)));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
