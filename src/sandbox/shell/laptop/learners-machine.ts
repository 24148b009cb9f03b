import { laptopDisk } from '../../host/system/disk.ts';
import type { Identity } from '../programs/identity-programs.ts';
import { learners, type Machine } from './laptop.ts';

/** The learner's machine with its disk, which images, containers and volumes fill too. */
export const learnersMachine: Machine = { ...learners, disk: laptopDisk };

/** Who the learner is on it. */
export const learner: Identity = {
  host: 'laptop',
  addresses: () => ['192.168.1.20'],
  user: [1000, 'you'],
  groups: [
    [1000, 'you'],
    [999, 'docker'],
  ],
};
