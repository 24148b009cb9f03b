import { parseDevice, parseGpus } from '../../docker/devices.ts';
import { addCaveat } from '../workload/draft.ts';
import { secureContainer } from '../workload/identity.ts';
import { requestDevices } from '../workload/limits.ts';
import { isMounted, mountHostPath } from '../workload/storage.ts';
import type { FlagRule } from './flag-rule.ts';

const lesson = 'health-and-resources';

/** Devices of the machine in the container. */
export const deviceFlags: readonly FlagRule[] = [
  {
    flag: '--device',
    grade: 'approximate',
    kubernetes: 'hostPath and `privileged`, or a device plugin',
    why: '',
    sources: ['docker-container-run', 'k8s-device-plugins', 'k8s-volumes'],
    lesson,
    apply(draft, { value }) {
      const device = parseDevice(value);
      if ('cdi' in device) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `\`${device.cdi}\` is a CDI device, which no Pod can name. A device plugin offers it as a resource for \`resources.limits\`, and newer drivers by dynamic resource allocation.`,
        };
      }
      const { PathOnHost: onHost, PathInContainer: inside, CgroupPermissions: permissions } = device;
      if (isMounted(draft, inside))
        return { grade: 'none', kubernetes: 'none', why: `Something is mounted at \`${inside}\` already.` };
      mountHostPath(draft, onHost, { path: inside });
      secureContainer(draft, { privileged: true });
      addCaveat(
        draft,
        `\`privileged: true\` is there for \`${onHost}\`: without a device plugin only privileged containers may open devices. It allows far more than that, so look for a plugin first.`,
      );
      return {
        why: `\`${onHost}\` of the node is mounted, and the container is privileged, which opens all devices${permissions === 'rwm' ? '' : `; \`${permissions}\` alone has no field`}. A device plugin on the nodes would offer it as a resource instead, without privileges.`,
      };
    },
  },
  {
    flag: '--device-cgroup-rule',
    grade: 'none',
    kubernetes: 'none',
    why: '`{value}` has no field: the runtime opens the devices that a device plugin gives, or all of them to a privileged container.',
    sources: ['docker-container-run', 'k8s-device-plugins'],
    lesson,
  },
  {
    flag: '--gpus',
    grade: 'approximate',
    kubernetes: 'resources.limits `nvidia.com/gpu`',
    why: '',
    sources: ['docker-gpu', 'k8s-schedule-gpus', 'k8s-device-plugins'],
    lesson,
    apply(draft, { value }) {
      const { Driver: driver, Count: count, DeviceIDs: ids } = parseGpus(value);
      const resource = driver === 'amd' ? 'amd.com/gpu' : 'nvidia.com/gpu';
      const wanted = ids.length > 0 ? ids.length : Math.max(1, count);
      requestDevices(draft, resource, wanted);
      addCaveat(
        draft,
        `\`${resource}\` exists where the vendor's device plugin runs; elsewhere the Pod stays Pending.`,
      );
      const which =
        ids.length > 0
          ? ` Which ones (${ids.join(', ')}) cannot be chosen.`
          : count < 0
            ? ' There is no word for all of a node: 1 is an assumption.'
            : '';
      return {
        kubernetes: `resources.limits \`${resource}\``,
        why: `The container asks for ${wanted} of \`${resource}\`, and the scheduler finds a node that has as many free.${which}`,
      };
    },
  },
];
