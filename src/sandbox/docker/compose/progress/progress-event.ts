/** How far something is (api.Resource of pkg/api/event.go). */
export interface ProgressEvent {
  /** Such as `Container shop-web-1`. */
  readonly id: string;
  /** What it is a part of, such as the image of a layer. */
  readonly parent?: string;
  readonly status: 'working' | 'done' | 'warning' | 'error';
  /** Such as `Creating`. */
  readonly text: string;
  readonly details?: string;
  readonly current?: number;
  readonly total?: number;
}
