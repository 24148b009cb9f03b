// The commands, aliases and flags of docker with its compose and buildx plugins, asked of real clients.
//
//   node .scripts/record-docker-grammar.mjs [client …]      clients, the newest last; `docker` without any
//
// writes src/docker/grammar-data.ts. A command or flag any of the clients has is known; where they differ the
// newest speaks. Help says what there is; what it hides is in the table below, and kept only where a client
// takes it; how many arguments a command wants, and whether flags may follow them, is found out by trying.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { forEach, startRecorder, versionOf } from './record-docker-requests.mjs';

const target = fileURLToPath(new URL('../src/docker/grammar-data.ts', import.meta.url));

/** Commands that help does not list. */
const hiddenCommands = [
  'docker buildx dial-stdio',
  'docker buildx dap',
  'docker buildx debug',
  'docker checkpoint',
  'docker compose alpha',
  'docker compose scale',
  'docker compose convert',
  'docker system dial-stdio',
  'docker trust',
];

/**
 * Commands that older plugins had (compose before 2.40, buildx before 0.30) and these clients no longer do,
 * as lines of the data.
 */
const formerCommands = [
  'docker compose alpha dry-run||0-||',
  'docker compose alpha scale||1-||dry-run no-deps',
  'docker compose alpha watch||0-||dry-run no-up quiet',
  'docker buildx policy json-schema||0-0||builder=string D,debug',
];

/** What the client does by itself where buildx is not asked: a client with DOCKER_BUILDKIT=0 shows it. */
const legacyBuilder = ['docker build', 'docker builder', 'docker image build'];

/** Flags that help does not list, with their types: from MarkHidden and MarkDeprecated in the clients' sources. */
const hiddenFlags = [
  ['docker container run', 'net=network net-alias=list dns-opt=list kernel-memory=bytes'],
  ['docker container create', 'net=network net-alias=list dns-opt=list kernel-memory=bytes'],
  ['docker container update', 'kernel-memory=bytes'],
  ['docker container commit', 'p,pause=bool'],
  ['docker container stop', 'time=int'],
  ['docker container restart', 'time=int'],
  ['docker volume create', 'name=string'],
  ['docker stack', 'orchestrator=string kubeconfig=string'],
  ['docker', 'disable-content-trust=bool'],
  [
    'docker compose build',
    'parallel=bool compress=bool force-rm=bool no-rm=bool progress=string m,memory=bytes',
  ],
  ['docker compose pull', 'parallel=bool no-parallel=bool'],
  ['docker compose exec', 'i,interactive=bool t,tty=bool'],
  ['docker compose run', 't,tty=bool'],
  ['docker compose rm', 'a,all=bool'],
  ['docker compose publish', 'insecure-registry=bool'],
  ['docker compose', 'version=bool no-ansi=bool verbose=bool workdir=string insecure-registry=stringArray'],
  ['docker buildx build', 'compress=bool cpu-period=int cpu-quota=int c,cpu-shares=int cpuset-cpus=string'],
  ['docker buildx build', 'cpuset-mems=string force-rm=bool isolation=string m,memory=string'],
  ['docker buildx build', 'memory-swap=string rm=bool security-opt=stringSlice squash=bool'],
];

/** The most arguments a command is tried with; one that takes them takes any number. */
const many = 6;

/** pflag's names for help, and its own. */
const types = { strings: 'stringSlice', ints: 'intSlice' };

