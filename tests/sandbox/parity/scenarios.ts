import { altering } from './altering.ts';
import { askingAbout } from './asking-about.ts';
import { atTheEdge } from './at-the-edge.ts';
import { changingTemplates } from './changing-templates.ts';
import { configuring } from './configuring.ts';
import { debugging } from './debugging.ts';
import { describing } from './describing.ts';
import { emptyNamespace } from './empty-namespace.ts';
import { generating } from './generating.ts';
import { heldUp } from './held-up.ts';
import { makingThings } from './making-things.ts';
import { aNewShop } from './new-shop.ts';
import { printingForms } from './printing-forms.ts';
import { rarelyTyped } from './rarely-typed.ts';
import { reachingIn } from './reaching-in.ts';
import { rollingOut } from './rolling-out.ts';
import type { Scenario } from './scenario.ts';
import { aShop } from './shop.ts';
import { troubles } from './troubles.ts';

export const scenarios: readonly Scenario[] = [
  emptyNamespace,
  makingThings,
  aShop,
  aNewShop,
  troubles,
  debugging,
  changingTemplates,
  configuring,
  describing,
  printingForms,
  askingAbout,
  rollingOut,
  generating,
  altering,
  reachingIn,
  rarelyTyped,
  heldUp,
  atTheEdge,
];
