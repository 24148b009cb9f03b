import { nearest } from '../nearest.ts';
import { complaintAbout, exampleOf } from './flag-values.ts';
import { type KubectlFlag, type KubectlGrammar, kubectlGrammar, subcommandOf } from './grammar.ts';
import { KubectlRefusal } from './refusal.ts';
import { shortcomingOf } from './requirements.ts';

/** A word of a line, and where in the line it begins. */
export interface GivenWord {
  readonly text: string;
  readonly start: number;
}

/** A flag as it was given. */
export interface KubectlFlagUse {
  /** The long name, such as `--namespace`. */
  readonly name: string;
  /** What it was given, or what it means when it is given alone: `true` for a switch. */
  readonly value: string;
  /** As it was spelled, such as `-n`. */
  readonly spelled: string;
  /** Where in the line its word begins. */
  readonly position: number;
}

/** A kubectl line that was understood. */
export interface KubectlCommand {
  readonly program: 'kubectl' | 'k';
  /** Canonical, such as `kubectl rollout restart`. */
  readonly command: string;
  /** The flags that every command takes, such as `--namespace`; in the order given. */
  readonly globals: readonly KubectlFlagUse[];
  /** The command's own flags, in the order given. */
  readonly flags: readonly KubectlFlagUse[];
  /** The words that are no flags, up to `--`. */
  readonly args: readonly string[];
  /** What stands after `--`. */
  readonly afterDashes: readonly string[];
  readonly argv: readonly string[];
}

/**
 * Reads the words of a kubectl line as kubectl does: with the commands of 1.32 and 1.36, and the rules of
 * its libraries cobra (https://pkg.go.dev/github.com/spf13/cobra) and pflag, such as clusters of short
 * flags, `--flag=value`, flags after arguments, and `_` for `-` in the names of flags.
 *
 * @param saysItself of which commands, such as `kubectl get`, what is missing or too much is let pass: whoever
 *   runs them says so in kubectl's own words
 * @throws KubectlRefusal for a line that kubectl would refuse before it asks a cluster
 */
export function parseKubectl(
  words: readonly GivenWord[],
  saysItself: (command: string) => boolean = () => false,
): KubectlCommand {
  const [program, ...rest] = words;
  const name = program?.text.replace(/\.exe$/i, '');
  if (!program || (name !== 'kubectl' && name !== 'k')) {
    throw new KubectlRefusal('this is no kubectl line', 'Begin it with kubectl.', program?.start ?? 0);
  }
  const root = kubectlGrammar('kubectl');
  if (!root) throw new Error('the grammar has no kubectl');
  const { grammar, left } = findCommand(root, rest);
  if (grammar === root) refuseUnknownProgram(root, left);
  const read = readFlags(grammar, root.flags, left);
  refuseUnknownCommand(grammar, read);
  const command = understood(name, grammar, read, words);
  if (!saysItself(command.command)) refuseShortcoming(command, program);
  return command;
}

function understood(
  program: KubectlCommand['program'],
  grammar: KubectlGrammar,
  read: ReadWords,
  words: readonly GivenWord[],
): KubectlCommand {
  return {
    program,
    command: grammar.path,
    globals: read.globals,
    flags: read.flags,
    args: read.args.map(({ text }) => text),
    afterDashes: read.afterDashes.map(({ text }) => text),
    argv: words.map(({ text }) => text),
  };
}

/** Which command is meant, and the words that are left without those that name it (cobra's Find). */
function findCommand(
  root: KubectlGrammar,
  words: readonly GivenWord[],
): { grammar: KubectlGrammar; left: readonly GivenWord[] } {
  let grammar = root;
  let left = words;
  for (;;) {
    const place = placeOfFirstArgument(left, root.flags);
    const word = left[place];
    const below = word && subcommandOf(grammar, word.text);
    if (!below) return { grammar, left };
    grammar = below;
    left = [...left.slice(0, place), ...left.slice(place + 1)];
  }
}

/**
 * Where the first word stands that is neither a flag nor its value. Before the command is known only the
 * global flags are, and any other is taken to have a value.
 */
