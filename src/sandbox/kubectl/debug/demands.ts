import { complain, print, type Steps } from '../../effects.ts';
import { isReference } from '../changing/image-reference.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';

/** Looks whether the flags of `kubectl debug` fit one another. @throws CommandFailure */
export function* demandFitting(options: Options): Steps<void> {
  const image = options.text('--image', '');
  const container = options.text('--container', '');
  const why =
    (options.on('--attach') && image === '' && container === '' && wantsContainer) ||
    (options.text('--copy-to') ? oddCopy(options, image, container) : oddInside(options, image));
  if (why) throw new CommandFailure(why);
  if (image !== '' && !isReference(image)) {
    throw new CommandFailure(`invalid image name ${JSON.stringify(image)}: invalid reference format`);
  }
  if (options.args.length === 0) {
    throw new CommandFailure('NAME or filename is required for debug');
  }
  const pull = options.text('--image-pull-policy', '');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pull)) {
    throw new CommandFailure(`invalid image pull policy: ${pull}`);
  }
  const target = options.text('--target', '');
  if (target !== '') {
    if (options.text('--copy-to')) {
      throw new CommandFailure('--target is incompatible with --copy-to. Use --share-processes instead.');
    }
    if (!options.on('--quiet')) {
      yield* print(
        `Targeting container ${JSON.stringify(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
    }
  }
  if (options.on('--tty') && !options.on('--stdin')) {
    throw new CommandFailure('-i/--stdin is required for containers with -t/--tty=true');
  }
  if (options.text('--profile') === 'legacy') {
    yield* complain(
      '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".\n',
    );
  }
}

const wantsContainer =
  'you must specify --container or create a new container using --image in order to attach.';

function oddCopy(options: Options, image: string, container: string): string | false {
  const hasArgs = options.command.afterDashes.length > 0;
  if (image === '' && !options.has('--set-image') && !hasArgs) {
    return 'you must specify --image, --set-image or command arguments.';
  }
  return (
    hasArgs &&
    container === '' &&
    image === '' &&
    'you must specify an existing container or a new image when specifying args.'
  );
}

function oddInside(options: Options, image: string): string | false {
  if (options.on('--replace')) return '--replace may only be used with --copy-to.';
  if (options.on('--same-node')) return '--same-node may only be used with --copy-to.';
  if (options.has('--set-image')) return '--set-image may only be used with --copy-to.';
  return image === '' && 'you must specify --image when not using --copy-to.';
}
