/** Lines that a real engine and the simulated one have to answer alike. */
export interface Scenario {
  readonly name: string;
  /** Run one after another from an engine that has nothing; what they print is of no interest, but they have to succeed. */
  readonly setup: readonly string[];
  /** Run after one another: each sees what those before it left. Each is one line of a shell, or a here-document. */
  readonly lines: readonly string[];
}

/** What a line printed, and how it ended. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Fetches the image that nearly all scenarios are about. */
export const withBusybox = 'docker pull -q busybox:1.36';
