/** A task in a world that is prepared for it: what is there, what is to be reached, and what is said of it. */
export interface Lab {
  readonly id: string;
  readonly title: string;
  /** Id of the lesson it belongs to. */
  readonly lesson: string;
  readonly minutes: number;
  /** Whether it begins with something that does not work. */
  readonly broken: boolean;
  /** Three lines. */
  readonly story: readonly string[];
  /** Files of the learner's, by their names below the home directory. */
  readonly files: Readonly<Record<string, string>>;
  /** A script that makes the world one begins in. */
  readonly start: string;
  readonly goal: readonly Condition[];
  /** A nudge, a pointer, the answer. */
  readonly hints: readonly string[];
  /** A script that reaches the goal. */
  readonly solution: string;
  /** A script that reaches it in another way. */
  readonly other: string;
  readonly debrief: Debrief;
}

/** What is said when it is over. */
export interface Debrief {
  /** The model answer in words. */
  readonly answer: string;
  readonly alternative: string;
  /** How it is in Docker. */
  readonly contrast: string;
}

/**
 * Something that has to be true of the world in the end. What it names is an object of the cluster
 * (`deployment/web`), or something of the Docker Engine of the learner's machine: `container/web`,
 * `image/shop:1.0`, `network/shop`, `volume/notes`.
 */
export type Condition = { readonly says: string } & Check;

/** How a condition is looked at. Each has another first key. */
export type Check =
  | ObjectCheck
  | AbsentCheck
  | CountCheck
  | ReadyCheck
  | AnswerCheck
  | LogCheck
  | InsideCheck
  | FileCheck;

interface InNamespace {
  /** `default` when it is left out. */
  readonly namespace?: string | undefined;
}

/** Something may be done to a copy of the world first, to see whether what is asked for withstands it. */
interface AfterDoing {
  /** A script; a minute later it is looked. */
  readonly after?: string | undefined;
}

/** An object is there, and is as it should be. */
export interface ObjectCheck extends InNamespace {
  /** As in `deployment/web` or `container/web`. */
  readonly object: string;
  /** Where an image is looked for besides the learner's machine: on the node of this name, or in its `registry`. */
  readonly on?: string | undefined;
  readonly has?: readonly FieldTest[] | undefined;
}

/** An object is not there, or not as it must not be. */
export interface AbsentCheck extends InNamespace {
  readonly absent: string;
  /** As of an object. */
  readonly on?: string | undefined;
}

/** There are so many of a kind. */
export interface CountCheck extends InNamespace, Amount {
  /** The kind, as in `pods` or `containers`, whether these run or not. */
  readonly count: string;
  readonly labels?: Labels | undefined;
  readonly has?: readonly FieldTest[] | undefined;
}

/**
 * A workload has done what it is asked for: all replicas are new and ready, a Job is complete, a claim is bound;
 * a container runs, still does some seconds later, and is healthy if it is asked about its health.
 */
export interface ReadyCheck extends InNamespace {
  readonly ready: string;
  /** How many are ready at least; one when it is left out. */
  readonly least?: number | undefined;
}

/** A request is answered, each time it is made. */
export interface AnswerCheck extends InNamespace, AfterDoing {
  /** The address, as in `http://web/`. */
  readonly answers: string;
  /**
   * Who asks: Pods with these labels, each of them; the learner's machine (`outside`); a container (`container/web`);
   * a Pod that is made for it when it is left out.
   */
  readonly from?: Labels | string | undefined;
  /** Any below 400 when it is left out. */
  readonly status?: number | undefined;
  /** What the body has to fit. */
  readonly matches?: string | undefined;
  /** Whether it is right that no answer comes. */
  readonly never?: boolean | undefined;
}

/** A Pod or a container has printed something. */
export interface LogCheck extends InNamespace {
  /** As in `job/report`, `deployment/web` or `container/web`, or the labels of Pods. */
  readonly log: string | Labels;
  readonly matches: string;
}

/** A command that is run in a container or on a machine prints something. */
export interface InsideCheck extends InNamespace, AfterDoing {
  /** As in `pod/web`, `deployment/web` or `container/web`; `node/worker-1`; `laptop` for the learner's machine. */
  readonly inside: string;
  readonly container?: string | undefined;
  readonly command: string;
  readonly matches: string;
}

/** A file of the learner's holds something. */
export interface FileCheck {
  readonly file: string;
  readonly matches: string;
}

export type Labels = Readonly<Record<string, string>>;

interface Amount {
  readonly is?: number | undefined;
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

/** What a field of an object has to be. */
export interface FieldTest {
  /**
   * A path as in `kubectl -o jsonpath`, without braces: `spec.containers[*].image`, or `State.Health.Status` of what
   * `docker inspect` shows. One value of those it leads to has to fit.
   */
  readonly at: string;
  readonly is?: string | number | boolean | undefined;
  /** Numbers and quantities, such as `64Mi`. */
  readonly least?: string | number | undefined;
  readonly most?: string | number | undefined;
  readonly matches?: string | undefined;
  /** No value may be this one. */
  readonly not?: string | number | boolean | undefined;
  /** Whether there is a value at all. */
  readonly exists?: boolean | undefined;
}

/** What came of looking at a condition. */
export interface Seen {
  readonly says: string;
  readonly fulfilled: boolean;
  /** What is there instead, where it is not fulfilled. */
  readonly instead: string;
}
