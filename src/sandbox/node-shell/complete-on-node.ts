import { imagesOnNode } from './cri/images-on-node.ts';
import { containersOf, podsOnNode, sandboxesOf } from './cri/pods-on-node.ts';
import { crictlCommands } from './crictl/crictl.ts';
import { shortId } from './crictl/output.ts';
import type { NodeShell } from './node-shell.ts';
import { refusedOnNode } from './refused-on-node.ts';

const takeContainers = ['exec', 'inspect', 'logs', 'rm', 'start', 'stats', 'stop'];
const takeSandboxes = ['inspectp', 'rmp', 'statsp', 'stopp'];
const takeImages = ['inspecti', 'rmi'];

/** What the last word of a line that is typed on a node could become. */
export function completionsOnNode(line: string, shell: NodeShell): readonly string[] {
  const start = Math.max(...['|', ';', '&'].map((sign) => line.lastIndexOf(sign))) + 1;
  const words = line.slice(start).trimStart().split(/\s+/);
  const last = words.at(-1) ?? '';
  const begun = (candidates: readonly string[]): readonly string[] =>
    [...new Set(candidates)].filter((each) => each.startsWith(last)).sort();
  if (words.length < 2) return begun(shell.commands().filter((name) => !Object.hasOwn(refusedOnNode, name)));
  const folder = last.slice(0, last.lastIndexOf('/') + 1);
  const files = (shell.list(folder || '.') ?? []).map((name) => folder + name);
  if (words[0] !== 'crictl') return begun(files);
  if (words.length === 2) return begun(crictlCommands);
  const [, command = ''] = words;
  const pods = podsOnNode(shell.parts);
  if (takeContainers.includes(command)) {
    return begun(containersOf(pods).map(({ container }) => shortId(container.id)));
  }
  if (takeSandboxes.includes(command)) return begun(sandboxesOf(pods).map(({ id }) => shortId(id)));
  if (takeImages.includes(command)) return begun(imagesOnNode(shell.parts).flatMap(({ tags }) => tags));
  return [];
}
