import type { ContainerSpec } from '../runtime/container-runtime.ts';
import type { FileNode } from '../runtime/file-tree.ts';
import { ContainerFiles } from '../runtime/files/container-files.ts';
import { isWithin } from '../runtime/files/paths.ts';
import { ProcessFiles } from '../runtime/files/process-files.ts';
import { usualHost } from '../runtime/files/virtual-files.ts';
import { LogStore } from '../runtime/log-store.ts';
import { Kernel } from '../runtime/processes/kernel.ts';
import { LoadMeter } from '../runtime/processes/load.ts';
import { NetworkView } from '../runtime/processes/network-view.ts';
import { Pipes } from '../runtime/processes/pipes.ts';
import { ProcessCall } from '../runtime/processes/process-call.ts';
import type { User } from '../runtime/processes/user.ts';
import { programNamed } from '../runtime/programs/all-programs.ts';
import type { ContainerRecord, ProcessRecord } from '../runtime/records.ts';
import type { Volume } from '../runtime/volume.ts';
import type { Simulation } from '../simulation.ts';
import type { Machine } from './laptop/laptop.ts';

/** So much is kept of what a tool writes before somebody takes it. */
const mostWritten = 64 * 1024;

/** The files of a machine, as its tools see them. */
class MachineFiles extends ContainerFiles {
  readonly #machine: Machine;
  readonly #accounts: Readonly<Record<string, string>>;
  #shown: Volume | undefined;

  constructor(simulation: Simulation, machine: Machine) {
    const nothing = { get: () => undefined, list: () => undefined };
    const facts = { ...usualHost, ...(machine.disk && { disk: machine.disk }) };
    super(simulation.store, `${machine.files.split('/')[0]}/tool`, specOf(machine), nothing, () => facts);
    this.#machine = machine;
    this.#accounts = accountsOf(machine);
  }

  override get(path: string): FileNode | undefined {
    const text = this.#accounts[path];
    const found = super.get(path);
    if (found || text === undefined) return found;
    return { kind: 'file', content: text, mode: 0o644, owner: '0:0', at: 0 };
  }

  override volume(key: string): Volume {
    if (key !== `/${shownVolume}`) return super.volume(key);
    this.#shown ??= { files: this.#machine.shown?.() ?? {} };
    return this.#shown;
  }

  /** A folder that only has something in it belongs to whoever put that there. */
  override nodeAt(path: string): FileNode | undefined {
    const node = super.nodeAt(path);
    const { home, owner } = this.#machine;
    if (path === home && !node) return { kind: 'folder', mode: 0o755, owner, at: 0 };
    const isImplied = node?.kind === 'folder' && node.at === 0;
    return isImplied && (isWithin(path, home) || isWithin(path, '/tmp')) ? { ...node, owner } : node;
  }
}

/** The volume that stands for what a machine only shows. */
const shownVolume = 'shown';

/** A machine as if it were a container with all of its files mounted. */
function specOf({ files, home, owner, sealed }: Machine): ContainerSpec {
  return {
    name: '',
    image: '',
    argv: [],
    env: [],
    workingDir: home,
    user: owner,
    hostname: '',
    network: '',
    mounts: [
      { target: '/', volume: files.slice(files.indexOf('/') + 1), readOnly: false },
      ...sealed.map((path) => ({ target: path, volume: shownVolume, subPath: path, readOnly: true })),
    ],
    readOnlyRoot: false,
    tty: false,
    stdin: false,
    stopSignal: '',
    sharePids: false,
    labels: {},
    hostFiles: {},
  };
}

/** Who is known on a machine. */
function accountsOf({ user, owner, home }: Machine): Readonly<Record<string, string>> {
  const [uid, gid] = owner.split(':');
  const own = user === 'root' ? '' : `${user}:x:${uid}:${gid}:${user}:${home}:/bin/bash\n`;
  return {
    '/etc/passwd': `root:x:0:0:root:/root:/bin/bash\n${own}`,
    '/etc/group': `root:x:0:\n${user === 'root' ? '' : `${user}:x:${gid}:\n`}`,
  };
}

function userOf({ owner }: Machine): User {
  const [uid = 0, gid = 0] = owner.split(':').map(Number);
  return { uid, gids: [gid] };
}

