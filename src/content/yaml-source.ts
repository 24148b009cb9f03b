import {
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import type { Finding } from './finding.ts';

/** A YAML text that was read and found well-formed, with the way back to its lines. */
export interface YamlSource<T> {
  readonly value: T;
  /** The line of the thing at a path, such as `['options', 2, 'text']`. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads a YAML text by a schema.
 *
 * @param firstLine the line of `file` that the text starts at (front matter and fences start later)
 * @returns the value, or the findings that say why there is none
 */
export function readYaml<T>(
  text: string,
  schema: z.ZodType<T>,
  file: string,
  firstLine = 1,
): YamlSource<T> | Finding[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): Finding => ({ file, line: lineAt(offset), message });
  const lineAt = (offset: number): number => lines.linePos(offset).line + firstLine - 1;

  // What comes after the first slip is mostly its consequence.
  const [slip] = document.errors;
  if (slip) return [at(offsetOfSlip(document, slip), describeSlip(slip))];
  const stars = unresolvedAliases(document);
  if (stars.length > 0)
    return stars.map((offset) => at(offset, `this is not YAML: a text cannot start with *; ${quote}`));

  const lineOf = (path: readonly PropertyKey[]): number => lineAt(offsetOf(document, path));
  const checked = schema.safeParse(document.toJS(), { reportInput: true });
  if (checked.success) return { value: checked.data, lineOf };
  return checked.error.issues
    .flatMap(plainIssues)
    .filter(isNews)
    .map((issue) => ({
      file,
      line: lineOf(
        issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path,
      ),
      message: describeIssue(issue),
    }));
}

const quote = 'put the text in quotes, or on the next line after >-';

/** What an author most likely did who gets this error. */
const advice: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'line it up with its neighbours',
  BAD_SCALAR_START: quote,
  BLOCK_AS_IMPLICIT_KEY: quote,
  MULTILINE_IMPLICIT_KEY: 'the line has no `key:`, or it is text that should be indented',
  UNEXPECTED_TOKEN: quote,
};

function describeSlip(slip: YAMLError): string {
  const what = advice[slip.code];
  return `this is not YAML: ${slip.message}${what === undefined ? '' : `; ${what}`}`;
}

/** Where a slip is. A quote that is never closed is reported at the end of the text; what helps is its start. */
function offsetOfSlip(document: Document, slip: YAMLError): number {
  let offset = slip.pos[0];
  if (slip.code !== 'MISSING_CHAR') return offset;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE_') && range && range[1] >= slip.pos[0]) offset = range[0];
    },
  });
  return offset;
}

/** Where `*word*` was meant as emphasis and is YAML's sign for "the same as over there". */
function unresolvedAliases(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Alias(_, alias) {
      if (!alias.resolve(document)) offsets.push(alias.range?.[0] ?? 0);
    },
  });
  return offsets;
}

/** Where in the text the thing at a path starts, by its key; when it is missing, where its nearest parent does. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const step = path[length - 1];
    const node = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === step)?.key
      : isSeq(parent)
        ? parent.items[Number(step)]
        : undefined;
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** An issue as it is; for a choice between shapes, the issues of the shape that comes nearest. */
function plainIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [nearest = []] = issue.errors
    .filter((branch) => branch.some(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'))
    .sort((one, other) => one.length - other.length);
  return nearest.length === 0
    ? [issue]
    : nearest.map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
}

/** Whether another issue does not say already that the thing is of the wrong kind altogether. */
function isNews(issue: z.core.$ZodIssue, _: number, all: readonly z.core.$ZodIssue[]): boolean {
  const misfit = all.find(({ code, path }) => code === 'invalid_type' && path.join() === issue.path.join());
  return misfit === undefined || misfit === issue;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text; put it in quotes',
  array: 'a list: each on a line of its own that starts with "- "',
  object: 'lines of `key: value`',
  record: 'lines of `key: value`',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
};

function describeIssue(issue: z.core.$ZodIssue): string {
  const where = issue.path.length > 0 ? `${issue.path.map(nameOfStep).join('')}: `.replace(/^\./, '') : '';
  if (issue.code === 'unrecognized_keys') {
    return `${where}unknown key ${issue.keys.map((key) => `'${key}'`).join(', ')}; look for a slip of the pen`;
  }
  if (issue.code === 'invalid_key') return `${where}${issue.issues[0]?.message ?? issue.message}`;
  if (issue.input === undefined && issue.code !== 'custom') return `${where}is missing`;
  if (issue.input === null) return `${where}is empty`;
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid')) {
    return `${where}must be one of ${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'invalid_type') return `${where}must be ${kinds[issue.expected] ?? issue.expected}`;
  return `${where}${issue.message}`;
}

function nameOfStep(step: PropertyKey): string {
  return typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`;
}
