import { DockerfileRefusal } from '../../docker/dockerfile-refusal.ts';
import { exitCode, TutorError } from '../../errors.ts';
import { translateDockerfile } from '../../mapping/dockerfile.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawDockerfile } from '../../terminal/views/dockerfile-view.ts';
import { drawCommandLines } from '../../terminal/views/translation-view.ts';
import type { Session } from '../session.ts';
import type { MapOptions } from './map-options.ts';
import { pagesOf } from './translation-json.ts';
import { readOutputForm } from './write-objects.ts';

/**
 * Says of a Dockerfile, instruction by instruction, what Kubernetes takes from it.
 *
 * @throws TutorError for what a builder would refuse, with the line
 */
export function mapDockerfile(session: Session, text: string, options: MapOptions): void {
  const form = readOutputForm(options.output);
  let translation: ReturnType<typeof translateDockerfile>;
  try {
    translation = translateDockerfile(text);
  } catch (error) {
    if (!(error instanceof DockerfileRefusal)) throw error;
    throw new TutorError(`line ${error.line}: ${error.message}`, error.hint);
  }
  const pages = session.content.pages();
  if (options.json) {
    session.printJson({
      version: 1,
      command: 'docker image build',
      ...translation,
      verdicts: translation.verdicts.map((verdict) => ({
        ...verdict,
        sources: pagesOf(verdict.sources, pages),
      })),
      sources: pagesOf(translation.sources, pages),
    });
  } else if (form.kind === 'commands') session.print(drawCommandLines(translation.commands));
  else if (form.kind === 'everything') {
    session.print(drawDockerfile(translation, pagesOf(translation.sources, pages), styleFor(session.screen)));
  } else {
    throw new TutorError(
      'a Dockerfile makes an image and no objects, so there is no manifest',
      'Translate the docker run line that uses the image.',
      exitCode.no,
    );
  }
}
