import type { Shell } from '../shell.ts';
import { completeDocker } from './complete-docker.ts';
import { completeKubectl } from './complete-kubectl.ts';

/** Words before which another command stands. */
const runners = ['sudo', 'time', 'watch', 'xargs'];

/**
 * What the last word of a line could become: commands, their own commands and flags, kinds, and the names of
 * what is there.
 */
export function completionsFor(line: string, shell: Shell): readonly string[] {
  const typed = line.slice(Math.max(...['|', ';', '&', '(', '`'].map((sign) => line.lastIndexOf(sign))) + 1);
  const words = typed.trimStart().split(/\s+/);
  const begin = words.findIndex((word) => !runners.includes(word) && !/^\w+=/.test(word));
  words.splice(0, Math.min(Math.max(begin, 0), words.length - 1));
  const [name = ''] = words;
  const stands = words.length > 1 ? shell.aliases.get(name) : undefined;
  if (stands !== undefined) words.splice(0, 1, ...stands.trim().split(/\s+/));
  const [last = ''] = words.slice(-1);
  const found = candidates(words, last, shell);
  return [...new Set(found)].filter((each) => each.startsWith(last)).sort();
}

function candidates(words: readonly string[], last: string, shell: Shell): readonly string[] {
  if (words.length < 2) return last.includes('/') ? filesFor(last, shell) : shell.commands();
  const before = words.slice(0, -1);
  // Behind a `>` there is a file, whatever the command.
  if (/(^| )(\d?>>?|<)$/.test(before.join(' '))) return filesFor(last, shell);
  switch (words[0]) {
    case 'kubectl':
    case 'k':
      return completeKubectl(before, last, shell) ?? filesFor(last, shell);
    case 'docker':
    case 'docker-compose':
      return completeDocker(before, last, shell) ?? filesFor(last, shell);
    case 'map':
      return words.length === 2
        ? ['docker', 'kubectl', ...filesFor(last, shell)]
        : candidates(words.slice(1), last, shell);
    case 'node':
      return words.length === 2 ? ['load', 'ssh', 'start', 'stop'] : words.length === 3 ? nodes(shell) : [];
    case 'help':
    case 'which':
    case 'type':
      return shell.commands();
    case 'show':
      return ['--watch'];
    default:
      return filesFor(last, shell);
  }
}

function nodes(shell: Shell): readonly string[] {
  return shell.sandbox.cluster.list('nodes').map(({ metadata }) => metadata.name);
}

/** Names of files in the folder that a word names; folders end in a slash. */
function filesFor(last: string, shell: Shell): readonly string[] {
  const { laptop } = shell;
  const folder = last.slice(0, last.lastIndexOf('/') + 1);
  const names = laptop.list(folder || '.') ?? [];
  const shown = names.filter((name) => !name.startsWith('.') || last.slice(folder.length).startsWith('.'));
  return shown.map((name) => (laptop.isFolder(folder + name) ? `${folder}${name}/` : folder + name));
}
