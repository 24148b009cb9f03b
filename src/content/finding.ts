/** Something an author should mend, said so that someone who has never seen the code can. */
export interface Finding {
  /** Path below `lessons/`. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  readonly message: string;
}

/** `pods/lesson.md:12  message`, the form that editors and terminals turn into a link. */
export function describeFinding(finding: Finding): string {
  return `lessons/${finding.file}:${finding.line}  ${finding.message}`;
}
