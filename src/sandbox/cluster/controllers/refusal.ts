import { ApiError } from '../api-error.ts';

/**
 * What the API refused.
 *
 * @param error what was thrown
 * @throws what is no refusal: that is nothing to go on from
 */
export function refusalIn(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}
