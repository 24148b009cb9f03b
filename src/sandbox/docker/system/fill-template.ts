import { TemplateRunError, templateOf } from '../../go/go-template.ts';
import type { TemplateFunctions } from '../../go/go-template-functions.ts';
import { GoTemplateError } from '../../go/go-template-pipe.ts';
import type { TemplateValue } from '../../go/template-value.ts';
import { throwUnless } from '../../thrown.ts';
import { CommandFailure } from '../failures.ts';
import { dockerFunctions } from '../format/docker-functions.ts';

/** Docker's exit code for a template that is none. */
const wrongTemplate = 64;

/** What a template made of a value, and what stopped it. */
export interface FilledTemplate {
  readonly text: string;
  readonly failure?: CommandFailure;
}

/**
 * Reads a template of `--format`; `json` is all of it.
 *
 * @param settings.name what messages call it
 * @param settings.begin what stands before a message about a template that is none
 * @returns fills it in
 * @throws CommandFailure where it is none
 */
export function readTemplate(
  format: string,
  settings: { readonly name: string; readonly begin?: string; readonly functions?: TemplateFunctions },
): (value: TemplateValue) => FilledTemplate {
  const { name, begin = 'template parsing error: ', functions = dockerFunctions } = settings;
  let fill: ReturnType<typeof templateOf>;
  try {
    fill = templateOf(format === 'json' ? '{{json .}}' : format, { name, isLenient: true, functions });
  } catch (error) {
    throwUnless(error, GoTemplateError);
    throw new CommandFailure(`${begin}${error.message}`, wrongTemplate);
  }
  return (value) => {
    try {
      return { text: fill(value) };
    } catch (error) {
      throwUnless(error, TemplateRunError);
      return { text: error.written, failure: new CommandFailure(error.message) };
    }
  };
}
