const program = /^(\S*[/\\])?(docker|docker-compose|podman|nerdctl|kubectl)(\.exe)?$/;

/** What may stand before a program and is part of its line: `sudo -E`, `NAME=value`. */
const precedes = /^(sudo|doas|time|command|exec|nohup|env|winpty|\w+=.*)$/s;

/** Options of `map` that are followed by a value. */
const takesValue = /^(-o|--output|--as|--kubernetes|--category|--grade)$/;

/**
 * Marks where our own words end: after `map`, everything from the word `docker` (or `kubectl`) on belongs
 * to that line, options included. Commander takes what follows a `--` as it is.
 *
 * @param argv what was typed after the program's name
 */
export function separateLine(argv: readonly string[]): string[] {
  const map = argv.findIndex((word) => !word.startsWith('-'));
  if (argv[map] !== 'map') return [...argv];
  const at = startOfLine(argv, map + 1);
  return at === -1 || argv[at] === '--' ? [...argv] : [...argv.slice(0, at), '--', ...argv.slice(at)];
}

function startOfLine(argv: readonly string[], from: number): number {
  const line = argv.findIndex((word, place) => place >= from && (word === '--' || program.test(word)));
  const first = argv.findIndex(
    (word, place) => place >= from && !word.startsWith('-') && !takesValue.test(argv[place - 1] ?? ''),
  );
  const isK = argv[first] === 'k' && (line === -1 || first < line);
  const isBefore = first < line && argv[line] !== '--' && precedes.test(argv[first] ?? '');
  return isK || isBefore ? first : line;
}
