import { EngineError } from '../engine/engine-error.ts';
import type { EngineRequest } from '../engine/request.ts';

type Query = EngineRequest['query'];

/** The first value of a name in a query; empty where there is none. */
export function textOf(query: Query, name: string): string {
  const value = query[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

/** Whether a value stands for yes (`BoolValue` of daemon/server/httputils in github.com/moby/moby). */
export function isOn(query: Query, name: string): boolean {
  return !['', '0', 'no', 'false', 'none'].includes(textOf(query, name).trim().toLowerCase());
}

/** A whole number; undefined where there is none. @throws EngineError when it is something else */
export function numberOf(query: Query, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === '') return undefined;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new EngineError(400, `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
}
