const hide = '\x1b[?25l';

/** A prompt in which nothing is typed needs no cursor; Inquirer shows it again when the prompt is done. */
export function hidden(content: string): string {
  return content + hide;
}
