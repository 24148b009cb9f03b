import { fullName, readReference } from '../../../images/registry.ts';
import { sha256 } from '../../../images/sha256.ts';
import type { HostImage } from '../../../runtime/container-runtime.ts';
import { keyOn, tables } from '../../../runtime/records.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import type { ArchiveEntry } from '../../engine/request.ts';
import { noteImage } from '../../images/image-store.ts';
import { transferSize } from '../context/transfer.ts';
import type { LineRange } from '../dockerfile/dockerfile-error.ts';
import type { LintWarning } from '../dockerfile/lint-rules.ts';
import { sizeOfSent } from '../files/layers.ts';
import type { BaseImage } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { ErrorSource, LintResult, WarningProgress } from '../progress.ts';
import type { ResolvedBase } from './base-images.ts';
import { BuildFailure } from './build-failure.ts';
import type { BuildRequest } from './build-request.ts';
import { type ExportedImage, exportImage } from './export-image.ts';
import { type PreparedBuild, prepareBuild } from './prepare-build.ts';
import type { OpenVertex, ProgressWriter } from './progress-writer.ts';
import { keepLocalSource } from './step-cache.ts';
import { StepFailure } from './step-failure.ts';
import { StepRunner } from './step-runner.ts';
import type { BuildSteps } from './waiting.ts';

const internal = (name: string) => ({
  digest: `sha256:${sha256(`internal ${name}`)}`,
  name: `[internal] ${name}`,
});

/** Looks at a Dockerfile, and at the images it begins with, and builds nothing. */
export function* check(
  parts: EngineParts,
  request: BuildRequest,
  progress: ProgressWriter,
): BuildSteps<LintResult> {
  const prepared = prepareBuild(parts, request);
  const { warnings, text, failure } = prepared;
  yield* readDefinition(request, { ...prepared, warnings: [] }, progress);
  for (const base of prepared.bases) yield* askForBase(base, progress);
  yield* readIgnoreFile(prepared, progress);
  return { warnings, text, ...(failure && { failure }) };
}

/**
 * Builds an image, as BuildKit does it: reads, plans, runs, exports.
 *
 * @returns the digest of the image
 * @throws BuildFailure
 */
export function* solve(
  parts: EngineParts,
  request: BuildRequest,
  progress: ProgressWriter,
): BuildSteps<string> {
  const prepared = prepareBuild(parts, request);
  const { warnings, early } = prepared;
  const { contextName } = request;
  keepLocalSource(parts.store, contextName, 'dockerfile', sizeOfSent(prepared.definition));
  if (prepared.ignoreFile)
    keepLocalSource(parts.store, contextName, '.dockerignore', sizeOfSent(prepared.ignoreFile));
  yield* readDefinition(request, { ...prepared, warnings: warnings.slice(0, early) }, progress);
  for (const base of prepared.bases) yield* askForBase(base, progress);
  yield* readIgnoreFile(prepared, progress);
  progress.send({ warnings: warned(request, warnings.slice(early)) });
  const { plan, failure } = prepared;
  if (failure) throw failed(request, prepared, failure.message, failure.locations);
  if (!plan) throw new BuildFailure('nothing is planned');
  const runner = new StepRunner(parts, request, { prepared, plan, progress });
  try {
    yield* runner.run();
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    throw failed(request, prepared, error.prefix + error.message, error.location ? [error.location] : []);
  }
  return yield* write(parts, request, { plan, runner, progress, prepared });
}

function* readDefinition(
  { options }: BuildRequest,
  { definition, warnings }: PreparedBuild,
  progress: ProgressWriter,
): BuildSteps<void> {
  const { digest, name } = definitionStep(options);
  const vertex = progress.begin(digest, name);
  yield* transferred(progress, vertex, 'transferring dockerfile:', definition);
  progress.send({ warnings: warned({ options }, warnings) });
  progress.end(vertex);
}

/** Warnings belong to the step that read the Dockerfile. */
function warned(
  { options }: Pick<BuildRequest, 'options'>,
  warnings: readonly LintWarning[],
): readonly WarningProgress[] {
  return warnings.map(({ rule, message, location, description, url }) => ({
    vertex: definitionStep(options).digest,
    short: `${rule}: ${message} (line ${location.start})`,
    detail: description,
    url,
    location,
  }));
}

