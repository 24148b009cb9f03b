import { emptyNamespace } from './empty-namespace.ts';
import { makingThings } from './making-things.ts';
import { aNewShop } from './new-shop.ts';
import type { Scenario } from './scenario.ts';
import { aShop } from './shop.ts';
import { troubles } from './troubles.ts';

export const scenarios: readonly Scenario[] = [emptyNamespace, makingThings, aShop, aNewShop, troubles];
