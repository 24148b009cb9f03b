import { complain, type Steps, terminal } from '../../effects.ts';
import { readFields } from '../../runtime/shell/read-fields.ts';
import type { Place, ShellContext } from '../shell-context.ts';

/** What `read` is asked for. */
interface Asked {
  readonly names: readonly string[];
  readonly isRaw: boolean;
  readonly isHidden: boolean;
  readonly prompt: string;
  /** What ends it, in place of the end of a line. */
  readonly end: string;
  /** So many characters at most. */
  readonly most: number;
  /** Milliseconds until it gives up. */
  readonly patience: number;
}

/** What `read` says that was given no more time: 128 and the number of SIGALRM. */
const timedOut = 142;

/** `read`: a line of the input, into variables. */
export function* read(words: readonly string[], place: Place, context: ShellContext): Steps<number> {
  const asked = readOptions(words.slice(1));
  if (typeof asked === 'string') {
    yield* complain(asked);
    return 2;
  }
  const { names, isRaw, isHidden, end, most, patience } = asked;
  const wrong = names.find((name) => !/^[A-Za-z_]\w*$/.test(name));
  if (wrong !== undefined) {
    yield* complain(`sh: read: \`${wrong}': not a valid identifier\n`);
    return 1;
  }
  const { isTerminal, isInputTerminal = isTerminal } = yield* terminal();
  if (isInputTerminal) yield* complain(asked.prompt);
  let text = '';
  let isWhole = false;
  for (;;) {
    const piece = yield* place.input.upTo(end, {
      most: most - text.length,
      patience,
      typing: isHidden ? 'hidden' : 'lines',
    });
    if (piece === 'late') return timedOut;
    text += piece ?? '';
    isWhole = text.length >= most || (piece?.endsWith(end) ?? false);
    const goesOn = !isRaw && end === '\n' && isWhole && /(^|[^\\])(\\\\)*\\\n$/.test(text);
    if (!goesOn) break;
    text = text.slice(0, -2);
  }
  const line = isWhole && text.endsWith(end) ? text.slice(0, -1) : text;
  const plain = isRaw ? line : line.replace(/\\(.)/g, '$1');
  const separators = context.variables().IFS ?? ' \t\n';
  if (names.length === 0) context.setVariable('REPLY', plain);
  for (const [name, value] of readFields(plain, names, separators)) context.setVariable(name, value);
  return isWhole ? 0 : 1;
}

/** @returns a complaint where the words ask for what there is not */
function readOptions(words: readonly string[]): Asked | string {
  const values = new Map<string, string>();
  const rest = [...words];
  for (let word = rest[0]; word !== undefined && /^-./.test(word); word = rest[0]) {
    rest.shift();
    if (word === '--') break;
    for (let letters = word.slice(1); letters !== ''; letters = letters.slice(1)) {
      const letter = letters.charAt(0);
      if ('rse'.includes(letter)) values.set(letter, '');
      else if ('pndt'.includes(letter)) {
        const value = letters.slice(1) || rest.shift();
        if (value === undefined) return `sh: read: -${letter}: option requires an argument\n${usage}`;
        values.set(letter, value);
        break;
      } else if ('aiuN'.includes(letter))
        return `sh: read: -${letter}: this shell's read has -r, -s, -p, -n, -d and -t\n`;
      else return `sh: read: -${letter}: invalid option\n${usage}`;
    }
  }
  const seconds = Number(values.get('t'));
  return {
    names: rest,
    isRaw: values.has('r'),
    isHidden: values.has('s'),
    prompt: values.get('p') ?? '',
    end: values.get('d')?.charAt(0) ?? '\n',
    most: Number(values.get('n')) || Number.POSITIVE_INFINITY,
    patience: Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : seconds * 1000,
  };
}

const usage =
  'read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]\n';
