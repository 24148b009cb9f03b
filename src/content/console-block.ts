import type { Block, ConsoleLine } from '../lesson/lesson.ts';

/**
 * Reads the text of a `console` block: `$ ` starts a command, `# ` one typed on a node, `> ` continues
 * either, everything else is what was printed.
 *
 * @param printedBy the tool and version that printed it, such as "docker 28.5.2"
 */
export function consoleBlock(text: string, printedBy: string): Extract<Block, { kind: 'console' }> {
  let isTyped = false;
  const lines = text
    .replace(/\n+$/, '')
    .split('\n')
    .map((line): ConsoleLine => {
      const kind = lineKind(line, isTyped);
      isTyped = kind !== 'output';
      return { kind, text: kind === 'output' ? line : line.slice(2) };
    });
  return { kind: 'console', printedBy, lines };
}

function lineKind(line: string, followsTyped: boolean): ConsoleLine['kind'] {
  if (line.startsWith('$ ')) return 'command';
  if (line.startsWith('# ')) return 'node-command';
  // A `> ` after output is output (a diff, an HTML page), after a typed line it goes on with that line.
  // Of an empty line of it, editors leave the bare `>`.
  return followsTyped && (line.startsWith('> ') || line === '>') ? 'continuation' : 'output';
}
