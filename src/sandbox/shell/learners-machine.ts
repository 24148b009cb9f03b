import { laptopDisk } from '../host/system/disk.ts';
import { learners, type Machine } from './laptop.ts';

/** The learner's machine with its disk, which images, containers and volumes fill too. */
export const learnersMachine: Machine = { ...learners, disk: laptopDisk };
