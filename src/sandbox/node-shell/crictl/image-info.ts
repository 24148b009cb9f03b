import type { Image } from '../../runtime/container-runtime.ts';
import { timeText } from './output.ts';

/** What containerd tells of an image besides: its configuration (OCI image-spec). */
export function imageInfo({ config, created, layers }: Image): Readonly<Record<string, unknown>> {
  return {
    imageSpec: {
      architecture: 'amd64',
      config: given({
        Cmd: config.cmd,
        Entrypoint: config.entrypoint,
        Env: config.env,
        ExposedPorts: setOf(config.exposedPorts),
        Labels: config.labels,
        StopSignal: config.stopSignal,
        User: config.user,
        Volumes: setOf(config.volumes),
        WorkingDir: config.workingDir,
      }),
      created: timeText(created),
      history: layers.map(({ createdBy, size }) => ({
        created: timeText(created),
        created_by: createdBy,
        ...(size === 0 ? { empty_layer: true } : {}),
      })),
      os: 'linux',
      rootfs: { diff_ids: layers.filter(({ size }) => size > 0).map(({ digest }) => digest), type: 'layers' },
    },
  };
}

/** What an image says: what is empty is left out, as Go does. */
function given(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Boolean(value)));
}

/** A set as Go's JSON has it: a map to nothing. */
function setOf(names: readonly string[] | undefined): Readonly<Record<string, object>> | undefined {
  return names && Object.fromEntries(names.map((name) => [name, {}]));
}
