import { sha256 } from '../../../images/sha256.ts';
import { treeOf } from '../../../runtime/container-image.ts';
import type { FileTree } from '../../../runtime/file-tree.ts';
import { ImageTree, type LayerFiles } from '../../../runtime/files/image-tree.ts';
import { baseOf, normalPath } from '../../../runtime/files/paths.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import { treeOfEntries } from '../context/build-context.ts';
import { transferSize } from '../context/transfer.ts';
import { copyFiles, makeFolders, matchingPaths } from '../files/copy-files.ts';
import { keepLayer, sizeOfSent } from '../files/layers.ts';
import { followed, noFiles, WorkTree } from '../files/work-tree.ts';
import { type CopyPart, type Plan, scratch, type Vertex, type VertexNumber } from '../plan/plan.ts';
import type { BuildRequest } from './build-request.ts';
import { contentDigest, contentReference, contentStamp } from './content-digest.ts';
import { fetchImage } from './fetch-image.ts';
import { ownerIn } from './owners.ts';
import type { PreparedBuild } from './prepare-build.ts';
import type { OpenVertex, ProgressWriter } from './progress-writer.ts';
import { runCommand } from './run-command.ts';
import { cachedStep, keepFiles, keepLocalSource, keepStep, knownFiles } from './step-cache.ts';
import { failureOf, StepFailure } from './step-failure.ts';
import { mountStep } from './step-mounts.ts';
import { neededSteps, type PlannedStep } from './step-order.ts';
import type { BuildSteps } from './waiting.ts';

/** What a step gives. */
export interface StepResult {
  /** What it stands for: steps of the same key give the same. */
  readonly key: string;
  /** Names of all layers, those below first. */
  readonly files: readonly string[];
  /** Its own layer; undefined of an image and of what is no part of one. */
  readonly layer?: { readonly digest: string; readonly size: number; readonly created: number };
  /** Files that are in no layer: the context, and texts of the Dockerfile. */
  readonly tree?: FileTree;
  /** Key of what was kept of it. */
  readonly record?: string;
}

const fastMs = 20;

/** Runs the steps of a plan one after another, those that have been done before from what was kept. */
export class StepRunner {
  readonly #parts: EngineParts;
  readonly #request: BuildRequest;
  readonly #prepared: PreparedBuild;
  readonly #plan: Plan;
  readonly #progress: ProgressWriter;
  readonly #results = new Map<VertexNumber, StepResult>();
  readonly #byDigest = new Map<string, StepResult>();
  #missing: Vertex | undefined;

  constructor(
    parts: EngineParts,
    request: BuildRequest,
    { prepared, plan, progress }: { prepared: PreparedBuild; plan: Plan; progress: ProgressWriter },
  ) {
    this.#parts = parts;
    this.#request = request;
    this.#prepared = prepared;
    this.#plan = plan;
    this.#progress = progress;
  }

  /** What a step has given. */
  result(number: VertexNumber): StepResult {
    return this.#results.get(number) ?? { key: 'scratch', files: [] };
  }

