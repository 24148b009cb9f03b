import { TutorError } from '../../errors.ts';
import { recordAnswer } from '../../learner/progress.ts';
import { nearest } from '../../nearest.ts';
import { readAnswer } from '../../quiz/answer-words.ts';
import { entriesOf } from '../../quiz/bank.ts';
import type { GivenAnswer, Sureness } from '../../quiz/given-answer.ts';
import { type Grade, grade, UnreadableAnswer } from '../../quiz/grade.ts';
import type { Item } from '../../quiz/item.ts';
import { bankAbout, type Topic } from '../../quiz/topic.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawBank, drawItem, drawUnsolved, type ListedItem } from '../../terminal/views/bank-view.ts';
import { drawFeedback } from '../../terminal/views/feedback-view.ts';
import { drawContrast, drawItemSources } from '../../terminal/views/quiz-view.ts';
import { pagesOf } from '../map/translation-json.ts';
import { reviewOf } from '../review.ts';
import type { Session } from '../session.ts';
import { counterpartOf } from './counterpart.ts';
import { gradeJson, itemJson, shownJson } from './item-json.ts';
import type { ItemOptions, QuizOptions } from './quiz-options.ts';

/** Prints the bank, or what of it is about a topic. */
export function listItems(session: Session, topic: Topic | undefined, options: QuizOptions): void {
  const review = reviewOf(session, session.progress.read());
  const { memories } = review.schedule;
  const isDue = (id: string): boolean => (memories.get(id)?.due ?? Number.POSITIVE_INFINITY) < review.until;
  const ids = new Set(
    entriesOf(topic ? bankAbout(review.bank, topic) : review.bank)
      .filter(({ id }) => (!options.new || !memories.has(id)) && (!options.due || isDue(id)))
      .map(({ id }) => id),
  );
  const course = session.content.course();
  const items = course.lessons
    .flatMap(({ id }) => session.content.items(id))
    .filter((item) => ids.has(item.id));
  if (options.json) return session.printJson({ version: 1, items: items.map(itemJson) });
  const listed = items.map((item): ListedItem => {
    const memory = memories.get(item.id);
    return { item, state: memory ? { due: new Date(memory.due), isDue: isDue(item.id) } : undefined };
  });
  session.print(drawBank(listed, course, styleFor(session.screen)));
}

/** Prints one question. @throws TutorError when there is none of that id */
export function showItem(session: Session, id: string, options: ItemOptions): void {
  const item = itemOrThrow(session, id);
  if (options.json) return session.printJson({ version: 1, item: shownJson(item) });
  const style = styleFor(session.screen);
  session.print(
    options.solution
      ? drawItem(item, pagesOf(item.sources, session.content.pages()), style)
      : drawUnsolved(item, style),
  );
}

/**
 * Grades an answer, explains it and records it.
 *
 * @throws TutorError when there is no such question, and when the words are no answer to it
 */
export async function answerItem(
  session: Session,
  id: string,
  words: readonly string[],
  options: ItemOptions,
): Promise<void> {
  const item = itemOrThrow(session, id);
  const sure = readSure(options.sure);
  const { given, graded } = gradeOrThrow(item, words);
  const answer: GivenAnswer = {
    item: item.id,
    at: session.io.now().toISOString(),
    given,
    right: graded.right,
    revealed: graded.revealed,
    ...(sure === undefined ? {} : { sure }),
    in: 'quiz',
  };
  const progress = session.progress.update((before) => recordAnswer(before, answer));
  const counterpart = await counterpartOf(session.content, graded);
  const pages = pagesOf(item.sources, session.content.pages());
  if (options.json) {
    const next = reviewOf(session, progress).schedule.memories.get(item.id);
    return session.printJson({
      version: 1,
      ...gradeJson(item, graded, given),
      ...(counterpart ? { counterpart } : {}),
      sources: pages,
      recorded: session.progress.isSaved,
      due: next ? new Date(next.due).toISOString() : null,
    });
  }
  const style = styleFor(session.screen);
  session.print([
    ...drawFeedback(item, graded, style, counterpart),
    '',
    ...drawContrast(item, style),
    ...drawItemSources(pages, style),
  ]);
}

function gradeOrThrow(item: Item, words: readonly string[]): { given: string[]; graded: Grade } {
  try {
    const given = readAnswer(item, words);
    return { given, graded: grade(item, given) };
  } catch (error) {
    if (!(error instanceof UnreadableAnswer)) throw error;
    throw new TutorError(
      `"${words.join(' ')}" is no answer to ${item.id}: ${error.message}`,
      `${howTo[item.kind]} See it: k8s-docker-tutor quiz show ${item.id}`,
    );
  }
}

const byNumber = 'Give the number or the letter of one option, such as 2.';
const howTo: Readonly<Record<Item['kind'], string>> = {
  one: byNumber,
  'true-false': byNumber,
  predict: byNumber,
  several: 'Give all that are right, such as a,c.',
  order: 'Give all of them in their order, such as c,a,b.',
  match: 'Give each left side its partner, such as a=2,b=1,c=3.',
  mistake: 'Give the number of a line, such as 7.',
  command: 'Give a command line.',
};

/** @throws TutorError for what is no degree of sureness */
function readSure(text: string | undefined): Sureness | undefined {
  if (text === undefined) return undefined;
  if (text === '1' || text === '2' || text === '3') return Number(text) as Sureness;
  throw new TutorError(`--sure ${text} is none`, 'Give 1 for a guess, 2 for fairly sure, 3 for sure.');
}

/** @throws TutorError that names what comes near */
function itemOrThrow(session: Session, id: string): Item {
  const item = session.content.item(id);
  if (item) return item;
  const near = nearest(
    id,
    entriesOf(session.content.bank()).map((entry) => entry.id),
  );
  throw new TutorError(
    `there is no question "${id}"`,
    near.length > 0
      ? `Did you mean ${near.join(' or ')}? k8s-docker-tutor quiz --list shows them all.`
      : 'k8s-docker-tutor quiz --list shows them all.',
  );
}
