import { nearest } from '../nearest.ts';
import { checkValue } from './flag-values.ts';
import type { FlagGrammar } from './grammar.ts';
import { DockerRefusal } from './refusal.ts';
import type { Word } from './words.ts';

/** One use of a flag on a line. */
export interface FlagUse {
  /** The long name, such as `--publish`. */
  readonly name: string;
  /** As given; `true` for a switch given alone. */
  readonly value: string;
  /** As it was spelled, without its value: `-p`. */
  readonly spelled: string;
  /** Where in the line it begins; within a cluster, its letter. */
  readonly position: number;
}

/** Flags and arguments of one command, apart. */
export interface ReadFlags {
  readonly flags: readonly FlagUse[];
  readonly args: readonly Word[];
  /** Words from the first argument on, where flags come first. */
  readonly rest: readonly Word[];
}

/** How the flags of a command are read. */
export interface FlagRules {
  /** The command, for what is said of it. */
  readonly command: string;
  readonly flags: readonly FlagGrammar[];
  /** Whether the first argument ends the flags. */
  readonly first: boolean;
}

/** Words longer than this are not looked up for a suggestion. */
const longestSlip = 40;

/**
 * Takes the flags out of the words after a command, as github.com/spf13/pflag does: clusters (`-dit`),
 * values in the same word (`-p8080:80`, `-p=…`, `--name=web`) or the next, `--` ends them.
 *
 * @throws DockerRefusal for a flag the command does not have, one without its value, or a value of another type
 */
export function readFlags(words: readonly Word[], rules: FlagRules): ReadFlags {
  const flags: FlagUse[] = [];
  const args: Word[] = [];
  const reader = new Reader(words, rules);
  while (reader.at < words.length) {
    const word = words[reader.at] as Word;
    reader.at += 1;
    if (!word.text.startsWith('-') || word.text === '-') {
      if (rules.first) return { flags, args, rest: words.slice(reader.at - 1) };
      args.push(word);
    } else if (word.text === '--') {
      return { flags, args, rest: words.slice(reader.at) };
    } else if (word.text.startsWith('--')) flags.push(reader.long(word));
    else flags.push(...reader.cluster(word));
  }
  return { flags, args, rest: [] };
}

class Reader {
  at = 0;
  readonly words: readonly Word[];
  readonly rules: FlagRules;
  private readonly byName = new Map<string, FlagGrammar>();

  constructor(words: readonly Word[], rules: FlagRules) {
    this.words = words;
    this.rules = rules;
    for (const flag of rules.flags) {
      this.byName.set(flag.name, flag);
      if (flag.shorthand !== undefined) this.byName.set(flag.shorthand, flag);
    }
  }

  /** `--name`, `--name=value`, `--name value`. */
  long(word: Word): FlagUse {
    const body = word.text.slice(2);
    if (body.startsWith('-') || body.startsWith('=')) {
      throw new DockerRefusal(
        `bad flag syntax: ${word.text}`,
        'A flag has two dashes and a name.',
        word.start,
      );
    }
    const equals = body.indexOf('=');
    const name = `--${equals < 0 ? body : body.slice(0, equals)}`;
    const flag = this.byName.get(name);
    if (!flag && name === '--help') return { name, value: 'true', spelled: name, position: word.start };
    if (!flag) throw this.unknown(name, word);
    if (equals >= 0) return this.use(flag, name, word.start, body.slice(equals + 1));
    return this.use(
      flag,
      name,
      word.start,
      flag.alone ?? this.nextWord(`flag needs an argument: ${name}`, word),
    );
  }

  /** `-d`, `-it`, `-p8080:80`, `-p=8080:80`, `-p 8080:80`. */
  cluster(word: Word): FlagUse[] {
    const flags: FlagUse[] = [];
    for (let place = 1; place < word.text.length; place += 1) {
      const letter = word.text.charAt(place);
      const spelled = `-${letter}`;
      const position = word.quoted ? word.start : word.start + place - (place === 1 ? 1 : 0);
      const flag = this.byName.get(spelled);
      if (!flag && letter === 'h') {
        flags.push({ name: '--help', value: 'true', spelled, position });
        continue;
      }
      if (!flag) throw this.unknownLetter(letter, place, word);
      const rest = word.text.slice(place + 1);
      if (rest.length > 1 && rest.startsWith('=')) {
        flags.push(this.use(flag, spelled, position, rest.slice(1)));
        return flags;
      }
      if (flag.alone !== undefined) flags.push(this.use(flag, spelled, position, flag.alone));
      else {
        const missing = `flag needs an argument: '${letter}' in -${word.text.slice(place)}`;
        flags.push(this.use(flag, spelled, position, rest === '' ? this.nextWord(missing, word) : rest));
        return flags;
      }
    }
    return flags;
  }

  private use(flag: FlagGrammar, spelled: string, position: number, value: string): FlagUse {
    checkValue(this.rules.command, flag, value, position);
    return { name: flag.name, value, spelled, position };
  }

  private nextWord(missing: string, word: Word): string {
    const next = this.words[this.at];
    if (!next) throw new DockerRefusal(missing, 'Give its value after it.', word.start);
    this.at += 1;
    return next.text;
  }

  private unknown(name: string, word: Word): DockerRefusal {
    const names = this.rules.flags.filter(({ hidden }) => !hidden).map((flag) => flag.name.slice(2));
    const [meant] = name.length > longestSlip ? [] : nearest(name.slice(2), names, 1);
    const hint = meant === undefined ? this.whereToLook() : `Did you mean --${meant}?`;
    return new DockerRefusal(`unknown flag: ${name}`, hint, word.start);
  }

  private unknownLetter(letter: string, place: number, word: Word): DockerRefusal {
    const long = word.text.slice(1);
    const isLong = this.byName.has(`--${long}`);
    const other = this.rules.flags.find(
      ({ shorthand }) => shorthand?.toLowerCase() === `-${letter}`.toLowerCase(),
    );
    const hint = isLong
      ? `A long flag has two dashes: --${long}.`
      : other
        ? `Did you mean ${other.shorthand}, which is ${other.name}?`
        : this.whereToLook();
    return new DockerRefusal(
      `unknown shorthand flag: '${letter}' in -${word.text.slice(place)}`,
      hint,
      word.start,
    );
  }

  private whereToLook(): string {
    return `'${this.rules.command} --help' lists its flags.`;
  }
}
