import type { ContainerBody } from '../../../docker/container-body.ts';
import { type ContainerRequest, containerRequest } from '../../../docker/container-request.ts';
import { parseImage } from '../../../docker/images.ts';
import { complain, listFolder, print, readFile, type Steps, writeFile } from '../../effects.ts';
import type { DockerContext } from '../context.ts';
import { ask } from '../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../failures.ts';
import { familiarName, pullImage } from '../pull-image.ts';
import { createBody } from './create-body.ts';
import { wireBody } from './create-wire.ts';

interface CreateResponse {
  readonly Id: string;
  readonly Warnings: readonly string[];
}

/** `docker container create` (cli/command/container/create.go of docker/cli). */
export function* runCreate(context: DockerContext): Steps<number> {
  const request = containerRequest(context.command);
  const body = yield* createBody(context, request);
  yield* print(`${yield* createContainer(context, request, body)}\n`);
  return 0;
}

/**
 * Makes a container, and pulls its image first where it has to.
 *
 * @param body from `createBody`
 * @returns its id
 * @throws DaemonFailure, CommandFailure
 */
export function* createContainer(
  context: DockerContext,
  { query, client }: ContainerRequest,
  body: ContainerBody,
): Steps<string> {
  const { ContainerIDFile: idFile } = body.HostConfig;
  if (idFile !== '') yield* demandNoFile(idFile);
  const { Image: image } = body;
  const pull = { image, platform: query.platform ?? '', to: 'stderr', isQuiet: client.quiet } as const;
  if (client.pull === 'always') yield* pullImage(context, pull);
  const asked = { query, body: wireBody(body) };
  let response: CreateResponse;
  try {
    response = yield* ask<CreateResponse>('POST', '/containers/create', asked);
  } catch (failure) {
    const canPull = client.pull === 'missing' && parseImage(image).repository !== '';
    if (!(failure instanceof DaemonFailure) || failure.status !== 404 || !canPull) throw failure;
    if (!client.quiet) yield* complain(`Unable to find image '${familiarName(image)}' locally\n`);
    yield* pullImage(context, pull);
    response = yield* ask<CreateResponse>('POST', '/containers/create', asked);
  }
  for (const warning of response.Warnings) yield* complain(`WARNING: ${warning}\n`);
  if (idFile !== '') yield* writeFile(idFile, response.Id);
  return response.Id;
}

function* demandNoFile(path: string): Steps<void> {
  if ((yield* readFile(path)) !== undefined || (yield* listFolder(path)) !== undefined) {
    throw new CommandFailure(
      `container ID file found, make sure the other container isn't running or delete ${path}`,
    );
  }
}
