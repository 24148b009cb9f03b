import { complain, lookAt, now, pause, print, readFile, type Steps } from '../../../effects.ts';
import type { BuildMessage } from '../../../host/build/progress.ts';
import type { Archive, MessageStream } from '../../../host/engine/request.ts';
import { BuildTrace } from '../../build/build-trace.ts';
import { collectContext, collectDefinition } from '../../build/collect-context.ts';
import { sourceListing } from '../../build/error-source.ts';
import { PlainProgress } from '../../build/plain-progress.ts';
import { registryConfig } from '../../build/registry-config.ts';
import { TerminalProgress } from '../../build/terminal-progress.ts';
import { oneIf, openMessages } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import { canRedraw } from '../../streams/can-redraw.ts';
import type { Compose } from '../compose.ts';
import { labels } from '../containers.ts';
import { demandSimulatedBuild } from '../project/demand-simulated.ts';
import { imageOf, type Project, type Service } from '../project/project.ts';

/** How images are built. */
export interface BuildOptions {
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly isQuiet: boolean;
  readonly args: readonly string[];
}

/** Longer than any step waits. */
const hour = 3_600_000;

/**
 * Builds the images of services, and shows how that goes on (doBuildBake of pkg/compose/build_bake.go).
 *
 * @returns the names they have
 * @throws CommandFailure
 */
export function* buildServices(
  compose: Compose,
  project: Project,
  services: readonly Service[],
  options: BuildOptions,
): Steps<readonly string[]> {
  if (services.length === 0) return [];
  for (const service of services) demandSimulatedBuild(service);
  const { progress } = compose;
  const names = services.map((service) => imageOf(service, project.name));
  for (const name of names) yield* progress.working(`Image ${name}`, 'Building');
  const trace = new BuildTrace();
  const shown = new ShownBuild(trace, options.isQuiet);
  yield* tellStep(trace, '[internal] load local bake definitions', 'reading from stdin');
  for (const service of services) {
    const stream = yield* openBuild(compose, project, service, options);
    yield* shown.watch(stream, services.length > 1 ? service.name : '');
  }
  yield* tellStep(trace, 'resolving provenance for metadata file');
  yield* shown.finish();
  for (const name of names) yield* progress.done(`Image ${name}`, 'Built');
  return names;
}

/** A step that the client takes by itself. */
function* tellStep(trace: BuildTrace, name: string, status = ''): Steps<void> {
  const time = yield* now();
  const part = { id: status, vertex: name, current: 0, total: 0, started: time, completed: time };
  trace.update({
    vertexes: [{ digest: name, name, started: time, completed: time }],
    ...(status === '' ? {} : { statuses: [part] }),
  });
}

function* openBuild(
  { context }: Compose,
  project: Project,
  service: Service,
  options: BuildOptions,
): Steps<MessageStream> {
  const { build = {} } = service;
  const folder = build.context ?? project.directory;
  if (/^(https?|git|ssh):/.test(folder))
    throw new CommandFailure(`docker compose build of ${folder} is not simulated here`);
  if ((yield* lookAt(folder))?.kind !== 'folder')
    throw new CommandFailure(`unable to prepare context: path ${JSON.stringify(folder)} not found\n`);
  const dockerfile = build.dockerfile ?? 'Dockerfile';
  const whole = dockerfile.startsWith('/') ? dockerfile : `${folder}/${dockerfile}`;
  const inline = build.dockerfile_inline;
  const definition =
    inline === undefined ? yield* collectDefinition(whole) : inlineDefinition(inline, yield* now());
  const args = new Map(Object.entries(build.args ?? {}));
  for (const text of options.args) {
    const [name = '', value] = text.split(/=(.*)/s, 2);
    args.set(name, value ?? context.surroundings.env[name] ?? null);
  }
  return yield* openMessages('POST', '/build', {
    query: {
      version: '2',
      t: [imageOf(service, project.name), ...(build.tags ?? [])],
      dockerfile: inline === undefined ? whole.slice(whole.lastIndexOf('/') + 1) : 'Dockerfile',
      target: build.target,
      buildargs: JSON.stringify(Object.fromEntries([...args].filter(([, value]) => value !== null))),
      labels: JSON.stringify({
        ...build.labels,
        [labels.project]: project.name,
        [labels.service]: service.name,
        [labels.version]: '5.5.1',
      }),
      secrets: JSON.stringify(yield* buildSecrets(project, service)),
      nocache: oneIf(options.noCache || build.no_cache),
      pull: oneIf(options.pull || build.pull),
      networkmode: build.network,
      contextname: folder,
    },
    headers: { 'x-registry-config': yield* registryConfig(context) },
    body: { context: yield* collectContext(folder), definition },
  });
}

