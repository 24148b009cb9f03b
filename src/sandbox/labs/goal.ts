import { findResource } from '../../kubernetes/resources.ts';
import { fitsSelector } from '../cluster/object.ts';
import { isResource, type Resource } from '../cluster/resources.ts';
import type { Sandbox } from '../sandbox.ts';
import { Laptop, laptopHost } from '../shell/laptop/laptop.ts';
import { linesOfScript } from '../shell/line/script-lines.ts';
import { askersIn, nobodyAsks, wrongWith } from './answers.ts';
import {
  allThings,
  type DockerKind,
  type DockerThing,
  imageMissing,
  inspectThing,
  labelsOf,
  notRunning,
  readDockerKind,
  readDockerThing,
  thingMissing,
} from './docker-things.ts';
import { otherThan, shortened } from './field-test.ts';
import type {
  AbsentCheck,
  AnswerCheck,
  Check,
  Condition,
  CountCheck,
  FieldTest,
  InsideCheck,
  Labels,
  LogCheck,
  ObjectCheck,
  ReadyCheck,
  Seen,
} from './lab.ts';
import { notReady } from './readiness.ts';
import { Trial } from './trial.ts';

/**
 * Looks whether a world is as it should be. The world stays as it is: what has to be tried is tried in a copy.
 *
 * @throws Error when a condition names a kind or a path that there is not
 */
export function checkGoal(goal: readonly Condition[], sandbox: Sandbox): readonly Seen[] {
  const look = new Look(sandbox);
  return goal.map((condition) => {
    const instead = look.at(condition);
    return { says: condition.says, fulfilled: instead === undefined, instead: instead ?? '' };
  });
}

/** Whether everything was as it should be. */
export function isReached(seen: readonly Seen[]): boolean {
  return seen.every(({ fulfilled }) => fulfilled);
}

interface Named {
  readonly table: Resource;
  readonly namespaced: boolean;
  readonly name: string;
  /** As it was written. */
  readonly text: string;
}

/** A request is made so often, since a Service leads to another Pod each time. */
const asks = 6;
/** Docker takes a container that has run so long for one that was started well, in milliseconds. */
const untilItEnds = 10_000;
/** How long the world has to get over what was done to it, in milliseconds. */
const untilItIsMended = 60_000;

class Look {
  readonly #sandbox: Sandbox;
  #copy: Trial | undefined;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** @returns what is there instead; undefined when it is as it should be */
  at(check: Check): string | undefined {
    if ('object' in check) return this.#object(check);
    if ('absent' in check) return this.#absent(check);
    if ('count' in check) return this.#count(check);
    if ('ready' in check) return this.#ready(check);
    if ('answers' in check) return this.#answers(check);
    if ('log' in check) return this.#log(check);
    if ('inside' in check) return this.#inside(check);
    const text = new Laptop(this.#sandbox.cluster.store).read(check.file);
    if (text === undefined) return `there is no file \`${check.file}\``;
    if (new RegExp(check.matches).test(text)) return undefined;
    return text.trim() === '' ? 'the file is empty' : `the file ends with: ${shortened(text)}`;
  }

  get #trial(): Trial {
    this.#copy ??= new Trial(this.#sandbox);
    return this.#copy;
  }

  /**
   * Looks at a copy in which something was done: one of its own, since others are not to see it.
   *
   * @returns what is there instead; what could not be done, where that is why
   */
  #after(script: string | undefined, look: (trial: Trial) => string | undefined): string | undefined {
    if (script === undefined) return look(this.#trial);
    const trial = new Trial(this.#sandbox);
    const failed = linesOfScript(script).flatMap((line) => {
      const { code, stderr } = trial.run(line);
      return code === 0 ? [] : [`\`${line}\`: ${complaintIn(stderr)}`];
    });
    trial.sandbox.advance(untilItIsMended);
    const instead = look(trial);
    return instead === undefined ? undefined : (failed[0] ?? instead);
  }

  #object({ object, namespace, on, has = [] }: ObjectCheck): string | undefined {
    const thing = readDockerThing(object);
    if (thing) {
      if (on !== undefined) return imageMissing(this.#sandbox, thing.name, on);
      const inspected = inspectThing(this.#sandbox, thing);
      return inspected === undefined ? thingMissing(thing) : firstOther(has, inspected);
    }
    const named = readName(object);
    const found = this.#find(named, namespace);
    return found ? firstOther(has, found) : missing(named, namespace);
  }

  #absent({ absent, namespace, on }: AbsentCheck): string | undefined {
    const thing = readDockerThing(absent);
    if (thing) {
      const isThere = this.#object({ object: absent, on }) === undefined;
      return isThere ? `the ${thing.kind} \`${thing.name}\` is there` : undefined;
    }
    const found = this.#find(readName(absent), namespace);
    if (!found) return undefined;
    return found.metadata.deletionTimestamp === undefined
      ? `\`${absent}\` is there`
      : `\`${absent}\` is being deleted`;
  }

  #count({ count, namespace = 'default', labels = {}, has = [], is, least, most }: CountCheck) {
    const thing = readDockerKind(count);
    const all = thing ? this.#things(thing, labels) : this.#objects(count, namespace, labels);
    const fitting = all.filter((each) => firstOther(has, each) === undefined);
    const number = fitting.length;
    if ((is ?? number) === number && number >= (least ?? 0) && number <= (most ?? number)) return undefined;
    const [first] = all.flatMap((each) => firstOther(has, each) ?? []);
    if (number > (most ?? is ?? number)) return `there ${are(number)}`;
    if (first === undefined) return number === 0 ? 'there is none' : `there ${are(number)}`;
    return number === 0
      ? `none is like that; of one, ${first}`
      : `${number} ${number === 1 ? 'is' : 'are'} like that; of another, ${first}`;
  }

