import { complain, print, type Steps } from '../../effects.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { orderedJsonIndented } from '../changing/typed.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { get } from './client.ts';

/** What a program of Kubernetes says of its version (k8s.io/apimachinery/pkg/version). */
type VersionInfo = Readonly<Record<string, string>>;

/** The version that this kubectl behaves as. */
const clientVersion: VersionInfo = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3',
  gitCommit: 'simulated',
  gitTreeState: 'clean',
  buildDate: '2026-07-22T18:07:38Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const kustomizeVersion = 'v5.8.1';

/** `kubectl version` (k8s.io/kubectl/pkg/cmd/version). */
export function* runVersion(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.args.length > 0) throw new CommandFailure(`extra arguments: [${options.args.join(' ')}]`);
  const output = options.text('--output', '');
  if (!['', 'yaml', 'json'].includes(output)) {
    throw new CommandFailure("--output must be 'yaml' or 'json'");
  }
  const serverVersion = options.on('--client') ? undefined : yield* readServerVersion(context);
  const all = { clientVersion, kustomizeVersion, ...(serverVersion ? { serverVersion } : {}) };
  if (output === 'yaml') yield* print(`${goYaml(all)}\n`);
  else if (output === 'json') yield* print(orderedJsonIndented(all).replace(/^( {4})+/gm, halved));
  else {
    yield* print(`Client Version: ${clientVersion.gitVersion}\nKustomize Version: ${kustomizeVersion}\n`);
    if (serverVersion) yield* print(`Server Version: ${serverVersion.gitVersion}\n`);
  }
  if (serverVersion) yield* warnOfSkew(serverVersion, options.on('--warnings-as-errors'));
  return 0;
}

function* readServerVersion(context: KubectlContext): Steps<VersionInfo> {
  // Without a cluster this says so.
  yield* context.target();
  return yield* get<VersionInfo>('/version');
}

/** This JSON is indented by two blanks. */
function halved(blanks: string): string {
  return blanks.slice(blanks.length / 2);
}

function* warnOfSkew(server: VersionInfo, isError: boolean): Steps<void> {
  const [major, minor] = [Number(server.major), Number.parseInt(server.minor ?? '', 10)];
  if (major === 1 && Math.abs(minor - 36) <= 1) return;
  const warning = `version difference between client (1.36) and server (${major}.${minor}) exceeds the supported minor version skew of +/-1`;
  if (isError) throw new CommandFailure(warning);
  yield* complain(`Warning: ${warning}\n`);
}
