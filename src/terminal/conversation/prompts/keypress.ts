/** A key as readline reports it; Inquirer's own type leaves out half of it. */
export interface Keypress {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl?: boolean;
  readonly shift?: boolean;
}

/** What the key would type: `?`, `B`, `3`; empty for keys that type nothing. */
export function typedBy(key: Keypress): string {
  const { sequence = '', name = '' } = key;
  if (/^[\x21-\x7e]$/.test(sequence)) return sequence;
  return name.length === 1 ? name : '';
}

/** A digit counts from 1: the index it stands for, or -1. */
export function digitIndex(key: Keypress): number {
  const typed = typedBy(key);
  return /^[1-9]$/.test(typed) ? Number(typed) - 1 : -1;
}