/** What the kernel of a machine does for a tool while it runs. What it writes is kept for whoever runs it. */
export class MachineCall extends ProcessCall {
  /** Whether it looked for input, and none was there. */
  isHungry = false;
  readonly #files: MachineFiles;
  readonly #user: User;
  readonly #isTerminal: boolean;
  #input = '';
  #isInputEnded = false;
  #written: { to: 'stdout' | 'stderr'; text: string }[] = [];
  #length = 0;

  /** @param isTerminal whether what it writes is shown on one */
  constructor(
    simulation: Simulation,
    machine: Machine,
    record: Pick<ProcessRecord, 'argv' | 'env' | 'cwd' | 'program'>,
    isTerminal: boolean,
  ) {
    const files = new MachineFiles(simulation, machine);
    super(kernelOf(simulation, files), containerOf(machine), { ...tool, ...record, owner: machine.owner });
    this.#files = files;
    this.#user = userOf(machine);
    this.#isTerminal = isTerminal;
  }

  override get files(): ProcessFiles {
    return new ProcessFiles(this.#files, this.#user, this.cwd);
  }

  override write(fd: number, text: string): void {
    const to = this.fd(fd);
    if (to?.kind !== 'log') return super.write(fd, text);
    this.#length += text.length;
    const last = this.#written.at(-1);
    if (last?.to === to.stream) last.text += text;
    else this.#written.push({ to: to.stream, text });
  }

  override hasRoom(): boolean {
    return this.#length < mostWritten;
  }

  override isTerminal(fd: number): boolean {
    return fd === 1 && this.#isTerminal;
  }

  override read(fd = 0): string | null | undefined {
    if (this.fd(fd)?.kind !== 'null') return super.read(fd);
    return this.#taken(this.#input.length);
  }

  override readLine(fd = 0): string | null | undefined {
    if (this.fd(fd)?.kind !== 'null') return super.readLine(fd);
    const end = this.#input.indexOf('\n');
    return this.#taken(end >= 0 ? end + 1 : this.#isInputEnded ? this.#input.length : 0);
  }

  /** Hands it what was typed or piped in. */
  feed(text: string, isEnded: boolean): void {
    this.#input += text;
    this.#isInputEnded = isEnded;
    this.isHungry = false;
  }

  /** What it has written since the last time. */
  takeWritten(): readonly { readonly to: 'stdout' | 'stderr'; readonly text: string }[] {
    const written = this.#written;
    this.#written = [];
    this.#length = 0;
    return written;
  }

  #taken(length: number): string | null | undefined {
    if (length > 0) {
      const text = this.#input.slice(0, length);
      this.#input = this.#input.slice(length);
      return text;
    }
    if (this.#isInputEnded) return null;
    this.isHungry = true;
    return undefined;
  }
}

/** The files of a machine, as whoever types on it may use them. */
export function filesOf(simulation: Simulation, machine: Machine, cwd: string): ProcessFiles {
  return new ProcessFiles(new MachineFiles(simulation, machine), userOf(machine), cwd);
}

/** A kernel that runs nothing: it stands behind the calls of one tool. */
function kernelOf(simulation: Simulation, files: MachineFiles): Kernel {
  const { store } = simulation;
  const logs = new LogStore(store);
  return new Kernel({
    simulation,
    logs,
    pipes: new Pipes(store, logs),
    load: new LoadMeter(store),
    network: new NetworkView(
      () => undefined,
      () => '',
    ),
    filesOf: () => files,
    program: programNamed,
    memoryLimit: () => Number.POSITIVE_INFINITY,
  });
}

const tool: ProcessRecord = {
  id: 'tool.1',
  host: '',
  container: 'tool',
  pid: 1,
  parent: 0,
  hostPid: 1,
  argv: [],
  env: {},
  cwd: '/',
  owner: '0:0',
  program: '',
  state: undefined,
  fds: {
    0: { kind: 'null' },
    1: { kind: 'log', key: '', stream: 'stdout', tty: false },
    2: { kind: 'log', key: '', stream: 'stderr', tty: false },
  },
  startedAt: 0,
  signals: [],
  isExec: false,
  memory: 0,
  busy: 0,
};

function containerOf(machine: Machine): ContainerRecord {
  return {
    id: 'tool',
    host: machine.files.slice(0, machine.files.indexOf('/')),
    spec: specOf(machine),
    imageId: '',
    state: 'running',
    createdAt: 0,
    pid: 1,
    layers: [],
    owner: machine.owner,
    oomKilled: false,
  };
}
