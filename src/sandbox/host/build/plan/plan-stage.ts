import { normalPath } from '../../../runtime/files/paths.ts';
import { signalName } from '../../../runtime/program.ts';
import { unlessThrown } from '../../../thrown.ts';
import { DockerfileError, located } from '../dockerfile/dockerfile-error.ts';
import type { Argument, HealthInstruction, Instruction } from '../dockerfile/instruction.ts';
import { WordError } from '../dockerfile/lexed-word.ts';
import { suggestion } from '../dockerfile/suggestion.ts';
import { lexWord } from '../dockerfile/word-lexer.ts';
import { exposedPort } from './exposed-ports.ts';
import { goList, goQuotedList, goStruct } from './go-values.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { planCopy } from './plan-copy.ts';
import { planEnvironment, planLabels, warnOfSecret } from './plan-pairs.ts';
import { planRun } from './plan-run.ts';
import type { StageCommand, StageState } from './stage-state.ts';

/**
 * Plans a stage: what its instructions make of the files becomes steps, what they say of containers becomes
 * the configuration of its image (frontend/dockerfile/dockerfile2llb of moby/buildkit 0.32).
 *
 * @throws DockerfileError
 */
export function planStage(state: StageState, plan: PlanBuilder): void {
  state.isPlanned = true;
  for (const command of state.commands)
    located(command.instruction.location, () => new InstructionPlanner(state, command, plan).run());
}

/** Plans one instruction of a stage. */
export class InstructionPlanner {
  readonly state: StageState;
  readonly command: StageCommand;
  readonly plan: PlanBuilder;

  constructor(state: StageState, command: StageCommand, plan: PlanBuilder) {
    this.state = state;
    this.command = command;
    this.plan = plan;
  }

  run(): void {
    const { content } = this.instruction;
    switch (content.kind) {
      case 'env':
        return planEnvironment(this, content.pairs);
      case 'label':
        return planLabels(this, content.pairs);
      case 'arg':
        return this.#arguments(content.args);
      case 'maintainer':
        this.state.author = content.text;
        return this.say(`MAINTAINER ${content.text}`);
      case 'onbuild':
        this.state.config.onBuild = [...(this.state.config.onBuild ?? []), content.text];
        return;
      case 'cmd':
      case 'entrypoint':
        return this.#command(content.kind, content.words, content.isShell);
      case 'shell':
        this.state.config.shell = content.words;
        return this.say(`SHELL ${goList(content.words)}`);
      case 'healthcheck':
        return this.#health(content);
      case 'expose':
        return this.#expose(content.ports);
      case 'user':
        this.state.config.user = this.expand(content.text);
        return this.say(`USER ${this.state.config.user}`);
      case 'volume': {
        const paths = content.paths.map((path) => this.expand(path));
        if (paths.includes('')) throw new DockerfileError('VOLUME specified can not be an empty string');
        this.state.config.volumes = [...new Set([...(this.state.config.volumes ?? []), ...paths])];
        return this.say(`VOLUME ${goList(paths)}`);
      }
      case 'stopsignal': {
        const signal = this.expand(content.text);
        if (signalName(signal) === undefined) throw new DockerfileError(`invalid signal: ${signal}`);
        this.state.config.stopSignal = signal;
        return this.say(`STOPSIGNAL ${signal}`);
      }
      case 'workdir':
        return this.#workdir(this.expand(content.text));
      case 'copy':
      case 'add':
        return planCopy(this, content);
      case 'run':
        return planRun(this, content);
    }
  }

  get instruction(): Instruction {
    return this.command.instruction;
  }

  /** A word with its variables replaced and its quotes gone. */
  expand(text: string, options: { readonly ignoreQuotes?: boolean } = {}): string {
    const { state } = this;
    try {
      const found = lexWord(text, state.environment.variables, {
        escape: options.ignoreQuotes ? '\\' : this.plan.mark,
        ...options,
      });
      this.#warnUndefined(found.unmatched);
      return found.text;
    } catch (error) {
      if (error instanceof WordError) this.#warnUndefined(error.unmatched);
      throw error;
    }
  }

