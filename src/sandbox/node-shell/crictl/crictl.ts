import { complain, now, print, type Steps } from '../../effects.ts';
import type { NodeParts } from '../cri/node-parts.ts';
import { runRm, runRmi, runRmp, runStart, runStop, runStopp } from './changes.ts';
import { runExec } from './exec.ts';
import { commandNamed, helpOf, isCarriedOut, usageOf } from './grammar.ts';
import { runConfig, runInfo, runVersion } from './info.ts';
import { runInspect, runInspectImage, runInspectPod } from './inspect.ts';
import { runImages, runPods, runPs } from './lists.ts';
import { runLogs } from './logs.ts';
import { CrictlUsage, readOptions } from './options.ts';
import { BareExit, CrictlFailure, CriFailure, LoggedExit, log, tellFailure } from './output.ts';
import { runPull } from './pull.ts';
import { CrictlRun } from './run.ts';
import { runStats, runStatsp } from './stats.ts';

/** The release of crictl on the nodes. */
const crictlVersion = 'v1.36.0';

const commands: Readonly<Record<string, (run: CrictlRun) => Steps<number>>> = {
  config: runConfig,
  exec: runExec,
  images: runImages,
  info: runInfo,
  inspect: runInspect,
  inspecti: runInspectImage,
  inspectp: runInspectPod,
  logs: runLogs,
  pods: runPods,
  ps: runPs,
  pull: runPull,
  rm: runRm,
  rmi: runRmi,
  rmp: runRmp,
  start: runStart,
  stats: runStats,
  statsp: runStatsp,
  stop: runStop,
  stopp: runStopp,
  version: runVersion,
};

/** Names of the commands that are carried out. */
export const crictlCommands: readonly string[] = Object.keys(commands);

/**
 * crictl on a node: a client of containerd's CRI (github.com/kubernetes-sigs/cri-tools 1.36). It sees Pods and
 * containers as the kubelet made them, and knows nothing of the cluster.
 *
 * @param words the first is `crictl`
 */
export function* crictl(words: readonly string[], parts: NodeParts): Steps<number> {
  try {
    return yield* dispatch(words.slice(1), parts);
  } catch (problem) {
    if (problem instanceof CrictlUsage) {
      yield* print(`Incorrect Usage: ${problem.message}\n\n${usageOf(problem.command)}`);
      yield* log('fatal', problem.message);
      return 1;
    }
    if (problem instanceof BareExit) {
      yield* complain(`${problem.message}\n`);
      return 1;
    }
    if (problem instanceof LoggedExit) {
      const stamp = new Date(yield* now()).toISOString();
      yield* complain(
        `${stamp.slice(0, 10).replaceAll('-', '/')} ${stamp.slice(11, 19)} ${problem.message}\n`,
      );
      return 1;
    }
    if (problem instanceof CriFailure) {
      yield* tellFailure(problem);
      yield* log('fatal', problem.before + (problem.shown ?? problem.status));
      return 1;
    }
    if (!(problem instanceof CrictlFailure)) throw problem;
    yield* log('fatal', problem.message);
    return problem.exitCode;
  }
}

function* dispatch(words: readonly string[], parts: NodeParts): Steps<number> {
  const before = readOptions('', words);
  const [word, ...rest] = before.args;
  if (before.on('version')) {
    yield* print(`crictl version ${crictlVersion}\n`);
    return 0;
  }
  if (word === undefined || before.on('help')) {
    yield* print(helpOf(''));
    return 0;
  }
  const name = commandNamed(word);
  if (name === 'help') return yield* help(rest[0]);
  if (name === undefined) return yield* noTopic(word);
  const run = commands[name];
  if (!run || !isCarriedOut(name)) {
    yield* complain(`crictl ${name} is not simulated here. Everything that is: ${carriedOut()}\n`);
    return 1;
  }
  const options = readOptions(name, rest);
  if (options.on('help')) {
    yield* print(helpOf(name));
    return 0;
  }
  return yield* run(new CrictlRun(parts, options));
}

function* help(word: string | undefined): Steps<number> {
  const name = word === undefined ? '' : commandNamed(word);
  if (word !== undefined && name === undefined) return yield* noTopic(word);
  if (name !== undefined && name !== '' && !isCarriedOut(name)) {
    yield* complain(`crictl ${name} is not simulated here. Everything that is: ${carriedOut()}\n`);
    return 1;
  }
  yield* print(helpOf(name ?? ''));
  return 0;
}

function* noTopic(word: string): Steps<number> {
  yield* complain(`No help topic for '${word}'\n`);
  return 3;
}

function carriedOut(): string {
  return crictlCommands.join(' ');
}
