import type { Grade } from '../../quiz/grade.ts';
import type { Item } from '../../quiz/item.ts';
import type { Conversation, KeyChoice } from '../../terminal/conversation/conversation.ts';
import { drawLine } from '../../terminal/prose.ts';
import type { Style } from '../../terminal/style.ts';
import { drawFeedback, drawOthers, hasOthers } from '../../terminal/views/feedback-view.ts';
import { drawRefutation } from '../../terminal/views/lesson-end-view.ts';
import { drawContrast, drawItemSources } from '../../terminal/views/quiz-view.ts';
import { pagesOf } from '../map/translation-json.ts';
import type { Session } from '../session.ts';
import { counterpartOf } from './counterpart.ts';

/** An answer that is to be talked about. */
export interface Discussed {
  readonly item: Item;
  readonly grade: Grade;
  readonly wasSure: boolean;
  /** Whether no question follows. */
  readonly isLast: boolean;
}

const leave: KeyChoice = { value: 'leave', keys: ['q'], shown: 'q', means: 'leaves' };
const others: KeyChoice = { value: 'others', keys: ['w'], shown: 'w', means: 'why not the others' };
const open: KeyChoice = { value: 'open', keys: ['o'], shown: 'o', means: 'opens the lesson' };
const sources: KeyChoice = { value: 'sources', keys: ['s'], shown: 's', means: 'sources' };

/**
 * Says what an answer was worth, and lets the learner look further: at the other options, the sources, the
 * lesson.
 *
 * @returns false when they left
 */
export async function discuss(
  session: Session,
  talk: Conversation,
  style: Style,
  { item, grade, wasSure, isLast }: Discussed,
): Promise<boolean> {
  const counterpart = await counterpartOf(session.content, grade);
  talk.say([
    // On the linear screen the answer stands right above.
    ...(style.screen.plain ? [''] : []),
    ...drawFeedback(item, grade, style, counterpart),
    '',
    ...drawContrast(item, style),
  ]);
  // A confident error is where a refutation helps most.
  if (!grade.right && wasSure) {
    const known = session.content.misconceptions();
    for (const id of grade.revealed) {
      const belief = known.find((each) => each.id === id);
      if (belief) talk.say(['', ...drawRefutation(belief, style)]);
    }
  }
  if (!session.screen.interactive) {
    talk.say([
      '',
      ...drawLine(style.faint(`Lesson: k8s-docker-tutor learn ${item.lesson}`), style),
      ...drawSources(session, item, style),
    ]);
    return true;
  }

  const next: KeyChoice = {
    value: 'next',
    keys: ['n', 'right'],
    shown: 'Enter',
    means: isLast ? 'shows how it went' : 'goes on',
  };
  let extras = [...(hasOthers(item, grade) ? [others] : []), open, sources];
  for (;;) {
    talk.say(['']);
    const key = await talk.askKey([next, ...extras, leave]);
    if (key === 'next' || key === 'leave') return key === 'next';
    if (key === 'others') talk.say(drawOthers(item, grade, style));
    else if (key === 'sources') talk.say(drawSources(session, item, style));
    else {
      const { walkCourse } = await import('../learn/learn-walk.ts');
      await walkCourse(session, item.lesson, talk);
      talk.say(['', ...drawLine(style.strong('Back in the quiz.'), style)]);
    }
    extras = extras.filter(({ value }) => value !== key);
  }
}

function drawSources(session: Session, item: Item, style: Style): string[] {
  return drawItemSources(pagesOf(item.sources, session.content.pages()), style);
}
