import { sha256 } from '../../../images/sha256.ts';
import type { CopyPart, Plan, Vertex, VertexNumber } from '../plan/plan.ts';

/** What the target needs: images before the context, that before the rest, and what is needed before what needs it. */
export function neededSteps({ vertices, target }: Plan): readonly VertexNumber[] {
  const needed = new Set<VertexNumber>();
  const visit = (number: VertexNumber): void => {
    const vertex = vertices[number];
    if (!vertex || needed.has(number)) return;
    for (const below of needsOf(vertex)) visit(below);
    needed.add(number);
  };
  visit(target);
  const rank = (number: VertexNumber) => ranks[vertices[number]?.kind ?? ''] ?? 2;
  return [...needed].sort((one, other) => rank(one) - rank(other) || one - other);
}

/** What each step is to do, in one number: steps that are to do the same on the same are one. */
export function stepDigests(
  { vertices }: Plan,
  order: readonly VertexNumber[],
): ReadonlyMap<VertexNumber, string> {
  const digests = new Map<VertexNumber, string>();
  for (const number of order) {
    const vertex = vertices[number];
    if (!vertex) continue;
    const { name: _, location: __, ...definition } = vertex;
    const parts = 'parts' in vertex ? vertex.parts.map(unnumbered) : [];
    const below = needsOf(vertex).map((each) => digests.get(each));
    const digest = sha256(JSON.stringify([{ ...definition, base: 0, parts }, below]));
    digests.set(number, `sha256:${digest}`);
  }
  return digests;
}

const ranks: Readonly<Record<string, number>> = { image: 0, context: 1 };

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
