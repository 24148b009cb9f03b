import { Interrupted } from '../../errors.ts';
import { recordAnswer } from '../../learner/progress.ts';
import { trapsOf } from '../../quiz/bank.ts';
import { type Belief, beliefs } from '../../quiz/beliefs.ts';
import type { GivenAnswer, Sureness } from '../../quiz/given-answer.ts';
import { type Grade, grade } from '../../quiz/grade.ts';
import type { Item } from '../../quiz/item.ts';
import { type PlanWish, plan } from '../../quiz/plan.ts';
import { beginSession, nextTurn, type QuizSession, takeTurn } from '../../quiz/session.ts';
import { hashOf } from '../../quiz/shuffle.ts';
import { bankAbout, type Topic } from '../../quiz/topic.ts';
import type { Conversation, KeyChoice } from '../../terminal/conversation/conversation.ts';
import { converse } from '../../terminal/conversation/converse.ts';
import { drawLine, drawParagraph } from '../../terminal/prose.ts';
import { type Style, styleFor } from '../../terminal/style.ts';
import { dueText } from '../../terminal/views/due-view.ts';
import { drawQuestion } from '../../terminal/views/question-view.ts';
import { drawTurnHead } from '../../terminal/views/quiz-view.ts';
import { oddities, type Review, reviewOf } from '../review.ts';
import type { Session } from '../session.ts';
import { type Answered, endExam, showEnd } from './quiz-end.ts';
import { discuss } from './quiz-feedback.ts';
import type { QuizOptions } from './quiz-options.ts';

/** What a session is about, and how long it is. */
export interface QuizWish {
  readonly topic: Topic | undefined;
  readonly count: number;
  readonly options: QuizOptions;
}

/**
 * Asks questions until there are no more or the learner leaves. Every answer is saved when it is given.
 *
 * @throws TutorError with exit code 1 for an exam that is not passed
 */
export async function runQuiz(session: Session, wish: QuizWish): Promise<void> {
  const progress = session.progress.read();
  const review = reviewOf(session, progress);
  const style = styleFor(session.screen);
  const seed = hashOf(wish.options.seed ?? String(session.io.now().getTime()));
  const visited = Object.keys(progress.lessons);
  const entries = plan(planWish(wish, review, visited, seed));
  for (const oddity of oddities(review.schedule)) session.print(['', ...drawParagraph(oddity, style)]);
  if (entries.length === 0) return session.print(['', ...drawNothing(wish, review, style)]);

  const quizzer = new Quizzer(session, style, await converse(session.io, style), wish.options, seed);
  try {
    const ended = await quizzer.ask(beginSession(entries));
    if (ended.turns.length === 0 && !wish.options.exam) {
      return session.print(['', ...drawLine('Nothing was answered.', style)]);
    }
    const now = session.progress.read();
    const traps = trapsOf(review.bank);
    const ids = [...new Set([...traps.values()].flat())];
    const standing = (answers: readonly GivenAnswer[]): Map<string, Belief> => beliefs(ids, answers, traps);
    const end = {
      turns: ended.turns,
      planned: entries.length,
      before: standing(progress.answers),
      after: standing(now.answers),
      review: reviewOf(session, now, review.bank),
    };
    if (wish.options.exam) endExam(session, quizzer.answered, end, style);
    else showEnd(session, end, style);
  } finally {
    // What could not be written when it happened gets one more chance.
    if (!session.progress.isSaved) session.progress.update((state) => state);
  }
}

function planWish(
  { topic, count, options }: QuizWish,
  { bank, schedule, until }: Review,
  visited: readonly string[],
  seed: number,
): PlanWish {
  const mode = options.exam
    ? 'exam'
    : options.due
      ? 'due'
      : options.new
        ? 'new'
        : topic
          ? 'practice'
          : 'review';
  return { bank: topic ? bankAbout(bank, topic) : bank, schedule, until, seed, count, mode, visited };
}

/** Why there is nothing to ask, and what there is instead. */
function drawNothing({ topic, options }: QuizWish, { next, today }: Review, style: Style): string[] {
  const about = topic ? ` about ${topic.id}` : '';
  if (options.new) return drawParagraph(`You have answered every question${about} already.`, style);
  return [
    ...drawParagraph(`${dueText(0, next, today)}`, style),
    ...drawParagraph(
      '`k8s-docker-tutor quiz --new` asks what you have not seen, `quiz <topic>` practises ahead of time.',
      style,
    ),
  ];
}

