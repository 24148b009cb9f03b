import { print, type Steps } from '../../effects.ts';
import { escapeHtml } from '../../go/go-json.ts';
import { TemplateRunError, templateOf } from '../../go/go-template.ts';
import { builtinFunctions, CallError, type TemplateFunctions } from '../../go/go-template-functions.ts';
import { GoTemplateError } from '../../go/go-template-pipe.ts';
import type { TemplateValue } from '../../go/template-value.ts';
import { throwUnless } from '../../thrown.ts';
import { CommandFailure } from '../failures.ts';
import { dockerFunctions } from './docker-functions.ts';
import { hasOddKeys, type InspectType, typedValue, withIntegers, zeroOf } from './typed.ts';

/** One thing that was looked up. */
export interface Found {
  /** As the API gave it. */
  readonly value: unknown;
  /** What templates see; without it they see what is there. */
  readonly type?: InspectType;
  /** What templates see where the client has a type of its own for it. */
  readonly seen?: TemplateValue;
  /** Whether the client makes its JSON, in which what HTML could take for markup is escaped. */
  readonly isOwn?: boolean;
}

/**
 * Looks things up and prints them all: as a list of JSON, as one line of it for the format `json`, or with a
 * template (cli/command/inspect of docker/cli). What is not found is said after the rest, exit code 1.
 *
 * @param find a thing by its name; throws CommandFailure
 * @throws CommandFailure
 */
export function* inspect(
  names: readonly string[],
  format: string,
  find: (name: string) => Steps<Found>,
): Steps<number> {
  const inspector = inspectorFor(format);
  const failures: string[] = [];
  for (const name of names) {
    try {
      inspector.see(yield* find(name));
    } catch (failure) {
      throwUnless(failure, CommandFailure);
      failures.push(failure.message);
    }
  }
  yield* print(inspector.text());
  if (failures.length > 0) throw new CommandFailure(failures.join('\n'));
  return 0;
}

interface Inspector {
  /** @throws CommandFailure where the template does not fit */
  see(found: Found): void;
  text(): string;
}

function inspectorFor(format: string): Inspector {
  if (format !== '' && format !== 'json') return templateInspector(format);
  const values: unknown[] = [];
  let isEscaped = false;
  return {
    see({ value, isOwn = false }) {
      values.push(value);
      isEscaped = isOwn;
    },
    text() {
      if (values.length === 0) return '[]\n';
      const text = JSON.stringify(values, null, format === '' ? 4 : undefined);
      return `${isEscaped ? escapeHtml(text) : text}\n`;
    },
  };
}

/** `index` finds nothing in a map whose keys are no texts: the template is filled in anew, from what JSON says. */
const typedFunctions: TemplateFunctions = {
  ...dockerFunctions,
  index(item, ...keys) {
    let found: TemplateValue = item;
    for (const key of keys) {
      if (hasOddKeys(found)) throw new CallError('value has type string; should be network.Port');
      found = builtinFunctions.index?.(found, key) ?? zeroOf(found);
    }
    return keys.length === 0 ? item : found;
  },
};

/** Docker's exit code for a template that is none. */
const wrongTemplate = 64;

function templateInspector(format: string): Inspector {
  const fill = (functions: TemplateFunctions, isLenient: boolean): ReturnType<typeof templateOf> =>
    templateOf(format, { name: '', isLenient, functions });
  let typed: ReturnType<typeof templateOf>;
  try {
    typed = fill(typedFunctions, true);
  } catch (error) {
    throwUnless(error, GoTemplateError);
    throw new CommandFailure(`template parsing error: ${error.message}`, wrongTemplate);
  }
  const raw = fill(dockerFunctions, false);
  let text = '';
  return {
    see(found) {
      text += `${filled(typed, raw, found)}\n`;
    },
    text: () => text || '\n',
  };
}

function filled(
  typed: ReturnType<typeof templateOf>,
  raw: ReturnType<typeof templateOf>,
  { value, type, seen }: Found,
): string {
  if (type !== undefined) {
    try {
      return typed(typedValue(value, type));
    } catch (error) {
      throwUnless(error, TemplateRunError);
    }
  }
  try {
    return seen === undefined ? raw(withIntegers(value)) : typed(seen);
  } catch (error) {
    throwUnless(error, TemplateRunError);
    throw new CommandFailure(`template parsing error: ${error.message}`);
  }
}
