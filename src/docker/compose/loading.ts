import { ComposeRefusal, type Place } from './refusal.ts';
import { sizeOf, type Tree } from './tree.ts';

export interface ComposeFile {
  /** As it is named in refusals and lines. */
  readonly path: string;
  readonly text: string;
}

/** What loading needs of the world, and what it remembers. */
export interface Loading {
  readonly readFile: (path: string) => string | undefined;
  readonly home: string | undefined;
  /** Told of every variable that is not set. */
  readonly unset: (name: string) => void;
  /** Files in the order they were read. */
  readonly files: string[];
  /** Keys of the top, in the order given. */
  readonly topKeys: { readonly key: string; readonly place: Place; readonly tree: Tree }[];
  /** How much was read of other files, in characters, and copied for `extends`, in values. */
  readonly effort: { read: number; copied: number };
  /** What services extend, by their name. */
  readonly extended: Map<string, { readonly text: string; readonly place: Place }>;
}

/** What files that include each other, and services that extend each other, can come to. */
const mostEffort = { read: 20_000_000, copied: 500_000 };

/** Counts a file that was read, so that files that include each other over and over come to an end. */
export function countRead(loading: Loading, text: string, place: Place): void {
  // A small file takes its time too.
  loading.effort.read += text.length + 20_000;
  if (loading.effort.read > mostEffort.read) {
    throw new ComposeRefusal('this brings in too many files', 'Include each of them once.', place);
  }
}

/** Counts what is copied for `extends`. */
export function countCopied(loading: Loading, tree: Tree, place: Place): void {
  loading.effort.copied += sizeOf(tree);
  if (loading.effort.copied > mostEffort.copied) {
    throw new ComposeRefusal('services extend each other to too much', 'Extend smaller services.', place);
  }
}