/** What one client knows, by path. */
async function grammarOf(client) {
  const recorders = [await startRecorder(client), await startRecorder(client, { Ostype: 'windows' })];
  const commands = new Map();

  async function ask(path, env = {}) {
    if (commands.has(path)) return;
    const words = path.split(' ').slice(1);
    const texts = [];
    for (const recorder of recorders) texts.push((await recorder.run([...words, '--help'], { env })).stdout);
    const helps = texts.map(readHelp);
    const [help] = helps;
    if (!help?.usage.startsWith(path)) return;
    const flags = new Map(helps.flatMap(({ flags }) => [...flags]));
    for (const [name, flag] of await hiddenFlagsOf(recorders[0], path, flags, env)) flags.set(name, flag);
    const subcommands = helps.flatMap(({ subcommands }) => subcommands);
    const leaf = subcommands.length === 0 || (await takesArgument(recorders[0], words, env));
    const counts = leaf ? await countsOf(recorders[0], words, env) : undefined;
    commands.set(path, { aliases: help.aliases, flags, leaf, ...counts, usage: help.usage });
    for (const name of new Set(subcommands)) await ask(`${path} ${name}`, env);
  }

  const tops = readHelp((await recorders[0].run(['--help'])).stdout).subcommands.map(
    (name) => `docker ${name}`,
  );
  const root = readHelp((await recorders[0].run(['--help'])).stdout);
  commands.set('docker', { aliases: [], flags: root.flags, leaf: false, usage: root.usage });
  await forEach([...new Set([...tops, ...hiddenCommands])], (path) => ask(path));
  const buildx = new Map(commands);
  for (const path of legacyBuilder) {
    commands.delete(path);
    await ask(path, { DOCKER_BUILDKIT: '0' });
  }
  withBuildxFlags(commands.get('docker image build'), buildx.get('docker buildx build'));
  for (const recorder of recorders) recorder.close();
  return commands;
}

/** `docker build` is buildx where that is installed; the legacy builder's own flags stay known. */
function withBuildxFlags(build, buildx) {
  if (!build || !buildx) return;
  build.flags = new Map([...build.flags, ...buildx.flags]);
}

/** Sections, aliases, subcommands and flags of a help text. */
function readHelp(text) {
  const usage = /^Usage: +(.*)$/m.exec(text)?.[1] ?? '';
  const aliases = /^Aliases:\n +(.*)$/m.exec(text)?.[1].split(', ') ?? [];
  const subcommands = [];
  const flags = new Map();
  let section = '';
  for (const line of text.split('\n')) {
    if (/^[A-Z].*:$/.test(line)) section = line;
    const command = /^ {2}([a-z][\w-]*)\*? +\S/.exec(line)?.[1];
    if (/Commands/.test(section) && command !== undefined) subcommands.push(command);
    const flag = /^ {2,}(?:-(\w), )?--([\w-]+)(?: ([\w-]+))?(?:\[="?([^"\]]*)"?\])?(?= {2,}|$)/.exec(line);
    if (flag && /Options|Flags/.test(section)) {
      const [, shorthand = '', name, type = 'bool', alone = ''] = flag;
      flags.set(name, { shorthand, type: types[type] ?? type, alone, hidden: false });
    }
  }
  return { usage, aliases, subcommands, flags };
}

/** Those of the hidden flags that this command takes: an unknown flag is refused with another message. */
async function hiddenFlagsOf(recorder, path, known, env) {
  const found = new Map();
  const tried = hiddenFlags.filter(([prefix]) => path === prefix || (prefix === 'docker' && trusts(path)));
  for (const text of tried.flatMap(([, names]) => names.split(' '))) {
    const [, shorthand = '', name, type] = /^(?:(\w),)?([\w-]+)=(\w+)$/.exec(text);
    if (known.has(name)) continue;
    // Flags are read in turn: it is known where the client complains of the one after it.
    const words = [...path.split(' ').slice(1), `--${name}=1`, '--no-such-flag'];
    const { stderr } = await recorder.run(words, { env });
    if (/unknown flag: --no-such-flag/.test(stderr)) {
      found.set(name, { shorthand, type, alone: '', hidden: true });
    }
  }
  return found;
}

/** The commands that had --disable-content-trust. */
function trusts(path) {
  return /^docker (container |image |plugin )?(run|create|build|pull|push|install|upgrade)$/.test(path);
}

/** Whether a group of commands is one itself, such as `docker buildx history inspect`. */
async function takesArgument(recorder, words, env) {
  const { stdout, stderr } = await recorder.run([...words, 'x0'], { env });
  return !wrongCount.test(stderr) && !/^Usage:/m.test(stdout + stderr);
}

/** How many arguments a command takes, and whether it reads flags after them. */
async function countsOf(recorder, words, env) {
  const takes = [];
  for (let count = 0; count <= many; count += 1) {
    const args = Array.from({ length: count }, (_, place) => `x${place}`);
    takes.push(!wrongCount.test((await recorder.run([...words, ...args], { env })).stderr));
    if (takes.includes(true) && !takes.at(-1)) break;
  }
  const least = takes.indexOf(true);
  const most = takes.lastIndexOf(true);
  const before = Array(Math.max(least, 1)).fill('x');
  const after = await recorder.run([...words, ...before, '--no-such-flag'], { env });
  return {
    least: Math.max(least, 0),
    most: most === many ? '' : Math.max(most, 0),
    flagsAfter: /unknown flag/.test(after.stderr),
  };
}

