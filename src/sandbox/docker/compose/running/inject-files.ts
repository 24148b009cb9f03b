import type { Steps } from '../../../effects.ts';
import type { Archive } from '../../../host/engine/request.ts';
import { ask } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import type { Project, Service } from '../project/project.ts';

/**
 * Puts the configs and secrets that are in no file into a container, before it starts
 * (pkg/compose/secrets.go).
 *
 * @throws CommandFailure where a variable that one is made of is not set
 */
export function* injectFiles(project: Project, service: Service, id: string): Steps<void> {
  for (const { source = '', target, mode } of service.secrets ?? []) {
    const secret = project.secrets.get(source);
    if (!secret?.environment) continue;
    const content = project.environment[secret.environment];
    if (content === undefined)
      throw new CommandFailure(
        `environment variable "${secret.environment}" required by secret "${secret.name}" is not set`,
      );
    const path = target ?? source;
    yield* put(id, path.startsWith('/') ? path : `/run/secrets/${path}`, content, mode);
  }
  for (const { source = '', target, mode } of service.configs ?? []) {
    const config = project.configs.get(source);
    const content = config?.environment ? project.environment[config.environment] : config?.content;
    if (config?.environment && content === undefined)
      throw new CommandFailure(
        `environment variable "${config.environment}" required by config "${config.name}" is not set`,
      );
    if (content === undefined) continue;
    const path = target ?? source;
    yield* put(id, path.startsWith('/') ? path : `/${path}`, content, mode);
  }
}

function* put(id: string, target: string, content: string, mode = 0o444): Steps<void> {
  const archive: Archive = {
    entries: [{ path: target.slice(1), node: { kind: 'file', content, mode, owner: '0:0', at: 0 } }],
  };
  yield* ask('PUT', `/containers/${id}/archive`, {
    query: { path: '/', copyUIDGID: '1' },
    body: archive,
  });
}
