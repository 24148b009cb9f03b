import { ApiError } from '../../api-error.ts';
import { kubernetesVersion } from '../../new-cluster/names.ts';
import type { ApiResponse } from '../request.ts';
import { openApiPaths } from './openapi-paths.ts';
import { openApiSchemas, type Texts } from './openapi-schemas.ts';
import { type Discovered, discovered, servedGroups } from './served-parts.ts';

/** Undefined until somebody needs it: it is as large as the rest of the sandbox. */
let texts: Texts | undefined;

/** Loads the texts of the OpenAPI documents, if a path needs them; `openApiAt` can answer then. */
export async function prepareOpenApi(path: string): Promise<void> {
  if (!path.startsWith('/openapi/') || texts) return;
  texts = await import('../../schema/descriptions.ts');
}

/**
 * The OpenAPI documents: the index at `/openapi/v3`, and one for each version of a group.
 *
 * @param words of the path, after `openapi`
 * @returns undefined when there is none
 * @throws ApiError ServiceUnavailable when the texts were not loaded before
 */
export function openApiAt(words: readonly string[]): ApiResponse | undefined {
  const [version, root, first, second, ...more] = words;
  if (version === 'v2' && root === undefined) return { status: 200, text: emptyDocument };
  if (version !== 'v3' || more.length > 0) return undefined;
  if (root === undefined) return { status: 200, body: index() };
  if (root === 'api' && second !== undefined) return undefined;
  const [group, groupVersion] = root === 'api' ? ['', first] : root === 'apis' ? [first, second] : [];
  const found = discovered().filter((each) => each.group === group && each.version === groupVersion);
  if (found.length === 0) return undefined;
  if (!texts) throw new ApiError('ServiceUnavailable', 'the OpenAPI document is not loaded yet');
  return { status: 200, body: documentOf(found, texts) };
}

/**
 * A document of OpenAPI 2 without any paths, as protocol buffers: clients that look for a kind which OpenAPI 3 does
 * not have ask for it, and have to get one before they say that there is no such kind.
 */
const emptyDocument = (() => {
  const field = (number: number, text: string): string =>
    String.fromCharCode(number * 8 + 2, text.length) + text;
  return field(1, '2.0') + field(2, field(1, 'Kubernetes') + field(2, kubernetesVersion));
})();

function index(): unknown {
  const paths = servedGroups().map(({ group, version }) => {
    const name = group === '' ? `api/${version}` : `apis/${group}/${version}`;
    // The hash lets clients keep the document; it changes with what is recorded.
    return [name, { serverRelativeURL: `/openapi/v3/${name}?hash=K8S1363SANDBOX` }];
  });
  return { paths: Object.fromEntries(paths) };
}

function documentOf(found: readonly Discovered[], from: Texts): unknown {
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: kubernetesVersion },
    paths: openApiPaths(found),
    components: { schemas: openApiSchemas(found, from) },
  };
}
