import type { LineVerdict } from '../../quiz/command/judge-line.ts';
import type { Item } from '../../quiz/item.ts';
import { showControls } from '../control-characters.ts';
import { shellWords } from '../conversation/shell-line.ts';
import { markOf, markWidth } from '../marks.ts';
import { drawPointer, tellPlace } from '../pointer.ts';
import { drawMarks, drawParagraph, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawCommand } from './answer-parts.ts';
import { cut } from './blocks.ts';
import { labelled } from './question-view.ts';

/** What a docker line, typed where kubectl is wanted, becomes. */
export interface Counterpart {
  readonly commands: readonly (readonly string[])[];
  /** In one or two sentences. */
  readonly summary: string;
}

/** A command may become several; the first two show the way. */
const mostCommands = 2;

function drawCounterpart({ commands, summary }: Counterpart, style: Style): string[] {
  if (commands.length === 0) return drawParagraph(summary, style, undefined, 2);
  return [
    ...drawParagraph('That is a line of Docker. In Kubernetes you would type:', style, undefined, 2),
    ...commands.slice(0, mostCommands).flatMap((words) => indented(drawCommand(shellWords(words), style))),
  ];
}

/** What a typed line is worth, and why: what it does otherwise, or what its program would say of it. */
export function drawTypedVerdict(
  item: Item,
  verdict: LineVerdict,
  style: Style,
  counterpart?: Counterpart,
): string[] {
  const docker = counterpart ? drawCounterpart(counterpart, style) : [];
  const isRight = verdict.kind === 'right';
  const sign = markOf(isRight, style);
  const width = markWidth(style);
  const line = cut(style.text(showControls(verdict.line)), style.width - width - 2).map((piece) =>
    style.typed(piece),
  );
  const below = (text: string): string[] =>
    indented(hang('', 0, drawMarks(showControls(text), style), style.width - width), 2 + width);
  const typed = indented(labelled(`${sign}$ `, line, width + 2));
  switch (verdict.kind) {
    case 'right': {
      const model = item.options[0]?.text ?? '';
      const isModel = verdict.line.replace(/^\$\s+/, '') === model;
      return [
        ...typed,
        ...below(verdict.option.explanation),
        ...(isModel ? [] : below(`It does the same as \`${model}\`.`)),
      ];
    }
    case 'near-miss':
      return [...typed, ...below(verdict.option.explanation), ...docker];
    case 'differs':
      return [...typed, ...(counterpart ? docker : below(verdict.says))];
    case 'refused': {
      const { by, message, hint, position } = verdict;
      const length = /^\S+/.exec(verdict.line.slice(position))?.[0].length ?? 0;
      const draw = style.screen.plain ? tellPlace : drawPointer;
      const pointer = draw({ line: verdict.line, at: position, length })
        .trimEnd()
        .split('\n')
        .map((each) => style.text(each.slice(2)));
      return [
        ...indented(labelled(sign, pointer, width)),
        ...below(by === 'shell' ? message : `${by} says: ${message}`),
        ...below(hint),
      ];
    }
  }
}
