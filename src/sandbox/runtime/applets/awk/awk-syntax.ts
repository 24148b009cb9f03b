/** An expression of awk. */
export type AwkExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'field'; readonly index: AwkExpression }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'element'; readonly name: string; readonly keys: readonly AwkExpression[] }
  | {
      readonly kind: 'assign';
      readonly operator: string;
      readonly target: AwkExpression;
      readonly value: AwkExpression;
    }
  | { readonly kind: 'step'; readonly by: 1 | -1; readonly isBefore: boolean; readonly target: AwkExpression }
  | { readonly kind: 'unary'; readonly operator: string; readonly value: AwkExpression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: AwkExpression;
      readonly right: AwkExpression;
    }
  | {
      readonly kind: 'choice';
      readonly condition: AwkExpression;
      readonly yes: AwkExpression;
      readonly no: AwkExpression;
    }
  | { readonly kind: 'in'; readonly key: AwkExpression; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly AwkExpression[] }
  /** The next line of a file. */
  | { readonly kind: 'getline'; readonly target?: AwkExpression; readonly file: AwkExpression };

/** A statement of awk. */
export type AwkStatement =
  | { readonly kind: 'expression'; readonly value: AwkExpression }
  | {
      readonly kind: 'print';
      readonly args: readonly AwkExpression[];
      readonly isFormat: boolean;
      /** The file that it goes to. */
      readonly to?: AwkExpression;
      readonly appends?: boolean;
    }
  | {
      readonly kind: 'if';
      readonly condition: AwkExpression;
      readonly yes: AwkStatement;
      readonly no?: AwkStatement;
    }
  | {
      readonly kind: 'while';
      readonly condition: AwkExpression;
      readonly body: AwkStatement;
      readonly step?: AwkStatement;
      readonly first: boolean;
    }
  | { readonly kind: 'for-in'; readonly name: string; readonly array: string; readonly body: AwkStatement }
  | { readonly kind: 'block'; readonly statements: readonly AwkStatement[] }
  | { readonly kind: 'jump'; readonly word: 'next' | 'break' | 'continue' }
  | { readonly kind: 'exit'; readonly code?: AwkExpression }
  | { readonly kind: 'return'; readonly value?: AwkExpression }
  | { readonly kind: 'delete'; readonly name: string; readonly keys: readonly AwkExpression[] };

export interface AwkRule {
  readonly when: 'begin' | 'end' | 'line';
  readonly pattern?: AwkExpression;
  readonly until?: AwkExpression;
  readonly action?: AwkStatement;
}

/** A function that a program has of its own. */
export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: AwkStatement;
}

export interface AwkProgram {
  readonly rules: readonly AwkRule[];
  readonly functions: Readonly<Record<string, AwkFunction>>;
}

/** What a program of awk cannot be read or run for. */
export class AwkProblem extends Error {
  override readonly name = 'AwkProblem';
}
