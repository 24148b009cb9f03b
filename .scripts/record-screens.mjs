// Draws the pictures in the README: runs the built program in a terminal, types what a learner would, and
// writes what is on the screen as SVG into .screens/.
//
//   npm run build && node .scripts/record-screens.mjs [name …]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const enter = '\r';

/** Each is typed into once its text is seen; the last text is waited for. */
const screens = [
  {
    name: 'lesson',
    words: 'learn runtime-chain',
    rows: 30,
    steps: [['Enter begins', enter], ['Predict', '1'], ['Not what happens']],
    title: 'A prediction in a lesson is answered, and the belief behind it named',
  },
  {
    name: 'map',
    words: 'map docker run -d --name web -p 8080:80 -v data:/data --restart=always nginx',
    rows: 46,
    // Longer than a screen: its beginning is shown.
    isTop: true,
    steps: [['Learn more']],
    title: 'A docker run line in the terms of Kubernetes, flag by flag',
  },
  {
    name: 'quiz',
    words: 'quiz pods --seed screens',
    rows: 28,
    steps: [['? shows the keys', '1'], ['How sure', '3'], [/[✓✗]/]],
    title: 'A question of the quiz, answered',
  },
  {
    name: 'sandbox',
    words: 'sandbox --fresh',
    rows: 38,
    steps: [
      [/\$$/, `kubectl create deployment web --image=nginx:1.28${enter}`],
      [/created[\s\S]*\$$/, `fast 10s${enter}`],
      [/fast 10s\n.*\$$/, `kubectl delete pod -l app=web${enter}`],
      [/deleted[\s\S]*\$$/, `fast 5s; why${enter}`],
      [/fast 5s; why\n[\s\S]*\$$/, `node ssh worker-1 docker ps${enter}`],
      [/crictl[\s\S]*\$$/],
    ],
    title: 'In the sandbox a Pod is deleted, comes back, and why says how',
  },
];

const columns = 80;
const cell = { width: 8.43, height: 18, size: 14 };
const margin = 16;

/** Colours of a terminal that can be read on light and dark pages: the picture brings its own ground. */
const ground = '#1b1f27';
const ink = '#d6dbe4';
const palette = [
  '#3b4252',
  '#f07178',
  '#a6d189',
  '#e5c07b',
  '#82aaff',
  '#c792ea',
  '#7fdbca',
  '#d6dbe4',
  '#7a8496',
  '#ff8b92',
  '#b9e29b',
  '#ffd58a',
  '#9cc0ff',
  '#ddb2ff',
  '#a0f0e0',
  '#ffffff',
];

const wanted = process.argv.slice(2);
mkdirSync('.screens', { recursive: true });
for (const screen of screens) {
  if (wanted.length > 0 && !wanted.includes(screen.name)) continue;
  writeFileSync(join('.screens', `${screen.name}.svg`), await draw(screen));
  console.log(`.screens/${screen.name}.svg`);
}

async function draw({ words, rows, steps, title, isTop = false }) {
  const home = mkdtempSync(join(tmpdir(), 'tutor-screens-'));
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  const program = spawn(process.execPath, ['bin/k8s-docker-tutor.js', ...words.split(' ')], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    env: { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', FORCE_COLOR: '2' },
  });
  program.onData((data) => terminal.write(data));
  try {
    for (const [seen, typed] of steps) {
      await until(
        () => (typeof seen === 'string' ? textOf(terminal).includes(seen) : seen.test(textOf(terminal))),
        seen,
        terminal,
      );
      if (typed !== undefined) program.write(typed);
    }
    await pause(300);
    return svgOf(terminal, isTop ? 0 : terminal.buffer.active.baseY, `k8s-docker-tutor ${words}`, title);
  } finally {
    program.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
}

async function until(holds, what, terminal) {
  for (const end = Date.now() + 15_000; Date.now() < end; await pause(50)) if (holds()) return pause(150);
  throw new Error(`never seen: ${what}\n${textOf(terminal)}`);
}

function textOf(terminal, first = terminal.buffer.active.baseY) {
  const buffer = terminal.buffer.active;
  const lines = Array.from({ length: terminal.rows }, (_, row) =>
    buffer.getLine(first + row).translateToString(true),
  );
  return lines.join('\n').trimEnd();
}

function svgOf(terminal, first, command, title) {
  const buffer = terminal.buffer.active;
  const rows = textOf(terminal, first).split('\n').length;
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const bar = 34;
  const height = Math.ceil(rows * cell.height + bar + margin);
  const lines = [];
  for (let row = 0; row < rows; row++) {
    const y = bar + (row + 0.75) * cell.height;
    for (const { text, from, style } of runsOf(buffer.getLine(first + row))) {
      const x = (margin + from * cell.width).toFixed(1);
      const length = (text.length * cell.width).toFixed(1);
      lines.push(`<text x="${x}" y="${y.toFixed(1)}" textLength="${length}"${style}>${escaped(text)}</text>`);
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${cell.size}" fill="${ink}" xml:space="preserve" lengthAdjust="spacingAndGlyphs">
<text x="${margin}" y="22" fill="${palette[8]}" font-size="12">$ ${escaped(command)}</text>
${lines.join('\n')}
</g>
</svg>
`;
}

/** Pieces of a line that look the same. */
function runsOf(line) {
  const runs = [];
  for (let column = 0; column < columns; column++) {
    const each = line.getCell(column);
    const text = each.getChars() || ' ';
    const style = styleOf(each);
    const last = runs.at(-1);
    if (last && last.style === style) last.text += text;
    else runs.push({ text, from: column, style });
  }
  // What is blank is left out, and blanks at the ends of what is not.
  return runs
    .map(({ text, from, style }) => {
      const trimmed = text.trimStart();
      return { text: trimmed.trimEnd(), from: from + text.length - trimmed.length, style };
    })
    .filter(({ text }) => text !== '');
}

function styleOf(each) {
  const colour = each.isFgRGB()
    ? `#${each.getFgColor().toString(16).padStart(6, '0')}`
    : each.isFgPalette()
      ? (palette[each.getFgColor()] ?? ink)
      : undefined;
  return [
    colour ? ` fill="${colour}"` : '',
    each.isBold() ? ' font-weight="bold"' : '',
    each.isDim() ? ' opacity="0.65"' : '',
    each.isItalic() ? ' font-style="italic"' : '',
    each.isUnderline() ? ' text-decoration="underline"' : '',
  ].join('');
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
