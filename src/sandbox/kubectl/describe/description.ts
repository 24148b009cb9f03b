import { elasticTabs } from '../../go/elastic-tabs.ts';
import { byKey } from '../../go/go-order.ts';
import { visible } from '../printing/visible.ts';

type Value = string | number | boolean | undefined;

/** Longer annotations are shortened. */
const longest = 140;

/**
 * What `kubectl describe` says of an object, in the making: lines with tabs, which become columns in the end
 * (k8s.io/kubectl/pkg/describe).
 */
export class Description {
  #text = '';

  /** Adds a text, each level two blanks in. */
  write(text: string, level = 0): this {
    this.#text += '  '.repeat(level) + text;
    return this;
  }

  /** A name and its value; what is not there is empty. */
  field(name: string, value: Value, level = 0): this {
    return this.row(level, `${name}:`, value);
  }

  /** A field that is only shown when it is there. */
  optional(name: string, value: Value, level = 0): this {
    return value === undefined || value === '' ? this : this.field(name, value, level);
  }

  /** A line of cells. */
  row(level: number, ...cells: readonly Value[]): this {
    return this.write(`${cells.map((cell) => cell ?? '').join('\t')}\n`, level);
  }

  /** A title alone on its line. */
  title(name: string, level = 0): this {
    return this.write(`${name}:\n`, level);
  }

  /** Headings of a table, each with hyphens below it. */
  head(level: number, ...names: readonly string[]): this {
    return this.row(level, ...names).row(level, ...names.map((name) => '-'.repeat(name.length)));
  }

  /** A title and lines that belong to it, the first beside it; `<none>` where there are none. */
  lines(title: string, lines: readonly string[], indent = ''): this {
    const [first = '<none>', ...others] = lines;
    this.write(`${indent}${title}:\t${first}\n`);
    for (const line of others) this.write(`${indent}\t${line}\n`);
    return this;
  }

  /** Labels, one a line, in the order of their keys. */
  labels(title: string, labels: Readonly<Record<string, string>> | undefined, indent = ''): this {
    return this.lines(
      title,
      sortedEntries(labels).map(([key, value]) => `${key}=${value}`),
      indent,
    );
  }

  /** Annotations, without the one that `kubectl apply` keeps its last manifest in. */
  annotations(title: string, annotations: Readonly<Record<string, string>> | undefined): this {
    const shown = sortedEntries(annotations).filter(
      ([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration',
    );
    return this.lines(
      title,
      shown.flatMap(([key, text]) => {
        const value = text.replace(/\n$/, '');
        if (value.length + key.length + 2 <= longest && !value.includes('\n')) return [`${key}: ${value}`];
        return [`${key}:`, ...value.split('\n').map((line) => `  ${shortened(line)}`)];
      }),
    );
  }

  /** Everything, its tabs as they are: the history of a rollout shows it so. */
  get raw(): string {
    return visible(this.#text);
  }

  /** Everything, its tabs made columns. */
  toString(): string {
    return elasticTabs(visible(this.#text));
  }
}

/** The entries of a map in the order of their keys. */
export function sortedEntries<T>(map: Readonly<Record<string, T>> = {}): [string, T][] {
  return Object.entries(map).sort(byKey);
}

function shortened(line: string): string {
  return line.length > longest - 2 ? `${line.slice(0, longest - 2)}...` : line;
}