function placeOfFirstArgument(words: readonly GivenWord[], globals: readonly KubectlFlag[]): number {
  for (let place = 0; place < words.length; place++) {
    const text = words[place]?.text ?? '';
    if (text === '--') return -1;
    if (!text.startsWith('-')) {
      if (text !== '') return place;
    } else if (takesNextWord(text, globals)) place++;
  }
  return -1;
}

function takesNextWord(text: string, globals: readonly KubectlFlag[]): boolean {
  if (text.includes('=')) return false;
  if (text.startsWith('--')) return findFlag(globals, text)?.alone === undefined;
  return text.length === 2 && globals.find(({ shorthand }) => shorthand === text)?.alone === undefined;
}

function findFlag(flags: readonly KubectlFlag[], name: string): KubectlFlag | undefined {
  const hyphened = name.replaceAll('_', '-');
  return flags.find((flag) => flag.name === hyphened);
}

const help: KubectlFlag = { name: '--help', shorthand: '-h', type: 'bool', alone: 'true' };

interface ReadWords {
  readonly globals: KubectlFlagUse[];
  readonly flags: KubectlFlagUse[];
  readonly args: GivenWord[];
  readonly afterDashes: readonly GivenWord[];
}

/** Tells flags, values and arguments apart (pflag's FlagSet.Parse). */
function readFlags(
  grammar: KubectlGrammar,
  globals: readonly KubectlFlag[],
  words: readonly GivenWord[],
): ReadWords {
  const known = grammar.path === 'kubectl' ? [help, ...globals] : [...grammar.flags, help, ...globals];
  const found: ReadWords = { globals: [], flags: [], args: [], afterDashes: [] };
  const queue: Queue = { words, place: 0 };
  for (let word = takeFrom(queue); word; word = takeFrom(queue)) {
    const { text } = word;
    if (text === '--') return { ...found, afterDashes: words.slice(queue.place) };
    if (!text.startsWith('-') || text === '-') {
      found.args.push(word);
      continue;
    }
    const uses = text.startsWith('--') ? [readLong(word, queue, known)] : readCluster(word, queue, known);
    for (const { flag, value, spelled } of uses) {
      checkValue(flag, value, word, spelled);
      const list = globals.includes(flag) ? found.globals : found.flags;
      list.push({ name: flag.name, value, spelled, position: word.start });
    }
  }
  return found;
}

/** Words, and which of them is the next. */
interface Queue {
  readonly words: readonly GivenWord[];
  place: number;
}

function takeFrom(queue: Queue): GivenWord | undefined {
  return queue.words[queue.place++];
}

interface Use {
  readonly flag: KubectlFlag;
  readonly value: string;
  readonly spelled: string;
}

