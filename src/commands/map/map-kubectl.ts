import type { Word } from '../../docker/words.ts';
import { parseKubectl } from '../../kubernetes/parse.ts';
import type { Translation } from '../../mapping/translation.ts';
import { translateBack } from '../../mapping/way-back/translate-back.ts';
import type { Session } from '../session.ts';

/**
 * The way back. What a flag became stands under `kubernetes` in both directions: it is the other side.
 *
 * @throws KubectlRefusal for a line that kubectl would refuse
 */
export function translateKubectl(session: Session, input: string, words: readonly Word[]): Translation {
  const command = parseKubectl(words);
  const back = translateBack(session.content.kubectlRow(command.command), command, input);
  return { ...back, flags: back.flags.map(({ docker, ...verdict }) => ({ ...verdict, kubernetes: docker })) };
}
