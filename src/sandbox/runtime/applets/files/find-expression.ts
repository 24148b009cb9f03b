import { lineOf } from '../../container-start.ts';
import { baseOf } from '../../files/paths.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import { globPattern } from '../../text/glob.ts';
import { sizeOf } from '../../volume.ts';
import { UsageError, usageText } from '../options.ts';
import { posixExpression } from '../text/regular-expression.ts';
import { changedMode } from './modes.ts';

/** A file that find looks at. */
export interface Found {
  readonly path: string;
  readonly node: NonNullable<ReturnType<ProcessCall['files']['look']>>;
}

/** A test of find, or something that it does. */
export type FindExpression =
  | { readonly kind: 'and' | 'or'; readonly left: FindExpression; readonly right: FindExpression }
  | { readonly kind: 'not'; readonly value: FindExpression }
  | { readonly kind: 'test'; readonly fits: (found: Found) => boolean }
  | { readonly kind: 'print'; readonly end: string }
  | { readonly kind: 'exec'; readonly command: readonly string[]; readonly isGathered: boolean }
  | { readonly kind: 'delete' | 'prune' | 'quit' };

export interface FindPlan {
  readonly expression: FindExpression;
  readonly least: number;
  readonly most: number;
  readonly isDeepFirst: boolean;
  readonly follows: boolean;
}

const always: FindExpression = { kind: 'test', fits: () => true };
const kinds: Readonly<Record<string, string>> = { f: 'file', d: 'folder', l: 'link' };
const dayMs = 86_400_000;

/** What stands behind the paths of a command line. @throws UsageError */
export function readPlan(call: ProcessCall, words: readonly string[]): FindPlan {
  return new PlanReader(call, words).plan();
}

class PlanReader {
  readonly #call: ProcessCall;
  readonly #words: readonly string[];
  #place = 0;
  #hasAction = false;
  #least = 0;
  #most = 50;
  #isDeepFirst = false;
  #follows = false;

  constructor(call: ProcessCall, words: readonly string[]) {
    this.#call = call;
    this.#words = words;
  }

  plan(): FindPlan {
    const own = this.#words.length > 0 ? this.#or() : always;
    if (this.#place < this.#words.length)
      this.#refuse(`unrecognized: ${this.#words[this.#place]}`, "you have too many ')'", true);
    const print: FindExpression = { kind: 'print', end: '\n' };
    return {
      expression: this.#hasAction ? own : { kind: 'and', left: own, right: print },
      least: this.#least,
      most: this.#most,
      isDeepFirst: this.#isDeepFirst,
      follows: this.#follows,
    };
  }

  #refuse(busybox: string, gnu: string, showsUsage = false): never {
    const usage = showsUsage && this.#call.isBusybox ? usageText(this.#call) : '';
    throw new UsageError(`find: ${this.#call.isBusybox ? busybox : gnu}\n${usage}`);
  }

  #take(...words: readonly string[]): boolean {
    if (!words.includes(this.#words[this.#place] ?? '')) return false;
    this.#place += 1;
    return true;
  }

  #or(): FindExpression {
    let left = this.#and();
    while (this.#take('-o', '-or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): FindExpression {
    let left = this.#not();
    for (;;) {
      const word = this.#words[this.#place];
      if (word === undefined || word === ')' || word === '-o' || word === '-or') return left;
      this.#take('-a', '-and');
      left = { kind: 'and', left, right: this.#not() };
    }
  }

  #not(): FindExpression {
    if (this.#take('!', '-not')) return { kind: 'not', value: this.#not() };
    if (!this.#take('(')) return this.#one();
    const inner = this.#or();
    if (!this.#take(')'))
      this.#refuse(
        "unpaired '('",
        "invalid expression; I was expecting to find a ')' somewhere but did not see one.",
      );
    return inner;
  }

  #value(word: string): string {
    const value = this.#words[this.#place];
    if (value === undefined) this.#refuse(`${word} requires an argument`, `missing argument to \`${word}'`);
    this.#place += 1;
    return value;
  }

  #number(word: string): number {
    const value = this.#value(word);
    if (!/^\d+$/.test(value))
      this.#refuse(
        `invalid number '${value}'`,
        `Expected a positive decimal integer argument to ${word}, but got '${value}'`,
      );
    return Number(value);
  }

