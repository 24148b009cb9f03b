import { as, decimal, listOf, object, text, textOrNumber, texts, whole, word } from './shape.ts';
import { bytes, duration } from './values.ts';

/** A device that a driver gives out. */
export const deviceRequest = object({
  capabilities: listOf(text),
  count: as(
    textOrNumber,
    (value) => (value === 'all' ? -1 : /^\d{1,9}$/.test(value) ? Number(value) : undefined),
    'has to be a number, or all',
  ),
  device_ids: listOf(text),
  driver: text,
  options: texts,
});

const updates = object({
  parallelism: whole,
  delay: duration,
  failure_action: text,
  monitor: duration,
  max_failure_ratio: decimal,
  order: word('start-first', 'stop-first'),
});

/** Keys of `deploy` (https://docs.docker.com/reference/compose-file/deploy/). */
export const deployShape = object({
  mode: text,
  endpoint_mode: text,
  replicas: whole,
  labels: texts,
  rollback_config: updates,
  update_config: updates,
  resources: object({
    limits: object({ cpus: decimal, memory: bytes, pids: whole }),
    reservations: object({
      cpus: decimal,
      memory: bytes,
      generic_resources: listOf(object({ discrete_resource_spec: object({ kind: text, value: whole }) })),
      devices: listOf(deviceRequest),
    }),
  }),
  restart_policy: object({ condition: text, delay: duration, max_attempts: whole, window: duration }),
  placement: object({
    constraints: listOf(text),
    preferences: listOf(object({ spread: text })),
    max_replicas_per_node: whole,
  }),
});
