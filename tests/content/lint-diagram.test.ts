import { describe, expect, it } from 'vitest';
import { readDiagram } from '../../src/content/read-diagram.ts';
import { itFinds } from '../fixtures/changed-content.ts';

const file = 'diagrams/two-boxes.txt';
const open = 'meets no line; the box does not close';

describe('a drawing', () => {
  itFinds('is refused when', [
    {
      name: 'it has no front matter',
      file,
      from: '---\ntitle: A container in a Pod\n',
      to: 'title: A container in a Pod\n',
      at: 'title:',
      says: 'starts with front matter: title and description',
    },
    {
      name: 'it has no description for those who do not see it',
      file,
      from: 'description: A box named Pod, and in it a box named web.\n',
      to: '',
      at: 'title:',
      says: 'description: is missing',
    },
    {
      name: 'a line is too wide',
      file,
      from: '   port 80 · TCP',
      to: `   port 80 · TCP${' and more'.repeat(5)}`,
      at: '   port 80',
      says: 'is 61 columns wide; a drawing has at most 58',
    },
    {
      name: 'it is too tall',
      file,
      from: '   port 80 · TCP',
      to: `   port 80 · TCP${'\nand more'.repeat(12)}`,
      at: '┌── Pod',
      says: 'is 19 lines tall; a drawing has at most 18',
    },
    {
      name: 'a character has no ASCII twin',
      file,
      from: '   port 80 · TCP',
      to: '   port 80 ⇒ TCP',
      at: '   port 80',
      says: 'holds a character without an ASCII twin; see CONTRIBUTING for those that have one',
    },
    {
      name: 'it holds a tab',
      file,
      from: '   port 80 · TCP',
      to: '\tport 80 · TCP',
      at: '\tport 80',
      says: 'holds a character without an ASCII twin; see CONTRIBUTING for those that have one',
    },
  ]);

  it.each<[string, string[], string[]]>([
    ['a lid is too long', ['┌────┐', '│   │', '└───┘'], ['1: the ┐ in column 6']],
    ['a floor is too short', ['┌───┐', '│   │', '└──┘'], ['3: the ┘ in column 4']],
    ['a lid has a gap', ['┌  ──┐', '│    │', '└────┘'], ['1: the ┌ in column 1']],
    ['a floor has a gap', ['┌────┐', '│    │', '└──  ┘'], ['3: the ┘ in column 6']],
    ['a wall is out of line', ['┌───┐', '│   │', '│    │', '│   │', '└───┘'], ['3: the │ in column 6']],
    [
      'a wall is missing beside a corner',
      ['┌───┐', '│', '└───┘'],
      ['1: the ┐ in column 5', '3: the ┘ in column 5'],
    ],
    ['a box is cut off', ['┌───┐', '│   │'], []],
    ['a corner stands alone', ['└'], ['1: the └ in column 1']],
    ['a lid goes nowhere', ['┌', '│', '└─'], ['1: the ┌ in column 1']],
    ['corners close at the edge', ['┐', '│', '┘'], ['1: the ┐ in column 1', '3: the ┘ in column 1']],
  ])('is refused when %s', (_, lines, complaints) => {
    expect(findingsIn(lines)).toEqual(complaints.map((each) => `${each} ${open}`));
  });

  it.each<[string, string[]]>([
    ['a box', ['┌───┐', '│ a │', '└───┘']],
    ['boxes side by side, joined', ['┌─┐  ┌─┐', '│a├─▶│b│', '└─┘  └─┘']],
    ['a box in two parts', ['┌─┬─┐', '│a│b│', '├─┼─┤', '│c│d│', '└─┴─┘']],
    ['an arrow that turns', ['a ─┐', '   ▼', '   b']],
    ['arrows up and down', ['▲', '│', '│', '▼']],
    ['a double frame', ['╎ ║ ═ ╌', '╎ ║ ═ ╌']],
    ['a line that starts below a word', ['kubelet', '   │', '   └─▶ runc']],
  ])('is fine when it is %s', (_, lines) => {
    expect(findingsIn(lines)).toEqual([]);
  });
});

function findingsIn(lines: readonly string[]): string[] {
  const text = `---\ntitle: A drawing\ndescription: Of something.\n---\n${lines.join('\n')}\n`;
  return readDiagram(text, file, 'two-boxes').findings.map(({ line, message }) => `${line - 4}: ${message}`);
}