function readLong(word: GivenWord, queue: Queue, known: readonly KubectlFlag[]): Use {
  const [, spelled = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(word.text) ?? [];
  if (/^--[-=]/.test(word.text)) {
    throw new KubectlRefusal(
      `bad flag syntax: ${word.text}`,
      'A flag has two hyphens and a name.',
      word.start,
    );
  }
  const flag = findFlag(known, spelled);
  if (!flag) throw new KubectlRefusal(`unknown flag: ${spelled}`, hintFor(spelled, known), word.start);
  const given = value ?? flag.alone ?? takeFrom(queue)?.text;
  if (given === undefined) throw needsValue(`flag needs an argument: ${spelled}`, flag, word);
  return { flag, value: given, spelled };
}

/** The flags of a word such as `-it`, `-n shop`, `-nshop` or `-n=shop`. */
function readCluster(word: GivenWord, queue: Queue, known: readonly KubectlFlag[]): Use[] {
  const uses: Use[] = [];
  let rest = word.text.slice(1);
  while (rest !== '') {
    const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    const spelled = `-${letter}`;
    const flag = known.find(({ shorthand }) => shorthand === spelled);
    if (!flag) {
      const what = `unknown shorthand flag: '${letter}' in -${rest}`;
      throw new KubectlRefusal(what, hintFor(word.text, known), word.start);
    }
    const behind = rest.slice(letter.length);
    if (behind.length > 1 && behind.startsWith('=')) {
      return [...uses, { flag, value: behind.slice(1), spelled }];
    }
    if (flag.alone === undefined) {
      const value = behind === '' ? takeFrom(queue)?.text : behind;
      if (value === undefined)
        throw needsValue(`flag needs an argument: '${letter}' in -${rest}`, flag, word);
      return [...uses, { flag, value, spelled }];
    }
    uses.push({ flag, value: flag.alone, spelled });
    rest = behind;
  }
  return uses;
}

function needsValue(message: string, flag: KubectlFlag, word: GivenWord): KubectlRefusal {
  return new KubectlRefusal(message, `Give it a value: ${flag.name}=${exampleOf(flag)}.`, word.start);
}

/** The nearest flag; for a word with one hyphen, the one that it would be with two. */
function hintFor(spelled: string, known: readonly KubectlFlag[]): string {
  const name = spelled.replace(/^-+/, '').replace(/=.*$/s, '');
  const shown = known.filter(({ hidden }) => !hidden).map((flag) => flag.name.slice(2));
  // No flag has so many letters that a longer word could have meant it.
  const [near] = name.length > 1 && name.length < 50 ? nearest(name, shown) : [];
  return near === undefined ? 'The --help of the command lists its flags.' : `Did you mean --${near}?`;
}

/** Refuses a value that is none of the flag's type. */
function checkValue(flag: KubectlFlag, value: string, word: GivenWord, spelled: string): void {
  const why = complaintAbout(flag.type, value);
  if (why === undefined) return;
  const names = flag.shorthand === undefined ? flag.name : `${flag.shorthand}, ${flag.name}`;
  throw new KubectlRefusal(
    `invalid argument ${JSON.stringify(value)} for "${names}" flag: ${why}`,
    `Give it as in ${spelled.startsWith('--') ? spelled : flag.name}=${exampleOf(flag)}.`,
    word.start,
  );
}

/** Refuses a line that misses something, unless it only asks for help. */
function refuseShortcoming({ command, args, afterDashes, flags }: KubectlCommand, program: GivenWord): void {
  const given = new Set(flags.map(({ name }) => name));
  const short = given.has('--help') ? undefined : shortcomingOf(command, args, afterDashes, given);
  if (short) throw new KubectlRefusal(short.message, short.hint, program.start);
}

/** Refuses a line whose first argument is no command: kubectl then looks for a plugin, and nobody here knows it. */
function refuseUnknownProgram(root: KubectlGrammar, words: readonly GivenWord[]): void {
  const [first] = words;
  const unknown = words[placeOfFirstArgument(words, root.flags)];
  if (!first || !unknown) return;
  if (first !== unknown) {
    const message = `flags cannot be placed before plugin name: ${first.text}`;
    throw new KubectlRefusal(message, 'Put the command first, and its flags behind it.', first.start);
  }
  const message = `unknown command ${JSON.stringify(unknown.text)} for "kubectl"`;
  throw new KubectlRefusal(message, hintForCommand(root, unknown), unknown.start);
}

/** Refuses arguments of a command that has others below it: it takes none of its own. */
function refuseUnknownCommand(grammar: KubectlGrammar, { args, flags }: ReadWords): void {
  const { path, subcommands } = grammar;
  const [unknown] = args;
  const isHelp = flags.some(({ name }) => name === '--help');
  if (!unknown || isHelp || subcommands.length === 0 || path === 'kubectl cluster-info') return;
  const message =
    path === 'kubectl create' || path === 'kubectl apply'
      ? `Unexpected args: [${args.map(({ text }) => text).join(' ')}]`
      : `unknown command ${JSON.stringify(unknown.text)}`;
  throw new KubectlRefusal(message, hintForCommand(grammar, unknown), unknown.start);
}

function hintForCommand({ path, subcommands }: KubectlGrammar, unknown: GivenWord): string {
  const [near] = unknown.text.length < 50 ? nearest(unknown.text, subcommands) : [];
  return near === undefined ? `${path} --help lists what there is.` : `Did you mean ${path} ${near}?`;
}
