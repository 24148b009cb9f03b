/** Whether the words, or the one that was quoted, are a line of a program that can be translated. */
export function isLine(typed: readonly string[]): boolean {
  const words = typed.length === 1 ? (typed[0] ?? '').trim().split(/\s+/) : typed;
  if (words[0] === 'k') return words.length > 1;
  const program = words.findIndex((word) =>
    /^(\S*[/\\])?(docker|docker-compose|podman|nerdctl|kubectl)(\.exe)?$/.test(word),
  );
  // What stands before it belongs to the line where it is `sudo -E` or `NAME=value`, and not "see docker".
  const before = words.slice(0, program);
  return (
    program !== -1 &&
    before.every(
      (word, place) =>
        /^(-.*|sudo|doas|time|command|exec|nohup|env|winpty|\w+=.*)$/s.test(word) ||
        /^(-u|-g|--user|--group)$/.test(before[place - 1] ?? ''),
    )
  );
}