  /** `+3`, `-3` or `3`: more, less or the same. */
  #compared(word: string): (actual: number) => boolean {
    const value = this.#value(word);
    const [, sign = '', digits] = /^([-+]?)(\d+)$/.exec(value) ?? [];
    if (digits === undefined)
      this.#refuse(`invalid number '${value}'`, `invalid argument \`${value}' to \`${word}'`);
    const number = Number(digits);
    return (actual) => (sign === '+' ? actual > number : sign === '-' ? actual < number : actual === number);
  }

  #one(): FindExpression {
    const word = this.#words[this.#place++];
    const call = this.#call;
    const test = (fits: (found: Found) => boolean): FindExpression => ({ kind: 'test', fits });
    switch (word) {
      case '-name':
      case '-iname': {
        const pattern = this.#pattern(word);
        return test(({ path }) => pattern.test(baseOf(path.replace(/(.)\/+$/, '$1')) || path));
      }
      case '-path':
      case '-wholename':
      case '-ipath': {
        const pattern = this.#pattern(word);
        return test(({ path }) => pattern.test(path));
      }
      case '-regex': {
        const pattern = posixExpression(this.#value(word), false, '');
        return test(({ path }) => pattern?.exec(path)?.[0] === path);
      }
      case '-type': {
        const value = this.#value(word);
        const letters = call.isBusybox ? [value] : value.split(',');
        const bad = letters.find((letter) => !/^[fdlpsbc]$/.test(letter));
        if (bad !== undefined)
          this.#refuse(`invalid argument '${value}' to '-type'`, `Unknown argument to -type: ${bad}`);
        return test(({ node }) => letters.some((letter) => kinds[letter] === node.kind));
      }
      case '-empty':
        return test(({ path, node }) =>
          node.kind === 'folder'
            ? call.files.list(path).length === 0
            : node.kind === 'file' && sizeOf(node) === 0,
        );
      case '-size':
        return test(this.#size());
      case '-perm':
        return test(this.#rights());
      case '-newer': {
        const value = this.#value(word);
        const at = call.files.look(value)?.at;
        const why = 'No such file or directory';
        if (at === undefined) this.#refuse(`can't stat '${value}': ${why}`, `'${value}': ${why}`);
        return test(({ node }) => node.at > at);
      }
      case '-mtime':
      case '-mmin': {
        const fits = this.#compared(word);
        const unit = word === '-mtime' ? dayMs : 60_000;
        return test(({ node }) => fits(Math.floor((call.now - node.at) / unit)));
      }
      case '-links':
      case '-inum': {
        const fits = this.#compared(word);
        return test(() => fits(1));
      }
      case '-user':
      case '-group':
        return test(this.#owner(word));
      case '-maxdepth':
        this.#most = this.#number(word);
        return always;
      case '-mindepth':
        this.#least = this.#number(word);
        return always;
      case '-depth':
        this.#isDeepFirst = true;
        return always;
      case '-follow':
        this.#follows = true;
        return always;
      case '-mount':
      case '-xdev':
        if (word === '-mount' && call.isBusybox) break;
        return always;
      case '-print':
      case '-print0':
        this.#hasAction = true;
        return { kind: 'print', end: word === '-print' ? '\n' : '\0' };
      case '-delete':
        this.#hasAction = true;
        this.#isDeepFirst = true;
        return { kind: 'delete' };
      case '-prune':
        return { kind: 'prune' };
      case '-quit':
        this.#hasAction = true;
        return { kind: 'quit' };
      case '-exec':
        return this.#exec();
      case '-true':
      case '-false':
        if (!call.isBusybox) return test(() => word === '-true');
    }
    return this.#refuse(`unrecognized: ${word}`, `unknown predicate \`${word}'`, true);
  }

  #pattern(word: string): RegExp {
    const { source } = globPattern(this.#value(word), { crossesSlash: true });
    return new RegExp(source, word.startsWith('-i') ? 'si' : 's');
  }

  #size(): (found: Found) => boolean {
    const value = this.#value('-size');
    const [, sign = '', digits, unit = 'b'] = /^([-+]?)(\d+)([bcwkMG]?)$/.exec(value) ?? [];
    if (digits === undefined)
      this.#refuse(`invalid number '${value}'`, `invalid -size type \`${value.slice(-1)}'`);
    const bytes = { c: 1, w: 2, k: 1024, M: 2 ** 20, G: 2 ** 30 }[unit] ?? 512;
    // GNU counts what is begun; busybox compares bytes.
    const [scale, number] = this.#call.isBusybox ? [1, Number(digits) * bytes] : [bytes, Number(digits)];
    return ({ node }) => {
      const actual = Math.ceil(sizeOf(node) / scale);
      return sign === '+' ? actual > number : sign === '-' ? actual < number : actual === number;
    };
  }

  #rights(): (found: Found) => boolean {
    const value = this.#value('-perm');
    const sign = /^[-/]/.exec(value)?.[0] ?? '';
    const wanted = changedMode(value.slice(sign.length), 0, false);
    if (wanted === undefined) this.#refuse(`invalid mode '${value}'`, `invalid mode '${value}'`);
    const isAnything = wanted === 0 && !this.#call.isBusybox;
    return ({ node }) => {
      const mode = node.kind === 'link' ? 0o777 : node.mode;
      if (sign === '-') return (mode & wanted) === wanted;
      return sign === '' ? mode === wanted : isAnything || (mode & wanted) !== 0;
    };
  }

  #owner(word: string): (found: Found) => boolean {
    const value = this.#value(word);
    const isUser = word === '-user';
    const line = lineOf(this.#call.files.container, isUser ? '/etc/passwd' : '/etc/group', value);
    const id = line?.[2] ?? value;
    if (!/^\d+$/.test(id)) {
      const [what, gnu] = isUser ? ['user', 'a known user'] : ['group', 'an existing group'];
      this.#refuse(`unknown ${what} ${value}`, `'${value}' is not the name of ${gnu}`);
    }
    return ({ node }) => (node.kind === 'link' ? '0:0' : node.owner).split(':')[isUser ? 0 : 1] === id;
  }

  #exec(): FindExpression {
    const rest = this.#words.slice(this.#place);
    const end = rest.findIndex((word, index) => word === ';' || (word === '+' && rest[index - 1] === '{}'));
    if (end < 1) this.#refuse('-exec requires an argument', "missing argument to `-exec'");
    this.#place += end + 1;
    this.#hasAction = true;
    const isGathered = rest[end] === '+';
    return { kind: 'exec', command: rest.slice(0, isGathered ? end - 1 : end), isGathered };
  }
}
