import { ciPieces } from './ci-pieces.ts';
import { linesOfPiece } from './commands-of-piece.ts';
import type { FoundLine, Piece } from './found-line.ts';
import {
  bashHistoryPieces,
  fishHistoryPieces,
  powershellHistoryPieces,
  zshHistoryPieces,
} from './history-pieces.ts';
import { makefilePieces } from './makefile-pieces.ts';
import { linesOfMarkdown } from './markdown-pieces.ts';
import { recogniseForm } from './recognise-form.ts';
import { sessionPieces } from './session-pieces.ts';

/**
 * The docker, docker-compose, podman, nerdctl and kubectl lines of a text: a shell script, a Markdown
 * text, a CI file, a Makefile, a session, or the history of a shell. A Dockerfile has none.
 *
 * @param name the name of the file, where there is one; it says what the content may not
 */
export function readLines(text: string, name?: string): FoundLine[] {
  const form = recogniseForm(text, name);
  if (form === 'markdown') return linesOfMarkdown(text);
  return piecesOf(text, form).flatMap(linesOfPiece);
}

function piecesOf(text: string, form: ReturnType<typeof recogniseForm>): Piece[] {
  const lines = text.split('\n');
  switch (form) {
    case 'none':
    case 'markdown':
      return [];
    case 'ci':
      return ciPieces(text);
    case 'makefile':
      return makefilePieces(text);
    case 'bash-history':
      return bashHistoryPieces(text);
    case 'zsh-history':
      return zshHistoryPieces(text);
    case 'fish-history':
      return fishHistoryPieces(text);
    case 'powershell-history':
      return powershellHistoryPieces(text);
    case 'session':
      return sessionPieces(
        lines.map((line, place) => ({ text: line, number: place + 1 })),
        false,
      );
    default:
      return [
        {
          text,
          lines: lines.map((_line, place) => place + 1),
          ...(form === 'script' ? {} : { shell: form }),
        },
      ];
  }
}
