import type { Source } from '../lesson/lesson.ts';
import type { CommandRow } from '../mapping/command-row.ts';
import { drawList } from './blocks.ts';
import { drawLikeness } from './likeness.ts';
import { drawLine, drawMarks, drawParagraph, drawUnbroken } from './prose.ts';
import type { Style } from './style.ts';
import { drawTable } from './table.ts';
import { drawCommand } from './translation-view.ts';

/** One command of the catalogue: its counterpart, what to type, and what each of its flags becomes. */
export function drawRow(row: CommandRow, typed: string, sources: readonly Source[], style: Style): string[] {
  const flags = row.flags.map(({ flag, grade, kubernetes, why }) => [
    flag,
    kubernetes === 'none' ? '-' : drawMarks(kubernetes, style),
    style.screen.plain
      ? `${grade.replace('-', ' ')}. ${drawMarks(why, style)}`
      : `${drawLikeness(grade, style)}\n${drawMarks(why, style)}`,
  ]);
  return [
    ...drawLine(`${style.title(typed)}  ${drawLikeness(row.grade, style)}`, style),
    ...drawParagraph(row.summary, style),
    ...row.commands.flatMap(({ run, why, when }) => [
      '',
      ...drawCommand(asShown(run, row), style),
      ...drawParagraph(when === undefined ? why : `${conditionOf(when)}: ${why}`, style, undefined, 2),
    ]),
    ...(row.caveats.length === 0
      ? []
      : ['', ...drawLine(style.strong('Mind'), style), ...drawList(row.caveats, false, style)]),
    ...(flags.length === 0
      ? []
      : [
          '',
          ...drawLine(style.strong('Its flags'), style),
          ...drawTable(['Flag', 'Kubernetes', 'How alike, and why'], flags, [0.24, 0.26, 0.5], style),
        ]),
    '',
    ...drawLine(style.faint(`Learn more: k8s-docker-tutor learn ${row.lesson}`), style),
    ...sources.flatMap((source) => [
      ...drawLine(style.faint(`Source: ${style.text(source.title)} (${style.text(source.versions)})`), style),
      ...drawUnbroken(style.faint(source.url), 8),
    ]),
  ];
}

/** A template's words as one reads them: `{container}` becomes CONTAINER, `{flag.env}` becomes ENV. */
function asShown(template: string, { positionals, flags }: CommandRow): string[] {
  const known = new Set([
    ...positionals.map((name) => name.replace(/\.\.\.$/, '')),
    ...flags.map(({ flag }) => `flag.${flag.slice(2)}`),
  ]);
  const words = template.match(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map((word) =>
    // Other braces are a jsonpath or JSON.
    word.replace(/\{([a-z][a-z0-9.-]*)(\.\.\.)?(?:\|[a-z]+)?\}/g, (whole, name: string, dots = '') =>
      known.has(name) ? name.replace(/^flag\./, '').toUpperCase() + dots : whole,
    ),
  );
}

/** `--tag !--push service`: "With `--tag`, without `--push`, with `SERVICE`". */
function conditionOf(when: string): string {
  const words = when
    .split(' ')
    .map((each) => {
      const name = each.replace(/^!/, '');
      const shown = name.startsWith('-') ? name : name.replace(/^[a-z-]+/, (word) => word.toUpperCase());
      return `${each === name ? 'with' : 'without'} \`${shown}\``;
    })
    .join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
