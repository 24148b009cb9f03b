/** A file, a folder or a link in the simulated world. */
export type FileNode =
  | {
      readonly kind: 'file';
      readonly content: string;
      /** How many bytes of zero stand behind the content: a file from `/dev/zero` costs nothing. */
      readonly zeros?: number;
      readonly mode: number;
      /** `uid:gid`, in numbers. */
      readonly owner: string;
      readonly at: number;
    }
  | { readonly kind: 'folder'; readonly mode: number; readonly owner: string; readonly at: number }
  | { readonly kind: 'link'; readonly target: string; readonly at: number };

/** Files by their absolute path, which has no slash at its end (the root is `/`). */
export interface FileTree {
  get(path: string): FileNode | undefined;
  /** Names of what is in a folder, sorted; undefined when it is no folder. */
  list(path: string): readonly string[] | undefined;
}

/** What became of a file that an image or a container below has. */
export interface FileChange {
  readonly kind: 'added' | 'changed' | 'deleted';
  readonly path: string;
}
