/** A label, the field that it shows, and what it shows where the field is not there. */
export type Named = readonly [label: string, field: string, otherwise?: string];

/** A source of a volume that is described by a line about its type and some of its fields. */
export interface PlainSource {
  /** Its field in the volume, such as `nfs`. */
  readonly field: string;
  readonly type: string;
  readonly shown: readonly Named[];
}
