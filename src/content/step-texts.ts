import type { Block, Step } from '../lesson/lesson.ts';
import type { Item } from '../quiz/item.ts';

/** All prose of a question: what is typed or printed is none. */
export function textsOf(item: Item): string[] {
  const isVerbatim = item.kind === 'command' || (item.kind === 'predict' && item.listing !== undefined);
  return [
    item.prompt,
    item.explanation,
    item.contrast ?? '',
    ...item.options.flatMap(({ text, explanation, match = '', mixed = [] }) => [
      ...(isVerbatim ? [] : [text]),
      explanation,
      match,
      ...mixed.map((each) => each.explanation),
    ]),
  ];
}

/** Columns of prose on a terminal of 80, and what a question's options are indented by. */
const columns = 76;

/** How many lines a step takes on a terminal of 80 columns, its question or task included; an estimate. */
export function linesOfStep(step: Step): number {
  const blocks = step.blocks.map((block) => linesOfBlock(block) + 1);
  const ask = step.ask
    ? linesOfText(step.ask.prompt) +
      (step.ask.listing ? step.ask.listing.text.split('\n').length + 2 : 0) +
      step.ask.options.reduce((sum, option) => sum + linesOfText(option.text, columns - 6), 2)
    : 0;
  const task = step.task ? linesOfText(step.task.goal) + 2 : 0;
  return (
    Math.max(0, blocks.reduce((sum, each) => sum + each, 0) - 1) + (ask > 0 || task > 0 ? 1 : 0) + ask + task
  );
}

function linesOfBlock(block: Block): number {
  switch (block.kind) {
    case 'paragraph':
    case 'remark':
      return linesOfText(block.text);
    case 'list':
      return block.items.reduce((sum, item) => sum + linesOfText(item, columns - 3), 0);
    case 'table':
      return block.rows.length + 4;
    case 'code':
      return block.text.split('\n').length;
    case 'console':
      return block.lines.length;
    case 'diagram':
      return block.diagram.lines.length;
    case 'counterparts':
      // The closing table is the one thing that is scrolled through.
      return 0;
  }
}

function linesOfText(text: string, width = columns): number {
  return text
    .replace(/\[\^[^\]]+\]/g, '')
    .replace(/[`*]/g, '')
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0);
}
