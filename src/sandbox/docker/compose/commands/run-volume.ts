import type { VolumeMountConfig } from '../../../../docker/compose/service-shape.ts';
import { readVolume } from '../../../../docker/compose/volume-text.ts';
import type { DockerContext } from '../../context.ts';
import { CommandFailure } from '../../failures.ts';

/** A volume as `--volume` writes it. @throws CommandFailure where it is none */
export function volumeOfText(text: string, context: DockerContext): VolumeMountConfig {
  if (text === '') throw new CommandFailure('invalid empty volume spec');
  const read = readVolume(text);
  if (!read) throw new CommandFailure(`invalid spec: ${text}: empty section between colons`);
  const { type, source, target, readOnly } = read;
  const isBind = type === 'bind';
  return {
    type: isBind ? 'bind' : 'volume',
    ...(source === undefined ? {} : { source: isBind ? context.resolve(source) : source }),
    target,
    ...(readOnly ? { read_only: true } : {}),
    ...(isBind ? { bind: {} } : { volume: {} }),
  };
}
