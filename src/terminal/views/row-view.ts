import type { Source } from '../../lesson/lesson.ts';
import type { CommandRow } from '../../mapping/command-row.ts';
import { drawLine, drawParagraph } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawTable } from '../table.ts';
import { drawAsked, drawCaveats, drawCommand, drawLearnMore, verdictCells } from './answer-parts.ts';

/** One command of the catalogue: its counterpart, what to type, and what each of its flags becomes. */
export function drawRow(row: CommandRow, typed: string, sources: readonly Source[], style: Style): string[] {
  const flags = row.flags.map(({ flag, grade, kubernetes, why }) => [
    flag,
    ...verdictCells(kubernetes, grade, why, style),
  ]);
  return [
    ...drawAsked(typed, row.grade, style),
    ...drawParagraph(row.summary, style),
    ...row.commands.flatMap(({ run, why, when }) => [
      '',
      ...drawCommand(asShown(run, row), style),
      ...drawParagraph(when === undefined ? why : `${conditionOf(when)}: ${why}`, style, undefined, 2),
    ]),
    ...drawCaveats(row.caveats, style),
    ...(flags.length === 0
      ? []
      : [
          '',
          ...drawLine(style.strong('Its flags'), style),
          ...drawTable(['Flag', 'Kubernetes', 'How alike, and why'], flags, [0.24, 0.26, 0.5], style),
        ]),
    ...drawLearnMore(row.lesson, sources, style),
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
