import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';

/** Documents that are read together, in one compressed file: a line each, its key before it. */
export interface Pack {
  /** The document of a key; undefined when there is none. */
  get(key: string): unknown;
  /** Whether there is a document of that key. */
  has(key: string): boolean;
  /** The keys, in the order they were packed in. */
  keys(): string[];
}

/** A value as it is packed: with the ids of the pages it rests on. */
export type PackedSources<T> = Omit<T, 'sources'> & { readonly sources: readonly string[] };

/**
 * Packs documents.
 *
 * @param documents by keys without blanks at their ends, tabs and ends of line
 */
export function packDocuments(documents: ReadonlyMap<string, unknown>): Buffer {
  const lines = [...documents].map(([key, value]) => `${key}\t${JSON.stringify(value)}\n`);
  return brotliCompressSync(lines.join(''));
}

/** Opens a pack. Of its documents only those are parsed that are asked for. */
export function openPack(packed: Buffer): Pack {
  const text = `\n${brotliDecompressSync(packed).toString('utf8')}`;
  const startOf = (key: string): number => text.indexOf(`\n${key}\t`);
  return {
    get(key) {
      const start = startOf(key);
      if (start === -1) return undefined;
      const from = start + key.length + 2;
      return JSON.parse(text.slice(from, text.indexOf('\n', from)));
    },
    has: (key) => startOf(key) !== -1,
    keys: () => text.split('\n').flatMap((line) => (line === '' ? [] : line.slice(0, line.indexOf('\t')))),
  };
}
