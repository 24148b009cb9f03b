import type { Steps } from '../../effects.ts';
import type { RunCommand } from '../context.ts';
import { CommandFailure } from '../failures.ts';

const trust = ['inspect', 'key generate', 'key load', 'revoke', 'sign', 'signer add', 'signer remove'];

/** Content trust left the client with version 29. */
// biome-ignore lint/correctness/useYield: it ends before it asks for anything.
function* refuseTrust(): Steps<number> {
  throw new CommandFailure(
    "docker: unknown command: docker trust\n\nRun 'docker --help' for more information",
  );
}

// biome-ignore lint/correctness/useYield: it ends before it asks for anything.
function* refuseExperiment({ path }: Parameters<RunCommand>[0]): Steps<number> {
  throw new CommandFailure(`${path} is only supported on a Docker daemon with experimental features enabled`);
}

/** Commands that the real client refuses where nobody has prepared anything for them. */
export const absentCommands: Readonly<Record<string, RunCommand>> = {
  ...Object.fromEntries(trust.map((command) => [`trust ${command}`, refuseTrust])),
  'checkpoint create': refuseExperiment,
  'checkpoint ls': refuseExperiment,
  'checkpoint rm': refuseExperiment,
};
