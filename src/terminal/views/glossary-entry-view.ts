import type { GlossaryCounterpart, GlossaryEntry } from '../../content/content.ts';
import { drawMarks, drawParagraph, drawUnbroken, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { wrap } from '../wrap.ts';
import { drawDiagram } from './diagram.ts';
import { drawLikeness } from './likeness.ts';

const sides: Record<GlossaryEntry['side'], string> = {
  kubernetes: 'a term of Kubernetes',
  docker: 'a term of Docker',
  both: 'a term of both',
};

/**
 * One term: what it is, its counterpart on the other side, where to learn more.
 *
 * @param termOf gives the name of a related entry by its id
 */
export function drawEntry(entry: GlossaryEntry, termOf: (id: string) => string, style: Style): string[] {
  const aliases = entry.aliases.length > 0 ? `, also ${entry.aliases.join(', ')}` : '';
  return [
    ...indented(
      wrap(
        `${style.title(style.text(entry.term))} ${style.faint(style.text(`(${sides[entry.side]}${aliases})`))}`,
        style.width,
      ),
    ),
    '',
    ...drawParagraph(entry.means, style),
    ...(entry.diagram ? ['', ...drawDiagram(entry.diagram, style)] : []),
    ...(entry.docker ? ['', ...drawCounterpart('In Docker', entry.docker, style)] : []),
    ...(entry.kubernetes ? ['', ...drawCounterpart('In Kubernetes', entry.kubernetes, style)] : []),
    '',
    ...pair('Lesson', `k8s-docker-tutor learn ${entry.lesson}`, style),
    ...(entry.see.length > 0 ? pair('See also', entry.see.map(termOf).join(', '), style) : []),
    ...entry.sources.flatMap((source) => [
      ...pair('Source', `${source.title} (${source.versions})`, style),
      ...drawUnbroken(style.faint(source.url), labelWidth),
    ]),
  ];
}

function drawCounterpart(
  side: string,
  { counterpart, grade, note }: GlossaryCounterpart,
  style: Style,
): string[] {
  const name = counterpart === 'none' ? 'no counterpart' : drawMarks(counterpart, style);
  const likeness =
    counterpart === 'none' ? '' : `${style.screen.plain ? ', ' : '  '}${drawLikeness(grade, style)}`;
  return [
    ...indented(wrap(`${style.strong(`${side}:`)} ${name}${likeness}`, style.width)),
    ...drawParagraph(note, style),
  ];
}

/** Columns of the labels at the end of an entry. */
const labelWidth = 10;

function pair(label: string, text: string, style: Style): string[] {
  return indented(
    hang(style.faint(`${label}:`.padEnd(labelWidth)), labelWidth, style.text(text), style.width),
  );
}
