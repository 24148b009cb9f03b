import type { IgnoreRules } from '../context/ignore-rules.ts';
import type { Linter } from '../dockerfile/lint-rules.ts';
import type { BuildOptions } from './build-options.ts';
import type { StageEnvironment } from './environment.ts';
import type { Vertex, VertexNumber, VertexWork } from './plan.ts';

/** What the stages are planned into: steps, and what goes for all of them. */
export class PlanBuilder {
  readonly vertices: Vertex[] = [];
  readonly options: BuildOptions;
  readonly linter: Linter;
  readonly globals: StageEnvironment;
  readonly ignored: IgnoreRules;
  /** The escape character of the Dockerfile. */
  readonly mark: string;
  /** What of the context is used, by path from its root. */
  readonly contextPaths = new Set<string>();
  readonly context: VertexNumber;

  constructor(
    options: BuildOptions,
    linter: Linter,
    { globals, ignored, mark }: { globals: StageEnvironment; ignored: IgnoreRules; mark: string },
  ) {
    this.options = options;
    this.linter = linter;
    this.globals = globals;
    this.ignored = ignored;
    this.mark = mark;
    this.context = this.add({ name: '[internal] load build context', kind: 'context' });
  }

  add(vertex: Vertex): VertexNumber {
    this.vertices.push(vertex);
    return this.vertices.length - 1;
  }

  /** The steps, now that it is known what of the context they use. */
  finish(): readonly Vertex[] {
    const paths = [...this.contextPaths].map((path) => path.replace(/^\/+/, '')).sort();
    const isWhole = paths.length === 0 || paths.includes('');
    const work: VertexWork = { kind: 'context', ...(isWhole ? {} : { paths }) };
    return this.vertices.map((vertex, place) =>
      place === this.context ? { name: vertex.name, ...work } : vertex,
    );
  }

  /** Whether a stage is built anew although its results are known. */
  isAnew(stageName: string): boolean {
    const { noCache } = this.options;
    if (!noCache) return false;
    return noCache.length === 0 || noCache.some((name) => name.toLowerCase() === stageName);
  }
}
