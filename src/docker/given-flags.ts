import type { DockerCommand, FlagUse } from './parse.ts';
import { atPosition, DockerRefusal } from './refusal.ts';

/** As many as there are, and no more. */
const mostPorts = 65_536;

/** Names that are two for the same flag. */
const synonyms: Readonly<Record<string, string>> = {
  '--net': '--network',
  '--net-alias': '--network-alias',
  '--dns-opt': '--dns-option',
};

/** The flags of a line by name: the last of a single value counts, all of a list. */
export class GivenFlags {
  private readonly byName = new Map<string, FlagUse[]>();

  constructor(command: DockerCommand) {
    for (const flag of command.flags) {
      const name = synonyms[flag.name] ?? flag.name;
      const uses = this.byName.get(name);
      if (uses) uses.push(flag);
      else this.byName.set(name, [flag]);
    }
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  text(name: string): string {
    return this.byName.get(name)?.at(-1)?.value ?? '';
  }

  texts(name: string): string[] {
    return (this.byName.get(name) ?? []).map(({ value }) => value);
  }

  /** Whether a switch is on. */
  on(name: string): boolean {
    return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(this.text(name));
  }

  /** The last value as its parser reads it; `otherwise` where the flag is not given. */
  value<Value>(name: string, parse: (text: string) => Value, otherwise: Value): Value {
    return this.values(name, parse).at(-1) ?? otherwise;
  }

  /** Every value as its parser reads it. */
  values<Value>(name: string, parse: (text: string) => Value): Value[] {
    return (this.byName.get(name) ?? []).map((flag) => atPosition(flag.position, () => parse(flag.value)));
  }

  /** Every port that the values of a flag stand for; ranges make many of a few characters. */
  ports<Port>(name: string, parse: (text: string) => readonly Port[]): Port[] {
    const ports: Port[] = [];
    for (const flag of this.byName.get(name) ?? []) {
      const more = atPosition(flag.position, () => parse(flag.value));
      if (ports.length + more.length > mostPorts) {
        throw new DockerRefusal(`more than ${mostPorts} ports`, 'Name fewer ports.', flag.position);
      }
      for (const port of more) ports.push(port);
    }
    return ports;
  }

  /** A number under a field's name, nothing where it is 0, for those that may not be negative. */
  setAboveZero(
    name: string,
    field: string,
    parse: (text: string) => number,
  ): Readonly<Record<string, number>> {
    const value = this.value(name, parse, 0);
    if (value < 0) this.refuse(name, `${name} cannot be negative`, 'Give 0 or more.');
    return value === 0 ? {} : { [field]: value };
  }

  /** A refusal at the place of the last use of a flag. */
  refuse(name: string, message: string, hint: string): never {
    throw new DockerRefusal(message, hint, this.byName.get(name)?.at(-1)?.position ?? 0);
  }
}
