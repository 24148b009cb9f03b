import type { CourseIndex } from '../../content/content.ts';
import type { Source } from '../../lesson/lesson.ts';
import type { Item } from '../../quiz/item.ts';
import { drawLine, drawMarks, drawParagraph, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { dateText } from './due-view.ts';
import { drawAnswer, drawOptions, drawQuestion } from './question-view.ts';
import { drawContrast, drawItemSources } from './quiz-view.ts';

/** What a list says of a question. */
export interface ListedItem {
  readonly item: Item;
  /** When it comes up for review; left out where it was never answered. */
  readonly state: { readonly due: Date; readonly isDue: boolean } | undefined;
}

/** The questions by lesson, each with its id and its first words. */
export function drawBank(items: readonly ListedItem[], course: CourseIndex, style: Style): string[] {
  const lines = course.lessons.flatMap((lesson) => {
    const own = items.filter(({ item }) => item.lesson === lesson.id);
    if (own.length === 0) return [];
    return [
      ...drawLine(style.strong(style.text(`${lesson.number}. ${lesson.title}`)), style),
      ...own.flatMap(({ item, state }) => [
        ...drawLine(`${style.typed(item.id)}  ${style.faint(`${item.kind}, ${stateText(state)}`)}`, style),
        ...indented(hang('', 0, firstWords(item, style), style.width - 2), 4),
      ]),
      '',
    ];
  });
  const count = `${items.length} ${items.length === 1 ? 'question' : 'questions'}.`;
  return [
    ...lines,
    ...drawLine(style.faint(`${count} See one with: k8s-docker-tutor quiz show <id>`), style),
  ];
}

function stateText(state: ListedItem['state']): string {
  if (!state) return 'new';
  return state.isDue ? 'due' : `again on ${dateText(state.due)}`;
}

const mostOfPrompt = 140;

function firstWords({ prompt }: Item, style: Style): string {
  const text = prompt.replace(/\s+/g, ' ').trim();
  const short =
    text.length <= mostOfPrompt ? text : `${text.slice(0, mostOfPrompt).replace(/\s+\S*$/, '')} …`;
  // A mark that was opened in what is shown may close in what is not.
  return (short.match(/`/g)?.length ?? 0) % 2 === 0 ? drawMarks(short, style) : style.text(short);
}

/** One question without its answer. */
export function drawUnsolved(item: Item, style: Style): string[] {
  return [
    ...drawLine(style.faint(`${item.id} (${item.kind}, difficulty ${item.difficulty})`), style),
    ...drawQuestion(item, style, 'quiz'),
    ...drawOptions(item, style),
  ];
}

/** One question with its answer, for those who want to read it. */
export function drawItem(item: Item, sources: readonly Source[], style: Style): string[] {
  return [
    ...drawUnsolved(item, style),
    '',
    ...drawAnswer(item, style),
    '',
    ...drawContrast(item, style),
    ...drawParagraph(`Lesson: \`k8s-docker-tutor learn ${item.lesson}\``, style),
    ...drawItemSources(sources, style),
  ];
}
