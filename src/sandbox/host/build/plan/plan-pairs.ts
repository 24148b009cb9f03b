import type { Pair } from '../dockerfile/instruction.ts';
import type { InstructionPlanner } from './plan-stage.ts';

/** Names that look like those of secrets, and those that are of files or versions after all. */
const secretName =
  /(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)/i;
const harmlessName = /(?:_|^)(?:public|file|version)(?:_|$)/i;

/** Plans ENV. */
export function planEnvironment(planner: InstructionPlanner, pairs: readonly Pair[]): void {
  const { state } = planner;
  const expanded = expandPairs(planner, pairs);
  const env = new Map((state.config.env ?? []).map((pair) => splitPair(pair)));
  for (const { name, value, isLegacy } of expanded) {
    if (isLegacy) warnOfLegacy(planner);
    warnOfSecret(planner, 'ENV', name);
    state.environment.variables.set(name, value);
    env.set(name, value);
  }
  state.config.env = [...env].map(([name, value]) => `${name}=${value}`);
  planner.say(`ENV ${written(expanded)}`);
}

/** Plans LABEL. */
export function planLabels(planner: InstructionPlanner, pairs: readonly Pair[]): void {
  const { config } = planner.state;
  const expanded = expandPairs(planner, pairs);
  for (const { isLegacy } of expanded) if (isLegacy) warnOfLegacy(planner);
  const own = Object.fromEntries(expanded.map(({ name, value }) => [name, value]));
  config.labels = { ...config.labels, ...own };
  planner.say(`LABEL ${written(expanded)}`);
}

/** Warns where a name looks like that of a secret: whoever has the image can read it. */
export function warnOfSecret(planner: InstructionPlanner, instruction: 'ARG' | 'ENV', name: string): void {
  if (!secretName.test(name) || harmlessName.test(name)) return;
  const what = `${instruction} ${JSON.stringify(name)}`;
  planner.warn('SecretsUsedInArgOrEnv', `Do not use ARG or ENV instructions for sensitive data (${what})`);
}

function warnOfLegacy(planner: InstructionPlanner): void {
  const { command } = planner.instruction;
  const message = `"${command} key=value" should be used instead of legacy "${command} key value" format`;
  planner.warn('LegacyKeyValueFormat', message);
}

function expandPairs(planner: InstructionPlanner, pairs: readonly Pair[]): readonly Pair[] {
  return pairs.map(({ name, value, isLegacy }) => ({
    name: planner.expand(name),
    value: planner.expand(value),
    isLegacy,
  }));
}

function written(pairs: readonly Pair[]): string {
  return pairs.map(({ name, value }) => `${name}=${value}`).join(' ');
}

function splitPair(pair: string): readonly [string, string] {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}
