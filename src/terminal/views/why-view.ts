import { humanDuration } from '../../kubernetes/duration.ts';
import type { Account, Finding, Step } from '../../sandbox/overview/why/account.ts';
import { showControls } from '../control-characters.ts';
import { drawLine, hang, indented } from '../prose.ts';
import { margin, type Style } from '../style.ts';
import { wrap } from '../wrap.ts';

/** So many things that stand as they should are named. */
const mostSettled = 6;

/** What was done, by whom and in what order; what does not go on, and why; what stands as it should. */
export function drawAccount(account: Account, style: Style): string[] {
  const { findings, settled } = account;
  const ill = findings.filter(({ isPassing }) => !isPassing);
  const passing = findings.filter(({ isPassing }) => isPassing);
  return [
    ...drawOpening(account, style),
    ...drawSteps(account, style),
    ...drawFindings('What does not go on', ill, style),
    ...drawFindings('What is on its way', passing, style),
    ...drawSettled(settled, findings.length === 0, style),
  ];
}

function drawOpening({ since, now, about, steps }: Account, style: Style): string[] {
  if (about !== undefined) {
    const shown = style.text(showControls(about));
    return style.screen.plain ? [`About ${shown}.`] : drawLine(style.title(shown), style);
  }
  if (!since) {
    const rest =
      steps.length > 0 ? 'this is what has happened by itself.' : 'nothing has happened by itself.';
    return paragraph(`You have changed nothing yet; ${rest}`, style);
  }
  const lines = since.line.split('\n');
  const typed = showControls(lines[0] ?? '') + (lines.length > 1 ? ' …' : '');
  const ago = humanDuration(now - since.at);
  const said = `You typed this ${ago} ago: ${style.code(style.text(typed))}`;
  return style.screen.plain ? [said] : indented(wrap(said, style.width));
}

function drawSteps({ steps, omitted, since, about }: Account, style: Style): string[] {
  if (steps.length === 0) {
    if (about === undefined && !since) return [];
    return paragraph(
      about === undefined ? 'Nothing was told of since.' : 'Nothing was told of it lately.',
      style,
    );
  }
  const start = since?.at ?? 0;
  const stamp = ({ at }: Step): string =>
    since ? `+${humanDuration(Math.max(0, at - start))}` : new Date(at).toISOString().slice(11, 19);
  const widest = Math.max(...steps.map((step) => stamp(step).length));
  const cut = omitted === 0 ? [] : paragraph(`${omitted} earlier steps are left out.`, style);
  return [
    ...(style.screen.plain ? [] : ['']),
    ...cut,
    ...steps.flatMap((step) => {
      const text = style.text(showControls(`The ${step.who} ${step.did}.`.replace(/\.\.$/, '.')));
      if (style.screen.plain) return [`${stamp(step)} ${text}`];
      const sign = step.isTrouble ? style.bad(style.sign.wrong) : style.faint(style.sign.way);
      const head = `${style.faint(stamp(step).padStart(widest))} ${sign} `;
      const pad = widest + 2 + style.sign.way.length;
      const lines = wrap(text, style.width - pad);
      return indented(
        lines.map(
          (line, place) =>
            (place === 0
              ? head + (step.isTrouble && style.sign.way.length > 1 ? ' ' : '')
              : ' '.repeat(pad)) + line,
        ),
        margin,
      );
    }),
  ];
}

function drawFindings(title: string, findings: readonly Finding[], style: Style): string[] {
  if (findings.length === 0) return [];
  const { plain } = style.screen;
  return [
    ...(plain ? [`${title}:`] : ['', ...drawLine(style.title(title), style)]),
    ...findings.flatMap(({ about, because, next, isPassing }) => {
      const text = style.text(showControls(because.join(' ')));
      if (plain)
        return [
          `${style.text(showControls(about))}: ${text}`,
          ...next.slice(0, 2).map((line) => `  Look at: ${line}`),
        ];
      const sign = isPassing ? style.notable(style.sign.begun) : style.bad(style.sign.wrong);
      return [
        ...indented(hang(`${sign} `, 2, style.strong(style.text(showControls(about))), style.width), margin),
        ...indented(wrap(text, style.width - 2), margin + 2),
        ...next
          .slice(0, 2)
          .map((line) => `${' '.repeat(margin + 2)}${style.faint(style.sign.way)} ${style.code(line)}`),
      ];
    }),
  ];
}

function drawSettled(settled: readonly string[], isAll: boolean, style: Style): string[] {
  if (settled.length === 0) return [];
  const { plain } = style.screen;
  const shown = settled.slice(0, mostSettled);
  const rest = settled.length - shown.length;
  const lines = [...shown, ...(rest > 0 ? [`${rest} more are as they should be.`] : [])];
  const sign = style.good(style.sign.right);
  return [
    ...(plain ? [isAll ? 'All is as it should be:' : 'As it should be:'] : ['']),
    ...lines.flatMap((line) => {
      if (plain) return [style.text(line)];
      const wrapped = wrap(style.text(line), style.width - 2);
      return indented(wrapped.map((each, place) => (place === 0 ? `${sign} ${each}` : `  ${each}`)));
    }),
  ];
}

function paragraph(text: string, style: Style): string[] {
  return style.screen.plain ? [style.text(text)] : indented(wrap(style.text(text), style.width));
}
