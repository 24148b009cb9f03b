import { drawLine, drawParagraph, drawUnbroken } from './prose.ts';
import type { Style } from './style.ts';

export interface ServingFacts {
  readonly server: string;
  /** The path of the file. */
  readonly kubeconfig: string;
  readonly platform: NodeJS.Platform;
}

/** Where the cluster listens, and what to type in another terminal. */
export function drawServing({ server, kubeconfig, platform }: ServingFacts, style: Style): string[] {
  return [
    '',
    ...drawParagraph(
      `The cluster listens on ${server} until you press Ctrl-C. Time runs as on your clock.`,
      style,
    ),
    '',
    ...drawLine(style.strong('In another terminal'), style),
    ...drawUnbroken(selecting(kubeconfig, platform), 4),
    ...drawUnbroken('kubectl get nodes', 4),
    '',
    ...drawParagraph(
      'Your own kubeconfig is not touched: close that terminal, and kubectl speaks to your clusters again.',
      style,
    ),
    '',
  ];
}

/** The line that makes kubectl use the file, in the shell of the platform. */
function selecting(path: string, platform: NodeJS.Platform): string {
  return platform === 'win32'
    ? `$env:KUBECONFIG = "${path}"`
    : `export KUBECONFIG='${path.replaceAll("'", "'\\''")}'`;
}
