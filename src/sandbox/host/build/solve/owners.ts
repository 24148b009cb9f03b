import type { FileTree } from '../../../runtime/file-tree.ts';
import { CopyError } from '../files/copy-files.ts';
import { followed, noFiles } from '../files/work-tree.ts';

/**
 * Whose files are to be, in numbers. A name that the files below do not know is root's, as BuildKit has it.
 *
 * @param text such as `node`, `1000:1000`; empty for nobody in particular
 * @returns `uid:gid`; undefined when it is empty
 * @throws CopyError for a name where there are no files at all
 */
export function ownerIn(tree: FileTree, text: string): string | undefined {
  if (text === '') return undefined;
  const [name = '', group] = text.split(':');
  const [, , uid = '0', gid = '0'] = fieldsOf(tree, '/etc/passwd', name);
  if (group === undefined) return `${uid}:${gid}`;
  const [, , ofGroup = '0'] = fieldsOf(tree, '/etc/group', group);
  return `${uid}:${ofGroup}`;
}

/** What a file of users or groups says of a name: its number is the third field. A number needs no file. */
function fieldsOf(tree: FileTree, path: string, name: string): readonly string[] {
  if (/^\d+$/.test(name)) return ['', '', name, name];
  if (tree === noFiles) throw new CopyError('invalid user index: -1');
  const node = tree.get(followed(tree, path));
  if (node?.kind !== 'file') return [];
  const lines = node.content.split('\n').map((line) => line.split(':'));
  return lines.find(([own]) => own === name) ?? [];
}
