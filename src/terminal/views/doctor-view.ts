import type { Finding, Report } from '../../doctor/report.ts';
import { showControls } from '../control-characters.ts';
import { drawLine, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';

/** The report, part by part; made to be pasted. */
export function drawReport(report: Report, style: Style): string[] {
  return report.parts.flatMap((part, index) => [
    ...(index > 0 ? [''] : []),
    ...drawLine(style.strong(part.title), style),
    ...part.findings.flatMap((finding) => drawFinding(finding, style)),
  ]);
}

function drawFinding({ name, state, value, hint }: Finding, style: Style): string[] {
  const sign = {
    found: style.good(style.sign.right),
    absent: style.faint(style.sign.open),
    trouble: style.bad('!'),
  }[state];
  if (style.screen.plain) {
    const trouble = state === 'trouble' ? 'trouble: ' : '';
    const text = [`${name}: ${trouble}${value}`, ...(hint === undefined ? [] : [hint])].map(showControls);
    return text.flatMap((each, place) =>
      indented(hang('', 0, style.text(each), style.width - 2 * place), 2 + 2 * place),
    );
  }
  const label = `${sign} ${name.padEnd(16)} `;
  return [
    ...indented(hang(label, 19, style.text(showControls(value)), style.width)),
    ...(hint === undefined ? [] : indented(hang('', 0, style.faint(hint), style.width - 19), 21)),
  ];
}
