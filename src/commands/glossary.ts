import type { Command } from 'commander';
import type { IndexedTerm } from '../content/content.ts';
import { findTerm } from '../content/find-term.ts';
import { TutorError } from '../errors.ts';
import { type CommonOptions, optionsOf, showExamples } from '../help.ts';
import type { Io } from '../io.ts';
import { styleFor } from '../terminal/style.ts';
import { drawEntry } from '../terminal/views/glossary-entry-view.ts';
import { openSession } from './session.ts';

interface GlossaryOptions extends CommonOptions {
  readonly json?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[term...]', 'a term of Kubernetes or Docker, or a short name such as po')
    .option('--json', 'print JSON: of all terms, or of one')
    .action((words: string[]) => glossary(io, words.join(' '), optionsOf(command)));
  showExamples(command, [
    'k8s-docker-tutor glossary                  every term with its counterpart',
    'k8s-docker-tutor glossary pod              one term',
    'k8s-docker-tutor glossary bind mount       a term of Docker',
    'k8s-docker-tutor glossary runtime-chain    a drawing of what runs a container',
  ]);
}

async function glossary(io: Io, words: string, options: GlossaryOptions): Promise<void> {
  const session = openSession(io, options);
  const entries = session.content.glossary();
  if (words === '') {
    if (options.json)
      return session.printJson({ version: 1, terms: entries.map(({ id }) => session.content.term(id)) });
    const { drawGlossary } = await import('../terminal/views/glossary-view.ts');
    return session.print(drawGlossary(entries, styleFor(session.screen)));
  }
  const entry = session.content.term((await namedTerm(entries, words)).id);
  if (options.json) return session.printJson({ version: 1, term: entry });
  const terms = new Map(entries.map((each) => [each.id, each.term]));
  session.print(drawEntry(entry, (id) => terms.get(id) ?? id, styleFor(session.screen)));
}

/** @throws TutorError that names what comes near */
async function namedTerm(entries: readonly IndexedTerm[], words: string): Promise<IndexedTerm> {
  const found = findTerm(entries, words);
  if (found.length === 1 && found[0]) return found[0];
  const names = (some: readonly IndexedTerm[]): string => some.map((each) => each.id).join(', ');
  if (found.length > 1)
    throw new TutorError(`"${words}" fits ${found.length} terms`, `Say which: ${names(found)}.`);

  const { nearestTerms } = await import('../content/nearest-terms.ts');
  const near = nearestTerms(entries, words);
  throw new TutorError(
    `there is no term "${words}"`,
    near.length > 0 ? `Did you mean ${names(near)}?` : 'k8s-docker-tutor glossary lists them all.',
  );
}
