/** At most 60 columns with the names before them. */
const described: readonly (readonly [string, string])[] = [
  ['kubectl …', 'what you do with a cluster; k for short'],
  ['fast 30s', 'lets half a minute pass at once'],
  ['sleep 30s', 'waits for it'],
  ['node stop NAME', 'pulls the plug of a node'],
  ['node start NAME', 'puts it back'],
  ['load NAME CPU', 'sends visitors: load deployment/web 400m'],
  ['load NAME off', 'sends them home'],
  ['curl URL', 'asks from your machine: a forwarded port,'],
  ['', 'or a port of a node'],
  ['undo, redo', 'takes a line back, and takes it again'],
  ['reset', 'begins a new world; undo brings this back'],
  ['ls cat cd mkdir rm', 'your files here; > >> < and << work'],
  ['grep wc head sort', 'behind a |'],
  ['exit', 'leaves; the world is kept'],
];

/** What can be typed in the sandbox. */
export function helpText(commands: readonly string[]): string {
  const widest = Math.max(...described.map(([name]) => name.length));
  const lines = described.map(([name, means]) => `  ${name.padEnd(widest)}  ${means}`);
  return `A cluster in memory: nothing here reaches a real one.\n\n${lines.join('\n')}\n\n${filled(commands)}\n`;
}

/** Names in lines of at most 60 columns. */
function filled(names: readonly string[]): string {
  const lines = ['All:'];
  for (const name of names) {
    const last = lines.at(-1) ?? '';
    if (last.length + name.length < 60) lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(`    ${name}`);
  }
  return lines.join('\n');
}
