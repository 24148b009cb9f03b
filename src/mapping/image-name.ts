import { parseImage } from '../docker/images.ts';

/** What one would call a container of an image: the last part of its name, and of `$REGISTRY/web:1` too. */
export function nameOfImage(image: string): string {
  const { repository } = image.includes('$')
    ? { repository: image.replace(/[:@].*$/s, '') }
    : parseImage(image);
  return repository.split('/').at(-1) || 'container';
}
