import { goDuration } from '../../../go/go-duration.ts';
import { newContainerId } from '../../../runtime/container-id.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import type { Controller } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import {
  type ContainerRecord,
  changeContainer,
  containerRecord,
  containerTable,
  type HealthRecord,
  type HealthResult,
} from '../container-record.ts';
import { commandLine, execFailure, runExec } from '../streams/exec.ts';
import { type ExecRecord, execTable, noteExecEnd } from '../streams/exec-record.ts';
import { type HealthPlan, healthPlan } from './health-record.ts';

/** Its name, by which it is woken. */
const controller = 'docker-health';
/** So many results are kept, and so much of what a check printed. */
const mostResults = 5;
const longestOutput = 4096;

/** Checks the health of containers that say how (daemon/health.go of github.com/moby/moby). */
export function healthController(parts: ContainerParts): Controller {
  return {
    name: controller,
    tables: [containerTable, execTable],
    concerns({ table, after }: Change) {
      if (table === containerTable) {
        const container = after as ContainerRecord | undefined;
        return container?.health ? [container.id] : [];
      }
      const exec = after as ExecRecord | undefined;
      return exec?.exitCode === undefined ? [] : [exec.container];
    },
    reconcile(id) {
      const container = containerRecord(parts, id);
      const plan = container && healthPlan(container);
      if (!container?.health || !plan || !container.state.running || container.state.restarting) return;
      if (container.state.paused) return;
      const { probe, nextAt } = container.health;
      if (probe) return lookAtProbe(parts, container, { ...container.health, probe }, plan);
      if (nextAt === undefined) return;
      if (nextAt > parts.store.now) return parts.simulation.wake(controller, id, nextAt);
      beginProbe(parts, container, container.health, plan);
    },
  };
}

function beginProbe(
  parts: ContainerParts,
  container: ContainerRecord,
  health: HealthRecord,
  plan: HealthPlan,
): void {
  const startedAt = parts.store.now;
  const exec: ExecRecord = {
    id: newContainerId(parts.store),
    container: container.id,
    argv: plan.argv,
    tty: false,
    stdin: false,
    stdout: true,
    stderr: true,
    privileged: false,
    user: container.config.User,
    env: [],
    workingDir: container.config.WorkingDir,
    detachKeys: '',
  };
  parts.store.write(execTable, exec.id, exec);
  tell(parts, container, `exec_create: ${commandLine(exec)}`, { execID: exec.id });
  tell(parts, container, `exec_start: ${commandLine(exec)}`, { execID: exec.id });
  const { nextAt: _, ...rest } = health;
  try {
    runExec(parts, exec);
  } catch (error) {
    const { message } = execFailure(error);
    parts.store.delete(execTable, exec.id);
    const result = { start: startedAt, end: parts.store.now, exitCode: -1, output: message };
    noteResult(parts, container, { health: rest, plan, result });
    return;
  }
  changeContainer(parts, container, { health: { ...rest, probe: { exec: exec.id, startedAt } } });
  parts.simulation.wake(controller, container.id, startedAt + plan.timeout);
}

function lookAtProbe(
  parts: ContainerParts,
  container: ContainerRecord,
  health: HealthRecord & Required<Pick<HealthRecord, 'probe'>>,
  plan: HealthPlan,
): void {
  const { exec: id, startedAt } = health.probe;
  const known = parts.store.read(execTable, id) as ExecRecord | undefined;
  if (known) noteExecEnd(parts, known);
  const exec = parts.store.read(execTable, id) as ExecRecord | undefined;
  const { store, runtime } = parts;
  const isLate = store.now >= startedAt + plan.timeout;
  if (exec && exec.exitCode === undefined && !isLate)
    return parts.simulation.wake(controller, container.id, startedAt + plan.timeout);
  const view = exec?.process === undefined ? undefined : runtime.process(laptopHost, exec.process);
  const written = cut((view?.output ?? []).map(({ text }) => text).join(''));
  const isOver = exec?.exitCode !== undefined;
  if (exec && !isOver && exec.process !== undefined) {
    runtime.signal(laptopHost, exec.process, 'KILL');
    noteExecEnd(parts, exec);
  }
  if (exec?.process !== undefined) runtime.forget(laptopHost, exec.process);
  store.delete(execTable, id);
  const late = `Health check exceeded timeout (${goDuration(plan.timeout)})`;
  const output = isOver ? written : written === '' ? late : `${late}: ${written}`;
  const { exitCode = -1 } = exec ?? {};
  const now = containerRecord(parts, container.id);
  const { probe: _, ...rest } = health;
  const result = { start: startedAt, end: store.now, exitCode, output };
  if (now) noteResult(parts, now, { health: rest, plan, result });
}

/** What a check found becomes part of what is known (`handleProbeResult`). */
function noteResult(
  parts: ContainerParts,
  container: ContainerRecord,
  {
    health,
    plan,
    result,
  }: { readonly health: HealthRecord; readonly plan: HealthPlan; readonly result: HealthResult },
): void {
  const { startedAt = 0 } = container.state;
  const isStarting = health.status === 'starting' && result.start - startedAt < plan.startPeriod;
  const isWell = result.exitCode === 0;
  const failingStreak = isWell ? 0 : health.failingStreak + (isStarting ? 0 : 1);
  const failed = failingStreak >= plan.retries ? 'unhealthy' : health.status;
  const status = isWell ? 'healthy' : failed;
  const { now } = parts.store;
  const isEarly = now - startedAt < plan.startPeriod && status === 'starting';
  const nextAt = now + (isEarly ? plan.startInterval : plan.interval);
  const log = [...health.log, result].slice(-mostResults);
  const known = changeContainer(parts, container, { health: { status, failingStreak, log, nextAt } });
  if (status !== health.status) tell(parts, known, `health_status: ${status}`);
  parts.simulation.wake(controller, container.id, nextAt);
}

function cut(text: string): string {
  return text.length > longestOutput ? `${text.slice(0, longestOutput)}...` : text;
}
