import { sha256 } from '../../../images/sha256.ts';
import type { CopyPart, Plan, Vertex, VertexNumber } from '../plan/plan.ts';

/** A step of a plan that is to be done. */
export interface PlannedStep {
  readonly number: VertexNumber;
  readonly vertex: Vertex;
  /** What it is to do, in one number: steps that are to do the same on the same are one. */
  readonly digest: string;
}

/** What the target needs: images before the context, that before the rest, and what is needed before what needs it. */
export function neededSteps({ vertices, target }: Plan): readonly PlannedStep[] {
  const needed = new Map<VertexNumber, Vertex>();
  const visit = (number: VertexNumber): void => {
    const vertex = vertices[number];
    if (!vertex || needed.has(number)) return;
    for (const below of needsOf(vertex)) visit(below);
    needed.set(number, vertex);
  };
  visit(target);
  const ordered = [...needed].sort(
    ([one, its], [other, others]) => rankOf(its) - rankOf(others) || one - other,
  );
  const digests = new Map<VertexNumber, string>();
  return ordered.map(([number, vertex]) => {
    const { name: _, location: __, ...definition } = vertex;
    const parts = 'parts' in vertex ? vertex.parts.map(unnumbered) : [];
    const below = needsOf(vertex).map((each) => digests.get(each));
    const digest = `sha256:${sha256(JSON.stringify([{ ...definition, base: 0, parts }, below]))}`;
    digests.set(number, digest);
    return { number, vertex, digest };
  });
}

function rankOf({ kind }: Vertex): number {
  if (kind === 'image') return 0;
  return kind === 'context' ? 1 : 2;
}

function needsOf(vertex: Vertex): readonly VertexNumber[] {
  switch (vertex.kind) {
    case 'folder':
      return [vertex.base];
    case 'copy':
      return [vertex.base, ...vertex.parts.map(({ from }) => from)];
    case 'run':
      return [vertex.base, ...vertex.mounts.filter(({ type }) => type === 'bind').map(({ from }) => from)];
    default:
      return [];
  }
}

function unnumbered({ from: _, ...part }: CopyPart): Omit<CopyPart, 'from'> {
  return part;
}
