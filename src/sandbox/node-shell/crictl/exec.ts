import { startedProcess, unstartedProcess } from '../../cluster/node/kubelet-streams.ts';
import { print, type Steps, terminal } from '../../effects.ts';
import { CommandFailure } from '../../kubectl/failures.ts';
import { talk } from '../../kubectl/streams/talk.ts';
import { newContainerId } from '../../runtime/container-id.ts';
import { RuntimeError } from '../../runtime/container-runtime.ts';
import { showUsage } from './lists.ts';
import { type CriCall, CrictlFailure, CriFailure, demanded, log, tellFailure } from './output.ts';
import type { CrictlRun } from './run.ts';
import { chosenContainers } from './selection.ts';

const filters = ['name', 'pod', 'image', 'state', 'label', 'latest', 'last'];

/** `crictl exec`. */
export function* runExec(run: CrictlRun): Steps<number> {
  const { options } = run;
  const { args } = options;
  if (args.length < 1) return yield* showUsage('exec');
  const ignores = options.on('ignore-errors');
  if (ignores && !options.on('quiet')) {
    yield* log(
      'warning',
      'The `--ignore-errors` option has been set all errors returned by the command will be ignored.',
    );
  }
  const isFiltered = filters.some((name) => options.has(name));
  const ids = isFiltered ? chosenContainers(run).map(({ container }) => container.id) : args.slice(0, 1);
  if (isFiltered && ids.length === 0) {
    yield* log('error', 'No containers found per filter flags');
    return yield* showUsage('exec');
  }
  const command = isFiltered ? args : args.slice(1);
  if (command.length === 0) return yield* showUsage('exec');
  for (const id of ids) {
    if (isFiltered && !options.on('quiet') && !options.on('parallel')) yield* print(`${id}:\n`);
    try {
      yield* options.on('sync') ? executeInOne(run, id, command) : execute(run, id, command);
    } catch (problem) {
      if (!ignores || !(problem instanceof CrictlFailure || problem instanceof CriFailure)) throw problem;
      // What the library has said by then stays said.
      if (problem instanceof CriFailure) yield* tellFailure(problem);
    }
  }
  return 0;
}

/** Runs a command and hands its output on as it comes. @throws CrictlFailure, CriFailure */
function* execute(run: CrictlRun, id: string, command: readonly string[]): Steps<void> {
  const { options, parts } = run;
  const [stdin, tty] = [options.on('interactive'), options.on('tty')];
  const fail = (why: string): CrictlFailure =>
    new CrictlFailure(`execing command in container ${id}: ${why}`);
  const told = {
    place: 'remote_runtime.go:672',
    says: 'Exec cmd from runtime service failed',
    about: `containerID="${id}" cmd=${JSON.stringify(command)}`,
  };
  const given = demanded(`execing command in container ${id}: `, () =>
    run.container(id, told, (why) => `failed to find container "${id}" in store: ${why}`),
  );
  const { container } = given;
  if (container.state !== 'running') {
    const state = `CONTAINER_${container.state === 'created' ? 'CREATED' : 'EXITED'}`;
    throw failed(`execing command in container ${id}: `, `container is in ${state} state`, told);
  }
  if (tty && stdin && !(yield* terminal()).isTerminal) throw fail('input is not a terminal');
  parts.acted();
  let stream: ReturnType<typeof startedProcess>;
  try {
    const process = parts.runtime.exec(parts.node, container.id, { argv: command, tty, stdin });
    stream = startedProcess(parts, parts.node, process);
  } catch (problem) {
    if (!(problem instanceof RuntimeError)) throw problem;
    const start = `failed to start exec "${newContainerId(parts.cluster.store)}"`;
    const why = `error executing command in container: failed to exec in container: ${start}: ${problem.message}`;
    stream = unstartedProcess(`Internal error occurred: ${why}`);
  }
  parts.simulation.settle();
  let exitCode: number;
  try {
    exitCode = yield* talk(stream, { stdin, tty });
  } catch (problem) {
    if (problem instanceof CommandFailure) throw fail(problem.message);
    throw problem;
  }
  if (exitCode !== 0) throw fail(`command terminated with exit code ${exitCode}`);
}

/** Runs a command to its end, and prints what it wrote afterwards. @throws CrictlFailure, CriFailure */
function* executeInOne(run: CrictlRun, id: string, command: readonly string[]): Steps<void> {
  const { parts } = run;
  const why = `execing command in container ${id} synchronously: `;
  const told = {
    place: 'remote_runtime.go:636',
    says: 'ExecSync cmd from runtime service failed',
    about: `containerID="${id}" cmd=${JSON.stringify(command)}`,
  };
  const given = demanded(why, () =>
    run.container(
      id,
      told,
      (text) => `failed to exec in container: failed to find container "${id}" in store: ${text}`,
    ),
  );
  const { container } = given;
  parts.acted();
  let process: string;
  try {
    process = parts.runtime.exec(parts.node, container.id, { argv: command, tty: false, stdin: false });
  } catch (problem) {
    if (!(problem instanceof RuntimeError)) throw problem;
    const start = `failed to start exec "${newContainerId(parts.cluster.store)}"`;
    throw failed(why, `failed to exec in container: ${start}: ${problem.message}`, told);
  }
  parts.simulation.settle();
  const stream = startedProcess(parts, parts.node, process);
  const written: { stdout: string; stderr: string } = { stdout: '', stderr: '' };
  let exitCode: number | undefined;
  try {
    while (exitCode === undefined) {
      exitCode = stream.exitCode;
      for (const line of stream.next()) written[line.stream] += line.text;
      if (exitCode === undefined) yield { kind: 'pause', atMost: 1000 };
    }
  } finally {
    stream.close();
  }
  if (exitCode !== 0) {
    throw new CrictlFailure(
      `${why}command '${command.join(' ')}' exited with ${exitCode}: ${written.stderr}`,
    );
  }
  // A line is ended that has ended already, and what is wrong is told where the rest is.
  yield* print(`${written.stdout}\n${written.stderr}\n`);
}

function failed(why: string, description: string, told: CriCall): CriFailure {
  const failure = new CriFailure('Unknown', description, told);
  failure.before = why;
  return failure;
}