const wrongCount =
  /accepts no arguments|requires (at least |at most |exactly )?\d+|accepts (at most |between )?\d+|unknown (docker )?command|requires? (at least )?(one|1) |needs (at least )?\d|expected/;

/** `name|aliases|least-most|first|p,publish=list …`; `!` before a hidden flag, `[x]` for a value given alone. */
function lineOf(path, { aliases, flags, leaf, least, most, flagsAfter }) {
  const counts = leaf ? `${least}-${most}` : '';
  const words = [...flags]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { shorthand, type, alone, hidden }]) => {
      const short = shorthand ? `${shorthand},` : '';
      const kind = type === 'bool' ? '' : `=${type}`;
      return `${hidden ? '!' : ''}${short}${name}${kind}${alone ? `[${alone}]` : ''}`;
    });
  const first = leaf && !flagsAfter ? 'first' : '';
  return [path, aliases.join(','), counts, first, words.join(' ')].join('|');
}

/** Two clients' commands: all of both, the newer's word where they differ. */
function merged(older, newer) {
  const all = new Map([...older, ...newer]);
  for (const [path, command] of older) {
    const other = newer.get(path);
    if (!other) continue;
    all.set(path, {
      ...other,
      flags: new Map([...command.flags, ...other.flags]),
      aliases: [...new Set([...other.aliases, ...command.aliases])],
    });
  }
  return all;
}

/**
 * The name of the same command that stands for all its spellings: the first alias, which is the one under
 * `docker container`, `docker image` or `docker system`.
 */
function canonical(path, { aliases }) {
  if (path.startsWith('docker buildx ') || aliases.length === 0) return path;
  return aliases[0].startsWith('docker buildx ') ? path : aliases[0];
}

/** One entry a command: the spellings of one become its aliases. */
function folded(all) {
  const entries = new Map();
  for (const [path, command] of all) {
    const name = canonical(path, command);
    const entry = entries.get(name) ?? { ...command, flags: new Map(), aliases: [] };
    // The legacy builder's flags and buildx's: `docker build` takes both, depending on the builder.
    for (const [flag, found] of command.flags) if (!entry.flags.get(flag)) entry.flags.set(flag, found);
    const spellings = [
      path,
      ...command.aliases.filter((alias) => canonical(path, command) === name && alias),
    ];
    entry.aliases = [...new Set([...entry.aliases, ...spellings])].filter((alias) => alias !== name);
    entries.set(name, entry);
  }
  return entries;
}

function parentOf(path) {
  return path.slice(0, path.lastIndexOf(' ') + 1);
}

async function main(clients) {
  const known = [];
  for (const client of clients) known.push(await grammarOf(client));
  const entries = folded(known.reduce(merged));
  // buildx says in its help that `docker build` is the same; that name is the builder's own.
  for (const [name, entry] of entries) {
    if (!name.startsWith('docker buildx ')) continue;
    entry.aliases = entry.aliases.filter((alias) => alias.startsWith(parentOf(name)));
  }
  entries.delete('docker bake');
  entries.get('docker buildx bake')?.aliases.push('docker bake');

  const lines = [...entries]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map((entry) => lineOf(...entry));
  for (const line of formerCommands) if (!entries.has(line.split('|')[0])) lines.push(line);
  lines.sort();
  const text = `// Made by .scripts/record-docker-grammar.mjs from the help of docker ${clients.map(versionOf).join(' and ')}; do not edit.

/**
 * One line a command: name | aliases | least and most arguments, for those that run | \`first\` where flags
 * come before all arguments | flags. A flag is \`p,publish=list\`, without a type a switch; \`!\` marks those
 * help does not show, \`[x]\` the value of a flag given alone.
 */
export const grammarLines = \`
${lines.join('\n')}
\`;
`;
  writeFileSync(target, text);
  console.log(
    `${lines.length} commands, ${[...entries.values()].reduce((sum, { flags }) => sum + flags.size, 0)} flags`,
  );
}

const clients = process.argv.slice(2);
await main(clients.length > 0 ? clients : ['docker']);
