import { DockerfileError } from './dockerfile-error.ts';

/** What stands behind the name of an instruction and its flags, parted. */
export interface LineArguments {
  readonly args: readonly string[];
  readonly isJson: boolean;
}

/** One of the forms that arguments have. @param mark the escape character */
type Form = (rest: string, mark: string) => LineArguments;

const none: LineArguments = { args: [], isJson: false };

/** What each instruction does with its arguments (frontend/dockerfile/parser of moby/buildkit). */
const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['add', jsonOrWords],
  ['arg', (rest, mark) => plain(quotedWords(rest, mark))],
  ['cmd', jsonOrText],
  ['copy', jsonOrWords],
  ['entrypoint', jsonOrText],
  ['env', (rest, mark) => plain(namesAndValues('ENV', rest, mark))],
  ['expose', (rest) => plain(blankWords(rest))],
  ['from', (rest) => plain(blankWords(rest))],
  ['healthcheck', health],
  ['label', (rest, mark) => plain(namesAndValues('LABEL', rest, mark))],
  ['maintainer', text],
  ['run', jsonOrText],
  ['shell', jsonOrText],
  ['stopsignal', text],
  ['user', text],
  ['volume', jsonOrWords],
  ['workdir', text],
]);

/**
 * Parts the arguments of an instruction. ONBUILD is not among them, since another one stands in it.
 *
 * @throws DockerfileError
 */
export function lineArguments(command: string, rest: string, mark: string): LineArguments {
  return forms.get(command.toLowerCase())?.(rest, mark) ?? none;
}

/** All of them in capitals. */
export const instructionNames: readonly string[] = [...forms.keys(), 'onbuild'].map((name) =>
  name.toUpperCase(),
);

function plain(args: readonly string[]): LineArguments {
  return { args, isJson: false };
}

function text(rest: string): LineArguments {
  return rest === '' ? none : plain([rest]);
}

function blankWords(rest: string): readonly string[] {
  return rest === '' ? [] : rest.split(/[\t\v\f\r ]+/);
}

/** A list of texts in JSON; undefined when it is no list. @throws DockerfileError for a list of anything else */
function jsonWords(rest: string): readonly string[] | undefined {
  if (!rest.trimStart().startsWith('[')) return undefined;
  let value: readonly unknown[];
  try {
    value = JSON.parse(rest);
  } catch {
    return undefined;
  }
  if (!value.every((each) => typeof each === 'string'))
    throw new DockerfileError('when using JSON array syntax, arrays must be comprised of strings only');
  return value;
}

function jsonOrText(rest: string): LineArguments {
  const words = rest === '' ? undefined : jsonWords(rest);
  return words ? { args: words, isJson: true } : text(rest);
}

function jsonOrWords(rest: string): LineArguments {
  const words = jsonWords(rest);
  return words ? { args: words, isJson: true } : plain(blankWords(rest));
}

function health(rest: string): LineArguments {
  const [, kind = '', command = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
  if (kind === '') return none;
  const { args, isJson } = jsonOrText(command);
  return { args: [kind, ...args], isJson };
}

/** Threes of a name, a value and the sign between them, which is empty in `ENV NAME value`. */
function namesAndValues(command: string, rest: string, mark: string): readonly string[] {
  const words = quotedWords(rest, mark);
  const [first] = words;
  if (first === undefined) return [];
  if (!first.includes('=')) {
    const [, name = '', value] = /^([^\t\v\f\r ]*)[\t\v\f\r ]+([\s\S]*)$/.exec(rest) ?? [];
    if (value === undefined) throw new DockerfileError(`${command} must have two arguments`);
    return [name, value, ''];
  }
  return words.flatMap((word) => {
    const equals = word.indexOf('=');
    if (equals < 0)
      throw new DockerfileError(
        `Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`,
      );
    return [word.slice(0, equals), word.slice(equals + 1), '='];
  });
}

/** Words that blanks part; blanks in quotes do not. The quotes stay. */
function quotedWords(rest: string, mark: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  let isWord = false;
  let isEscaped = false;
  for (const character of rest) {
    if (isEscaped) {
      word += mark + character;
      isEscaped = false;
      isWord = true;
      continue;
    }
    if (quote === '' && /\s/u.test(character)) {
      if (isWord) words.push(word);
      word = '';
      isWord = false;
      continue;
    }
    // At the very end it stands for nothing.
    isEscaped = character === mark && quote !== "'";
    if (isEscaped) continue;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    word += character;
    isWord = true;
  }
  if (isWord) words.push(word);
  return words;
}
