import { containerRequest } from '../../docker/container-request.ts';
import { parseDocker } from '../../docker/parse.ts';
import { DockerRefusal } from '../../docker/refusal.ts';
import { joinWords } from '../../docker/words.ts';
import { fillTemplate, type TemplateValues } from '../template.ts';

const place = '{flags...}';

/** Words that a flag adds to the docker line, and what came of it. */
export interface Addition {
  readonly words: readonly string[];
  /** Whether some line took them. */
  isTaken: boolean;
  /** What docker says of the words, where it refuses them. */
  refusal?: string;
}

/**
 * Fills a template with what the line says, and with the words that its flags add. What docker would refuse
 * is left out.
 *
 * @returns the words of the line, or why docker refuses it as a whole
 */
export function fillDockerLine(
  template: string,
  known: ReadonlySet<string>,
  values: TemplateValues,
  additions: readonly Addition[],
): readonly string[] | DockerRefusal {
  const [head = [], tail = []] = withoutEmpty(template, known, values)
    .split(place)
    .map((part) => fillTemplate(part, known, values));
  const refusal = refusalOf([...head, ...tail]);
  if (refusal) return refusal;
  const added: string[] = [];
  for (const addition of template.includes(place) ? additions : []) {
    const refused = refusalOf([...head, ...added, ...addition.words, ...tail]);
    if (refused) addition.refusal = refused.message;
    else {
      added.push(...addition.words);
      addition.isTaken = true;
    }
  }
  return [...head, ...inCluster(added), ...tail];
}

/** The template without the words that would stay empty: the one before them is no flag of theirs. */
function withoutEmpty(template: string, known: ReadonlySet<string>, values: TemplateValues): string {
  const words = template.split(' ').filter((word) => {
    const names = [...word.matchAll(/\{([a-z][a-z0-9.-]*?)(?:\.\.\.)?\}/g)].map(([, name = '']) => name);
    return names.every((name) => !known.has(name) || (values.get(name) ?? []).length > 0);
  });
  return words.join(' ');
}

/** What docker says against a line; nothing if it takes it. */
function refusalOf(argv: readonly string[]): DockerRefusal | undefined {
  try {
    const command = parseDocker(joinWords(argv).words);
    const asksForHelp = command.flags.some(({ name }) => name === '--help');
    if (/^docker container (run|create)$/.test(command.command) && !asksForHelp) containerRequest(command);
    return undefined;
  } catch (error) {
    if (error instanceof DockerRefusal) return error;
    throw error;
  }
}

/** `-i -t` as everybody types it: `-it`. */
function inCluster(words: readonly string[]): string[] {
  return words.reduce<string[]>((typed, word) => {
    if (word === '-t' && typed.at(-1) === '-i') typed[typed.length - 1] = '-it';
    else typed.push(word);
    return typed;
  }, []);
}
