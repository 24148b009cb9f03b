import { newContainerId } from '../../../runtime/container-id.ts';
import { RuntimeError } from '../../../runtime/container-runtime.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { EngineResponse, OutputStream } from '../../engine/request.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { type ContainerRecord, containerRecord } from '../container-record.ts';
import { demandNotRestarting, demandRunning, findContainer } from '../find-container.ts';
import { type ExecRecord, execTable, forgetOldExecs, noteExecEnd } from './exec-record.ts';

/** The body of `POST /containers/{id}/exec`. */
export interface ExecBody {
  readonly User?: string;
  readonly Privileged?: boolean;
  readonly Tty?: boolean;
  readonly AttachStdin?: boolean;
  readonly AttachStdout?: boolean;
  readonly AttachStderr?: boolean;
  readonly DetachKeys?: string;
  readonly Env?: readonly string[] | null;
  readonly WorkingDir?: string;
  readonly Cmd?: readonly string[] | null;
}

/**
 * Notes a process that is to run in a container: `POST /containers/{id}/exec` (daemon/exec.go of
 * github.com/moby/moby).
 *
 * @throws EngineError when the container does not run, or has no such user
 */
export function createExec(parts: ContainerParts, name: string, body: ExecBody): ExecRecord {
  const argv = body.Cmd ?? [];
  if (argv.length === 0) throw new EngineError(400, 'No exec command specified');
  const container = findContainer(parts, name);
  demandRunning(container);
  if (container.state.paused)
    throw new EngineError(409, `Container ${name} is paused, unpause the container before exec`);
  demandNotRestarting(container);
  checkUser(parts, container, body.User ?? '');
  forgetOldExecs(parts);
  const exec: ExecRecord = {
    id: newContainerId(parts.store),
    container: container.id,
    argv,
    tty: body.Tty ?? false,
    stdin: body.AttachStdin ?? false,
    stdout: body.AttachStdout ?? false,
    stderr: body.AttachStderr ?? false,
    privileged: body.Privileged ?? false,
    user: body.User || container.config.User,
    env: body.Env ?? [],
    workingDir: body.WorkingDir || container.config.WorkingDir,
    detachKeys: body.DetachKeys ?? '',
  };
  parts.store.write(execTable, exec.id, exec);
  tell(parts, container, `exec_create: ${commandLine(exec)}`, { execID: exec.id });
  return exec;
}

/**
 * Starts what `createExec` noted: `POST /exec/{id}/start`.
 *
 * @returns its output, unless it is detached; a command that cannot be run says why in it
 * @throws EngineError
 */
export function startExec(parts: ContainerParts, id: string, isDetached: boolean): EngineResponse {
  const exec = demandExec(parts, id);
  const container = demandActive(parts, exec, id);
  if (exec.exitCode !== undefined) throw new EngineError(409, `exec command ${id} has already run`);
  if (exec.process !== undefined) throw new EngineError(409, `exec command ${id} is already running`);
  tell(parts, container, `exec_start: ${commandLine(exec)}`, { execID: id });
  try {
    runExec(parts, isDetached ? { ...exec, isDetached } : exec);
  } catch (error) {
    const failure = execFailure(error);
    parts.store.write(execTable, id, { ...exec, exitCode: failure.exitCode, endedAt: parts.store.now });
    if (isDetached) throw new EngineError(400, failure.message);
    return { status: 101, stream: saying(parts, `${failure.message}\r\n`) };
  }
  if (isDetached) return { status: 200 };
  return { status: 101, stream: execStream(parts, id) };
}

/** Runs the process of an exec. @throws RuntimeError */
export function runExec(parts: ContainerParts, exec: ExecRecord): ExecRecord {
  const process = parts.runtime.exec(laptopHost, exec.container, {
    argv: exec.argv,
    env: exec.env,
    workingDir: exec.workingDir || '/',
    user: exec.user,
    tty: exec.tty,
    stdin: exec.stdin,
  });
  const pid = parts.runtime.process(laptopHost, process)?.pid ?? 0;
  const running = { ...exec, process, pid };
  parts.store.write(execTable, exec.id, running);
  return running;
}

/** What `GET /exec/{id}/json` says. @throws EngineError when there is none */
export function inspectExec(parts: ContainerParts, id: string): Readonly<Record<string, unknown>> {
  const exec = demandExec(parts, id);
  const [entrypoint = '', ...args] = exec.argv;
  return {
    ID: exec.id,
    Running: exec.process !== undefined && exec.exitCode === undefined,
    ExitCode: exec.exitCode ?? null,
    ProcessConfig: {
      tty: exec.tty,
      entrypoint,
      arguments: args,
      privileged: exec.privileged,
      ...(exec.user === '' ? {} : { user: exec.user }),
    },
    OpenStdin: exec.stdin,
    OpenStderr: exec.stderr,
    OpenStdout: exec.stdout,
    CanRemove: false,
    ContainerID: exec.container,
    DetachKeys: '',
    Pid: exec.pid ?? 0,
  };
}

