import type { ImageConfig } from '../../../runtime/container-runtime.ts';
import type { LineRange } from '../dockerfile/dockerfile-error.ts';
import type { Argument, Instruction, Stage } from '../dockerfile/instruction.ts';
import { StageEnvironment } from './environment.ts';
import { type HistoryLine, scratch, type VertexNumber } from './plan.ts';

/** An instruction, and the stage that it takes something from. */
export interface StageCommand {
  readonly instruction: Instruction;
  /** Of COPY: one. Of RUN: one a mount, undefined where the context is meant. */
  readonly sources: readonly (StageState | undefined)[];
  /** It comes from the image that the stage begins with. */
  readonly isTrigger: boolean;
}

/** A configuration that is being written. */
export type DraftConfig = { -readonly [Key in keyof ImageConfig]: ImageConfig[Key] };

/** A stage while it is being planned, and an image that COPY names without a stage of its own. */
export class StageState {
  readonly stage: Stage;
  /** What it begins with, variables replaced. */
  readonly baseName: string;
  /** The stage that it begins with. */
  readonly base: StageState | undefined;
  /** Not a stage of the Dockerfile. */
  readonly isImage: boolean;
  /** As the progress shows it; empty where there is one stage. */
  shownName: string;
  commands: readonly StageCommand[] = [];
  readonly needs = new Set<StageState>();
  /** How many steps the progress counts, and how many of them the image brought with it. */
  total = 0;
  triggers = 0;
  isPlanned = false;
  hasTriggers = false;

  // What its instructions have made of it.

  environment = new StageEnvironment();
  config: DraftConfig = {};
  history: HistoryLine[] = [];
  author = '';
  vertex: VertexNumber = scratch;
  lowest: VertexNumber = scratch;
  buildArguments: Argument[] = [];
  hasWorkdir = false;
  #step = 0;
  readonly #seen = new Map<string, LineRange>();

  constructor(
    stage: Stage,
    baseName: string,
    { base, shownName, isImage }: { base?: StageState | undefined; shownName: string; isImage: boolean },
  ) {
    this.stage = stage;
    this.baseName = baseName;
    this.base = base;
    this.shownName = shownName;
    this.isImage = isImage;
  }

  /** Begins as the stage that it begins with has ended. */
  inherit(): void {
    const { base } = this;
    if (!base) return;
    this.environment = new StageEnvironment(base.environment.variables);
    this.config = { ...base.config };
    delete this.config.onBuild;
    this.history = [...base.history];
    this.author = base.author;
    this.vertex = base.vertex;
    this.lowest = base.lowest;
    this.buildArguments = [...base.buildArguments];
    this.hasWorkdir = base.hasWorkdir;
  }

  /** `[build 2/5] `, for the next step. @param total of how many it is one */
  nextStep(isTrigger: boolean, total = this.total): string {
    if (total === 0) return '';
    this.#step += 1;
    const width = Math.floor(1 + Math.log10(total));
    const name = this.shownName === '' ? '' : `${this.shownName} `;
    return `[${name}${`${this.#step}`.padStart(width)}/${total}] ${isTrigger ? 'ONBUILD ' : ''}`;
  }

  /** Notes an instruction that counts once. @returns where it stood before; undefined when it did not */
  use(kind: string, location: LineRange): LineRange | undefined {
    const before = this.#seen.get(kind);
    this.#seen.set(kind, location);
    return before;
  }

  hasUsed(kind: string): boolean {
    return this.#seen.has(kind);
  }
}
