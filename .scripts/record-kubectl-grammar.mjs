// Writes src/kubernetes/grammar-data.ts from what real kubectls say of themselves:
//   node .scripts/record-kubectl-grammar.mjs <kubectl of the oldest version> … <kubectl of the newest version>
// Names, aliases, shorthands and defaults are read from --help. Types are in no help: every flag is given a
// value that is wrong for most types, with --help before it so that nothing is ever done, and the complaint
// tells the type.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

const target = 'src/kubernetes/grammar-data.ts';

/** What help does not show: commands and flags that are hidden, since deprecated, and still work. */
const hiddenCommands = ['options', 'help'];
const hiddenFlags = ['record', 'cpu-percent'];

/**
 * What a flag is when it is given without a value, though it takes one. No kubectl tells; these stand in
 * k8s.io/kubectl/pkg/cmd/util/helpers.go and pkg/cmd/delete/delete_flags.go.
 */
const aloneValues = { 'dry-run': 'unchanged', cascade: 'background', validate: 'strict' };

const kubectls = process.argv.slice(2);
if (kubectls.length === 0) {
  console.error('Name the kubectls to ask, the oldest first.');
  process.exit(2);
}

const waiting = [];
let running = 0;

/** Asks a kubectl that knows no cluster, has no home and no plugins. */
async function ask(kubectl, args) {
  if (running >= cpus().length * 2) await new Promise((free) => waiting.push(free));
  running++;
  const env = { HOME: '/home/you', KUBECONFIG: '/nonexistent', PATH: '/nonexistent' };
  const answer = await new Promise((done) => {
    execFile(kubectl, args, { env, timeout: 20_000 }, (error, stdout, stderr) => {
      done({ failed: Boolean(error), text: stdout, complaint: stderr });
    });
  });
  running--;
  waiting.shift()?.();
  return answer;
}