/** @throws EngineError */
export function demandExec({ store }: Pick<ContainerParts, 'store'>, id: string): ExecRecord {
  const found = store.read(execTable, id) as ExecRecord | undefined;
  if (!found) throw new EngineError(404, `No such exec instance: ${id}`);
  return found;
}

function demandActive(parts: ContainerParts, exec: ExecRecord, id: string): ContainerRecord {
  const container = containerRecord(parts, exec.container);
  if (!container) throw new EngineError(404, `No such container: ${id}`);
  demandRunning(container);
  if (container.state.paused)
    throw new EngineError(409, `Container ${container.id} is paused, unpause the container before exec`);
  demandNotRestarting(container);
  return container;
}

/** The command line as events show it. */
export function commandLine({ argv }: Pick<ExecRecord, 'argv'>): string {
  const [first = '', ...rest] = argv;
  return `${first} ${rest.join(' ')}`;
}

/** What became of a command that could not be run. */
export function execFailure(error: unknown): { readonly message: string; readonly exitCode: number } {
  if (!(error instanceof RuntimeError)) throw error;
  const message = error.message.replace(
    /unable to start container process: chdir to cwd \("(?!\/)[^"]*"\) set in config\.json failed: .*/,
    'Cwd must be an absolute path',
  );
  const isDenied = message.includes('permission denied');
  const isMissing = /executable file not found|no such file or directory/.test(message);
  return { message, exitCode: isDenied ? 126 : isMissing ? 127 : 128 };
}

function checkUser(parts: ContainerParts, { id }: ContainerRecord, user: string): void {
  const [name = '', group = ''] = user.split(':');
  const isKnown = (text: string, file: string) => {
    if (text === '' || /^\d+$/.test(text)) return true;
    const node = parts.runtime.files(laptopHost, id).get(file);
    return node?.kind === 'file' && node.content.split('\n').some((line) => line.startsWith(`${text}:`));
  };
  if (!isKnown(name, '/etc/passwd'))
    throw new EngineError(400, `unable to find user ${name}: no matching entries in passwd file`);
  if (!isKnown(group, '/etc/group'))
    throw new EngineError(400, `unable to find group ${group}: no matching entries in group file`);
}

function execStream(parts: ContainerParts, id: string): OutputStream {
  const { runtime, store } = parts;
  let read = 0;
  let pending: { at: number; stream: 'stdout' | 'stderr'; text: string }[] = [];
  let isClosed = false;
  const known = () => store.read(execTable, id) as ExecRecord | undefined;
  const { container } = demandExec(parts, id);
  const drain = () => {
    const exec = known();
    const view = exec?.process === undefined ? undefined : runtime.process(laptopHost, exec.process);
    const lines = view?.output.slice(read) ?? [];
    read += lines.length;
    pending.push(
      ...lines.filter(({ stream }) => (stream === 'stdout' ? exec?.stdout : exec?.stderr || exec?.tty)),
    );
  };
  const release = parts.readers.add(container, drain);
  return {
    kind: 'output',
    next() {
      if (!isClosed) drain();
      const found = pending;
      pending = [];
      return found;
    },
    write(text) {
      const exec = known();
      if (exec?.process !== undefined && exec.stdin) runtime.write(laptopHost, exec.process, text);
    },
    closeInput() {
      const exec = known();
      if (exec?.process !== undefined && exec.stdin) runtime.closeInput(laptopHost, exec.process);
    },
    get ended() {
      if (isClosed) return true;
      const exec = known();
      if (exec) noteExecEnd(parts, exec);
      drain();
      const last = known();
      return pending.length === 0 && (!last || last.exitCode !== undefined);
    },
    close() {
      isClosed = true;
      release();
      const exec = known();
      if (exec) noteExecEnd(parts, exec);
      const last = known();
      // What goes on without anybody who reads it is forgotten when it ends.
      if (last?.process !== undefined && last.exitCode !== undefined)
        runtime.forget(laptopHost, last.process);
      else if (last) store.write(execTable, id, { ...last, isDetached: true });
    },
  };
}

function saying({ store }: ContainerParts, text: string): OutputStream {
  let isSaid = false;
  return {
    kind: 'output',
    next() {
      if (isSaid) return [];
      isSaid = true;
      return [{ at: store.now, stream: 'stdout', text }];
    },
    write() {},
    closeInput() {},
    get ended() {
      return isSaid;
    },
    close() {
      isSaid = true;
    },
  };
}
