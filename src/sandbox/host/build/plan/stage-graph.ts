import { readReference } from '../../../images/registry.ts';
import { unlessThrown } from '../../../thrown.ts';
import { DockerfileError, located } from '../dockerfile/dockerfile-error.ts';
import type { Dockerfile, Instruction, Stage } from '../dockerfile/instruction.ts';
import type { LexedWord } from '../dockerfile/lexed-word.ts';
import type { Linter, LintRule } from '../dockerfile/lint-rules.ts';
import { parseAlone } from '../dockerfile/parse-dockerfile.ts';
import { readLines } from '../dockerfile/read-lines.ts';
import { mountFrom } from '../dockerfile/run-mount.ts';
import { suggestion, withSuggestion } from '../dockerfile/suggestion.ts';
import { lexWord } from '../dockerfile/word-lexer.ts';
import type { BuildOptions } from './build-options.ts';
import { platform, predefinedArguments, StageEnvironment } from './environment.ts';
import { type StageCommand, StageState } from './stage-state.ts';

/** The stages of a Dockerfile, and what each needs of the others. */
export class StageGraph {
  readonly states: StageState[] = [];
  readonly target: StageState;
  /** The arguments before the first FROM, and those that every build knows. */
  readonly globals: StageEnvironment;
  readonly #linter: Linter;
  readonly #escape: string;
  /** Names of arguments before the first FROM. */
  readonly #declared: ReadonlySet<string>;

