import { drawLine, drawParagraph, drawUnbroken } from '../prose.ts';
import type { Style } from '../style.ts';

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
    ...selecting(kubeconfig, platform, style),
    ...drawUnbroken('kubectl get nodes', 4),
    '',
    ...drawParagraph(
      'Your own kubeconfig is not touched: close that terminal, and kubectl speaks to your clusters again.',
      style,
    ),
    '',
  ];
}

/** The line that makes kubectl use the file, in the shells of the platform. */
function selecting(path: string, platform: NodeJS.Platform, style: Style): string[] {
  if (platform !== 'win32') return drawUnbroken(`export KUBECONFIG='${path.replaceAll("'", "'\\''")}'`, 4);
  return [
    ...drawLine(style.faint('in PowerShell'), style),
    ...drawUnbroken(`$env:KUBECONFIG = '${path.replaceAll("'", "''")}'`, 4),
    ...drawLine(style.faint('in cmd'), style),
    ...drawUnbroken(`set "KUBECONFIG=${path}"`, 4),
    ...drawLine(style.faint('then'), style),
  ];
}
