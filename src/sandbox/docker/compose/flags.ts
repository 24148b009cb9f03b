import { DockerRefusal } from '../../../docker/refusal.ts';
import type { DockerContext } from '../context.ts';

/** The value of a flag of compose itself, such as `--project-name`; the last one counts. */
export function globalText({ command }: DockerContext, name: string): string | undefined {
  return command.globals.findLast((flag) => flag.name === name)?.value;
}

/** All values of a flag of compose itself. */
export function globalTexts({ command }: DockerContext, name: string): readonly string[] {
  return command.globals.filter((flag) => flag.name === name).map(({ value }) => value);
}

/** A whole number; undefined where the flag is not given. */
export function numberFlag({ flags }: DockerContext, name: string): number | undefined {
  if (!flags.has(name)) return undefined;
  const number = Number(flags.text(name));
  if (Number.isInteger(number)) return number;
  throw new DockerRefusal(
    `invalid argument ${JSON.stringify(flags.text(name))} for ${name}`,
    'Give a number.',
  );
}

/** Whether a word of the environment says yes (utils.StringToBool of compose). */
export function saysYes(text: string | undefined): boolean {
  return ['true', '1', 't', 'y'].includes((text ?? '').trim().toLowerCase());
}
