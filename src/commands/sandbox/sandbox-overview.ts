import { showProgram } from '../../sandbox/overview/show-program.ts';
import { whyProgram } from '../../sandbox/overview/why-program.ts';
import type { Shell } from '../../sandbox/shell/shell.ts';
import type { Program } from '../../sandbox/shell/shell-context.ts';
import { type Style, styleFor } from '../../terminal/style.ts';
import { cutToRows, drawDifference, drawOverview } from '../../terminal/views/overview-view.ts';
import { drawAccount } from '../../terminal/views/why-view.ts';
import type { Session } from '../session.ts';

/** The words of a shell that look at all of its world. */
export function overviewPrograms(
  session: Session,
  shell: Shell,
): { readonly show: Program; readonly why: Program } {
  const { sandbox } = shell;
  return {
    show: showProgram(sandbox, (isTerminal) => {
      const style = styleOn(session, isTerminal);
      return {
        redraws: !style.screen.plain,
        drawn: (overview) => joined(drawOverview(overview, style)),
        screenful: (overview) =>
          joined(cutToRows(drawOverview(overview, style), style.screen.rows - 1, style)),
        difference: (difference) => drawDifference(difference, style),
      };
    }),
    why: whyProgram(
      sandbox,
      () => shell.namespace(),
      (isTerminal) => (account) => joined(drawAccount(account, styleOn(session, isTerminal))),
    ),
  };
}

/** What goes into a pipe or a file has no colours. */
function styleOn({ screen }: Session, isTerminal: boolean): Style {
  if (isTerminal) return styleFor(screen);
  const { columns, rows, unicode, plain, interactive } = screen;
  return styleFor({
    columns,
    rows,
    unicode,
    plain,
    interactive,
    colour: screen.interactive ? 0 : screen.colour,
  });
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
