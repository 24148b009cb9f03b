import { type Item, type ItemKind, lineOfOption, type Option } from '../../quiz/item.ts';
import { presented, presentedPartners } from '../../quiz/presentation.ts';
import { between, markOf } from '../marks.ts';
import { drawLine, drawMarks, drawParagraph, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { cut, drawListing } from './blocks.ts';

/** What is to be done; in a lesson `Check` stands before most of them. */
const labels: Record<ItemKind, string> = {
  predict: 'Predict',
  one: 'Choose one',
  several: 'One or more are right',
  'true-false': 'True or false, and why',
  order: 'Put in order',
  match: 'Match the pairs',
  command: 'Type the command',
  mistake: 'Find the mistake',
};
const labelsOfChecks: Partial<Record<ItemKind, string>> = {
  one: 'Check',
  several: 'Check: one or more are right',
  'true-false': 'Check: true or false, and why',
  order: 'Check: put in order',
};

/**
 * A question without its options, which a prompt draws, and which `drawOptions` lists.
 *
 * @param place where it is asked
 */
export function drawQuestion(item: Item, style: Style, place: 'lesson' | 'quiz' = 'lesson'): string[] {
  const label = (place === 'lesson' ? labelsOfChecks[item.kind] : undefined) ?? labels[item.kind];
  // In a `mistake` the lines of the listing are what one chooses from.
  const lines = item.listing && item.kind !== 'mistake' ? ['', ...drawListing(item.listing.text, style)] : [];
  const listing = item.listing ? [...lines, ''] : [];
  return [...drawLine(style.notable(style.strong(label)), style), ...drawPrompt(item, style), ...listing];
}

/** What is asked, in paragraphs. */
export function drawPrompt(item: Item, style: Style): string[] {
  return item.prompt
    .trim()
    .split(/\n\s*\n/)
    .flatMap((part) => drawParagraph(part.replace(/\s*\n\s*/g, ' '), style));
}

/** Whether an option is what is typed or printed, and not prose. */
function isVerbatim(item: Item, { text }: Option): boolean {
  return item.kind === 'command' || text.includes('\n');
}

/** What an option says, its verdict before its reason, in lines of a width. */
export function optionLines(item: Item, option: Option, style: Style, width: number): string[] {
  if (isVerbatim(item, option)) {
    return option.text.split('\n').flatMap((line) => cut(style.drawing(line), width));
  }
  return hang('', 0, optionText(option, style), width);
}

function optionText(option: Option, style: Style): string {
  const verdict = option.says === undefined ? '' : `${option.says ? 'True' : 'False'}, `;
  const text = verdict
    ? option.text.replace(/^./, (first) => (/^[A-Z][a-z]/.test(option.text) ? first.toLowerCase() : first))
    : option.text;
  return verdict + drawMarks(text, style);
}

/** The options with their numbers, as they are chosen by; of a `command` there are none to show. */
export function drawOptions(item: Item, style: Style): string[] {
  switch (item.kind) {
    case 'command':
      return [];
    case 'match':
      return [
        ...numbered(
          item,
          item.options.map((option) => [option.id, option] as const),
          style,
        ),
        '',
        ...drawPartners(item, style),
      ];
    case 'mistake':
      return drawNumberedListing(item, style);
    default:
      return numbered(
        item,
        presented(item).map((option, index) => [String(index + 1), option] as const),
        style,
      );
  }
}

function numbered(item: Item, options: readonly (readonly [string, Option])[], style: Style): string[] {
  return options.flatMap(([label, option]) =>
    indented(labelled(`${label}  `, optionLines(item, option, style, style.width - 5)), 4),
  );
}

function drawPartners(item: Item, style: Style): string[] {
  return presentedPartners(item).flatMap(({ match = '' }, index) =>
    indented(hang(`${index + 1}  `, 3, drawMarks(match, style), style.width - 2), 4),
  );
}

/** The listing of a `mistake` with the numbers its lines are chosen by. */
function drawNumberedListing(item: Item, style: Style): string[] {
  const lines = item.listing?.text.split('\n') ?? [];
  const width = String(lines.length).length;
  return lines.flatMap((line, index) =>
    indented(
      labelled(`${String(index + 1).padStart(width)}  `, cut(style.drawing(line), style.width - width - 4)),
      4,
    ),
  );
}

/** Lines with a label before the first, the others below its text. */
export function labelled(label: string, lines: readonly string[], labelWidth = label.length): string[] {
  return lines.map((line, index) => (index === 0 ? label : ' '.repeat(labelWidth)) + line);
}

/** The whole answer for those who read: every option with its explanation, the right ones marked. */
export function drawAnswer(item: Item, style: Style): string[] {
  switch (item.kind) {
    case 'order':
    case 'match':
      return [
        ...item.options.flatMap((option, place) =>
          drawExplained(item.kind === 'order' ? `${place + 1}. ` : `${option.id}  `, item, option, style),
        ),
        ...drawParagraph(item.explanation, style),
      ];
    case 'command':
    case 'mistake':
      return [
        ...item.options.flatMap((option) =>
          drawExplained(markOf(option.correct, style), item, option, style),
        ),
        ...drawParagraph(item.explanation, style),
      ];
    default:
      return drawNumberedAnswer(item, style);
  }
}

function drawNumberedAnswer(item: Item, style: Style): string[] {
  const numbers = new Map(presented(item).map((option, index) => [option, index + 1]));
  const right = item.options.filter((option) => option.correct).map((option) => numbers.get(option));
  const lines = item.options.flatMap((option) => {
    const explanation = drawMarks(option.explanation, style);
    if (style.screen.plain)
      return indented(
        hang(`${numbers.get(option)}  `, 3, `${option.correct ? '(right) ' : ''}${explanation}`, style.width),
      );
    const label = `${option.correct ? style.sign.right : ' '} ${numbers.get(option)}  `;
    return indented(hang(label, label.length, explanation, style.width));
  });
  return [
    ...drawLine(style.strong(`Answer: ${right.join(', ')}`), style),
    ...drawParagraph(item.explanation, style),
    ...lines,
  ];
}

/**
 * An option behind a label, with its explanation below.
 *
 * @param explanation where it is another than the option's own
 */
export function drawExplained(
  label: string,
  item: Item,
  option: Option,
  style: Style,
  explanation = option.explanation,
): string[] {
  const width = label.replace(/\x1b\[[0-9;]*m/g, '').length;
  const place = lineOfOption(item, option);
  const prompt = item.kind === 'command' ? '$ ' : '';
  const text = optionLines(item, option, style, style.width - width - prompt.length);
  const lines = labelled(prompt, text).map((line) => (place === undefined ? style.strong(line) : line));
  const partner = item.kind === 'match' ? drawPartner(option, style, width) : [];
  const own = place === undefined ? [] : lineLines(item, place, style, width);
  return [
    ...indented(own.length > 0 ? labelled(label, own, width) : labelled(label, lines, width)),
    ...(own.length > 0 ? indented(lines, 2 + width) : partner),
    ...indented(hang('', 0, drawMarks(explanation, style), style.width - width), 2 + width),
  ];
}

/** A line of the listing of a `mistake`, with its number, in pieces that fit behind a label. */
export function lineLines(item: Item, place: number, style: Style, labelWidth: number): string[] {
  const text = item.listing?.text.split('\n')[place - 1]?.trim() ?? '';
  const label = `line ${place}  `;
  const pieces = cut(style.drawing(text), style.width - labelWidth - label.length);
  return labelled(label, pieces).map((line) => style.typed(line));
}

function drawPartner({ match = '' }: Option, style: Style, width: number): string[] {
  const way = `${between(style)} `;
  return indented(
    hang(way, way.length, style.strong(drawMarks(match, style)), style.width - width),
    2 + width,
  );
}
