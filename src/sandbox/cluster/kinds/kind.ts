import type { Cluster } from '../cluster.ts';
import type { ApiObject, Stored } from '../object.ts';
import type { Kinds, Resource } from '../resources.ts';
import type { Complaint } from './complaint.ts';

/** A column of a Table (k8s.io/apimachinery/pkg/apis/meta/v1, TableColumnDefinition). */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'number' | 'date';
  /** `name` marks the column of names. */
  readonly format?: 'name' | 'int64';
  /** Columns with 1 are shown by `-o wide` only. */
  readonly priority?: 0 | 1;
}

export type Cell = string | number | boolean | null;

/** An object as the rules meet it: the decoder gives a spec to each whose kind has one. */
export type Decoded<T extends ApiObject> = T &
  ('spec' extends keyof T ? { readonly spec: NonNullable<T['spec']> } : unknown);

/** What a row may look at besides its object. */
export interface RowContext {
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A value that a field selector can ask for; what an object does not say stands for the empty text. */
export type FieldLabels<T> = Readonly<Record<string, (object: T) => string | undefined>>;

/**
 * What the API server knows of one kind. Objects are decoded when they come here: types are right, quantities
 * are canonical, empty fields are gone, as by Go's decoder. Nothing is changed in place; a function that has
 * nothing to change gives back what it got.
 *
 * The order for a new object: `defaults`, admission, `prepareCreate`, `validate`. For a changed one:
 * `defaults`, `prepareUpdate`, `validateUpdate`. All of them except `defaults` may be left out, and then do
 * what is usual.
 */
export interface KindRules<T extends ApiObject> {
  /** Fills in what was left out (upstream: SetDefaults_… in k8s.io/kubernetes/pkg/apis/<group>/<version>/defaults.go). */
  readonly defaults?: (object: T) => T;
  /**
   * What becomes of a new object before it is checked: the status of most kinds is dropped, a Service gets
   * its address (upstream: strategy.PrepareForCreate). When it is left out, a `status` is dropped where the
   * kind has the subresource.
   *
   * @throws ApiError where what is asked for cannot be given, such as a node port that is taken
   */
  readonly prepareCreate?: (object: Decoded<T>, cluster: Cluster) => T;
  /** The same for a change; when it is left out, `status` stays as it was where the kind has the subresource. */
  readonly prepareUpdate?: (object: Decoded<T>, old: Stored<T>, cluster: Cluster) => T;
  /** What is wrong with an object as such (upstream: validation.Validate…), besides its metadata. */
  readonly validate?: (object: Decoded<T>) => readonly Complaint[];
  /** What is wrong with a change, besides what `validate` says of the new object; fields that may not change. */
  readonly validateUpdate?: (object: Decoded<T>, old: Stored<T>) => readonly Complaint[];
  /**
   * What admission still says of a change that is right as such (upstream: validating admission plugins).
   *
   * @throws ApiError Forbidden
   */
  readonly admitUpdate?: (object: Decoded<T>, old: Stored<T>, cluster: Cluster) => void;
  /** What is said to whoever writes it, as `Warning: …`; `old` is what a change replaces. */
  readonly warnings?: (object: Decoded<T>, old?: Stored<T>) => readonly string[];
  /** What is said with every answer about it, when the kind is of the past. */
  readonly deprecation?: string;
  /** Columns of its Table; the first one is Name. When left out: Name and Created At, as upstream. */
  readonly columns?: readonly Column[];
  /** One cell a column. */
  readonly row?: (object: Stored<T>, context: RowContext) => readonly Cell[];
  /** What a field selector can ask for besides `metadata.name` and `metadata.namespace`. */
  readonly fieldLabels?: FieldLabels<T>;
  /** How names have to look; `subdomain` (RFC 1123) when left out. `path` allows nearly everything. */
  readonly nameRule?: 'subdomain' | 'label' | 'path';
  /** Whether a PUT has to name the version that it replaces (upstream: AllowUnconditionalUpdate is false). */
  readonly demandsVersion?: boolean;
  /** Whether a PUT makes an object that is not there (upstream: AllowCreateOnUpdate). */
  readonly createsOnUpdate?: boolean;
  /** Whether it has the subresource `status`. */
  readonly hasStatus?: boolean;
  /** Where the subresource `scale` finds what it shows; kinds without it cannot be scaled. */
  readonly scale?: ScaleRules<T>;
}

export interface ScaleRules<T> {
  /** What `status.selector` says. */
  readonly selector: (object: T) => string;
  readonly wanted: (object: T) => number;
  readonly current: (object: T) => number;
  readonly withReplicas: (object: T, replicas: number) => T;
}

/** Rules for each kind; they are kept by table. */
export type RulesByResource = { readonly [R in Resource]: KindRules<Kinds[R]> };
