import { baseName } from '../../docker/base-name.ts';
import type { ComposeProject } from '../../docker/compose/project.ts';
import { freeName } from '../../kubernetes/names.ts';
import type { SuggestedCommand } from '../translation.ts';
import { shownPath } from './shown-path.ts';
import type { Survey } from './survey.ts';

/** The Secret that is made of a file of variables, once for all services that read it. */
export function envFileSecret(
  path: string,
  project: ComposeProject,
  survey: Survey,
): { name: string; shown: string; command: SuggestedCommand } {
  const shown = shownPath(path, project.directory);
  const name = nameOf(path, survey);
  return {
    name,
    shown,
    command: {
      argv: ['kubectl', 'create', 'secret', 'generic', name, `--from-env-file=${shown}`],
      why: `Makes the Secret of the lines in ${shown}, which is not read here. A Secret, since such a file mostly holds passwords.`,
    },
  };
}

function nameOf(path: string, { envFiles, secrets }: Survey): string {
  const known = envFiles.get(path);
  if (known !== undefined) return known;
  const file = baseName(path);
  const base = file.replace(/^\.env\.?/, '').replace(/\.env$/, '');
  const name = freeName(
    base === '' ? 'env-file' : `${base}-env-file`,
    'label',
    new Set([...envFiles.values(), ...secrets.values()]),
  );
  envFiles.set(path, name);
  return name;
}
