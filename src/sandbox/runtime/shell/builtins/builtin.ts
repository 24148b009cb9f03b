import type { ShellMachine } from '../machine.ts';
import type { Ready } from '../run-simple.ts';

/**
 * A command that the shell does itself.
 *
 * @returns its code; undefined when it went into something whose code follows, or waits
 */
export type Builtin = (machine: ShellMachine, args: readonly string[], ready: Ready) => number | undefined;
