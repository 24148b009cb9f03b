import {
  anyText,
  dictOf,
  flag,
  listOf,
  object,
  oneOrMore,
  orShort,
  pairs,
  text,
  textOrNumber,
  texts,
  whole,
} from './shape.ts';
import { bytes, hosts } from './values.ts';

const limits = object({ soft: whole, hard: whole }, ['soft', 'hard']);

/** Keys of `build` (https://docs.docker.com/reference/compose-file/build/). */
export const buildShape = object({
  context: text,
  dockerfile: text,
  dockerfile_inline: text,
  entitlements: listOf(text),
  args: pairs,
  ssh: pairs,
  labels: texts,
  cache_from: oneOrMore(text),
  cache_to: oneOrMore(text),
  no_cache: flag,
  no_cache_filter: oneOrMore(text),
  additional_contexts: texts,
  network: text,
  provenance: anyText,
  sbom: anyText,
  pull: flag,
  target: text,
  shm_size: bytes,
  extra_hosts: hosts,
  isolation: text,
  privileged: flag,
  secrets: listOf(
    orShort(object({ source: text, target: text, uid: text, gid: text, mode: textOrNumber }, ['source'])),
  ),
  tags: listOf(text),
  ulimits: dictOf((tree, path) => (tree.kind === 'leaf' ? whole(tree, path) : limits(tree, path))),
  platforms: listOf(text),
});
