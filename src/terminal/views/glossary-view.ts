import type { IndexedTerm } from '../../content/content.ts';
import { nothing } from '../marks.ts';
import { drawLine, drawMarks, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawTable } from '../table.ts';
import { drawLikeness } from './likeness.ts';

/** All terms, those of Kubernetes first, each with its counterpart and how alike the two are. */
export function drawGlossary(entries: readonly IndexedTerm[], style: Style): string[] {
  const kubernetes = entries.filter((entry) => entry.side === 'kubernetes');
  const docker = entries.filter((entry) => entry.side === 'docker');
  const both = entries.filter((entry) => entry.side === 'both');
  return [
    ...drawLine(style.title('Kubernetes terms, and what they are in Docker'), style),
    ...drawTerms('Kubernetes', 'Docker', kubernetes, style),
    '',
    ...drawLine(style.title('Docker terms, and what they are in Kubernetes'), style),
    ...drawTerms('Docker', 'Kubernetes', docker, style),
    ...(both.length > 0 ? ['', ...drawLine(style.title('Terms of both'), style)] : []),
    ...both.flatMap(({ term, id }) =>
      indented(hang('', 0, `${style.text(term)} ${style.faint(`(${id})`)}`, style.width)),
    ),
    '',
    ...drawLine(style.faint(`${entries.length} terms. One of them: k8s-docker-tutor glossary <term>`), style),
  ];
}

function drawTerms(here: string, there: string, entries: readonly IndexedTerm[], style: Style): string[] {
  const rows = entries.map(({ term, other }) => [
    style.text(term),
    !other || other.counterpart === 'none' ? nothing(style) : drawMarks(other.counterpart, style),
    other ? drawLikeness(other.grade, style) : '',
  ]);
  return drawTable([here, there, 'How alike'], rows, [0.32, 0.46, 0.22], style);
}
