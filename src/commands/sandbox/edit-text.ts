import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../io.ts';
import { readText } from '../read-text.ts';

/**
 * Has the learner edit a text in an editor of theirs: the one that kubectl would take (`KUBE_EDITOR`, then
 * `EDITOR`, else vi, on Windows notepad).
 *
 * @param name ends the name of the file, such as `deployment.yaml`
 * @returns the text as it was left; undefined when there is no such editor, or it failed
 */
export function editText({ env, platform, stderr }: Io, name: string, text: string): string | undefined {
  const editor = env.KUBE_EDITOR || env.VISUAL || env.EDITOR || (platform === 'win32' ? 'notepad' : 'vi');
  const folder = mkdtempSync(join(tmpdir(), 'k8s-docker-tutor-'));
  const file = join(folder, name.replace(/[^\w.-]/g, '-'));
  try {
    writeFileSync(file, text, { mode: 0o600 });
    // An editor may come with options of its own: `code --wait`.
    const { status, error } = spawnSync(`${editor} ${quoted(file, platform)}`, {
      shell: true,
      stdio: 'inherit',
    });
    if (error || status !== 0) {
      stderr.write(`! the editor '${editor}' did not end well; set KUBE_EDITOR to one of yours\n`);
      return undefined;
    }
    return readText(file).replaceAll('\r\n', '\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function quoted(path: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `"${path}"` : `'${path}'`;
}
