import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { home, Laptop } from '../../../../src/sandbox/shell/laptop/laptop.ts';
import type { World } from '../../../../src/sandbox/world.ts';
import type { Outcome } from '../scenario.ts';
import { serveEngine } from './engine-server.ts';
import { type AskedRequest, asked } from './requests.ts';

/** The client that is compared with: `docker`, or what `DOCKER_CLIENT` names. */
const client = process.env.DOCKER_CLIENT ?? 'docker';

/** The version of the installed client, such as `29.7.2`; undefined where there is none. */
export function installedDocker(): string | undefined {
  const { status, stdout } = spawnSync(client, ['--version'], { encoding: 'utf8' });
  return status === 0 ? /version ([\d.]+)/.exec(stdout)?.[1] : undefined;
}

/** What a line did: what it printed, and what it asked of the engine. */
export interface Done extends Outcome {
  readonly requests: readonly AskedRequest[];
}

/** Runs lines with the real client against worlds, each served for one line. */
export class RealDocker {
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'k8s-docker-tutor-docker-')));
  readonly #bin = join(this.#folder, 'bin');
  #runs = 0;

  constructor() {
    mkdirSync(this.#bin);
    symlinkSync(realPathOf(client), join(this.#bin, 'docker'));
  }

  /** Runs a line whose only program is `docker`. */
  async run(world: World, line: string): Promise<Done> {
    const sandbox = new Sandbox(world);
    this.#runs += 1;
    const place = join(this.#folder, String(this.#runs));
    const ownNames = (text: string): string => text.replaceAll(place, home);
    const served = await serveEngine(sandbox, ownNames);
    layOut(new Laptop(sandbox.cluster.store), place);
    try {
      const env = {
        PATH: `${this.#bin}:/usr/bin:/bin`,
        HOME: place,
        PWD: place,
        TZ: 'UTC',
        LC_ALL: 'C',
        DOCKER_HOST: `tcp://127.0.0.1:${served.port}`,
      };
      const { stdout, stderr, code } = await runLine(line, env, place);
      return {
        stdout: ownNames(stdout),
        stderr: ownNames(stderr),
        code,
        requests: served.requests.map(asked),
      };
    } finally {
      served.close();
      rmSync(place, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Puts the learner's files where the client finds them. */
function layOut(laptop: Laptop, place: string): void {
  mkdirSync(place, { recursive: true });
  for (const { path, node } of laptop.below(home)) {
    const whole = join(place, path);
    mkdirSync(dirname(whole), { recursive: true });
    if (node.kind === 'folder') mkdirSync(whole, { recursive: true });
    if (node.kind === 'file') writeFileSync(whole, node.content);
  }
}

function realPathOf(program: string): string {
  const { stdout } = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' });
  return realpathSync(stdout.trim());
}

function runLine(line: string, env: NodeJS.ProcessEnv, cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { env, cwd, timeout: 30_000, maxBuffer: 1 << 26 };
    const child = execFile('sh', ['-c', line], options, (_error, stdout, stderr) =>
      resolve({ stdout, stderr, code: child.exitCode ?? -1 }),
    );
    child.stdin?.end();
  });
}