/** What a build may read as a secret, by its id (toBakeSecrets of pkg/compose/build_bake.go). @throws CommandFailure */
function* buildSecrets(project: Project, { build }: Service): Steps<Readonly<Record<string, string>>> {
  const secrets: Record<string, string> = {};
  for (const { source = '', target } of build?.secrets ?? []) {
    const { environment, file } = project.secrets.get(source) ?? {};
    const value = environment ? project.environment[environment] : file ? yield* readFile(file) : undefined;
    if (value !== undefined) secrets[target || source] = value;
    else if (file && !environment)
      throw new CommandFailure(`failed to stat ${file}: stat ${file}: no such file or directory`);
  }
  return secrets;
}

function inlineDefinition(content: string, at: number): Archive {
  return {
    entries: [{ path: 'Dockerfile', node: { kind: 'file', content, mode: 0o600, owner: '0:0', at } }],
  };
}

/** The progress of several builds as one. */
class ShownBuild {
  readonly #trace: BuildTrace;
  readonly #isQuiet: boolean;
  readonly #plain: PlainProgress;

  constructor(trace: BuildTrace, isQuiet: boolean) {
    this.#trace = trace;
    this.#isQuiet = isQuiet;
    this.#plain = new PlainProgress(trace, '');
  }

  /** @param service that its steps are marked with; empty for one alone. @throws CommandFailure */
  *watch(stream: MessageStream, service: string): Steps<void> {
    let failure: string | undefined;
    try {
      for (;;) {
        const isOver = stream.ended;
        for (const message of stream.next() as readonly BuildMessage[]) {
          if ('error' in message) failure = failureText(message, service);
          else if (message.id === 'moby.buildkit.trace') this.#take(message.aux, service);
        }
        yield* this.#print();
        if (isOver) break;
        yield* pause(hour);
      }
    } finally {
      stream.close();
    }
    if (failure === undefined) return;
    yield* this.finish();
    throw new CommandFailure(failure);
  }

  #take(given: TracedMessage, service: string): void {
    const digest = (own: string): string => (service === '' ? own : `${service} ${own}`);
    this.#trace.update({
      ...given,
      vertexes: (given.vertexes ?? []).map((each) => ({
        ...each,
        digest: digest(each.digest),
        name: marked(each.name, service),
      })),
      statuses: (given.statuses ?? []).map((each) => ({ ...each, vertex: digest(each.vertex) })),
      logs: (given.logs ?? []).map((each) => ({ ...each, vertex: digest(each.vertex) })),
      warnings: (given.warnings ?? []).map((each) => ({ ...each, vertex: digest(each.vertex) })),
    });
  }

  *#print(): Steps<void> {
    if (this.#isQuiet || (yield* canRedraw())) return;
    yield* print(withoutDescription(this.#plain.print(yield* now())));
  }

  *finish(): Steps<void> {
    if (this.#isQuiet) return;
    const end = yield* now();
    if (yield* canRedraw()) yield* complain(new TerminalProgress(this.#trace).finish(end));
    else yield* print(withoutDescription(this.#plain.finish(end)));
  }
}

type TracedMessage = Parameters<BuildTrace['update']>[0];

/** The plain progress of buildx says first who builds; compose does not. */
function withoutDescription(text: string): string {
  return text.replace(/^#0 [^\n]*\n\n/, '');
}

/** `[1/2] FROM` → `[web 1/2] FROM`. */
function marked(name: string, service: string): string {
  if (service === '') return name;
  return name.startsWith('[') ? `[${service} ${name.slice(1)}` : `[${service}] ${name}`;
}

/** Compose reads what buildx says of the failure line by line, and puts an empty one between them. */
function failureText(message: Extract<BuildMessage, { error: string }>, service: string): string {
  const listings = message.errorDetail.sources.map(sourceListing).join('');
  const target = service === '' ? '' : `target ${service}: `;
  const lines = `${listings}${target}failed to solve: ${message.error}`.split('\n');
  return `${lines.join('\n\n')}\n`;
}
