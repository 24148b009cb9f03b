import type { Service } from './project/project.ts';

/** The name of a container: its own, or `shop-web-1`. */
export function containerName(project: string, service: Service, number: number): string {
  return service.container_name || `${project}-${service.name}-${number}`;
}
