import type { ApiObject } from '../../cluster/object.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { visible } from './visible.ts';

/** A list as the server draws it (k8s.io/apimachinery/pkg/apis/meta/v1, `Table`). */
export interface ServerTable {
  readonly kind: 'Table';
  readonly columnDefinitions: readonly TableColumn[] | null;
  /** The server writes null for none. */
  readonly rows: readonly TableRow[] | null;
  readonly metadata?: { readonly resourceVersion?: string };
}

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  /** Other than 0 for what only `-o wide` shows. */
  readonly priority: number;
}

export interface TableRow {
  readonly cells: readonly unknown[];
  /** The object, or as much of it as was asked for. */
  readonly object?: Partial<ApiObject>;
}

/** How a table is printed. */
export interface TableOptions {
  readonly wide: boolean;
  readonly noHeaders: boolean;
  readonly withNamespace: boolean;
  /** Set before each name, such as `deployment.apps`. */
  readonly kind?: string;
  readonly labelColumns: readonly string[];
  readonly showLabels: boolean;
}

/** Prints the tables of one kind one after another: the headings once, the columns below one another. */
export class TablePrinter {
  readonly #options: TableOptions;
  readonly #writer = new TabWriter();
  #columns: readonly TableColumn[] = [];
  #hasHeaders = false;

  constructor(options: TableOptions) {
    this.#options = options;
  }

  /** @param event set before each row, such as `ADDED` */
  text(tables: readonly ServerTable[], event?: string): string {
    return this.#writer.text(tables.flatMap((table) => this.#lines(table, event)));
  }

  #lines(table: ServerTable, event: string | undefined): string[][] {
    // Only the first table of a watch says which columns there are.
    const columns = table.columnDefinitions?.length ? table.columnDefinitions : this.#columns;
    if (JSON.stringify(columns) !== JSON.stringify(this.#columns)) this.#hasHeaders = false;
    this.#columns = columns;
    if (!table.rows?.length) return [];
    const head = this.#hasHeaders || this.#options.noHeaders ? [] : [this.#head(columns, event)];
    this.#hasHeaders = true;
    return [...head, ...table.rows.map((row) => this.#cells(columns, row, event))];
  }

  #head(columns: readonly TableColumn[], event: string | undefined): string[] {
    const { withNamespace, labelColumns, showLabels } = this.#options;
    return [
      ...(event === undefined ? [] : ['EVENT']),
      ...(withNamespace ? ['NAMESPACE'] : []),
      ...columns.filter((column) => this.#isShown(column)).map(({ name }) => name.toUpperCase()),
      ...labelColumns.map((label) => label.replace(/^.*\//, '').toUpperCase()),
      ...(showLabels ? ['LABELS'] : []),
    ];
  }

  #cells(columns: readonly TableColumn[], { cells, object }: TableRow, event: string | undefined): string[] {
    const { withNamespace, kind, labelColumns, showLabels } = this.#options;
    const labels = object?.metadata?.labels ?? {};
    const nameColumn = columns.findIndex(({ format, type }) => format === 'name' && type === 'string');
    return [
      ...(event === undefined ? [] : [event.padEnd(8)]),
      ...(withNamespace ? [object?.metadata?.namespace ?? ''] : []),
      ...columns.flatMap((column, index) => {
        if (!this.#isShown(column)) return [];
        const text = cellText(cells[index]);
        return [index === nameColumn && kind !== undefined ? `${kind}/${text}` : text];
      }),
      ...labelColumns.map((label) => labels[label] ?? ''),
      ...(showLabels ? [labelText(labels)] : []),
    ];
  }

  #isShown({ priority }: TableColumn): boolean {
    return this.#options.wide || priority === 0;
  }
}

/** Labels as a column shows them: sorted, with commas between. */
function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return pairs.length === 0 ? '<none>' : pairs.map(([name, value]) => `${name}=${value}`).join(',');
}

/** Only the first line of a text is shown; what could move the cursor is not. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  const text = String(cell);
  const end = text.search(/[\f\n\r]/);
  return visible(end < 0 ? text : `${text.slice(0, end)}...`);
}
