import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { exitCode, TutorError } from '../../errors.ts';
import { makeDirectory } from '../../learner/make-directory.ts';
import { stateDirectory } from '../../learner/state-directory.ts';
import { kubeconfigMark, kubeconfigText } from '../../serve/kubeconfig.ts';
import { type Serving, serveSandbox } from '../../serve/serve-sandbox.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawServing } from '../../terminal/views/serving-view.ts';
import type { Session } from '../session.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import { type KeptSandbox, takeUpWorld } from './sandbox-world.ts';

/** The world is saved at most this often while it is served, in milliseconds. */
const saveEvery = 5000;

/**
 * Serves the cluster until Ctrl-C.
 *
 * @throws TutorError when the port is taken, or the kubeconfig would be written over another file
 */
export async function serve(session: Session, options: SandboxOptions): Promise<void> {
  const { io } = session;
  const path = kubeconfigPath(session, options);
  const kept = takeUpWorld(session, options);
  const token = randomBytes(24).toString('base64url');
  const saver = new Saver(kept);
  const serving = await open(kept, options, token, () => saver.changed());
  try {
    const server = `https://127.0.0.1:${serving.port}`;
    const { certificate } = serving;
    makeDirectory(dirname(path));
    writeFileSync(path, kubeconfigText({ server, certificate, token }), { mode: 0o600 });
    session.print(drawServing({ server, kubeconfig: path, platform: io.platform }, styleFor(session.screen)));
    process.exitCode = await untilSignal();
  } finally {
    await serving.close();
    saver.end();
    if (isOurs(path)) rmSync(path, { force: true });
  }
}

async function open(
  kept: KeptSandbox,
  { port = 0 }: SandboxOptions,
  token: string,
  changed: () => void,
): Promise<Serving> {
  try {
    return await serveSandbox(kept.sandbox, { port, token, now: () => performance.now(), changed });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new TutorError(
        `port ${port} is taken`,
        'Choose another with --port, or leave it out for a free one.',
      );
    }
    if (code === 'EACCES') throw new TutorError(`port ${port} may not be used`, 'Choose one above 1023.');
    throw new TutorError(`port ${port} cannot be opened: ${message}`, 'Choose another with --port.');
  }
}

/** @throws TutorError when a file is there that is not one of ours: the learner's own kubeconfig is never touched */
function kubeconfigPath({ io }: Session, { kubeconfig }: SandboxOptions): string {
  const directory = stateDirectory(io);
  if (kubeconfig === undefined && directory === undefined) {
    throw new TutorError(
      'there is no home directory to keep a kubeconfig in',
      'Name a file with --kubeconfig.',
    );
  }
  const path = kubeconfig === undefined ? join(directory ?? '', 'sandbox.kubeconfig') : resolve(kubeconfig);
  if (existsSync(path) && !isOurs(path)) {
    throw new TutorError(
      `${path} is there, and is not one of ours`,
      'Name another file with --kubeconfig; it is never written over.',
    );
  }
  return path;
}

function isOurs(path: string): boolean {
  try {
    return readFileSync(path, 'utf8').startsWith(kubeconfigMark);
  } catch {
    return false;
  }
}

/** @returns the exit code of the signal that came */
function untilSignal(): Promise<number> {
  return new Promise((done) => {
    process.once('SIGINT', () => done(exitCode.interrupted));
    process.once('SIGTERM', () => done(143));
    process.once('SIGHUP', () => done(129));
  });
}

/** Saves what has changed, not too often. */
class Saver {
  readonly #kept: KeptSandbox;
  #timer: NodeJS.Timeout | undefined;

  constructor(kept: KeptSandbox) {
    this.#kept = kept;
  }

  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#kept.save(this.#kept.history);
    }, saveEvery);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#kept.save(this.#kept.history);
  }
}
