/** A value, and how it is come by. */
export type Expression =
  | { readonly kind: 'value'; readonly value: string | null; readonly type: ValueType; readonly at: number }
  | { readonly kind: 'column'; readonly name: string; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly at: number }
  | { readonly kind: 'count' }
  | {
      readonly kind: 'infix';
      readonly sign: '+' | '-' | '*' | '/';
      readonly at: number;
      readonly sides: readonly [Expression, Expression];
    };

/** `unknown` is what stands between quotes: it becomes what the other side is. */
export type ValueType = 'integer' | 'numeric' | 'boolean' | 'text' | 'unknown';

export type Condition =
  | { readonly kind: 'comparison'; readonly sign: string; readonly sides: readonly [Expression, Expression] }
  | { readonly kind: 'is-null'; readonly of: Expression; readonly isNot: boolean }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] };

export interface ColumnOrder {
  readonly column: { readonly name: string; readonly at: number };
  readonly isDown: boolean;
}

/** A name as it stands in the text. */
export interface Named {
  readonly name: string;
  readonly at: number;
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: string;
  readonly fallback: Expression | undefined;
  /** Digits behind the point. */
  readonly scale: number | undefined;
}

export type Statement =
  | {
      readonly kind: 'select';
      readonly items: readonly {
        readonly value: Expression | '*';
        readonly at: number;
        readonly alias: string | undefined;
      }[];
      readonly table: Named | undefined;
      readonly where: Condition | undefined;
      readonly order: readonly ColumnOrder[];
      readonly limit: number | undefined;
    }
  | {
      readonly kind: 'insert';
      readonly table: Named;
      readonly columns: readonly Named[] | undefined;
      readonly rows: readonly (readonly Expression[])[];
    }
  | {
      readonly kind: 'update';
      readonly table: Named;
      readonly changes: readonly { readonly column: Named; readonly value: Expression }[];
      readonly where: Condition | undefined;
    }
  | { readonly kind: 'delete'; readonly table: Named; readonly where: Condition | undefined }
  | {
      readonly kind: 'create';
      readonly table: Named;
      readonly isCareful: boolean;
      readonly columns: readonly ColumnDefinition[];
    }
  | { readonly kind: 'drop'; readonly table: Named; readonly isCareful: boolean }
  | { readonly kind: 'truncate'; readonly table: Named }
  | { readonly kind: 'database'; readonly name: string }
  | { readonly kind: 'nothing'; readonly tag: string };
