import type { Flavour } from '../syntax.ts';
import type { Builtin } from './builtin.ts';
import { flowBuiltins } from './flow-builtins.ts';
import { lacks, otherBuiltins } from './other-builtins.ts';
import { variableBuiltins } from './variable-builtins.ts';

const builtins: Readonly<Record<string, Builtin>> = {
  ...flowBuiltins,
  ...variableBuiltins,
  ...otherBuiltins(() => names),
};

const names: ReadonlySet<string> = new Set(Object.keys(builtins));

/** A builtin of a shell by its name; undefined when it has none of that name. */
export function builtinNamed(name: string, flavour: Flavour): Builtin | undefined {
  return Object.hasOwn(builtins, name) && !lacks(flavour, name) ? builtins[name] : undefined;
}