  /** @throws DockerfileError */
  constructor(file: Dockerfile, options: BuildOptions, linter: Linter) {
    this.#linter = linter;
    this.#escape = file.escape;
    const [last = ''] = file.stages.slice(-1).map(({ name }) => name);
    const target = options.target || last;
    const predefined = predefinedArguments(options.args, target);
    this.#checkDefaults(file, predefined);
    this.globals = this.#globalArguments(file.globals, predefined, options.args);
    this.#declared = new Set([
      ...file.globals.flatMap(({ content }) => content.args).map(({ name }) => name),
      ...this.globals.variables.keys(),
    ]);
    for (const [place, stage] of file.stages.entries()) this.#add(stage, place);
    this.target = this.#findTarget(options.target);
    for (const state of [...this.states]) this.#connect(state);
    this.#demandNoCircle();
    const [only] = this.states;
    if (this.states.length === 1 && only && !hasMounts(only)) only.shownName = '';
  }

  /** The stages that the target needs, in the order of the Dockerfile. */
  reachable(): readonly StageState[] {
    const found = new Set<StageState>();
    const visit = (state: StageState): void => {
      if (found.has(state)) return;
      found.add(state);
      if (state.base) visit(state.base);
      for (const need of state.needs) visit(need);
    };
    visit(this.target);
    return this.states.filter((state) => found.has(state));
  }

  /** Puts before the instructions of a stage those that ONBUILD keeps. @throws DockerfileError */
  addTriggers(state: StageState, triggers: readonly string[]): void {
    state.hasTriggers = true;
    const { location } = state.stage;
    const commands = located(location, () =>
      triggers
        .flatMap((trigger) => readLines(trigger).instructions)
        .map((line): StageCommand => {
          const instruction = { ...parseAlone(line, this.#linter), location };
          return { ...this.#command(instruction), isTrigger: true };
        }),
    );
    state.commands = [...commands, ...state.commands];
    state.total += commands.length;
    state.triggers += commands.length;
    this.#need(state, commands);
  }

  #lex(text: string, environment: StageEnvironment): LexedWord {
    return lexWord(text, environment.variables, { escape: this.#escape });
  }

  #globalArguments(
    globals: Dockerfile['globals'],
    predefined: StageEnvironment,
    args: BuildOptions['args'],
  ): StageEnvironment {
    const environment = new StageEnvironment(predefined.variables);
    for (const { content, location } of globals) {
      for (const { name, value } of content.args) {
        const given = args[name];
        const found =
          given ??
          (value === undefined ? undefined : located(location, () => this.#lex(value, environment).text));
        if (found !== undefined) environment.variables.set(name, found);
      }
    }
    return environment;
  }

  /** Names of images are to be right when no argument is given, too. */
  #checkDefaults(file: Dockerfile, predefined: StageEnvironment): void {
    const check = () => {
      const environment = this.#globalArguments(file.globals, predefined, {});
      for (const { base, location, comments } of file.stages) {
        if (readReference(this.#lex(base, environment).text)) continue;
        const message = `Default value for ARG ${base} results in empty or invalid base image name`;
        this.#linter.warn('InvalidDefaultArgInFrom', location, message, comments);
      }
    };
    // What cannot be read at all is refused where the stages are.
    unlessThrown(DockerfileError, check, () => undefined);
  }

  #add(stage: Stage, place: number): void {
    const { location, comments } = stage;
    const warn = (rule: LintRule, message: string) => this.#linter.warn(rule, location, message, comments);
    const base = located(location, () => this.#lex(stage.base, this.globals));
    this.#checkDeclared(base, warn);
    if (base.text === '')
      throw new DockerfileError(`base name (${stage.base}) should not be blank`, [location]);
    if (stage.platform !== '') this.#checkPlatform(stage, warn);
    const below = this.states.findLast(({ stage: { name } }) => name !== '' && name === base.text);
    const state = new StageState(stage, base.text, {
      base: below,
      shownName: stage.name || `stage-${place}`,
      isImage: false,
    });
    const steps = stage.instructions.filter(({ content: { kind } }) =>
      ['add', 'copy', 'run', 'workdir'].includes(kind),
    );
    state.total = steps.length + (base.text === 'scratch' || below ? 0 : 1);
    this.states.push(state);
  }

  #checkDeclared({ unmatched }: LexedWord, warn: (rule: LintRule, message: string) => void): void {
    for (const name of unmatched) {
      if (this.#declared.has(name)) continue;
      const meant = suggestion(name, [...this.#declared], { isExact: true });
      const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
      warn('UndefinedArgInFrom', `FROM argument '${name}' is not declared${hint}`);
    }
  }

  #checkPlatform(stage: Stage, warn: (rule: LintRule, message: string) => void): void {
    const { location } = stage;
    const found = located(location, () => this.#lex(stage.platform, this.globals));
    this.#checkDeclared(found, warn);
    if (found.matched.length === 1 && found.unmatched.length === 0 && found.matched[0] === 'TARGETPLATFORM')
      warn(
        'RedundantTargetPlatform',
        `Setting platform to predefined ${stage.platform} in FROM is redundant as this is the default behavior`,
      );
    if (found.text === '') {
      const empty = `empty platform value from expression ${stage.platform}`;
      const [meant] = found.unmatched.map((name) => suggestion(name, [...this.#declared], { isExact: true }));
      throw new DockerfileError(`${empty}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`, [
        location,
      ]);
    }
    const [os = '', architecture = 'amd64'] = found.text.split('/');
    const isConstant = found.matched.length === 0 && found.unmatched.length === 0;
    if (isConstant && !stage.name.includes(os) && !stage.name.includes(architecture))
      warn(
        'FromPlatformFlagConstDisallowed',
        `FROM --platform flag should not use constant value "${found.text}"`,
      );
    if (found.text !== platform && found.text !== 'linux')
      throw new DockerfileError(
        `the platform ${found.text} is not simulated here: everything is ${platform}`,
        [location],
      );
  }

  #named(name: string): StageState | undefined {
    return this.states.findLast(
      ({ stage, isImage }) => !isImage && stage.name !== '' && stage.name === name.toLowerCase(),
    );
  }

  #findTarget(name: string): StageState {
    const names = this.states.map(({ shownName }) => shownName);
    const found = name === '' ? this.states.at(-1) : this.#named(name);
    if (found) return found;
    throw new DockerfileError(withSuggestion(`target stage "${name}" could not be found`, name, names));
  }

  #connect(state: StageState): void {
    state.commands = state.stage.instructions.map((instruction) => this.#command(instruction));
    this.#need(state, state.commands);
  }

  #need(state: StageState, commands: readonly StageCommand[]): void {
    for (const { sources } of commands) for (const source of sources) if (source) state.needs.add(source);
  }

  #command(instruction: Instruction): StageCommand {
    const { content } = instruction;
    const plain = { instruction, isTrigger: false };
    if (content.kind === 'copy' && content.from !== '') {
      if (lexWord(content.from, new Map()).text !== content.from)
        throw new DockerfileError(
          'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround',
        );
      return { ...plain, sources: [this.#source(content.from, instruction)] };
    }
    if (content.kind !== 'run') return { ...plain, sources: [] };
    const sources = content.mounts.map((mount) => {
      const from = mountFrom(mount);
      return from === '' ? undefined : this.#source(from, instruction);
    });
    return { ...plain, sources };
  }

  /** A stage by its name or its number, or an image. */
  #source(name: string, instruction: Instruction): StageState {
    if (/^[+-]?\d+$/.test(name)) {
      const found = this.states[Number(name)];
      if (!found) throw new DockerfileError(`invalid stage index ${Number(name)}`);
      return found;
    }
    const known = this.#named(name);
    if (known) return known;
    const stage: Stage = {
      base: name,
      name: '',
      platform: '',
      command: 'FROM',
      source: '',
      location: instruction.location,
      comments: [],
      instructions: [],
    };
    const state = new StageState(stage, name, { shownName: '', isImage: true });
    this.states.push(state);
    return state;
  }

  #demandNoCircle(): void {
    const visited = new Set<StageState>();
    const path = new Set<StageState>();
    const visit = (state: StageState, before: readonly Instruction[]): readonly Instruction[] | undefined => {
      if (visited.has(state)) return undefined;
      visited.add(state);
      path.add(state);
      for (const { instruction, sources } of state.commands) {
        for (const source of sources) {
          if (!source) continue;
          const gone = [...before, instruction];
          const circle = path.has(source) ? gone : visit(source, gone);
          if (circle) return circle;
        }
      }
      path.delete(state);
      return undefined;
    };
    for (const state of this.states) {
      const circle = visit(state, []);
      if (!circle) continue;
      const locations = circle.map(({ location }) => location).reverse();
      throw new DockerfileError(`circular dependency detected on stage: ${state.shownName}`, locations);
    }
  }
}

/** A stage in which something is mounted has its name shown, as if there were more stages than one. */
function hasMounts({ commands }: StageState): boolean {
  return commands.some(({ instruction: { content } }) => content.kind === 'run' && content.mounts.length > 0);
}
