import { caught } from '../../thrown.ts';
import type { ProcessFiles } from '../files/process-files.ts';
import { globPattern } from '../text/glob.ts';
import { evaluateTest, TestError } from '../tools/test-expression.ts';
import type { Scope } from './expand.ts';
import { expandPattern, expandText } from './expand.ts';
import type { Flavour, Word } from './syntax.ts';

/** What a test looks at. */
export interface TestPlace {
  readonly scope: Scope;
  readonly flavour: Flavour;
  readonly call: { readonly files: ProcessFiles; isTerminal(fd: number): boolean };
  say(text: string, builtin?: string): void;
}

/** `[[ … ]]`: nothing is split, and what stands right of `==` is a pattern. @returns undefined when it is wrong */
export function doubleTest(machine: TestPlace, words: readonly Word[]): boolean | undefined {
  const { scope, call } = machine;
  const texts = words.map((word) => expandText(word, scope));
  let place = 0;
  const or = (): boolean => {
    let value = and();
    while (texts[place] === '||') {
      place += 1;
      const right = and();
      value = value || right;
    }
    return value;
  };
  const and = (): boolean => {
    let value = not();
    while (texts[place] === '&&') {
      place += 1;
      const right = not();
      value = value && right;
    }
    return value;
  };
  const not = (): boolean => {
    if (texts[place] === '!') {
      place += 1;
      return !not();
    }
    if (texts[place] === '(') {
      place += 1;
      const value = or();
      place += 1;
      return value;
    }
    return one();
  };
  const one = (): boolean => {
    const [left = '', operator = '', right = ''] = texts.slice(place, place + 3);
    if (['==', '=', '!=', '=~', '<', '>'].includes(operator)) {
      const [word = []] = words.slice(place + 2);
      place += 3;
      if (operator === '=~') return fits(right, left);
      if (operator === '<' || operator === '>') return operator === '<' ? left < right : left > right;
      const isSame = globPattern(expandPattern(word, scope), { crossesSlash: true }).test(left);
      return isSame === (operator !== '!=');
    }
    const rest = texts.slice(place);
    const end = rest.findIndex((each) => ['&&', '||', ')'].includes(each));
    const own = end < 0 ? rest : rest.slice(0, end);
    place += Math.max(own.length, 1);
    const isSet = (name: string) => scope.get(name) !== undefined;
    return evaluateTest(
      own,
      { files: call.files, isTerminal: (fd) => call.isTerminal(fd), isSet },
      machine.flavour,
    );
  };
  try {
    return or();
  } catch (thrown) {
    const error = caught(thrown, TestError);
    machine.say(error.message, machine.flavour === 'ash' ? undefined : '[[');
    return undefined;
  }
}

function fits(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text.slice(0, 10_000));
  } catch {
    return false;
  }
}