  /** Runs what the target needs. @throws StepFailure */
  *run(): BuildSteps<void> {
    const steps = neededSteps(this.#plan);
    const vertexes = steps.map(({ digest, vertex: { name } }) => ({ digest, name }));
    this.#progress.send({ vertexes });
    for (const { number, vertex, digest } of steps) {
      const same = this.#byDigest.get(digest);
      const result = same ?? (yield* this.#step(vertex, digest));
      this.#results.set(number, result);
      this.#byDigest.set(digest, result);
      if (vertex.kind === 'context') this.#missing = this.#findMissing(steps);
    }
  }

  /** A step that copies from the context what is not there: BuildKit sees that before it runs anything. */
  #findMissing(steps: readonly PlannedStep[]): Vertex | undefined {
    for (const { vertex } of steps) {
      if (vertex.kind !== 'copy') continue;
      for (const part of vertex.parts) {
        if (this.#plan.vertices[part.from]?.kind !== 'context') continue;
        if (this.#missingSource(part) !== undefined) return vertex;
      }
    }
    return undefined;
  }

  *#step(vertex: Vertex, digest: string): BuildSteps<StepResult> {
    let open: OpenVertex | undefined;
    const begin = () => {
      open = this.#progress.begin(digest, vertex.name);
      return open;
    };
    try {
      return yield* this.#give(vertex, digest, begin);
    } catch (error) {
      const failure = failureOf(error);
      // What failed on behalf of another step was told of there.
      if (!failure || failure.location) throw error;
      this.#progress.end(open ?? begin(), { error: failure.message });
      throw failure.at(vertex);
    }
  }

  *#give(vertex: Vertex, digest: string, begin: () => OpenVertex): BuildSteps<StepResult> {
    switch (vertex.kind) {
      case 'image': {
        const record = yield* fetchImage(this.#parts.store, this.#prepared.bases, {
          vertex,
          open: begin(),
          progress: this.#progress,
        });
        return { key: vertex.reference, files: vertex.files, record };
      }
      case 'context':
        return yield* this.#context(vertex, begin());
      case 'text': {
        const open = begin();
        yield* this.#progress.sleep(fastMs);
        this.#progress.end(open);
        const tree = new ImageTree([{ [vertex.path]: vertex.node }], 0);
        return { key: digest, files: [], tree };
      }
      case 'folder':
      case 'copy':
      case 'run':
        return yield* this.#layer(vertex, digest, begin);
    }
  }