/** `Options:` and the like, up to the next line that starts in the first column with a capital and ends in a colon. */
function sectionOf(help, title) {
  const lines = help.split('\n');
  const start = lines.findIndex((line) => line.startsWith(title));
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\S.*:$/.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

function subcommandsOf(help) {
  const titles = help.split('\n').filter((line) => /^[A-Z].*Commands.*:$/.test(line));
  return titles
    .flatMap((title) => sectionOf(help, title))
    .flatMap((line) => /^ {2}([a-z][-a-z]*) {2,}\S/.exec(line)?.[1] ?? []);
}

function aliasesOf(help) {
  const [line = ''] = sectionOf(help, 'Aliases:');
  return line
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .slice(1);
}

function flagsOf(lines) {
  return lines.flatMap((line) => {
    const parts = /^ {4}(?:-(\w), )?--([a-z0-9][-a-z0-9]*)=(.*):$/.exec(line);
    if (!parts) return [];
    const [, shorthand, name, value] = parts;
    const plain = value.replace(/^'(.*)'$/, '$1');
    const isNothing = ['', 'false', '[]', '0', ...(value.startsWith("'") ? [] : ['0s'])].includes(plain);
    return [{ name, shorthand, value: isNothing ? undefined : plain, isList: value.startsWith('[') }];
  });
}

/** The type of a flag, from what kubectl says of the value `a"b`. */
async function typeOf(kubectl, path, flag) {
  const { failed, complaint } = await ask(kubectl, [...path, '--help', `--${flag.name}=a"b`]);
  if (!failed) return flag.isList ? 'stringArray' : 'string';
  if (complaint.includes('ParseBool')) return 'bool';
  if (complaint.includes('ParseInt') || complaint.includes('Atoi')) {
    const large = await ask(kubectl, [...path, '--help', `--${flag.name}=99999999999`]);
    if (!large.failed) return 'int';
    const hexadecimal = await ask(kubectl, [...path, '--help', `--${flag.name}=0x1`]);
    return hexadecimal.failed ? 'level' : 'int32';
  }
  if (complaint.includes('ParseUint')) return 'uint';
  if (/invalid duration|flag: parse error$/m.test(complaint)) return 'duration';
  if (complaint.includes('parse error on line')) return 'stringSlice';
  if (complaint.includes('filename=N')) return 'modules';
  if (/expect string=|as key=value/.test(complaint)) return 'stringToString';
  // It was read, and is wrong for another reason.
  console.warn(`${path.join(' ')} --${flag.name} is taken for a string: ${complaint.trim()}`);
  return 'string';
}

async function describeFlag(kubectl, path, flag) {
  const type = await typeOf(kubectl, path, flag);
  if (type === 'bool') return { ...flag, type };
  const alone = await ask(kubectl, [...path, '--help', `--${flag.name}`]);
  if (alone.failed) return { ...flag, type };
  const aloneValue = aloneValues[flag.name];
  if (!aloneValue) throw new Error(`${path.join(' ')} --${flag.name}: what is it without a value?`);
  return { ...flag, type, aloneValue };
}

async function hiddenFlagsOf(kubectl, path) {
  const found = await Promise.all(
    hiddenFlags.map(async (name) => {
      const { complaint } = await ask(kubectl, [...path, '--help', `--${name}=a"b`]);
      return complaint.includes('unknown flag') ? [] : [{ name, isList: false, hidden: true }];
    }),
  );
  return found.flat();
}

/** Adds a command, and all below it, to `found`. */
async function walk(kubectl, path, found) {
  const { text: help } = await ask(kubectl, [...path, '--help']);
  const shown = flagsOf(sectionOf(help, 'Options:'));
  const hidden = path.length > 0 ? await hiddenFlagsOf(kubectl, path) : [];
  const all = [...shown, ...hidden.filter(({ name }) => !shown.some((each) => each.name === name))];
  const flags = await Promise.all(all.map((flag) => describeFlag(kubectl, path, flag)));
  found.set(['kubectl', ...path].join(' '), { aliases: aliasesOf(help), flags });
  const below = subcommandsOf(help);
  if (path.length === 0) below.push(...hiddenCommands);
  await Promise.all(below.map((name) => walk(kubectl, [...path, name], found)));
}

async function record(kubectl) {
  const version = JSON.parse((await ask(kubectl, ['version', '--client', '-o', 'json'])).text).clientVersion;
  const commands = new Map();
  await walk(kubectl, [], commands);
  const { text } = await ask(kubectl, ['options']);
  const globals = flagsOf(text.split('\n'));
  commands.get('kubectl').flags = await Promise.all(
    globals.map((flag) => describeFlag(kubectl, ['get'], flag)),
  );
  return {
    minor: `${version.major}.${parseInt(version.minor, 10)}`,
    version: version.gitVersion.replace(/-.*/, ''),
    commands,
  };
}

const recorded = [];
for (const kubectl of kubectls) recorded.push(await record(kubectl));

/** `all-namespaces,A:bool`, `dry-run?unchanged=none`, `kubeconfig`; `@1.32` where only that version has it, `!` where it is hidden. */
function flagText({ name, shorthand, type, aloneValue, value, hidden, only }) {
  return [
    name,
    shorthand ? `,${shorthand}` : '',
    type === 'string' ? '' : `:${type}`,
    aloneValue ? `?${aloneValue}` : '',
    value === undefined ? '' : `=${encodeURIComponent(value)}`,
    hidden ? '!' : '',
    only ? `@${only}` : '',
  ].join('');
}

/** The versions that have something, where not all of them do. */
function onlyIn(has) {
  const minors = recorded.filter(has).map(({ minor }) => minor);
  return minors.length === recorded.length ? undefined : minors.join('+');
}

const paths = [...new Set(recorded.flatMap(({ commands }) => [...commands.keys()]))].sort();
const lines = paths.map((path) => {
  const having = recorded.filter(({ commands }) => commands.has(path));
  const only = onlyIn(({ commands }) => commands.has(path));
  const aliases = [...new Set(having.flatMap(({ commands }) => commands.get(path).aliases))];
  const names = [
    ...new Set(having.flatMap(({ commands }) => commands.get(path).flags.map(({ name }) => name))),
  ].sort();
  const flags = names.map((name) => {
    const find = ({ commands }) => commands.get(path)?.flags.find((flag) => flag.name === name);
    // Where the versions differ about a flag, the newest that has it is right.
    const newest = having.map(find).filter(Boolean).at(-1);
    const everywhere = having.every(find);
    return flagText({ ...newest, only: everywhere ? undefined : onlyIn((one) => Boolean(find(one))) });
  });
  const head = `${aliases.join(',')}${only ? `@${only}` : ''}`;
  return `  ${JSON.stringify(path.replace(/^kubectl ?/, ''))}: ${JSON.stringify(`${head}|${flags.join(' ')}`)},`;
});

writeFileSync(
  target,
  `// Written by .scripts/record-kubectl-grammar.mjs from kubectl ${recorded.map(({ version }) => version).join(' and ')}. Do not change it by hand.
// biome-ignore-all format: a line a command

/**
 * The commands below kubectl by their names: aliases and flags. \`name,shorthand:type?value alone=default\`;
 * a type left out is string, \`!\` is hidden, \`@1.36\` is only in that version. The first one's flags are global.
 */
export const recordedCommands: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`,
);
console.log(`${paths.length} commands in ${target}`);
