import type { Grade } from '../quiz/grade.ts';
import type { Item, ItemKind, Option } from '../quiz/item.ts';
import { presented } from '../quiz/presentation.ts';
import { drawListing } from './blocks.ts';
import { drawLine, drawMarks, drawParagraph, hang, indented } from './prose.ts';
import type { Style } from './style.ts';

const labels: Record<ItemKind, string> = {
  predict: 'Predict',
  one: 'Check',
  several: 'Check: one or more are right',
  'true-false': 'Check: true or false, and why',
  order: 'Check: put in order',
};

/** A question without its options, which a prompt draws, and which `drawOptions` lists. */
export function drawQuestion(item: Item, style: Style): string[] {
  const listing = item.listing ? ['', ...drawListing(item.listing.text, style), ''] : [];
  return [
    ...drawLine(style.notable(style.strong(labels[item.kind])), style),
    ...item.prompt
      .trim()
      .split(/\n\s*\n/)
      .flatMap((part) => drawParagraph(part.replace(/\s*\n\s*/g, ' '), style)),
    ...listing,
  ];
}

/** What an option says, its verdict before its reason. */
export function optionText(option: Option, style: Style): string {
  const verdict = option.says === undefined ? '' : `${option.says ? 'True' : 'False'}, `;
  const text = verdict
    ? option.text.replace(/^./, (first) => (/^[A-Z][a-z]/.test(option.text) ? first.toLowerCase() : first))
    : option.text;
  return verdict + drawMarks(text, style);
}

/** The options with their numbers, as they are chosen by. */
export function drawOptions(item: Item, style: Style): string[] {
  return presented(item).flatMap((option, index) =>
    indented(hang(`${index + 1}  `, 3, optionText(option, style), style.width - 2), 4),
  );
}

/** The verdict on an answer: what was chosen and why one would, what is right and why. */
export function drawFeedback(item: Item, grade: Grade, style: Style): string[] {
  const { right, chosen, solution } = grade;
  const missed = solution.filter((option) => !chosen.includes(option));
  const verdict = right
    ? style.good(`${style.sign.right} ${item.kind === 'predict' ? 'As you predicted.' : 'Right.'}`)
    : style.bad(`${style.sign.wrong} ${item.kind === 'predict' ? 'Not what happens.' : 'Not quite.'}`);
  const lines = [...drawLine(verdict, style), ''];

  if (item.kind === 'order') {
    if (!right) lines.push(...drawLine('The order is:', style));
    solution.forEach((option, place) => {
      lines.push(...drawExplained(`${place + 1}. `, option, style), '');
    });
  } else {
    for (const option of chosen) lines.push(...drawExplained(`${signOf(option, style)} `, option, style), '');
    for (const option of missed)
      lines.push(...drawExplained(`${style.good(style.sign.right)} `, option, style), '');
  }
  return [...lines, ...drawParagraph(item.explanation, style)];
}

/** The options that were neither chosen nor right, each with what leads there. */
export function drawOthers(item: Item, grade: Grade, style: Style): string[] {
  return othersOf(item, grade).flatMap((option, index) => [
    ...(index > 0 ? [''] : []),
    ...drawExplained(`${style.faint('-')} `, option, style),
  ]);
}

/** Whether `drawOthers` has anything to say. */
export function hasOthers(item: Item, grade: Grade): boolean {
  return othersOf(item, grade).length > 0;
}

/** The whole answer for those who read: every option with its explanation, the right ones marked. */
export function drawAnswer(item: Item, style: Style): string[] {
  if (item.kind === 'order') {
    return [
      ...item.options.flatMap((option, place) => drawExplained(`${place + 1}. `, option, style)),
      ...drawParagraph(item.explanation, style),
    ];
  }
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

function othersOf(item: Item, grade: Grade): Option[] {
  if (item.kind === 'order') return [];
  return item.options.filter((option) => !grade.chosen.includes(option) && !grade.solution.includes(option));
}

function signOf(option: Option, style: Style): string {
  return option.correct ? style.good(style.sign.right) : style.bad(style.sign.wrong);
}

function drawExplained(label: string, option: Option, style: Style): string[] {
  const width = label.replace(/\x1b\[[0-9;]*m/g, '').length;
  return [
    ...indented(hang(label, width, style.strong(optionText(option, style)), style.width)),
    ...indented(hang('', 0, drawMarks(option.explanation, style), style.width - width), 2 + width),
  ];
}
