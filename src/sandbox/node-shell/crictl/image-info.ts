import type { Image } from '../../runtime/container-runtime.ts';
import { timeText } from './output.ts';

/** What containerd tells of an image besides: its configuration (OCI image-spec). */
export function imageInfo({ config, created, layers }: Image): Readonly<Record<string, unknown>> {
  const ports = Object.fromEntries((config.exposedPorts ?? []).map((port) => [port, {}]));
  const volumes = Object.fromEntries((config.volumes ?? []).map((path) => [path, {}]));
  return {
    imageSpec: {
      architecture: 'amd64',
      config: {
        ...(config.cmd ? { Cmd: config.cmd } : {}),
        ...(config.entrypoint ? { Entrypoint: config.entrypoint } : {}),
        ...(config.env ? { Env: config.env } : {}),
        ...(config.exposedPorts ? { ExposedPorts: ports } : {}),
        ...(config.labels ? { Labels: config.labels } : {}),
        ...(config.stopSignal ? { StopSignal: config.stopSignal } : {}),
        ...(config.user ? { User: config.user } : {}),
        ...(config.volumes ? { Volumes: volumes } : {}),
        ...(config.workingDir ? { WorkingDir: config.workingDir } : {}),
      },
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
