import { type GivenWord, type KubectlCommand, parseKubectl } from '../../kubernetes/parse.ts';
import { KubectlRefusal } from '../../kubernetes/refusal.ts';
import type { ApiRequest, ApiResponse } from '../cluster/api/request.ts';
import { complain, type Effect, print, type Steps } from '../effects.ts';
import { asked, through } from '../through.ts';
import { commands } from './commands.ts';
import { identityHeaders, type Surroundings } from './config.ts';
import { KubectlContext } from './context.ts';
import {
  CommandFailure,
  failureCode,
  failureText,
  PrintedFailure,
  rethrowUnlessOwn,
  SilentExit,
} from './failures.ts';
import { helpFor, isHelpAsked } from './help.ts';

/**
 * The built-in kubectl: a client of the API and of nothing else. It behaves as kubectl 1.36 does, and says so
 * where something of it is not simulated.
 *
 * @param words what was typed, `kubectl` first
 * @returns the exit code
 */
export function* kubectl(words: readonly string[], surroundings: Surroundings): Steps<number> {
  try {
    const command = parseKubectl(positioned(words), saysItself);
    const help = helpFor(command);
    if (help !== undefined) {
      // A command that only has others below it was not meant to be run: cobra shows its help as a mistake.
      const isMistake = !isHelpAsked(command) && command.command !== 'kubectl';
      yield* isMistake ? complain(help) : print(help);
      return isMistake ? 1 : 0;
    }
    const run = commands[command.command.slice('kubectl '.length)];
    if (!run) throw new CommandFailure(notSimulated(command));
    const context = new KubectlContext(command, surroundings);
    return yield* asOneself(context, run(context));
  } catch (error) {
    if (error instanceof SilentExit) return error.exitCode;
    if (error instanceof KubectlRefusal) {
      yield* complain(refusalText(error, words));
      return 1;
    }
    rethrowUnlessOwn(error);
    if (error instanceof PrintedFailure) yield* print(error.printed);
    yield* complain(failureText(error));
    return failureCode(error);
  }
}

/** Commands that are simulated say themselves what is missing on their line. */
function saysItself(command: string): boolean {
  return commands[command.slice('kubectl '.length)] !== undefined;
}

/** Requests say who asks; what the server warns of with every answer is said once. */
function* asOneself(context: KubectlContext, steps: Steps<number>): Steps<number> {
  const said = new Set<string>();
  let who: ApiRequest['headers'] | undefined;
  function* asThem(effect: Effect & { readonly kind: 'request' }): Steps<ApiResponse> {
    who ??= yield* identityHeaders(context.options, context.surroundings);
    const { request } = effect;
    const asked = { ...request, headers: { ...who, ...request.headers } };
    return withNewWarnings((yield { kind: 'request', request: asked }) as ApiResponse, said);
  }
  return yield* through(steps, (effect) => (effect.kind === 'request' ? asThem(effect) : asked(effect)));
}

function withNewWarnings(response: ApiResponse, said: Set<string>): ApiResponse {
  if (!response.warnings?.some((warning) => said.has(warning))) {
    for (const warning of response.warnings ?? []) said.add(warning);
    return response;
  }
  const warnings = response.warnings.filter((warning) => !said.has(warning));
  for (const warning of warnings) said.add(warning);
  return { ...response, warnings };
}

function notSimulated({ command }: KubectlCommand): string {
  return `${command} is not simulated here. Everything that is: kubectl --help`;
}

/** What a word before the parser's refusal has to do with its place is not of interest here. */
function positioned(words: readonly string[]): GivenWord[] {
  let start = 0;
  return words.map((text) => {
    const word = { text, start };
    start += text.length + 1;
    return word;
  });
}

/** Wrong flags name the command's help, as cobra does. */
function refusalText({ message }: KubectlRefusal, words: readonly string[]): string {
  if (/^(Unexpected args: |unknown command "[^"]*"$)/.test(message)) {
    return `error: ${message}\nSee '${commandWords(words).join(' ')} -h' for help and examples\n`;
  }
  if (!/^(unknown (shorthand )?flag|flag needs an argument|invalid argument|bad flag syntax)/.test(message)) {
    return `error: ${message}\n`;
  }
  const command = commandWords(words).join(' ');
  return `error: ${message}\nSee '${command} --help' for usage.\n`;
}

function commandWords(words: readonly string[]): string[] {
  const names = words.slice(1).filter((word) => !word.startsWith('-'));
  const known = Object.keys(commands);
  for (let length = Math.min(3, names.length); length > 0; length--) {
    const path = names.slice(0, length).join(' ');
    if (known.includes(path) || known.some((each) => each.startsWith(`${path} `))) return ['kubectl', path];
  }
  return ['kubectl'];
}
