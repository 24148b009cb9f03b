import { ComposeRefusal } from './refusal.ts';
import type { Tree } from './tree.ts';
import { type Lookup, substitute, VariableError } from './variables.ts';

/** Replaces the variables in every value of the tree, in place; keys stay as they are. */
export function interpolate(tree: Tree, lookup: Lookup, unset: (name: string) => void): void {
  if (tree.kind === 'list') for (const item of tree.items) interpolate(item, lookup, unset);
  else if (tree.kind === 'dict')
    for (const { value } of tree.entries.values()) interpolate(value, lookup, unset);
  else if (typeof tree.value === 'string' && tree.value.includes('$')) {
    try {
      tree.value = substitute(tree.value, lookup, unset);
    } catch (error) {
      if (!(error instanceof VariableError)) throw error;
      const hint =
        error.variable === undefined
          ? 'A dollar that is meant as one is written twice: $$.'
          : `Set ${error.variable} in your shell, or in the file .env.`;
      throw new ComposeRefusal(error.message, hint, tree.place);
    }
  }
}
