import type { Lab } from '../sandbox/labs/lab.ts';
import type { Finding } from './finding.ts';
import { labSchema } from './lab-schema.ts';
import { readYaml } from './yaml-source.ts';

/** A lab as it was written. */
export interface LabText {
  readonly file: string;
  readonly lab: Lab;
  /** Ids of misconceptions it shows to be wrong. */
  readonly misconceptions: readonly string[];
  /** Ids of pages. */
  readonly sources: readonly string[];
  /** The line of the thing at a path, such as `['goal', 0]`. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads one file of labs/. @param file its path below `lessons/` */
export function readLab(text: string, file: string): { lab?: LabText; findings: Finding[] } {
  const read = readYaml(text, labSchema, file);
  if (Array.isArray(read)) return { findings: read };
  const { misconceptions = [], sources, files = {}, start = '', broken = false, ...rest } = read.value;
  const lab: Lab = { ...rest, files, start, broken };
  return { lab: { file, lab, misconceptions, sources, lineOf: read.lineOf }, findings: [] };
}
