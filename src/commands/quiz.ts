import type { Command } from 'commander';
import { TutorError } from '../errors.ts';
import { optionsOf, showExamples, takeCommonOptions } from '../help.ts';
import type { Io } from '../io.ts';
import type { LessonSummary } from '../lesson/lesson.ts';
import type { Topic } from '../quiz/topic.ts';
import type { ItemOptions, QuizOptions } from './quiz/quiz-options.ts';
import { openSession, type Session } from './session.ts';

export function define(command: Command, io: Io): void {
  command
    .argument('[topic...]', 'a unit, a lesson or a misconception: its id, or words of its title')
    .option('-n, --count <number>', 'how many questions, 10 when left out')
    .option('--due', 'only what is due for review')
    .option('--new', 'only questions that you never answered')
    .option('--exam', 'no feedback until the end, and a pass mark of 80 %')
    .option('--seed <text>', 'the same seed asks in the same order')
    .option('--no-confidence', 'do not ask how sure you were')
    .option('-l, --list', 'list the questions')
    .option('--json', 'with --list, print JSON')
    .enablePositionalOptions()
    .helpCommand(false)
    .configureHelp({
      subcommandTerm: (each) =>
        [
          each.name(),
          ...each.registeredArguments.map((word) => `<${word.name()}${word.variadic ? '...' : ''}>`),
        ].join(' '),
    })
    .action((words: string[]) => quiz(io, words, optionsOf(command)));
  showExamples(command, [
    'k8s-docker-tutor quiz                      what is due, then what is new',
    'k8s-docker-tutor quiz pods                 about one lesson',
    'k8s-docker-tutor quiz secrets-are-encrypted --count 3',
    '                                           about one misconception',
    'k8s-docker-tutor quiz --exam --count 20    an exam; exit code 1 below 80 %',
    'k8s-docker-tutor quiz --plain < answers    answers from a file, one a line',
    'k8s-docker-tutor quiz --list --json        the bank for a program',
  ]);
  defineShow(command, io);
  defineAnswer(command, io);
}

function defineShow(parent: Command, io: Io): void {
  const command = below(parent, 'show', 'show one question; answer it with `quiz answer`');
  command
    .argument('<id>', 'such as pods.what-run-creates; `quiz --list` has them all')
    .option('--solution', 'show the answer too')
    .option('--json', 'print JSON, with the answer')
    .action(async (id: string) => {
      const { showItem } = await import('./quiz/quiz-items.ts');
      const options = optionsOf<ItemOptions>(command);
      showItem(openSession(io, options), id, { ...options, json: isJson(command) });
    });
  showExamples(command, [
    'k8s-docker-tutor quiz show pods.what-run-creates',
    'k8s-docker-tutor quiz show pods.what-run-creates --json',
  ]);
}

function defineAnswer(parent: Command, io: Io): void {
  const command = below(parent, 'answer', 'answer one question: it is graded, explained and recorded');
  command
    .argument('<id>', 'such as pods.what-run-creates')
    .argument(
      '<answer...>',
      'letters or numbers as `quiz show` has them, pairs, a line number, or a command line',
    )
    .option('--sure <1-3>', 'how sure you are: 1 a guess, 2 fairly, 3 sure')
    .option('--json', 'print JSON')
    .action(async (id: string, words: string[]) => {
      const { answerItem } = await import('./quiz/quiz-items.ts');
      const options = optionsOf<ItemOptions>(command);
      await answerItem(openSession(io, options), id, words, { ...options, json: isJson(command) });
    });
  showExamples(command, [
    'k8s-docker-tutor quiz answer <id> 2              one of several, by its number or letter',
    'k8s-docker-tutor quiz answer <id> a,c            several of several',
    'k8s-docker-tutor quiz answer <id> c,a,b          an order, the first one first',
    'k8s-docker-tutor quiz answer <id> a=2,b=1,c=3    pairs',
    'k8s-docker-tutor quiz answer <id> 7              the line with the mistake',
    'k8s-docker-tutor quiz answer <id> kubectl get pods -n shop',
    '                                                 a command line',
  ]);
}

function below(parent: Command, name: string, summary: string): Command {
  const command = parent
    .command(name)
    .summary(summary)
    .description(`${summary.replace(/^./, (first) => first.toUpperCase())}.`);
  takeCommonOptions(command);
  command.createHelp = () => parent.createHelp();
  return command;
}

/** Whether `--json` stands before or after the name of the subcommand. */
function isJson(command: Command): boolean {
  return [command, command.parent].some((each) => each?.opts<ItemOptions>().json === true);
}

async function quiz(io: Io, words: readonly string[], options: QuizOptions): Promise<void> {
  const session = openSession(io, options);
  const count = readCount(options.count);
  if (options.due && options.new) {
    throw new TutorError('--due and --new ask for opposite things', 'Leave one of them out.');
  }
  if (options.exam && (options.due || options.new)) {
    throw new TutorError('an exam asks about everything', 'Leave --due and --new out, or --exam.');
  }
  if (options.json && !options.list) {
    throw new TutorError(
      'a session prints no JSON',
      'Add --list for the bank; quiz show <id> --json and quiz answer <id> <answer> --json for one question.',
    );
  }
  const topic = words.length === 0 ? undefined : await namedTopic(session, words.join(' '));
  if (options.list) {
    const { listItems } = await import('./quiz/quiz-items.ts');
    return listItems(session, topic, options);
  }
  if (!session.screen.interactive && !session.screen.plain) {
    throw new TutorError(
      'this needs a terminal to ask questions in',
      'Add --plain to answer from standard input, one answer a line; for scripts there are quiz --list, quiz show and quiz answer.',
    );
  }
  const { runQuiz } = await import('./quiz/quiz-session.ts');
  await runQuiz(session, { topic, count, options });
}

const usualCount = 10;

/** @throws TutorError for what is no number of questions */
function readCount(text: string | undefined): number {
  if (text === undefined) return usualCount;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count === 0)
    throw new TutorError(`"${text}" is no number of questions`, 'Give one from 1 up: --count 5.');
  return count;
}

/** @throws TutorError that names what comes near */
async function namedTopic(session: Session, words: string): Promise<Topic> {
  const { findTopic } = await import('../quiz/topic.ts');
  const { units, lessons } = session.content.course();
  const lesson = lessons.find(({ id }) => id === words);
  if (lesson) return lessonTopic(lesson);
  const topics: Topic[] = [
    ...units.map((unit): Topic => ({ kind: 'unit', ...unit })),
    ...lessons.map(lessonTopic),
    ...session.content
      .misconceptions()
      .map(({ id, belief }): Topic => ({ kind: 'misconception', id, title: belief })),
  ];
  const found = findTopic(topics, words);
  if (found.kind === 'one') return found.topic;
  const names = (some: readonly Topic[]): string =>
    some.map((each) => `${each.id} (${each.kind})`).join(', ');
  if (found.kind === 'several') {
    const shown = found.topics.slice(0, 6);
    const more = found.topics.length > shown.length ? ', …' : '';
    throw new TutorError(
      `"${words}" fits ${found.topics.length} topics`,
      `Say which: ${names(shown)}${more}.`,
    );
  }
  throw new TutorError(
    `there is no topic "${words}"`,
    found.nearest.length > 0
      ? `Did you mean ${names(found.nearest)}?`
      : 'A topic is a unit, a lesson or a misconception; k8s-docker-tutor learn --list and progress name them.',
  );
}

function lessonTopic({ id, title, number }: LessonSummary): Topic {
  return { kind: 'lesson', id, title, number };
}
