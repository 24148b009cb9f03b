import type { Likeness } from '../../lesson/lesson.ts';
import { showControls } from '../control-characters.ts';
import { nothing } from '../marks.ts';
import { drawLine, drawMarks, drawParagraph, drawUnbroken, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawTable } from '../table.ts';
import { drawLikeness } from './likeness.ts';

/** A command that somebody uses, with its counterpart. */
export interface UsedCommand {
  readonly command: string;
  /** The shortest of its spellings. */
  readonly typed: string;
  readonly count: number;
  readonly flags: readonly { readonly flag: string; readonly count: number }[];
  readonly counterpart: string;
  readonly grade: Likeness;
  readonly lesson: string;
  readonly lessonTitle: string;
}

/** The learner's own table, most used first, and the lessons that teach most of it. */
export function drawHistory(
  used: readonly UsedCommand[],
  files: readonly string[],
  refused: number,
  style: Style,
): string[] {
  const rows = used.map(({ typed, count, flags, counterpart, grade }) => [
    `${typed}${
      flags.length > 0
        ? ` ${style.faint(
            flags
              .slice(0, 4)
              .map(({ flag }) => flag)
              .join(' '),
          )}`
        : ''
    }`,
    String(count),
    counterpart === 'none' ? nothing(style) : drawMarks(counterpart, style),
    drawLikeness(grade, style),
  ]);
  return [
    ...drawLine(style.title('What you type, and what it is on the other side'), style),
    ...drawTable(['You type', 'Times', 'Counterpart', 'How alike'], rows, [0.34, 0.08, 0.36, 0.22], style),
    '',
    ...drawLine(style.strong('Lessons that teach most of it'), style),
    ...lessonsOf(used).flatMap(({ lesson, title, count }) =>
      drawLine(
        `${style.text(title)} ${style.faint(`(${count === 1 ? 'once' : `${count} times`}; k8s-docker-tutor learn ${lesson})`)}`,
        style,
      ),
    ),
    '',
    ...(refused > 0
      ? drawParagraph(
          refused === 1
            ? 'One line was left out: its program would refuse it.'
            : `${refused} lines were left out: their programs would refuse them.`,
          style,
        )
      : []),
    ...indented([style.faint('Read, and nothing of it kept or sent:')]),
    ...files.flatMap((file) => drawUnbroken(style.faint(showControls(file)), 2)),
  ];
}

function lessonsOf(used: readonly UsedCommand[]): { lesson: string; title: string; count: number }[] {
  const counts = new Map<string, { lesson: string; title: string; count: number }>();
  for (const { lesson, lessonTitle, count } of used) {
    const before = counts.get(lesson) ?? { lesson, title: lessonTitle, count: 0 };
    counts.set(lesson, { ...before, count: before.count + count });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count).slice(0, 5);
}