  #things(kind: DockerKind, labels: Labels): readonly unknown[] {
    return allThings(this.#sandbox, kind).filter((each) =>
      fitsSelector({ matchLabels: labels }, labelsOf(each)),
    );
  }

  #objects(kind: string, namespace: string, labels: Labels): readonly unknown[] {
    const { table, namespaced } = readKind(kind);
    return this.#sandbox.cluster
      .list(table, namespaced ? namespace : undefined)
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .filter(({ metadata }) => fitsSelector({ matchLabels: labels }, metadata.labels));
  }

  #ready({ ready, namespace, least = 1 }: ReadyCheck): string | undefined {
    const thing = readDockerThing(ready);
    if (thing) return this.#runs(thing);
    const named = readName(ready);
    const found = this.#find(named, namespace);
    return found ? notReady(named.table, found, least) : missing(named, namespace);
  }

  /** What has to run is looked at twice, since what ends again and again runs for a moment too. */
  #runs(thing: DockerThing): string | undefined {
    const inspected = inspectThing(this.#sandbox, thing);
    if (inspected === undefined) return thingMissing(thing);
    const now = notRunning(inspected);
    if (now !== undefined) return now;
    const { sandbox } = new Trial(this.#sandbox);
    sandbox.advance(untilItEnds);
    const then = inspectThing(sandbox, thing);
    const later = then === undefined ? 'it is gone' : notRunning(then);
    return later === undefined ? undefined : `some seconds later, ${later}`;
  }

  #answers({ answers, from, namespace = 'default', after, ...wanted }: AnswerCheck): string | undefined {
    const url = new URL(answers);
    return this.#after(after, (trial) => {
      const askers = askersIn(trial, from, namespace);
      if (askers.length === 0) return nobodyAsks(from);
      for (const network of askers) {
        for (let again = 0; again < asks; again++) {
          const wrong = wrongWith(trial.ask(url, network), wanted);
          if (wrong !== undefined) return wrong;
        }
      }
      return undefined;
    });
  }

  #log({ log, namespace = 'default', matches }: LogCheck): string | undefined {
    const thing = typeof log === 'string' ? readDockerThing(log) : undefined;
    const of =
      typeof log === 'string'
        ? log
        : `-l ${Object.entries(log)
            .map(([name, value]) => `${name}=${value}`)
            .join(',')}`;
    const { stdout, stderr } = this.#trial.run(
      thing
        ? `docker logs ${thing.name} 2>&1`
        : `kubectl logs ${of} -n ${namespace} --all-containers --tail=-1`,
    );
    if (new RegExp(matches, 'm').test(stdout)) return undefined;
    if (stdout.trim() !== '') return `the log ends with: ${shortened(stdout)}`;
    return stderr.trim() === '' ? 'nothing was printed' : shortened(stderr);
  }

  #inside({
    inside,
    namespace = 'default',
    container,
    command,
    matches,
    after,
  }: InsideCheck): string | undefined {
    const line = lineInside(
      command,
      inside,
      `-n ${namespace}${container === undefined ? '' : ` -c ${container}`}`,
    );
    return this.#after(after, (trial) => {
      const { stdout, stderr } = trial.run(line);
      if (new RegExp(matches, 'm').test(stdout)) return undefined;
      if (stdout.trim() !== '') return `\`${command}\` prints: ${shortened(stdout)}`;
      const why = complaintIn(stderr);
      return why === '' ? `\`${command}\` prints nothing` : `\`${command}\`: ${why}`;
    });
  }

  #find({ table, namespaced, name }: Named, namespace = 'default') {
    return this.#sandbox.cluster.get(table, namespaced ? namespace : undefined, name);
  }
}

/** What a command complains of: its first line, or the one that speaks of an error after it has told what it does. */
function complaintIn(stderr: string): string {
  // Of the long id of a container, what is shown of it elsewhere.
  const lines = stderr
    .replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1')
    .trim()
    .split('\n');
  return shortened(lines.find((line) => /\berror\b/i.test(line)) ?? lines[0] ?? '');
}

/** A command as it is typed on the learner's machine to have it run somewhere. */
function lineInside(command: string, where: string, more: string): string {
  if (where === laptopHost) return command;
  const quoted = `'${command.replaceAll("'", "'\\''")}'`;
  const [kind, name = ''] = where.split('/');
  if (kind === 'node') return `node ssh ${name} ${quoted}`;
  if (kind === 'container') return `docker exec ${name} sh -c ${quoted}`;
  return `kubectl exec ${where} ${more} -- sh -c ${quoted}`;
}

function are(number: number): string {
  return number === 1 ? 'is 1' : `are ${number}`;
}

function firstOther(has: readonly FieldTest[], object: unknown): string | undefined {
  for (const test of has) {
    const other = otherThan(test, object);
    if (other !== undefined) return other;
  }
  return undefined;
}

function missing({ text, namespaced }: Named, namespace = 'default'): string {
  return `there is no \`${text}\`${namespaced ? ` in the namespace ${namespace}` : ''}`;
}

function readName(text: string): Named {
  const [kind = '', name] = text.split('/');
  if (!name) throw new Error(`"${text}" names no object; it is written as in deployment/web`);
  return { ...readKind(kind), name, text };
}

function readKind(word: string): { readonly table: Resource; readonly namespaced: boolean } {
  const found = findResource(word);
  const table = found?.group ? `${found.plural}.${found.group}` : (found?.plural ?? '');
  if (!found || !isResource(table)) throw new Error(`the cluster serves no "${word}"`);
  return { table, namespaced: found.namespaced };
}
