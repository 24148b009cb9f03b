import type { Content } from '../../content/content.ts';
import type { Grade } from '../../quiz/grade.ts';
import type { Counterpart } from '../../terminal/views/typed-verdict-view.ts';

/**
 * What a docker line that was typed where kubectl is wanted would be there.
 *
 * @returns undefined for any other answer, and for a line that docker itself would refuse
 */
export async function counterpartOf(content: Content, { typed }: Grade): Promise<Counterpart | undefined> {
  if (!typed?.isDocker || typed.kind === 'refused') return undefined;
  const [{ splitWords }, { DockerRefusal }, { translateLine }] = await Promise.all([
    import('../../docker/words.ts'),
    import('../../docker/refusal.ts'),
    import('../../mapping/translate.ts'),
  ]);
  try {
    const { words } = splitWords(typed.line.replace(/^\$\s+/, ''));
    const { commands, summary } = translateLine(words, typed.line, { kubernetes: '1.36' }, (name) =>
      content.commandRow(name),
    );
    return { commands: commands.map(({ argv }) => argv), summary };
  } catch (error) {
    // Values are judged when they are translated.
    if (error instanceof DockerRefusal) return undefined;
    throw error;
  }
}
