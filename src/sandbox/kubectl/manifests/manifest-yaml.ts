import { LineCounter, parseAllDocuments, type Tags } from 'yaml';
import { CommandFailure } from '../failures.ts';
import { yamlComplaint } from './yaml-complaint.ts';

/** YAML 1.1 without times and numbers to the base of 60: kubectl's reader leaves these texts. */
const tags = (known: Tags): Tags =>
  known.filter(
    (tag) =>
      typeof tag === 'string' || !(/timestamp/.test(tag.tag) || ('format' in tag && tag.format === 'TIME')),
  );

/**
 * The documents of a manifest as kubectl reads them: YAML 1.1 with `yes` and `on` as booleans, of two equal
 * keys the last one. JSON is YAML too.
 *
 * @param source as messages name it: a path, an address, or `STDIN`
 * @throws CommandFailure in kubectl's words
 */
export function readManifests(text: string, source: string): unknown[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: '1.1',
    lineCounter: lines,
    customTags: tags,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error && /call stack/.test(error.message)) throw tooDeep(text, source);
    if (error) throw unreadable(yamlComplaint(error, text, lines), source);
    const value = resolved(() => document.toJS({ maxAliasCount: 100 }), source);
    return value === null || value === undefined ? [] : [value];
  });
}

/** Aliases are followed only now. */
function resolved(read: () => unknown, source: string): unknown {
  try {
    return read();
  } catch (error) {
    const name = /alias[^:]*: (\S+)/.exec((error as Error).message)?.[1];
    throw unreadable(
      name === undefined ? 'document contains excessive aliasing' : `unknown anchor '${name}' referenced`,
      source,
    );
  }
}

/** Go reads JSON at most ten thousand levels deep; here it ends somewhat sooner. */
function tooDeep(text: string, source: string): CommandFailure {
  const opening = /[[{]/.exec(text)?.[0] ?? '[';
  return new CommandFailure(
    `error parsing ${source}: error unmarshaling JSON: while decoding JSON: invalid character '${opening}' exceeded max depth`,
  );
}

function unreadable(why: string, source: string): CommandFailure {
  return new CommandFailure(`error parsing ${source}: error converting YAML to JSON: yaml: ${why}`);
}
