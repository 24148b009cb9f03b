import type { Command } from 'commander';
import type { IndexedLab } from '../content/content.ts';
import { TutorError } from '../errors.ts';
import { type CommonOptions, optionsOf, showExamples } from '../help.ts';
import type { Io } from '../io.ts';
import { nearest } from '../nearest.ts';
import { converse } from '../terminal/conversation/converse.ts';
import { drawParagraph } from '../terminal/prose.ts';
import { styleFor } from '../terminal/style.ts';
import { drawBrief, drawLabs, labEntries, labState } from '../terminal/views/lab-view.ts';
import { openSession, type Session } from './session.ts';

interface LabOptions extends CommonOptions {
  readonly list?: boolean;
  readonly json?: boolean;
  readonly script?: boolean;
  readonly fresh?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[name]', 'of the lab, or of a lesson that has one lab')
    .option('-l, --list', 'list the labs')
    .option('--json', 'print JSON: of the list, or of one lab')
    .option('--script', 'run the lines on standard input; exit code 0 when the goal is reached, 1 when not')
    .option('--fresh', 'begin anew instead of going on where it was left')
    .action((name: string | undefined) => lab(io, name, optionsOf(command)));
  showExamples(command, [
    'k8s-docker-tutor lab                              choose a lab',
    'k8s-docker-tutor lab crash-loop                   enter one, or go on with it',
    'k8s-docker-tutor lab crash-loop --script < my.sh  a script, and is it right?',
    'k8s-docker-tutor lab --list --json                all labs for a program',
  ]);
}

async function lab(io: Io, name: string | undefined, options: LabOptions): Promise<void> {
  const session = openSession(io, options);
  if (name === undefined && options.script)
    throw new TutorError('--script needs the name of a lab', 'List them with: k8s-docker-tutor lab --list');
  if (options.list || (name === undefined && (options.json || !session.screen.interactive)))
    return list(session, options);
  const id = name === undefined ? await choose(session) : named(session, name).id;
  if (id === undefined) return;
  const { content, screen } = session;
  const opened = content.lab(id);
  if (options.script) {
    const { runLabScript } = await import('./lab/lab-script.ts');
    return runLabScript(session, opened, options.fresh === true);
  }
  if (options.json) return session.printJson({ version: 1, lab: briefOf(session, opened) });
  if (!screen.interactive) {
    const style = styleFor(screen);
    return session.print([
      ...drawBrief(opened, style),
      ...drawParagraph(
        `A terminal is needed to enter it. A script of yours runs in it with \`k8s-docker-tutor lab ${id} --script\`.`,
        style,
      ),
    ]);
  }
  const { enterLab } = await import('./lab/lab-visit.ts');
  await enterLab(session, opened, options.fresh === true);
}

function list(session: Session, { json }: LabOptions): void {
  const { content, progress, screen } = session;
  const labs = content.labs();
  const done = progress.read().labs ?? {};
  if (json) return session.printJson({ version: 1, labs: labs.map((each) => briefOf(session, each)) });
  session.print(drawLabs(labs, content.course(), done, styleFor(screen)));
}

function briefOf({ progress }: Session, { id, title, lesson, minutes, broken, ...rest }: IndexedLab): object {
  const { story, goal } = rest as Partial<{ story: readonly string[]; goal: readonly { says: string }[] }>;
  const done = progress.read().labs?.[id];
  return {
    id,
    title,
    lesson,
    minutes,
    broken,
    state: labState(done),
    done: done?.done ?? null,
    ...(story ? { story, goal: goal?.map(({ says }) => says) } : {}),
  };
}

async function choose(session: Session): Promise<string | undefined> {
  const { content, progress, screen, io } = session;
  const style = styleFor(screen);
  const labs = content.labs();
  const done = progress.read().labs ?? {};
  const start = labs.find(({ id }) => done[id]?.done === undefined)?.id;
  const talk = await converse(io, style);
  return talk.askMenu({
    entries: labEntries(labs, content.course(), done, style),
    ...(start === undefined ? {} : { start }),
    leave: 'leaves',
  });
}

/** @throws TutorError when there is no such lab, with the nearest there are */
function named({ content }: Session, name: string): IndexedLab {
  const labs = content.labs();
  const wanted = name.toLowerCase();
  const found = labs.find(({ id }) => id === wanted);
  if (found) return found;
  const ofLesson = labs.filter(({ lesson }) => lesson === wanted);
  const [only, ...more] = ofLesson;
  if (only && more.length === 0) return only;
  if (only) {
    const ids = ofLesson.map(({ id }) => id).join(', ');
    throw new TutorError(`the lesson '${name}' has several labs`, `Name one of them: ${ids}`);
  }
  const near = nearest(
    name,
    labs.map(({ id }) => id),
  );
  throw new TutorError(
    `there is no lab '${name}'`,
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'List them with: k8s-docker-tutor lab --list',
  );
}
