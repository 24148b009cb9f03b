import { DockerfileError } from './dockerfile-error.ts';
import { withSuggestion } from './suggestion.ts';

/** What a flag of an instruction takes: nothing or true and false, a text, or a text each time it is given. */
export type FlagKind = 'switch' | 'text' | 'texts';

/** The flags of an instruction, as they were given. */
export class InstructionFlags {
  readonly #values = new Map<string, readonly string[]>();

  /**
   * @param given such as `--from=build`
   * @param known the flags that the instruction has
   * @throws DockerfileError
   */
  constructor(given: readonly string[], known: Readonly<Record<string, FlagKind>>) {
    for (const word of given) {
      const equals = word.indexOf('=');
      const flag = equals < 0 ? word : word.slice(0, equals);
      const value = equals < 0 ? undefined : word.slice(equals + 1);
      const name = flag.slice(2);
      const kind = Object.hasOwn(known, name) ? known[name] : undefined;
      if (!kind) throw new DockerfileError(withSuggestion(`unknown flag: ${flag}`, name, Object.keys(known)));
      const before = this.#values.get(name);
      if (before && kind !== 'texts') throw new DockerfileError(`duplicate flag specified: ${flag}`);
      this.#values.set(name, [...(before ?? []), checkedValue(flag, kind, value)]);
    }
  }

  /** What a flag says; empty when it was not given. */
  text(name: string): string {
    return this.#values.get(name)?.[0] ?? '';
  }

  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  isOn(name: string): boolean {
    return this.text(name) === 'true';
  }
}

function checkedValue(flag: string, kind: FlagKind, value: string | undefined): string {
  if (kind !== 'switch') {
    if (value === undefined) throw new DockerfileError(`missing a value on flag: ${flag}`);
    return value;
  }
  if (value === '') throw new DockerfileError(`missing a value on flag: ${flag}`);
  const lower = (value ?? 'true').toLowerCase();
  if (lower !== 'true' && lower !== 'false')
    throw new DockerfileError(`expecting boolean value for flag ${flag}, not: ${value}`);
  return lower;
}