function definitionStep({ dockerfile }: BuildRequest['options']): ReturnType<typeof internal> {
  return internal(`load build definition from ${dockerfile}`);
}

function* transferred(
  progress: ProgressWriter,
  vertex: OpenVertex,
  what: string,
  entries: readonly ArchiveEntry[],
): BuildSteps<void> {
  yield* progress.part(vertex, what, 10, { current: transferSize(entries), total: 0 });
}

function* askForBase(resolved: ResolvedBase, progress: ProgressWriter): BuildSteps<void> {
  const { digest, name } = internal(`load metadata for ${resolved.name}`);
  const vertex = progress.begin(digest, name);
  yield* progress.sleep(resolved.askMs);
  progress.end(vertex, 'failure' in resolved ? { error: resolved.failure } : {});
}

function* readIgnoreFile({ ignoreFile }: PreparedBuild, progress: ProgressWriter): BuildSteps<void> {
  if (!ignoreFile) return;
  const { digest, name } = internal('load .dockerignore');
  const vertex = progress.begin(digest, name);
  yield* transferred(progress, vertex, 'transferring context:', ignoreFile);
  progress.end(vertex);
}

function* write(
  parts: EngineParts,
  { options }: BuildRequest,
  {
    plan,
    runner,
    progress,
    prepared,
  }: {
    readonly plan: Plan;
    readonly runner: StepRunner;
    readonly progress: ProgressWriter;
    readonly prepared: PreparedBuild;
  },
): BuildSteps<string> {
  const vertex = progress.begin(`sha256:${sha256(`export ${progress.now}`)}`, 'exporting to image');
  const exported = exportImage(parts, { plan, runner, base: baseOf(plan, prepared) });
  const { image, manifest, attestation } = exported;
  yield* progress.part(vertex, 'exporting layers', 60);
  yield* progress.part(vertex, `exporting manifest ${manifest}`, 10);
  yield* progress.part(vertex, `exporting config ${image.id}`, 10);
  if (attestation !== undefined) {
    yield* progress.part(vertex, `exporting attestation manifest ${attestation}`, 10);
    yield* progress.part(vertex, `exporting manifest list ${image.digest}`, 10);
  }
  const names = options.tags.map((tag) => {
    const reference = readReference(tag);
    return reference ? fullName(reference) : tag;
  });
  for (const name of names.length > 0 ? names : [`moby-dangling@${image.digest}`]) {
    yield* progress.part(vertex, `naming to ${name}`, 0);
    if (attestation !== undefined) yield* progress.part(vertex, `unpacking to ${name}`, 20);
  }
  keep(parts, exported, names);
  progress.end(vertex);
  return image.digest;
}

/** Puts the image among those of the engine. Built again, it has another digest, and the old one is gone. */
function keep(
  { store, runtime }: EngineParts,
  { image, manifest }: ExportedImage,
  names: readonly string[],
): void {
  const key = keyOn(laptopHost, image.id);
  const before = store.read(tables.images, key) as HostImage | undefined;
  if (before && before.image.digest !== image.digest) {
    const digests = before.tags.map((tag) => `${tag.replace(/:[^/:]*$/, '')}@${image.digest}`);
    store.write(tables.images, key, { image, tags: before.tags, digests: [...new Set(digests)].sort() });
  }
  for (const name of names) runtime.keepImage(laptopHost, name, image);
  if (names.length === 0 && !before) store.write(tables.images, key, { image, tags: [], digests: [] });
  noteImage(store, image, { manifest });
}

function baseOf({ vertices, image }: Plan, { bases }: PreparedBuild): BaseImage | undefined {
  const lowest = vertices[image.base];
  if (lowest?.kind !== 'image') return undefined;
  const found = bases.flatMap((each) => ('base' in each ? [each.base] : []));
  return found.find(({ reference }) => reference === lowest.reference);
}

function failed(
  { options }: BuildRequest,
  { text }: PreparedBuild,
  message: string,
  locations: readonly LineRange[],
): BuildFailure {
  const sources = locations.map(
    (location): ErrorSource => ({ filename: options.dockerfile, text, location }),
  );
  return new BuildFailure(message, sources);
}
