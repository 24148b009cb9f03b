import type { ApiObject } from '../../../src/sandbox/cluster/object.ts';

/** Command lines that a real kubectl and the built-in one have to answer alike, from the same world. */
export interface Scenario {
  readonly name: string;
  /** Run one after another before each of the lines, by the built-in kubectl. */
  readonly setup: readonly string[];
  /** Objects that then are there as they stand here, in states that no controller of this world leads to. */
  readonly placed?: readonly ApiObject[];
  /** Each is run from the world as the setup left it. */
  readonly lines: readonly string[];
  /** The first minor version of kubectl that answers so; older ones are not asked. All are when left out. */
  readonly since?: number;
}

/** A line that gives kubectl a manifest. */
export function manifest(text: string, command = 'apply'): string {
  return `kubectl ${command} -f - <<'EOF'\n${text.trim()}\nEOF`;
}

/** What ages are counted from: after so long they no longer show minutes, so a second more or less does not matter. */
export const settled = 'fast 9h';
