import { EngineError } from './engine-error.ts';
import type { EngineRequest } from './request.ts';

/**
 * What a list is narrowed down to, as `--filter` says it: values by what they are about (daemon/internal/filters
 * of github.com/moby/moby).
 */
export class Filters {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  private constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  /**
   * The filters of a request.
   *
   * @param accepted what they may be about; anything goes when it is left out
   * @throws EngineError for another one, or when they are no JSON of the kind
   */
  static of({ query }: EngineRequest, accepted?: readonly string[]): Filters {
    const given = query.filters;
    const text = typeof given === 'string' ? given : (given?.[0] ?? '');
    const values = new Map(Object.entries(readFilters(text)));
    for (const name of accepted ? values.keys() : []) {
      if (!accepted?.includes(name)) throw new EngineError(400, `invalid filter '${name}'`);
    }
    return new Filters(values);
  }

  /** The same but for what they say about one thing. */
  without(name: string): Filters {
    return new Filters(new Map([...this.#values].filter(([each]) => each !== name)));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** What is filtered by. */
  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** Whether one of the values is the text, or there are none. */
  isExact(name: string, text: string): boolean {
    const values = this.get(name);
    return values.length === 0 || values.includes(text);
  }

  /** Whether one of the values, as a regular expression, is found in the text, or there are none. */
  matches(name: string, text: string): boolean {
    return this.isExact(name, text) || this.get(name).some((value) => isFound(value, text));
  }

  /** Whether the text begins with one of the values, or there are none. */
  begins(name: string, text: string): boolean {
    return this.isExact(name, text) || this.get(name).some((value) => text.startsWith(value));
  }

  /** Whether all of the values, `key` or `key=value`, are among some labels. */
  hasLabels(name: string, labels: Readonly<Record<string, string>> | null | undefined): boolean {
    return this.get(name).every((value) => {
      const equals = value.indexOf('=');
      const key = equals < 0 ? value : value.slice(0, equals);
      const found = labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
      return found !== undefined && (equals < 0 || found === value.slice(equals + 1));
    });
  }

  /** A value that is yes or no; undefined where there is none. @throws EngineError when it is neither, or both */
  flag(name: string): boolean | undefined {
    if (!this.has(name)) return undefined;
    const values = this.get(name);
    const isTrue = values.includes('1') || values.includes('true');
    const isFalse = values.includes('0') || values.includes('false');
    if (isTrue === isFalse) throw new EngineError(400, `invalid filter '${name}=[${values.join(' ')}]'`);
    return isTrue;
  }
}

function readFilters(text: string): Record<string, readonly string[]> {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EngineError(400, 'invalid filter');
  }
  if (!isMap(value)) throw new EngineError(400, 'invalid filter');
  return Object.fromEntries(
    Object.entries(value).map(([name, values]) => {
      if (Array.isArray(values)) return [name, values.map(String)];
      if (!isMap(values)) throw new EngineError(400, 'invalid filter');
      return [name, Object.keys(values)];
    }),
  );
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFound(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return false;
  }
}
