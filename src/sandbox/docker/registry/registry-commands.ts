import type { RunCommand } from '../context.ts';
import { runLogin } from './login.ts';
import { runLogout } from './logout.ts';
import { runSearch } from './search.ts';

/** The commands about registries. */
export const registryCommands: Readonly<Record<string, RunCommand>> = {
  login: runLogin,
  logout: runLogout,
  search: runSearch,
};
