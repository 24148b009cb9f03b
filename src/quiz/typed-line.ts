import { programName } from '../docker/base-name.ts';
import { type DockerCommand, parseDocker } from '../docker/parse.ts';
import { DockerRefusal } from '../docker/refusal.ts';
import { splitWords, type Word } from '../docker/words.ts';
import { type KubectlCommand, parseKubectl } from '../kubernetes/parse.ts';
import { KubectlRefusal } from '../kubernetes/refusal.ts';

/** A command line that somebody typed, read as its program would read it. */
export type TypedLine =
  | { readonly program: 'kubectl'; readonly command: KubectlCommand; readonly rest: string }
  | { readonly program: 'docker'; readonly command: DockerCommand; readonly rest: string }
  | {
      readonly program: 'refused';
      /** Whose words the message is in. */
      readonly by: 'kubectl' | 'docker' | 'shell';
      readonly message: string;
      readonly hint: string;
      /** Where in the line the word at fault begins. */
      readonly position: number;
    };

/** The prompt that comes along when a line is copied. */
const prompt = /^\s*\$\s+/;

/**
 * Reads a line that begins with kubectl, `k`, docker or one of docker's stand-ins; `sudo`, settings such as
 * `NAME=value`, and a copied `$ ` before it are passed over.
 */
export function readTypedLine(line: string): TypedLine {
  const copied = prompt.exec(line)?.[0].length ?? 0;
  try {
    // Blanks keep the positions what they are in the line as it was typed.
    const { words, leftOut } = splitWords(' '.repeat(copied) + line.slice(copied));
    const kubectl = words.findIndex(({ text }) => /^(kubectl|k)$/.test(programName(text)));
    const isKubectl = kubectl !== -1 && words.slice(0, kubectl).every(passedOver);
    return isKubectl
      ? { program: 'kubectl', command: parseKubectl(words.slice(kubectl)), rest: leftOut }
      : { program: 'docker', command: parseDocker(words), rest: leftOut };
  } catch (error) {
    if (!(error instanceof DockerRefusal || error instanceof KubectlRefusal)) throw error;
    const { message, hint, position } = error;
    const by = refuserOf(line, error);
    if (by !== 'shell' || isQuote(message)) return { program: 'refused', by, message, hint, position };
    const [word = ''] = /\S+/.exec(line.slice(copied)) ?? [];
    return {
      program: 'refused',
      by,
      message: `${word.slice(0, longestShown)} is neither kubectl nor docker`,
      hint: 'Begin the line with its program.',
      position: line.indexOf(word, copied),
    };
  }
}

const longestShown = 40;

/** Whether the line could not even be split into words. */
function isQuote(message: string): boolean {
  return message.includes('closed');
}

function passedOver({ text }: Word): boolean {
  return /^(sudo|time|command|env)$|^\w+=/.test(text);
}

function refuserOf(line: string, error: DockerRefusal | KubectlRefusal): 'kubectl' | 'docker' | 'shell' {
  if (error instanceof KubectlRefusal) return 'kubectl';
  return /(^|[\s/\\])(docker|docker-compose|podman|nerdctl)\b/.test(line) ? 'docker' : 'shell';
}
