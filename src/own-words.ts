const program = /^(\S*[/\\])?(docker|docker-compose|podman|nerdctl|kubectl)(\.exe)?$/;

/** What may stand before a program and is part of its line: `sudo -E`, `NAME=value`. */
const precedes = /^(sudo|doas|time|command|exec|nohup|env|winpty|\w+=.*)$/s;

/** Options of ours that are followed by a value. */
const takesValue = /^(-o|--output|--as|--kubernetes|--category|--grade|--sure)$/;

/**
 * Marks where our own words end: after `map` and `quiz answer`, everything from the word `docker` (or
 * `kubectl`) on belongs to that line, options included. Commander takes what follows a `--` as it is.
 *
 * @param argv what was typed after the program's name
 */
export function separateLine(argv: readonly string[]): string[] {
  const first = argv.findIndex((word) => !word.startsWith('-'));
  if (argv[first] === 'quiz') return separateAnswer(argv, first + 1);
  if (argv[first] !== 'map') return [...argv];
  const at = startOfLine(argv, first + 1);
  return at === -1 || argv[at] === '--' ? [...argv] : [...argv.slice(0, at), '--', ...argv.slice(at)];
}

/** `quiz answer <id> kubectl …`: no option of docker or kubectl is called `--json`, so at the end it is ours. */
function separateAnswer(argv: readonly string[], from: number): string[] {
  const nextWord = (place: number): number =>
    argv.findIndex((word, at) => at >= place && !word.startsWith('-'));
  const verb = nextWord(from);
  const id = nextWord(verb + 1);
  if (argv[verb] !== 'answer' || id === -1) return [...argv];
  const at = startOfLine(argv, id + 1);
  if (at === -1) return [...argv];
  const isMarked = argv[at] === '--';
  const isOurs = argv.at(-1) === '--json' && !isMarked;
  const line = argv.slice(isMarked ? at + 1 : at, isOurs ? -1 : undefined);
  return [...argv.slice(0, at), ...(isOurs ? ['--json'] : []), '--', ...line];
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
