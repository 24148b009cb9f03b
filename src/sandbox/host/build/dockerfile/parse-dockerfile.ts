import { unlessThrown } from '../../../thrown.ts';
import { DockerfileError, located } from './dockerfile-error.ts';
import type { ArgInstruction, Dockerfile, Instruction, Stage } from './instruction.ts';
import { InstructionFlags } from './instruction-flags.ts';
import type { InstructionLine } from './instruction-line.ts';
import { instructionNames } from './line-forms.ts';
import type { Linter } from './lint-rules.ts';
import { parseInstruction } from './parse-instruction.ts';
import type { DockerfileLines } from './read-lines.ts';
import { withSuggestion } from './suggestion.ts';

type OpenStage = Omit<Stage, 'instructions'> & { readonly instructions: Instruction[] };

/**
 * Puts the instructions of a Dockerfile into stages.
 *
 * @throws DockerfileError in BuildKit's words
 */
export function parseDockerfile(lines: DockerfileLines, linter: Linter): Dockerfile {
  const stages: OpenStage[] = [];
  const globals: (Instruction & { readonly content: ArgInstruction })[] = [];
  for (const line of lines.instructions) {
    const { location } = line;
    const isStage = line.command.toLowerCase() === 'from';
    const found = parseError(line, () => (isStage ? stageOf(line, linter) : instructionOf(line, linter)));
    if ('instructions' in found) stages.push(found);
    else if (found.content.kind === 'arg' && stages.length === 0)
      globals.push({ ...found, content: found.content });
    else {
      const stage = stages.at(-1);
      if (!stage) throw new DockerfileError('no build stage in current context', [location]);
      stage.instructions.push(found);
    }
  }
  if (stages.length === 0) throw new DockerfileError('dockerfile contains no stages to build');
  checkStageNames(stages, linter);
  checkCasing(stages, linter);
  return { stages, globals, escape: lines.escape };
}

/** An instruction alone, such as one that ONBUILD keeps. @throws DockerfileError without a place */
export function parseAlone(line: InstructionLine, linter: Linter): Instruction {
  return instructionOf(line, linter);
}

function parseError<T>(line: InstructionLine, act: () => T): T {
  const parse = () => located(line.location, act);
  return unlessThrown(DockerfileError, parse, ({ message, locations }): never => {
    throw new DockerfileError(`dockerfile parse error on line ${line.location.start}: ${message}`, locations);
  });
}

function instructionOf(line: InstructionLine, linter: Linter): Instruction {
  const { command, original, location, comments } = line;
  if (command.toLowerCase() === 'maintainer') {
    const message = 'Maintainer instruction is deprecated in favor of using label';
    linter.warn('MaintainerDeprecated', location, message, comments);
  }
  const content = parseInstruction(line);
  if (!content)
    throw new DockerfileError(
      withSuggestion(`unknown instruction: ${command}`, command, instructionNames, false),
    );
  return { content, command, source: original.trim(), location, comments };
}

function stageOf(line: InstructionLine, linter: Linter): OpenStage {
  const { args, command, location, comments, original } = line;
  const [base = '', as = '', written = ''] = args;
  if (args.length === 3 && written !== written.toLowerCase())
    linter.warn('StageNameCasing', location, `Stage name '${written}' should be lowercase`, comments);
  if (args.length >= 3 && !hasSameCase(command, as))
    linter.warn('FromAsCasing', location, `'${as}' and '${command}' keywords' casing do not match`, comments);
  const isNamed = args.length === 3 && as.toLowerCase() === 'as';
  if (!isNamed && args.length !== 1) throw new DockerfileError('FROM requires either one or three arguments');
  const name = isNamed ? written.toLowerCase() : '';
  if (isNamed && !/^[a-z][a-z0-9-_.]*$/.test(name))
    throw new DockerfileError(
      `invalid name for build stage: ${JSON.stringify(written)}, name can't start with a number or contain symbols`,
    );
  const platform = new InstructionFlags(line.flags, { platform: 'text' }).text('platform');
  return { base, name, platform, command, source: original.trim(), location, comments, instructions: [] };
}

function hasSameCase(command: string, word: string): boolean {
  if (command === command.toLowerCase()) return word === word.toLowerCase();
  return command !== command.toUpperCase() || word === word.toUpperCase();
}

function checkStageNames(stages: readonly Stage[], linter: Linter): void {
  const seen = new Set<string>();
  for (const { name, location, comments } of stages) {
    if (name === '') continue;
    if (name === 'context' || name === 'scratch')
      linter.warn(
        'ReservedStageName',
        location,
        `Stage name should not use the same name as reserved stage "${name}"`,
        comments,
      );
    if (seen.has(name))
      linter.warn(
        'DuplicateStageName',
        location,
        `Duplicate stage name "${name}", stage names should be unique`,
        comments,
      );
    seen.add(name);
  }
}

/** All instructions are to be in capitals, or all in small letters: as most of them are. */
function checkCasing(stages: readonly Stage[], linter: Linter): void {
  const all = stages.flatMap((stage) => [stage, ...stage.instructions]);
  const isLower = ({ command }: { command: string }) => command === command.toLowerCase();
  const isUpper = ({ command }: { command: string }) => command === command.toUpperCase();
  const wantsLower = all.filter(isLower).length > all.filter(isUpper).length;
  for (const each of all) {
    if (wantsLower ? isLower(each) : isUpper(each)) continue;
    const wanted = wantsLower ? 'lowercase' : 'uppercase';
    const message = `Command '${each.command}' should match the case of the command majority (${wanted})`;
    linter.warn('ConsistentInstructionCasing', each.location, message, each.comments);
  }
}
