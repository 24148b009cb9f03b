import { posix, win32 } from 'node:path';

/** What decides where state is kept. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Gives the home directory; may throw where there is none. */
  readonly home: () => string;
}

const folder = 'k8s-docker-tutor';

/**
 * The directory that holds what the learner has done:
 * `$K8S_DOCKER_TUTOR_STATE` (from where the tutor runs, when relative), or the platform's place for state that is no configuration:
 * `%LOCALAPPDATA%` on Windows, `~/Library/Application Support` on macOS, `$XDG_STATE_HOME`
 * (`~/.local/state`) elsewhere, as the XDG base directory specification says (a relative
 * `XDG_STATE_HOME` is to be ignored).
 *
 * @returns an absolute path, or undefined where there is no home to keep anything in
 */
export function stateDirectory({ env, platform, home }: Surroundings): string | undefined {
  const path = platform === 'win32' ? win32 : posix;
  const own = env.K8S_DOCKER_TUTOR_STATE;
  if (own) return path.resolve(own);

  const base = (): string | undefined => {
    try {
      return home() || undefined;
    } catch {
      return undefined;
    }
  };
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA || inside(base(), 'AppData', 'Local');
    return local && path.join(local, folder);
  }
  if (platform === 'darwin') return inside(base(), 'Library', 'Application Support', folder);
  const xdg = env.XDG_STATE_HOME;
  if (xdg && path.isAbsolute(xdg)) return path.join(xdg, folder);
  return inside(base(), '.local', 'state', folder);

  function inside(home: string | undefined, ...names: string[]): string | undefined {
    return home && path.join(home, ...names);
  }
}
