import { imagesText } from './help-images.ts';

/** A word of the sandbox that no real machine has, or one that a learner asks about. */
interface HelpEntry {
  readonly word: string;
  readonly usage: string;
  /** At most 36 columns. */
  readonly means: string;
  /** What `help WORD` says besides. */
  readonly more?: string;
}

const world: readonly HelpEntry[] = [
  {
    word: 'undo',
    usage: 'undo, redo',
    means: 'take a line back, and take it again',
    more: 'Lines that only looked at something are passed over.\nundo takes back reset too, and fast.',
  },
  {
    word: 'reset',
    usage: 'reset',
    means: 'a new world; undo brings this back',
    more: 'Containers, images, the cluster and your files are as at\nthe beginning.',
  },
  {
    word: 'fast',
    usage: 'fast 30s',
    means: 'lets half a minute pass at once',
    more: 'Also 5m or 2h; a week at most. sleep 30s waits for it.',
  },
  {
    word: 'node',
    usage: 'node stop NAME',
    means: "pulls a node's plug; node start NAME",
    more: 'kubectl get nodes lists the names. node ssh NAME gives a\nshell on the node, where crictl is and docker is not.\nnode load IMAGE copies an image from Docker to the nodes.',
  },
  {
    word: 'load',
    usage: 'load NAME 400m',
    means: 'visitors: load deployment/web 400m',
    more: 'So much CPU is used by the Pods of a Deployment from now\non. load deployment/web off sends the visitors home.',
  },
  {
    word: 'show',
    usage: 'show',
    means: 'the world at a glance; --watch keeps it',
    more: 'Containers, nodes with their Pods, Services, and what of it\nis not ready. show pods, nodes, services or docker shows a\npart, -n NAMESPACE one namespace.',
  },
  {
    word: 'why',
    usage: 'why',
    means: 'what the controllers did just now',
    more: 'In order and in plain words, since the last line that\nchanged something, and what does not go on. why pod/web or\nwhy container/web asks about one.',
  },
  {
    word: 'map',
    usage: 'map docker LINE',
    means: 'what a docker line is in Kubernetes',
    more: 'Also map kubectl …, and map WORD to look one up.',
  },
];

const others: readonly HelpEntry[] = [
  {
    word: 'docker',
    usage: 'docker',
    means: 'an Engine of its own',
    more: 'docker --help lists its commands, docker run --help the\nflags of one.',
  },
  {
    word: 'kubectl',
    usage: 'kubectl',
    means: 'the cluster; k for short',
    more: 'kubectl --help lists its commands, kubectl run --help the\nflags of one, kubectl explain pod the fields of a kind.',
  },
  {
    word: 'edit',
    usage: 'edit FILE',
    means: 'opens your own editor',
    more: 'The one that KUBE_EDITOR or EDITOR names, else vi.',
  },
  {
    word: 'curl',
    usage: 'curl URL',
    means: 'asks from your machine',
    more: 'A port that docker has published or kubectl port-forward\nhas opened, on localhost, or a port of a node.',
  },
  {
    word: 'jobs',
    usage: 'jobs',
    means: 'what runs in the background',
    more: 'A line with & at its end does; kill %1 ends the first.',
  },
  {
    word: 'history',
    usage: 'history',
    means: 'the lines you have typed',
    more: 'The arrow up brings them back.',
  },
];

const widest = 16;

/**
 * What can be typed in the sandbox, on one screen.
 *
 * @param commands those there are; the others are left out
 */
export function helpText(commands: readonly string[]): string {
  const line = ({ usage, means }: HelpEntry): string => `  ${usage.padEnd(widest)}${means}`;
  return `${[
    'Files     ls cat edit cp mv rm mkdir cd tree find diff chmod',
    '          > >> < <<EOF | && ; and loops, as in bash',
    'Docker    docker, docker compose: an Engine of its own',
    'Cluster   kubectl, k for short; curl asks from your machine',
    '',
    'The world, which no real machine lets you turn:',
    ...world.filter(({ word }) => commands.includes(word)).map(line),
    '',
    'Tab completes, the arrow up brings lines back, Ctrl-R looks',
    'for one, Ctrl-C ends a command, Ctrl-D leaves; the world is',
    'kept. help WORD says more of a word, help images what can',
    'be pulled.',
  ].join('\n')}\n`;
}

/** The same text for a screen that is narrower: what does not fit goes on below what it explains. */
export function foldHelp(text: string, columns: number): string {
  const parts: string[][] = [];
  for (const line of text.split('\n')) {
    const part = parts.at(-1);
    if (part && /^\S/.test(line) && /^\S/.test(part[0] ?? '')) part.push(line);
    else parts.push([line]);
  }
  return parts.flatMap((part) => foldPart(part, columns)).join('\n');
}

/** Lines of prose are one text; those with columns are not. */
function foldPart(lines: readonly string[], columns: number): readonly string[] {
  if (lines.every((line) => line.length <= columns)) return lines;
  const isTable = lines.some((line) => /\S {2,}\S/.test(line));
  return (isTable ? lines : [lines.join(' ')]).flatMap((line) => foldLine(line, columns));
}

/** Below so many columns an explanation stands below what it explains. */
const leastBeside = 20;

function foldLine(line: string, columns: number): string[] {
  if (line.length <= columns) return [line];
  const beside = /^\s*\S.*?\s{2,}(?=\S)/.exec(line)?.[0].length ?? 0;
  const isBeside = beside > 0 && columns - beside >= leastBeside;
  const indent = isBeside ? beside : (/^\s*/.exec(line)?.[0].length ?? 0);
  const folded = [line.slice(0, indent)];
  for (const word of line.slice(indent).split(' ')) {
    const last = folded.at(-1) ?? '';
    const longer = last.length === indent ? last + word : `${last} ${word}`;
    if (longer.length <= columns || last.length === indent) folded[folded.length - 1] = longer;
    else folded.push(' '.repeat(indent) + word);
  }
  return folded;
}

/** What `help WORD` says; undefined for what is no command here. */
export function helpOn(word: string, commands: readonly string[]): string | undefined {
  if (word === 'images') return imagesText();
  const name = { k: 'kubectl', redo: 'undo', vi: 'edit', vim: 'edit', nano: 'edit' }[word] ?? word;
  if (!commands.includes(name)) return undefined;
  const entry = [...world, ...others].find((each) => each.word === name);
  if (!entry) return `${word} works as on any Linux machine, with the options people use.\n`;
  return `${entry.usage}  ${entry.means}\n${entry.more ?? ''}\n`;
}
