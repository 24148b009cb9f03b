import type { Answers, Question, Standing } from '../../choose/choose.ts';
import { signed } from '../marks.ts';
import { drawLine, drawParagraph, drawUnbroken } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawList } from './blocks.ts';

/** What is going to be asked, and how to take it. */
export function drawChooseOpening(count: number, style: Style): string[] {
  return [
    '',
    ...drawLine(style.title('Docker, Compose, Swarm or Kubernetes?'), style),
    ...drawParagraph(
      `${count} questions about what you have to run. There is no right answer, only what fits; the recommendation names its costs.`,
      style,
    ),
  ];
}

/** A question, why it decides, and how far one is. */
export function drawChooseQuestion(question: Question, at: number, count: number, style: Style): string[] {
  return [
    ...drawLine(`${style.strong(style.text(question.prompt))} ${style.faint(`${at + 1}/${count}`)}`, style),
    ...drawLine(style.faint(style.text(question.why)), style),
  ];
}

/** The recommendation with its reasons and its costs, then why the others come after it. */
export function drawChoice(
  questions: readonly Question[],
  answers: Answers,
  standings: readonly Standing[],
  style: Style,
): string[] {
  const [best, ...rest] = standings;
  if (!best) return [];
  if (best.ruledOut) return drawContradiction(questions, answers, standings, style);
  const { recommendation } = best;
  return [
    '',
    ...drawLine(
      style.screen.plain
        ? `Recommended: ${style.text(recommendation.title)}`
        : `${style.good(style.sign.way)} ${style.title(style.text(recommendation.title))}`,
      style,
    ),
    ...drawParagraph(recommendation.summary, style),
    ...drawPart('Why, from your answers', best.reasonsFor, style),
    ...drawPart('What speaks against it', best.reasonsAgainst, style),
    ...drawPart('What you get', recommendation.gains, style),
    ...drawPart('What it costs', recommendation.costs, style),
    ...drawPart('First steps', recommendation.firstSteps, style, true),
    '',
    ...drawLine(style.strong('And the others'), style),
    ...rest.flatMap((standing) => drawOther(standing, style)),
    '',
    ...drawLine(style.faint(`Learn more: k8s-docker-tutor learn ${recommendation.lesson}`), style),
    ...drawLine(
      style.faint(`The same again: k8s-docker-tutor choose ${commandLine(questions, answers)}`),
      style,
    ),
    ...recommendation.sources.flatMap((source) => [
      ...drawLine(style.faint(`Source: ${style.text(source.title)}`), style),
      ...drawUnbroken(style.faint(source.url), 8),
    ]),
  ];
}

/** Nothing is left: which answer rules out what, so that one can see which of them to think over. */
function drawContradiction(
  questions: readonly Question[],
  answers: Answers,
  standings: readonly Standing[],
  style: Style,
): string[] {
  return [
    '',
    ...drawLine(
      signed(style.bad(style.sign.wrong), style.title('Your answers rule out everything'), style),
      style,
    ),
    ...drawParagraph('Something has to give. This is what each of them would break:', style),
    '',
    ...standings.flatMap(({ recommendation, reasonsAgainst }) =>
      drawList([`**${recommendation.title}.** ${reasonsAgainst[0] ?? ''}`], false, style),
    ),
    '',
    ...drawLine(
      style.faint(`Change an answer: k8s-docker-tutor choose ${commandLine(questions, answers)}`),
      style,
    ),
  ];
}

function drawPart(title: string, items: readonly string[], style: Style, ordered = false): string[] {
  return items.length === 0
    ? []
    : ['', ...drawLine(style.strong(title), style), ...drawList(items, ordered, style)];
}

function drawOther(standing: Standing, style: Style): string[] {
  const reason = standing.reasonsAgainst[0] ?? standing.reasonsFor[0] ?? 'Nothing you said speaks for it.';
  const verdict = standing.ruledOut
    ? 'ruled out'
    : standing.reasonsAgainst.length > 0
      ? 'less fitting'
      : 'also possible';
  return drawList([`**${standing.recommendation.title}**, ${verdict}. ${reason}`], false, style);
}

function commandLine(questions: readonly Question[], answers: Answers): string {
  return questions
    .flatMap(({ id }) => (answers[id] === undefined ? [] : [`--${id} ${answers[id]}`]))
    .join(' ');
}
