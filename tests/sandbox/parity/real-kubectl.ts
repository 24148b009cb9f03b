import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiStream } from '../../../src/sandbox/cluster/api/request.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { home, Laptop } from '../../../src/sandbox/shell/laptop/laptop.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { type ServedWorld, serveSandbox } from '../../../src/serve/serve-sandbox.ts';
import type { Outcome } from './worlds.ts';

const token = 'only-for-this-test';

/** Which kubectl it is. */
export interface KubectlVersion {
  /** 36 of 1.36.3. */
  readonly minor: number;
  /** All of it: `v1.36.3`. */
  readonly name: string;
}

/** The version of the kubectl that is installed; undefined where none is. */
export function installedKubectl(): KubectlVersion | undefined {
  const { status, stdout } = spawnSync('kubectl', ['version', '--client', '-o', 'json'], {
    encoding: 'utf8',
  });
  if (status !== 0) return undefined;
  const minor = /"minor": "(\d+)/.exec(stdout)?.[1];
  const name = /"gitVersion": "([^"]+)"/.exec(stdout)?.[1];
  return minor === undefined || name === undefined ? undefined : { minor: Number(minor), name };
}

/** A folder for the files of the real kubectl: its cache, its kubeconfig. */
export class RealKubectl {
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'k8s-docker-tutor-parity-')));

  /** Runs a line against a world that is served for it alone. */
  async run(world: World, line: string): Promise<Outcome> {
    const sandbox = new Sandbox(world);
    const clock = new WorldClock();
    const serving = await serveSandbox(clock.startedBy(sandbox), { port: 0, token, now: () => clock.now });
    const folder = join(this.#folder, String(serving.port));
    try {
      const kubeconfig = new Laptop(sandbox.cluster.store).read(`${home}/.kube/config`) ?? '';
      const address = `https://127.0.0.1:${serving.port}`;
      const named = addressIn(kubeconfig);
      mkdirSync(join(folder, '.kube'), { recursive: true });
      writeFileSync(
        join(folder, '.kube/config'),
        kubeconfigOf(kubeconfig, { address, certificate: serving.certificate }),
      );
      const { stdout, stderr, code } = await runLine(line, folder);
      return { stdout: stdout.replaceAll(address, named), stderr: stderr.replaceAll(address, named), code };
    } finally {
      await serving.close();
    }
  }

  /** Throws the folder away. */
  close(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** How much quicker than on the wall time passes, so that nobody waits for thirty seconds of grace. */
const speed = 20;

/**
 * The clock of a served world. It runs while somebody follows something, or has deleted what they will ask for again
 * and again; else it stands still: what a machine takes to start kubectl is no time of the world, or no two ages would
 * be the same.
 */
class WorldClock {
  #passed = 0;
  #started: number | undefined;
  #following = 0;

  get now(): number {
    return this.#passed + (this.#started === undefined ? 0 : (performance.now() - this.#started) * speed);
  }

  /** The same world, whose streams let the clock run. */
  startedBy(sandbox: Sandbox): ServedWorld {
    return {
      request: (request) => {
        const response = sandbox.request(request);
        if (request.method === 'DELETE' || request.path.endsWith('/eviction')) this.#follow();
        if ('stream' in response) this.#followUntilClosed(response.stream);
        return response;
      },
      advance: (milliseconds) => void sandbox.advance(milliseconds),
      untilNext: () => sandbox.untilNext(),
    };
  }

  #followUntilClosed(stream: ApiStream): void {
    const close = stream.close.bind(stream);
    let isOpen = true;
    this.#follow();
    stream.close = () => {
      close();
      if (isOpen) this.#leave();
      isOpen = false;
    };
  }

  #follow(): void {
    this.#following += 1;
    this.#started ??= performance.now();
  }

  #leave(): void {
    this.#following -= 1;
    if (this.#following > 0) return;
    this.#passed = this.now;
    this.#started = undefined;
  }
}

/** The learner's kubeconfig, with the names that it has, for a cluster that is really there. */
function kubeconfigOf(
  text: string,
  server: { readonly address: string; readonly certificate: string },
): string {
  const authority = Buffer.from(server.certificate).toString('base64');
  return text
    .replace(/^( *)server: .*$/m, `$1certificate-authority-data: ${authority}\n$1server: ${server.address}`)
    .replace(/^( *)user: \{\}$/m, `$1user:\n$1  token: ${token}`);
}

function addressIn(kubeconfig: string): string {
  return /server: (\S+)/.exec(kubeconfig)?.[1] ?? '';
}

function runLine(line: string, folder: string): Promise<Outcome> {
  const env = { PATH: process.env.PATH, HOME: folder, TZ: 'UTC', KUBECTL_COMMAND_HEADERS: 'false' };
  return new Promise((resolve) => {
    const child = execFile(
      'sh',
      ['-c', line],
      { env, cwd: folder, timeout: 30_000, maxBuffer: 16 << 20 },
      (_error, stdout, stderr) => resolve({ stdout, stderr, code: child.exitCode ?? -1 }),
    );
    child.stdin?.end();
  });
}
