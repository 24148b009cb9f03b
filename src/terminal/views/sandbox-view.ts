import type { Task } from '../../lesson/lesson.ts';
import { drawLine, drawMarks, drawParagraph, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { widthOf } from '../width.ts';

/** What there is in the sandbox. */
export interface SandboxSight {
  readonly nodes: number;
  /** Where the learner's project is, such as `~/shop`; undefined where there is none. */
  readonly project: string | undefined;
}

/** What one sees who enters the sandbox. */
export function drawSandboxOpening({ nodes, project }: SandboxSight, style: Style): string[] {
  const parts: readonly (readonly [string, string])[] = [
    ['docker', 'an Engine on this machine, and a registry: registry.example.com'],
    ['kubectl', `a cluster of ${nodes} ${nodes === 1 ? 'node' : 'nodes'}, Kubernetes 1.36`],
    ...(project === undefined
      ? []
      : ([[project, 'an app with its Dockerfile, compose file and manifests']] as const)),
  ];
  return [
    '',
    ...drawLine(style.title('A world in memory'), style),
    ...parts.flatMap(([name, what]) => drawWord(name, what, style)),
    ...drawParagraph(
      'Nothing here reaches a real Engine or cluster. `help` lists what can be typed, `undo` takes a line back, Ctrl-D leaves.',
      style,
    ),
    '',
  ];
}

/** A word that can be typed, and what it is; below each other the explanations begin in one column. */
function drawWord(name: string, what: string, style: Style): string[] {
  if (style.screen.plain) return indented(hang('', 0, `${name}: ${what}`, style.width));
  const room = 'kubectl'.length + widthOf(style.code('')) + 2;
  const shown = style.code(name);
  return indented(hang(shown + ' '.repeat(room - widthOf(shown)), room, what, style.width));
}

/** What one sees who enters the sandbox at a task of a lesson. */
export function drawTaskOpening(tasks: readonly Task[], isTakenUp: boolean, style: Style): string[] {
  return [
    '',
    ...tasks.flatMap(({ goal }) => [
      ...drawLine(style.notable(style.strong('Try it')), style),
      ...indented(hang('', 0, drawMarks(goal, style), style.width)),
    ]),
    ...drawParagraph(
      isTakenUp
        ? 'You go on in the world of this lesson; `reset` begins it anew. Ctrl-D goes back.'
        : 'This world belongs to the lesson, and your own sandbox stays as it is. Ctrl-D goes back.',
      style,
    ),
    '',
  ];
}

/** After the sandbox that was opened from a lesson. */
export function drawBackInLesson(style: Style): string[] {
  return drawParagraph('Back in the lesson. What you did there is kept.', style);
}
