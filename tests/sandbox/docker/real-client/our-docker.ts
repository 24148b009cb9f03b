import type { EngineRequest, EngineResponse } from '../../../../src/sandbox/host/engine/request.ts';
import { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../../src/sandbox/shell/shell.ts';
import type { World } from '../../../../src/sandbox/world.ts';
import type { Done } from './real-docker.ts';
import { asked } from './requests.ts';

/** Runs a line with the built-in docker, and notes what it asks of the engine. */
export function ours(world: World, line: string): Done {
  const outcome = { stdout: '', stderr: '', code: 0 };
  const write = (to: 'stdout' | 'stderr', text: string): void => {
    outcome[to] += text;
  };
  const shell = new WatchedShell(new Sandbox(world), write);
  outcome.code = runToEnd(shell.run(line), shell, { write, input: () => '' });
  shell.close();
  return { ...outcome, requests: shell.requests.map(asked) };
}

class WatchedShell extends Shell {
  readonly requests: EngineRequest[] = [];

  override askEngine(request: EngineRequest): EngineResponse {
    this.requests.push(request);
    return super.askEngine(request);
  }
}
