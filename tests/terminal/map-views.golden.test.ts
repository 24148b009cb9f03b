import { describe, expect, it } from 'vitest';
import { drawPointer } from '../../src/terminal/pointer.ts';
import type { Screen } from '../../src/terminal/screen.ts';
import { type Style, styleFor } from '../../src/terminal/style.ts';
import { drawCatalogue, drawMarkdown, drawOverview } from '../../src/terminal/views/catalogue-view.ts';
import { drawRow } from '../../src/terminal/views/row-view.ts';
import { drawTranslation } from '../../src/terminal/views/translation-view.ts';
import { lines, list, manifest, none, pages, row, run } from './translations.ts';

// What `map` shows on every kind of screen: `git diff tests/terminal/golden` is to be read.

const screens: readonly (readonly [string, Partial<Screen>])[] = [
  ['60-columns', { columns: 60 }],
  ['80-columns', {}],
  ['120-columns', { columns: 120 }],
  ['40-columns', { columns: 40 }],
  ['colour', { colour: 1 }],
  ['ascii', { unicode: false }],
  ['plain', { unicode: false, plain: true }],
];

function screenOf(part: Partial<Screen>): Screen {
  return { columns: 80, rows: 24, colour: 0, unicode: true, plain: false, interactive: true, ...part };
}

function drawEverything(style: Style): string {
  const views: Record<string, readonly string[]> = {
    'a translation of run': drawTranslation(run, manifest, pages, style),
    'a translation of ps': drawTranslation(list, '', pages.slice(0, 1), style),
    'a translation without a counterpart': drawTranslation(none, '', [], style),
    'a search result': drawCatalogue(lines, style),
    'the overview': drawOverview(lines, style),
    'a row': drawRow(row, 'docker logs', pages.slice(0, 1), style),
  };
  return Object.entries(views)
    .map(([name, drawn]) => `##### ${name}\n${drawn.join('\n')}\n`)
    .join('\n');
}

describe.each(screens)('on a screen of %s', (name, part) => {
  const screen = screenOf(part);

  it('the views of map look as their golden file', async () => {
    const drawn = drawEverything(styleFor(screen)).replaceAll('\x1b', '␛');
    await expect(drawn).toMatchFileSnapshot(`golden/map-${name}.golden.txt`);
  });

  it('no line is wider than the screen', () => {
    const tooWide = drawEverything(styleFor(screen))
      .replace(/\x1b\[[0-9;]*m/g, '')
      .split('\n')
      // What is to be copied is left to the terminal to wrap.
      .filter(
        (line) =>
          [...line].length > screen.columns &&
          !/^#####|https:|^ {6}\S+( \\)?$|daemon off|range \.items/.test(line) &&
          // In the linear form a listing is never cut.
          !(screen.plain && line.includes('a long line in a manifest')),
      );
    expect(tooWide).toEqual([]);
  });

  it.runIf(!screen.unicode)('nothing but ASCII is printed', () => {
    expect(drawEverything(styleFor(screen))).toMatch(/^[\x0a\x20-\x7e]*$/);
  });

  it.runIf(screen.colour === 0)('no escape sequence is printed', () => {
    expect(drawEverything(styleFor(screen))).not.toContain('\x1b');
  });

  it('a colour is never alone: every grade is there as a word', () => {
    const drawn = drawEverything(styleFor(screen));
    for (const grade of ['exact', 'approximate', 'none', 'false friend']) expect(drawn).toContain(grade);
  });
});

describe('what is no view of a screen', () => {
  it('looks as its golden file: the cheat sheet', async () => {
    await expect(`${drawMarkdown(lines).join('\n')}\n`).toMatchFileSnapshot(
      'golden/map-cheat-sheet.golden.md',
    );
  });

  it('looks as its golden file: places of faults', async () => {
    const faults = [
      ['docker run -z nginx', 11, 2],
      ['docker run nginx', 0, 6],
      [`docker run ${'-e A=b '.repeat(30)} -z nginx ${'x'.repeat(90)}`, 223, 2],
      ["docker run '\x1b[31m\x00 漢字 é' -z", 25, 2],
      ['docker run', 10, 0],
      [`docker ${'y'.repeat(500)}`, 7, 500],
    ] as const;
    const drawn = faults.map(([line, at, length]) => drawPointer({ line, at, length })).join('\n');
    await expect(drawn).toMatchFileSnapshot('golden/map-pointers.golden.txt');
  });
});