const sureness: readonly KeyChoice[] = [
  { value: '', keys: [], shown: 'Enter', means: 'does not say' },
  { value: '1', keys: ['1'], shown: '1', means: 'a guess' },
  { value: '2', keys: ['2'], shown: '2', means: 'fairly sure' },
  { value: '3', keys: ['3'], shown: '3', means: 'sure' },
];

class Quizzer {
  /** Every question that was answered, in the order of the answers. */
  readonly answered: Answered[] = [];
  readonly #session: Session;
  readonly #style: Style;
  readonly #talk: Conversation;
  readonly #options: QuizOptions;
  readonly #seed: number;
  readonly #typed: string[] = [];
  #titles: ReadonlyMap<string, string> | undefined;

  constructor(session: Session, style: Style, talk: Conversation, options: QuizOptions, seed: number) {
    this.#session = session;
    this.#style = style;
    this.#talk = talk;
    this.#options = options;
    this.#seed = seed;
  }

  /** @returns the session as it was left */
  async ask(begun: QuizSession): Promise<QuizSession> {
    let quiz = begun;
    const of = begun.ahead.length;
    for (let next = nextTurn(quiz); next; next = nextTurn(quiz)) {
      const item = this.#session.content.item(next.entry.id);
      if (!item) throw new Error(`the bank has no ${next.entry.id}`);
      const number = quiz.turns.filter((turn) => !turn.isAgain).length + (next.isAgain ? 0 : 1);
      const head = drawTurnHead(
        { number, of, isAgain: next.isAgain },
        this.#titleOf(item.lesson),
        this.#style,
      );
      this.#talk.say([
        '',
        ...head,
        '',
        ...drawQuestion(item, this.#style, 'quiz'),
        ...(item.listing ? [] : ['']),
      ]);
      const given = await this.#take(item);
      if (!given) return quiz;
      const graded = grade(item, given);
      const sure = await this.#record(item, given, graded);
      this.answered.push({ item, grade: graded });
      quiz = takeTurn(quiz, { grade: graded, given, ...(sure ? { sure } : {}) }, !this.#options.exam);
      if (this.#options.exam) continue;
      const goesOn = await discuss(this.#session, this.#talk, this.#style, {
        item,
        grade: graded,
        wasSure: sure === 3,
        isLast: !nextTurn(quiz),
      });
      if (!goesOn) return quiz;
    }
    return quiz;
  }

  /** @returns the answer, or undefined when they left or a script of answers has ended */
  async #take(item: Item): Promise<readonly string[] | undefined> {
    try {
      const asking = { canGoBack: false, seed: this.#seed, history: this.#typed };
      const given = await this.#talk.askItem(item, asking);
      if (given === 'leave' || given === 'back') return undefined;
      if (item.kind === 'command') this.#typed.push(...given);
      return given;
    } catch (error) {
      if (error instanceof Interrupted && !this.#session.screen.interactive) {
        this.#talk.say(['', 'The answers have ended.']);
        return undefined;
      }
      throw error;
    }
  }

  /** Saves the answer, asks how sure they were, and saves that too. @returns how sure, where they said so */
  async #record(item: Item, given: readonly string[], graded: Grade): Promise<Sureness | undefined> {
    const { io, progress, screen } = this.#session;
    const answer: GivenAnswer = {
      item: item.id,
      at: io.now().toISOString(),
      given,
      right: graded.right,
      revealed: graded.revealed,
      in: 'quiz',
    };
    progress.update((before) => recordAnswer(before, answer));
    // A script answers questions, one a line; an exam keeps to its pace.
    if (this.#options.confidence === false || this.#options.exam || !screen.interactive) return undefined;
    const key = await this.#talk.askKey(sureness, 'How sure are you?');
    if (key === '') return undefined;
    const sure = Number(key) as Sureness;
    progress.update((before) => recordAnswer(before, { ...answer, sure }));
    return sure;
  }

  #titleOf(lesson: string): string {
    this.#titles ??= new Map(this.#session.content.course().lessons.map(({ id, title }) => [id, title]));
    return this.#titles.get(lesson) ?? lesson;
  }
}
