import { prepareOpenApi } from '../cluster/api/discovery/openapi.ts';

/** Loads what a line or a script may ask for and most do not: the texts of `kubectl explain`. */
export async function prepareFor(text: string): Promise<void> {
  if (/\bexplain\b/.test(text)) await prepareOpenApi('/openapi/v3');
}