  #warnUndefined(names: readonly string[]): void {
    const { state } = this;
    for (const name of names) {
      if (state.buildArguments.some((each) => each.name === name)) continue;
      const meant = suggestion(name, [...state.environment.variables.keys()], { isExact: true });
      const hint = meant === undefined ? '' : ` (did you mean $${meant}?)`;
      this.warn('UndefinedVar', `Usage of undefined variable '$${name}'${hint}`);
    }
  }

  warn(rule: Parameters<PlanBuilder['linter']['warn']>[0], message: string): void {
    const { location, comments } = this.instruction;
    this.plan.linter.warn(rule, location, message, comments);
  }

  /** Adds a line to the history that brings no files. */
  say(createdBy: string): void {
    this.state.history.push({ createdBy });
  }

  /** How the progress calls the step, behind its number. */
  shown(text: string, options: { readonly rawQuotes?: boolean; readonly keepUnset?: boolean } = {}): string {
    const [first = '', ...rest] = this.#replaced(text, options).split(' ');
    return [first.toUpperCase(), ...rest].join(' ');
  }

  #replaced(text: string, options: { readonly rawQuotes?: boolean; readonly keepUnset?: boolean }): string {
    const { variables } = this.state.environment;
    const lex = () => lexWord(text, variables, { escape: this.plan.mark, ...options }).text;
    return unlessThrown(DockerfileError, lex, () => text);
  }

  #arguments(args: readonly Argument[]): void {
    const { state, plan } = this;
    const texts = args.map(({ name, value: written }) => {
      warnOfSecret(this, 'ARG', name);
      const given = plan.options.args[name];
      const inherited = written === undefined ? plan.globals.variables.get(name) : undefined;
      const value = given ?? (written === undefined ? inherited : this.expand(written));
      if (value !== undefined) state.environment.variables.set(name, value);
      state.buildArguments.push({ name, value });
      return value === undefined ? name : `${name}=${value}`;
    });
    this.say(`ARG ${texts.join(' ')}`);
  }

  #command(kind: 'cmd' | 'entrypoint', words: readonly string[], isShell: boolean): void {
    const { state } = this;
    this.#useOnce(kind);
    if (isShell && !state.config.shell)
      this.warn(
        'JSONArgsRecommended',
        `JSON arguments recommended for ${this.instruction.command} to prevent unintended behavior related to OS signals`,
      );
    const argv = isShell ? [...this.shell, words.join(' ')] : words;
    if (kind === 'cmd') {
      state.config.cmd = argv;
      state.config.argsEscaped = true;
    } else {
      state.config.entrypoint = argv;
      if (!state.hasUsed('cmd')) delete state.config.cmd;
    }
    this.say(`${kind.toUpperCase()} ${goQuotedList(argv)}`);
  }

  /** What reads commands that are no lists. */
  get shell(): readonly string[] {
    return this.state.config.shell ?? ['/bin/sh', '-c'];
  }

  /** Of several of a kind only the last one counts. */
  #useOnce(kind: string): void {
    const { location, command, comments } = this.instruction;
    const before = this.state.use(kind, location);
    if (!before) return;
    const message = `Multiple ${command} instructions should not be used in the same stage because only the last one will be used`;
    this.plan.linter.warn('MultipleInstructionsDisallowed', before, message, comments);
  }

  #health(health: HealthInstruction): void {
    this.#useOnce('healthcheck');
    const { test, interval, timeout, startPeriod, startInterval, retries } = health;
    this.state.config.healthcheck = {
      test,
      ...(interval > 0 && { intervalMs: interval }),
      ...(timeout > 0 && { timeoutMs: timeout }),
      ...(startPeriod > 0 && { startPeriodMs: startPeriod }),
      ...(startInterval > 0 && { startIntervalMs: startInterval }),
      ...(retries > 0 && { retries }),
    };
    this.say(`HEALTHCHECK ${goStruct(health)}`);
  }

  #expose(written: readonly string[]): void {
    const { state, plan } = this;
    const words = written.flatMap(
      (port) => lexWord(port, state.environment.variables, { escape: plan.mark }).words,
    );
    const ports = words.flatMap((word) => {
      const found = exposedPort(word);
      if (found.hasCapitals)
        this.warn(
          'ExposeProtoCasing',
          `Defined protocol '${word}' in EXPOSE instruction should be lowercase`,
        );
      if (found.hasHost)
        this.warn(
          'ExposeInvalidFormat',
          `EXPOSE instruction should not define an IP address or host-port mapping, found '${word}'`,
        );
      return found.ports;
    });
    state.config.exposedPorts = [...new Set([...(state.config.exposedPorts ?? []), ...ports])].sort();
    this.say(`EXPOSE ${goList(ports)}`);
  }

  #workdir(path: string): void {
    const { state, plan } = this;
    if (!state.hasWorkdir && !path.startsWith('/'))
      this.warn(
        'WorkdirRelativePath',
        `Relative workdir ${JSON.stringify(path)} can have unexpected results if the base image changes`,
      );
    state.hasWorkdir = true;
    const whole = normalPath(path, state.config.workingDir || '/');
    state.config.workingDir = whole;
    if (whole === '/') return this.say('WORKDIR /');
    const step = state.nextStep(this.command.isTrigger);
    state.vertex = plan.add({
      name: step + this.shown(this.instruction.source),
      location: this.instruction.location,
      kind: 'folder',
      base: state.vertex,
      path: whole,
      user: state.config.user ?? '',
    });
    state.history.push({ createdBy: `WORKDIR ${whole}`, vertex: state.vertex });
  }
}
