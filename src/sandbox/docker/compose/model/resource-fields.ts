import { embedded, type Fields, listOf, pointer, struct } from './go-struct.ts';

/** Keys of a network of the project. */
export const networkFields: Fields = [
  'name',
  'driver',
  'driver_opts',
  [
    'ipam',
    embedded([
      'driver',
      ['config', listOf(struct(['subnet', 'gateway', 'ip_range', 'aux_addresses']))],
      'options',
    ]),
  ],
  'external',
  'internal',
  'attachable',
  'labels',
  ['enable_ipv4', pointer],
  ['enable_ipv6', pointer],
];

/** Keys of a volume of the project. */
export const volumeFields: Fields = ['name', 'driver', 'driver_opts', 'external', 'labels'];

/** Keys of a config or a secret of the project. */
export const fileObjectFields: Fields = [
  'name',
  'file',
  'environment',
  'content',
  'external',
  'labels',
  'driver',
  'driver_opts',
  'template_driver',
];

/** Keys of a model of the project. */
export const modelFields: Fields = ['name', 'model', 'context_size', 'runtime_flags'];
