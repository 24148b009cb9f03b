import type { Command } from 'commander';
import { type Answers, NoSuchOption, type Question, type Standing, weigh } from '../choose/choose.ts';
import { openContent } from '../content/content.ts';
import { TutorError } from '../errors.ts';
import { type CommonOptions, optionsOf, showExamples } from '../help.ts';
import type { Io } from '../io.ts';
import { converse } from '../terminal/conversation/converse.ts';
import { styleFor } from '../terminal/style.ts';
import { drawChoice, drawChooseOpening, drawChooseQuestion } from '../terminal/views/choose-view.ts';
import { demandTerminal, openSession, type Session } from './session.ts';

export function define(command: Command, io: Io): void {
  const { questions } = openContent(io.content).choose();
  for (const question of questions) {
    command.option(
      `--${question.id} <answer>`,
      `${question.prompt} (${question.options.map((option) => option.id).join(', ')})`,
    );
  }
  command.option('--json', 'print the recommendation as JSON; every question needs its option then');
  command.action(() => choose(io, questions, optionsOf(command)));
  const [first, second] = questions;
  showExamples(command, [
    'k8s-docker-tutor choose',
    ...(first && second
      ? [
          `k8s-docker-tutor choose --${first.id} ${first.options[0]?.id} --${second.id} ${second.options[0]?.id}`,
        ]
      : []),
  ]);
}

async function choose(
  io: Io,
  questions: readonly Question[],
  options: CommonOptions & Record<string, unknown>,
): Promise<void> {
  const session = openSession(io, options);
  const { recommendations } = session.content.choose();
  const given: Answers = Object.fromEntries(
    questions.flatMap((question) => {
      const value = options[camelCase(question.id)];
      return typeof value === 'string' ? [[question.id, value] as const] : [];
    }),
  );
  rank(questions, recommendations, given);
  const answers = await askTheRest(session, questions, given, options.json === true);
  if (!answers) return;

  const standings = rank(questions, recommendations, answers);
  if (options.json) session.printJson({ version: 1, answers, recommendations: standings.map(asJson) });
  else session.print(drawChoice(questions, answers, standings, styleFor(session.screen)));
}

/** @throws TutorError for an answer that is none */
function rank(
  questions: readonly Question[],
  recommendations: Parameters<typeof weigh>[1],
  answers: Answers,
): Standing[] {
  try {
    return weigh(questions, recommendations, answers);
  } catch (error) {
    if (!(error instanceof NoSuchOption)) throw error;
    throw new TutorError(
      `--${error.question.id} cannot be "${error.given}"`,
      `It is one of: ${error.question.options.map((option) => option.id).join(', ')}.`,
    );
  }
}

/** @returns all answers, or undefined when they left */
async function askTheRest(
  session: Session,
  questions: readonly Question[],
  given: Answers,
  asJsonOnly: boolean,
): Promise<Answers | undefined> {
  const open = questions.filter((question) => given[question.id] === undefined);
  if (open.length === 0) return given;
  const missing = `Answer with ${open.map((question) => `--${question.id} ${question.options.map((option) => option.id).join('|')}`).join(', ')}.`;
  if (asJsonOnly) throw new TutorError('with --json nothing is asked, and some answers are missing', missing);
  demandTerminal(session.screen, missing);

  const style = styleFor(session.screen);
  const talk = await converse(session.io, style);
  talk.say(drawChooseOpening(open.length, style));
  const answers: Record<string, string> = { ...given };
  for (let at = 0; at < open.length; ) {
    const question = open[at] as Question;
    talk.say(['', ...drawChooseQuestion(question, at, open.length, style), '']);
    const back = at > 0 ? [{ value: '', text: style.faint('back to the question before'), label: '0' }] : [];
    const answer = await talk.askMenu({
      entries: [
        ...question.options.map((option, index) => ({
          value: option.id,
          text: style.text(option.text),
          label: String(index + 1),
        })),
        ...back,
      ],
      leave: 'leaves',
      ...(answers[question.id] === undefined ? {} : { start: answers[question.id] as string }),
    });
    if (answer === undefined) return undefined;
    if (answer === '') at -= 1;
    else {
      answers[question.id] = answer;
      talk.say([
        `  ${style.screen.plain ? 'Your answer:' : style.good(style.sign.way)} ${style.text(question.options.find((option) => option.id === answer)?.text ?? '')}`,
      ]);
      at += 1;
    }
  }
  return answers;
}

function asJson({ recommendation, ...standing }: Standing): Record<string, unknown> {
  return { ...recommendation, ...standing };
}

/** As commander names an option's value. */
function camelCase(id: string): string {
  return id.replace(/-(.)/g, (_dash, char: string) => char.toUpperCase());
}
