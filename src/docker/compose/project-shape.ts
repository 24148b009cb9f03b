import {
  flag,
  listOf,
  maybe,
  object,
  oneOrMore,
  options,
  orShort,
  type Shape,
  text,
  texts,
  type ValueOf,
  whole,
} from './shape.ts';

/** `external: {name: …}` is the old way to say which. */
const external: Shape<boolean> = (tree, path) => {
  if (tree.kind !== 'dict') return flag(tree, path);
  object({ name: text })(tree, path);
  return true;
};

/** A network of the project. */
export const networkShape = maybe(
  object({
    name: text,
    driver: text,
    driver_opts: options,
    ipam: object({
      driver: text,
      config: listOf(object({ subnet: text, ip_range: text, gateway: text, aux_addresses: options })),
      options,
    }),
    external,
    internal: flag,
    enable_ipv4: flag,
    enable_ipv6: flag,
    attachable: flag,
    labels: texts,
  }),
);

/** A volume of the project. */
export const volumeShape = maybe(
  object({ name: text, driver: text, driver_opts: options, external, labels: texts }),
);

/** A secret of the project. */
export const secretShape = object({
  name: text,
  environment: text,
  file: text,
  external,
  labels: texts,
  driver: text,
  driver_opts: options,
  template_driver: text,
});

/** A config of the project. */
export const configShape = object({
  name: text,
  content: text,
  environment: text,
  file: text,
  external,
  labels: texts,
  template_driver: text,
});

/** A model that an AI runner serves. */
export const modelShape = object(
  { name: text, model: text, context_size: whole, runtime_flags: listOf(text) },
  ['model'],
);

/** What another file brings in. */
export const includeShape = listOf(
  orShort(object({ path: oneOrMore(text), env_file: oneOrMore(text), project_directory: text })),
);

export type NetworkConfig = NonNullable<ValueOf<typeof networkShape>>;
export type VolumeConfig = NonNullable<ValueOf<typeof volumeShape>>;
export type SecretConfig = ValueOf<typeof secretShape>;
export type ConfigConfig = ValueOf<typeof configShape>;
export type ModelConfig = ValueOf<typeof modelShape>;
