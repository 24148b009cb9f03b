import { escapeHtml } from '../../go/go-json.ts';
import { byKey } from '../../go/go-order.ts';
import { GoNil, GoRecord, isAbsent } from '../../go/go-record.ts';
import {
  builtinFunctions,
  CallError,
  shownValue,
  type TemplateFunctions,
  typeName,
} from '../../go/go-template-functions.ts';
import type { TemplateValue } from '../../go/template-value.ts';

/**
 * JSON of a value of a template, in one line: maps in order of their keys, what the API answered in its own
 * order, whole numbers without a point.
 */
function jsonOf(value: TemplateValue): string {
  const json = JSON.stringify(plain(value));
  // A row is encoded twice, and the first time escapes what HTML could take for markup.
  return value instanceof GoRecord && value.json === undefined ? escapeHtml(json) : json;
}

function plain(value: TemplateValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (value instanceof GoRecord) return value.json ?? inOrder(value.fields);
  if (value instanceof GoNil || isAbsent(value)) return null;
  return Array.isArray(value) ? value.map(plain) : inOrder(value);
}

function inOrder(fields: object): unknown {
  const entries = Object.entries(fields).sort(byKey);
  return Object.fromEntries(entries.map(([name, value]) => [name, plain(value)]));
}

function joined(items: TemplateValue, separator: TemplateValue): string {
  if (items === undefined || items === null) return '';
  if (typeof items !== 'object') throw new CallError(`expected slice, got ${typeName(items)}`);
  const texts = Object.values(items).map(shownValue);
  return (Array.isArray(items) ? texts : texts.sort()).join(String(separator));
}

/** The functions that templates of docker may call (templates/templates.go of docker/cli). */
export const dockerFunctions: TemplateFunctions = {
  ...builtinFunctions,
  json: jsonOf,
  split: (text, separator) => String(text).split(String(separator)),
  join: joined,
  title: (text) => String(text).replace(/(^|\s)(\S)/gu, (whole) => whole.toUpperCase()),
  lower: (text) => String(text).toLowerCase(),
  upper: (text) => String(text).toUpperCase(),
  pad: (text, before, after) =>
    text === '' ? '' : ' '.repeat(Number(before)) + String(text) + ' '.repeat(Number(after)),
  truncate: (text, length) => String(text).slice(0, Number(length)),
};

const asItIs = (text: TemplateValue): TemplateValue => text;

/** The same for the row of headers, which none of them changes. */
export const headerFunctions: TemplateFunctions = {
  ...dockerFunctions,
  json: asItIs,
  split: asItIs,
  join: asItIs,
  title: asItIs,
  lower: asItIs,
  upper: asItIs,
  truncate: asItIs,
};
