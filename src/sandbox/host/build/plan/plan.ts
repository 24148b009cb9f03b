import type { ImageConfig } from '../../../runtime/container-runtime.ts';
import type { FileNode } from '../../../runtime/file-tree.ts';
import type { LineRange } from '../dockerfile/dockerfile-error.ts';

/** Number of a vertex in its plan; below 0 where nothing is below. */
export type VertexNumber = number;

/** What `scratch` is: no files at all. */
export const scratch: VertexNumber = -1;

/** Where files are copied from, to where. */
export interface CopyPart {
  /** The context, a stage, an image, or a text of the Dockerfile. */
  readonly from: VertexNumber;
  readonly source: string;
  /** Whether the source has patterns, and is followed through links. */
  readonly isPattern: boolean;
  readonly target: string;
}

/** One step of a build. What it gives are files: those of `base` and its own. */
export type Vertex = {
  /** As the progress shows it. */
  readonly name: string;
  readonly location?: LineRange;
} & VertexWork;

export type VertexWork =
  | { readonly kind: 'image'; readonly reference: string; readonly files: readonly string[] }
  /** @param paths what of the context is used; all of it when they are left out */
  | { readonly kind: 'context'; readonly paths?: readonly string[] }
  | { readonly kind: 'text'; readonly path: string; readonly node: FileNode }
  | { readonly kind: 'folder'; readonly base: VertexNumber; readonly path: string; readonly user: string }
  | {
      readonly kind: 'copy';
      readonly base: VertexNumber;
      readonly parts: readonly CopyPart[];
      readonly chown: string;
      readonly chmod: string;
      readonly excludes: readonly string[];
      readonly isAnew: boolean;
    }
  | {
      readonly kind: 'run';
      readonly base: VertexNumber;
      readonly argv: readonly string[];
      readonly env: readonly string[];
      readonly workingDir: string;
      readonly user: string;
      readonly network: string;
      readonly mounts: readonly PlannedMount[];
      readonly isAnew: boolean;
    };

/** What is mounted while a command runs. */
export interface PlannedMount {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret';
  /** Of a bind mount. */
  readonly from: VertexNumber;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Of a cache or a secret. */
  readonly id: string;
  readonly required: boolean;
  /** The variable that a secret is in; empty where it is in a file alone. */
  readonly env: string;
  /** Whether it is in no file. */
  readonly isBare: boolean;
}

/** A line of an image's history. */
export interface HistoryLine {
  readonly createdBy: string;
  /** The step that made its layer; left out where it only says something of the containers. */
  readonly vertex?: VertexNumber;
}

/** What an image is going to say of its containers. */
export interface PlannedImage {
  readonly config: ImageConfig;
  readonly history: readonly HistoryLine[];
  /** The layers it begins with. */
  readonly base: VertexNumber;
  readonly author: string;
}

/** All steps of a build, those that others need before these. */
export interface Plan {
  readonly vertices: readonly Vertex[];
  readonly target: VertexNumber;
  readonly image: PlannedImage;
}