  *#context(vertex: Vertex & { kind: 'context' }, open: OpenVertex): BuildSteps<StepResult> {
    const { store } = this.#parts;
    const { contextName } = this.#request;
    const entries = this.#prepared.context.sent(this.#prepared.ignored, vertex.paths);
    const known = knownFiles(store, contextName);
    const size = transferSize(entries, (entry) => known[entry.path] === contentStamp(entry));
    keepLocalSource(store, contextName, 'context', sizeOfSent(entries));
    keepFiles(
      store,
      contextName,
      Object.fromEntries(entries.map((entry) => [entry.path, contentStamp(entry)])),
    );
    const milliseconds = 10 + Math.floor(size / bytesPerMs);
    yield* this.#progress.part(open, 'transferring context:', milliseconds, { current: size, total: 0 });
    this.#progress.end(open);
    return { key: 'context', files: [], tree: treeOfEntries(entries) };
  }

  *#layer(
    vertex: Vertex & { kind: 'folder' | 'copy' | 'run' },
    digest: string,
    begin: () => OpenVertex,
  ): BuildSteps<StepResult> {
    const { store } = this.#parts;
    const below = this.result(vertex.base);
    const key = sha256(JSON.stringify([this.#ownKey(vertex), below.key]));
    const isAnew = vertex.kind !== 'folder' && vertex.isAnew;
    const cached = isAnew ? undefined : cachedStep(store, key);
    if (cached) {
      this.#progress.cached(digest, vertex.name);
      const layer = { digest: cached.layer, size: cached.size, created: cached.created };
      return { key, files: [...below.files, cached.layer], layer, record: key };
    }
    const open = begin();
    if (this.#missing && vertex.kind === 'run') {
      yield* this.#progress.sleep(fastMs);
      this.#progress.end(open, { error: 'context canceled' });
      return yield* this.#step(this.#missing, `${digest} missing`);
    }
    const files = yield* this.#work(vertex, open);
    const layer = keepLayer(store, files);
    this.#progress.end(open);
    const description = vertex.kind === 'run' ? `mount / from exec ${vertex.argv.join(' ')}` : vertex.name;
    keepStep(store, key, {
      layer: layer.digest,
      size: layer.size,
      created: layer.created,
      type: 'regular',
      description,
      ...(below.record !== undefined && { parent: below.record }),
    });
    return { key, files: [...below.files, layer.digest], layer, record: key };
  }

  /** What a step does by itself: of what it copies, what is in it. @throws StepFailure when that is not there */
  #ownKey(vertex: Vertex & { kind: 'folder' | 'copy' | 'run' }): unknown {
    if (vertex.kind === 'folder') return ['folder', vertex.path, vertex.user];
    if (vertex.kind === 'run') {
      const { argv, env, workingDir, user, network, mounts } = vertex;
      const sources = mounts.map((mount) => {
        if (mount.type !== 'bind') return mount.id;
        const tree = this.#tree(mount.from);
        if (mount.source !== '/' && !tree.get(followed(tree, mount.source)))
          throw this.#notFound(mount.from, mount.source);
        return contentDigest(tree, mount.source);
      });
      return ['run', argv, env, workingDir, user, network, mounts.map(({ target }) => target), sources];
    }
    const { parts, chown, chmod, excludes } = vertex;
    const sources = parts.map((part) => [
      part.target,
      this.#sources(part).map((path) => [baseOf(path), contentDigest(this.#tree(part.from), path)]),
    ]);
    return ['copy', sources, chown, chmod, excludes];
  }

  /** The files that a part of COPY takes. @throws StepFailure when there is nothing */
  #sources(part: CopyPart): readonly string[] {
    const missing = this.#missingSource(part);
    if (missing === undefined) return this.#pathsOf(part);
    throw this.#notFound(part.from, missing);
  }

  #notFound(from: number, path: string): StepFailure {
    const { key } = this.result(from);
    return new StepFailure(
      `failed to calculate checksum of ref ${contentReference(key)}: ${JSON.stringify(path)}: not found`,
      'failed to compute cache key: ',
    );
  }

  #missingSource(part: CopyPart): string | undefined {
    const tree = this.#tree(part.from);
    return this.#pathsOf(part).find((path) => path !== '/' && !tree.get(followed(tree, path)));
  }

  #pathsOf({ from, source, isPattern }: CopyPart): readonly string[] {
    return isPattern ? matchingPaths(this.#tree(from), source) : [source];
  }

  *#work(vertex: Vertex & { kind: 'folder' | 'copy' | 'run' }, open: OpenVertex): BuildSteps<LayerFiles> {
    const { store } = this.#parts;
    if (vertex.kind === 'run') {
      const { secrets } = this.#request.options;
      const { mounts, env, release } = mountStep(store, vertex.mounts, secrets, ({ from }) =>
        this.#tree(from),
      );
      const { files } = this.result(vertex.base);
      try {
        return yield* runCommand(
          this.#parts,
          { ...vertex, env: [...vertex.env, ...env] },
          {
            files,
            mounts,
            vertex: open,
            progress: this.#progress,
          },
        );
      } finally {
        release();
      }
    }
    yield* this.#progress.sleep(fastMs);
    const below = this.#tree(vertex.base);
    const into = new WorkTree(below);
    const user = vertex.kind === 'folder' ? vertex.user : vertex.chown;
    const settings = {
      owner: ownerIn(below, user),
      chmod: vertex.kind === 'copy' ? vertex.chmod : '',
      excludes: vertex.kind === 'copy' ? vertex.excludes : [],
      at: store.now,
    };
    if (vertex.kind === 'folder') makeFolders(into, vertex.path, settings);
    else {
      for (const part of vertex.parts)
        for (const source of this.#sources(part))
          copyFiles(into, part.target, this.#tree(part.from), normalPath(source), settings);
    }
    return into.layer();
  }

  #tree(number: VertexNumber): FileTree {
    if (number === scratch) return noFiles;
    const { tree, files } = this.result(number);
    return tree ?? treeOf(this.#parts.store, files);
  }
}

/** Bytes of the context in a millisecond. */
const bytesPerMs = 100_000;
