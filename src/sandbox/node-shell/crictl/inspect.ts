import { print, type Steps } from '../../effects.ts';
import { goJson, sortedKeys } from '../../go/go-json.ts';
import { TemplateRunError, templateOf } from '../../go/go-template.ts';
import { builtinFunctions, type TemplateSettings } from '../../go/go-template-functions.ts';
import { GoTemplateError } from '../../go/go-template-pipe.ts';
import { humanSize } from '../../go/go-units.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { imagesOnNode, sizeOnNode } from '../cri/images-on-node.ts';
import { containerInfo, containerStatus } from './container-status.ts';
import { imageEntry } from './entries.ts';
import { imageInfo } from './image-info.ts';
import { ago, dateText, pairLines, showUsage } from './lists.ts';
import { type CriCall, CrictlFailure, demanded, log, printJson } from './output.ts';
import type { CrictlRun } from './run.ts';
import { noSandboxInfo, sandboxInfo, sandboxStatus } from './sandbox-status.ts';
import { chosenContainers, chosenSandboxes } from './selection.ts';

interface Told {
  readonly status: Readonly<Record<string, unknown>>;
  readonly info: Readonly<Record<string, unknown>>;
}

/** `crictl inspect`. */
export function* runInspect(run: CrictlRun): Steps<number> {
  const { options } = run;
  const ids =
    options.args.length > 0 ? options.args : chosenContainers(run).map(({ container }) => container.id);
  if (ids.length === 0) return yield* nothingFound('inspect');
  const why = 'get the status of containers: get container status';
  const told = ids.map((id) => {
    const given = demanded(`${why}: `, () => run.container(id, statusCall(id)));
    return { status: containerStatus(run, given), info: containerInfo(run, given), given };
  });
  if (options.text('output') !== 'table') return yield* show(run, 'get the status of containers', told);
  for (const { status, info, given } of told) {
    const { container, name, attempt } = given;
    const exited = status.state === 'CONTAINER_EXITED';
    yield* print(
      `${[
        `ID: ${container.id}`,
        `Name: ${name}`,
        ...(attempt === 0 ? [] : [`Attempt: ${attempt}`]),
        `State: ${status.state}`,
        `Created: ${ago(run, container.createdAt)}`,
        ...(container.startedAt === undefined ? [] : [`Started: ${ago(run, container.startedAt)}`]),
        ...(exited && container.finishedAt !== undefined
          ? [`Finished: ${ago(run, container.finishedAt)}`]
          : []),
        ...(exited ? [`Exit Code: ${status.exitCode}`] : []),
        ...pairLines('Labels', container.spec.labels),
        ...pairLines('Annotations', status.annotations as Readonly<Record<string, string>>),
        ...infoLine(run, info),
      ].join('\n')}\n`,
    );
  }
  return 0;
}

/** `crictl inspectp`. */
export function* runInspectPod(run: CrictlRun): Steps<number> {
  const { options } = run;
  const ids = options.args.length > 0 ? options.args : chosenSandboxes(run).map(({ id }) => id);
  if (ids.length === 0) return yield* nothingFound('inspectp');
  const why = 'get the status of pod sandboxes: get pod sandbox status';
  const told = ids.map((id) => {
    const given = demanded(`${why}: `, () => run.sandbox(id));
    return { status: sandboxStatus(given), info: sandboxInfo(run, given), given };
  });
  if (options.text('output') !== 'table') {
    const quiet = options.on('quiet') ? noSandboxInfo : undefined;
    return yield* show(run, 'get the status of pod sandboxes', told, quiet);
  }
  for (const { status, info, given } of told) {
    yield* print(
      `${[
        `ID: ${given.id}`,
        `Name: ${given.name}`,
        `UID: ${given.uid}`,
        `Namespace: ${given.namespace}`,
        `Attempt: ${given.attempt}`,
        `Status: ${status.state}`,
        `Created: ${dateText(given.createdAt)}`,
        `IP Addresses: ${given.address}`,
        ...pairLines('Labels', status.labels as Readonly<Record<string, string>>),
        ...pairLines('Annotations', status.annotations as Readonly<Record<string, string>>),
        ...infoLine(run, info),
      ].join('\n')}\n`,
    );
  }
  return 0;
}

/** `crictl inspecti`. */
export function* runInspectImage(run: CrictlRun): Steps<number> {
  const { options } = run;
  const all = imagesOnNode(run.parts);
  const ids = options.args.length > 0 ? options.args : all.map(({ image }) => image.id);
  const told = ids.map((id) => {
    const found = run.image(id);
    if (!found) throw new CrictlFailure(`no such image "${id}" present`);
    const status = imageEntry(found, sizeOnNode(found)) as Told['status'];
    return { status, info: imageInfo(found.image), found };
  });
  if (options.text('output') !== 'table') return yield* show(run, undefined, told);
  for (const { info, found } of told) {
    yield* print(
      `${[
        `ID: ${found.image.id}`,
        ...found.tags.map((tag) => `Tag: ${tag}`),
        ...found.digests.map((digest) => `Digest: ${digest}`),
        `Size: ${humanSize(sizeOnNode(found), 3)}`,
        ...infoLine(run, info),
      ].join('\n')}\n`,
    );
  }
  return 0;
}

/** What the client library says when a container is not found by its status. */
export function statusCall(id: string): CriCall {
  return {
    place: 'remote_runtime.go:569',
    says: 'ContainerStatus from runtime service failed',
    about: `containerID="${id}"`,
  };
}

/** A key that is not there is an error (cri-tools, cmd/crictl/templates.go). */
const templateSettings: TemplateSettings = {
  name: 'tmplExecuteRawJSON',
  isLenient: false,
  functions: {
    ...builtinFunctions,
    json: (value) => `${goJson(value)}\n`,
    lower: (text) => String(text).toLowerCase(),
    upper: (text) => String(text).toUpperCase(),
    title: (text) => String(text).replace(/\b\w/g, (letter) => letter.toUpperCase()),
  },
};

function* nothingFound(command: string): Steps<number> {
  yield* log('error', 'No IDs provided or nothing found per filter');
  return yield* showUsage(command);
}

function infoLine({ options }: CrictlRun, info: object): readonly string[] {
  return options.on('quiet') ? [] : [`Info: map[info:${goJson(info)}]`];
}

/**
 * Prints in the form that was asked for; one by itself, several as a list.
 *
 * @param quietInfo what stands for the information where none is asked for; left out where nothing does
 */
function* show(
  run: CrictlRun,
  why: string | undefined,
  told: readonly Told[],
  quietInfo?: Told['info'],
): Steps<number> {
  const { options } = run;
  const fail = (text: string): CrictlFailure =>
    new CrictlFailure(why === undefined ? text : `${why}: ${text}`);
  const all = told.map(({ status, info }) =>
    options.on('quiet') ? { ...(quietInfo && { info: quietInfo }), status } : { info, status },
  );
  const value = sortedKeys(all.length === 1 ? all[0] : all);
  const output = options.text('output') || 'json';
  if (output === 'json') yield* printJson(value);
  else if (output === 'yaml') yield* print(`${goYaml(value)}\n`);
  else if (output === 'go-template') {
    const failed = (text: string) => fail(`execute template: failed to ${text}`);
    try {
      yield* print(`${templateOf(options.text('template'), templateSettings)(value)}\n`);
    } catch (problem) {
      if (problem instanceof GoTemplateError) throw failed(`generate go-template: ${problem.message}`);
      if (problem instanceof TemplateRunError) throw failed(`template data: ${problem.message}`);
      throw problem;
    }
  } else throw fail(`unsupported format: "${output}"`);
  return 0;
}
