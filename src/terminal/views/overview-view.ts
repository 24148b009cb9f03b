import type { DockerOutline, NodeOutline, Overview, PodOutline } from '../../sandbox/overview/overview.ts';
import type { ServiceOutline } from '../../sandbox/overview/service-outline.ts';
import type { Standing } from '../../sandbox/overview/standing.ts';
import { type Count, countsOf, type Difference, nameIn } from '../../sandbox/overview/summary.ts';
import { drawLine, indented } from '../prose.ts';
import { margin, type Style } from '../style.ts';
import { widthOf } from '../width.ts';
import { wrap } from '../wrap.ts';

/** The world at a glance: what is not as it should be first, then what stands where. */
export function drawOverview(overview: Overview, style: Style): string[] {
  const { docker, nodes, waiting, services, hiddenPods } = overview;
  const isEmpty = countsOf(overview).length === 0;
  const body = [
    ...(docker === undefined ? [] : drawDocker(docker, style)),
    ...(nodes === undefined ? [] : drawNodes(nodes, waiting, style)),
    ...(services === undefined ? [] : drawServices(services, style)),
  ];
  const hidden =
    hiddenPods === 0
      ? []
      : sentence(
          `${amount(hiddenPods, 'Pod')} of the cluster itself: ${style.code('show -n kube-system')}`,
          style,
        );
  return [
    ...(isEmpty ? [] : drawVerdict(overview, style)),
    ...body,
    ...(hidden.length > 0 ? [...gap(style), ...hidden] : []),
  ];
}

/** A line for each thing that has changed, as `show --watch` prints them where nothing is redrawn. */
export function drawDifference({ what, before, after, standing }: Difference, style: Style): string {
  const sign = after === undefined ? '' : `${signOf(standing, style)} `;
  if (after === undefined) return `${what}: gone`;
  const was = before === undefined ? 'new, ' : '';
  return `${style.screen.plain ? '' : sign}${what}: ${was}${after}${style.screen.plain ? plainWord(standing) : ''}`;
}

/** At most so many lines, the last of them saying how many there would be more. */
export function cutToRows(lines: readonly string[], rows: number, style: Style): string[] {
  if (lines.length <= rows) return [...lines];
  const shown = lines.slice(0, Math.max(1, rows - 1));
  const rest = drawLine(style.faint(style.text(`… ${lines.length - shown.length} more lines`)), style);
  return [...shown, ...rest.slice(0, 1)];
}

function drawVerdict(overview: Overview, style: Style): string[] {
  const counts = countsOf(overview);
  const ill = counts.filter((each) => each.ill > 0);
  const moving = counts.filter((each) => each.moving > 0);
  const some = (each: Count, number: number): string => `${number} of ${amount(each.all, each.kind)}`;
  const { plain } = style.screen;
  const lines: string[] = [];
  if (ill.length > 0) {
    const text = `Not as it should be: ${ill.map((each) => some(each, each.ill)).join(', ')}.`;
    lines.push(...sentence(plain ? text : style.bad(`${style.sign.wrong} ${text}`), style));
  }
  if (moving.length > 0) {
    const text = `On the way: ${moving.map((each) => some(each, each.moving)).join(', ')}.`;
    lines.push(...sentence(plain ? text : `${style.sign.begun} ${text}`, style));
  }
  if (lines.length === 0) {
    const text = `All is as it should be: ${counts.map((each) => amount(each.all, each.kind)).join(', ')}.`;
    lines.push(...sentence(plain ? text : style.good(`${style.sign.right} ${text}`), style));
  }
  if (ill.length > 0) lines.push(...sentence(`${style.code('why')} says what is behind it.`, style));
  return lines;
}

function drawDocker(containers: readonly DockerOutline[], style: Style): string[] {
  const title = heading('Your machine: Docker', style);
  if (containers.length === 0) return [...title, ...drawEmpty('No containers.', style)];
  const names = column(containers.map(({ name }) => name));
  return [
    ...title,
    ...containers.flatMap((each) => {
      const { name, image, standing, status, ports, networks } = each;
      if (style.screen.plain) {
        const more = [
          `image ${image}`,
          ...(ports.length > 0 ? [`ports ${ports.join(', ')}`] : []),
          ...(networks.length > 0 ? [`networks ${networks.join(', ')}`] : []),
        ];
        return [`Container ${name}: ${status || each.state}, ${more.join(', ')}${plainWord(standing)}`];
      }
      const cells = [status || each.state, image, ports.join(', '), style.faint(networks.join(', '))];
      return row({ indent: 2, standing, name, names, cells }, style);
    }),
  ];
}

function drawNodes(
  nodes: readonly NodeOutline[],
  waiting: readonly PodOutline[] | undefined,
  style: Style,
): string[] {
  const pods = [...nodes.flatMap((node) => node.pods), ...(waiting ?? [])];
  const names = column(pods.map(({ namespace, name }) => nameIn(namespace, name)));
  const title = heading(waiting === undefined ? 'The nodes' : 'The nodes and their Pods', style);
  return [
    ...title,
    ...nodes.flatMap((node) => [
      ...drawNode(node, style),
      ...worstFirst(node.pods).flatMap((pod) => drawPod(pod, names, `on ${node.name}`, style)),
    ]),
    ...(waiting === undefined || waiting.length === 0
      ? []
      : [
          ...(style.screen.plain ? [] : indented([`${signOf('ill', style)} no node`], margin + 2)),
          ...worstFirst(waiting).flatMap((pod) => drawPod(pod, names, 'on no node', style)),
        ]),
  ];
}

function drawNode(node: NodeOutline, style: Style): string[] {
  const { name, standing, isReady, isCordoned, isControlPlane, pressures } = node;
  const words = [
    ...(isReady ? [] : ['not ready']),
    ...(isCordoned ? ['cordoned: takes no new Pods'] : []),
    ...pressures,
    ...(isControlPlane ? ['control plane'] : []),
  ];
  if (style.screen.plain) {
    return [
      `Node ${name}: ${[isReady ? 'ready' : '', ...words].filter(Boolean).join(', ')}${plainWord(standing)}`,
    ];
  }
  const text = words.join(', ');
  const drawn = standing === 'ill' ? style.bad(text) : isCordoned ? style.notable(text) : style.faint(text);
  return row({ indent: 2, standing, name, names: 0, cells: [drawn] }, style);
}

function drawPod(pod: PodOutline, names: number, place: string, style: Style): string[] {
  const { standing, ready, containers, status, restarts, troubled } = pod;
  const name = nameIn(pod.namespace, pod.name);
  const again = restarts === 0 ? '' : `, ${amount(restarts, 'restart')}`;
  const details = troubled.map(
    (each) => `${each.name}: ${[each.state, each.ended].filter(Boolean).join(', ')}`,
  );
  if (style.screen.plain) {
    const why = details.length > 0 ? ` (${details.join('; ')})` : '';
    return [
      `Pod ${name} ${place}: ${ready} of ${amount(containers, 'container')} ready, ${status}${again}${why}${plainWord(standing)}`,
    ];
  }
  const shown = standing === 'ill' ? style.bad(status) : status;
  const lines = row(
    { indent: 4, standing, name, names, cells: [`${ready}/${containers}`, shown + again] },
    style,
  );
  // One container that says the same as its Pod need not be named.
  const isTold = troubled.length === 1 && containers === 1 && troubled[0]?.state === status;
  const more = isTold ? (troubled[0]?.ended === undefined ? [] : [troubled[0].ended]) : details;
  return [
    ...lines,
    ...more.flatMap((text) => indented(wrap(style.faint(text), style.width - 6), margin + 6)),
  ];
}

function drawServices(services: readonly ServiceOutline[], style: Style): string[] {
  const title = heading('The Services', style);
  if (services.length === 0) return [...title, ...drawEmpty('No Services.', style)];
  const names = column(services.map(({ namespace, name }) => nameIn(namespace, name)));
  return [
    ...title,
    ...services.flatMap((service) => {
      const { standing, type, address, ports, ready, notReady, hasSelector } = service;
      const name = nameIn(service.namespace, service.name);
      const rest = notReady === 0 ? '' : `, ${notReady} not ready`;
      const none = hasSelector ? 'no endpoints: no Pod fits' : 'no endpoints';
      const behind =
        type === 'ExternalName'
          ? `another name for ${address}`
          : ready + notReady === 0
            ? none
            : `${amount(ready, 'endpoint')}${rest}`;
      const where =
        type === 'ExternalName' ? '' : `${type} ${[address, ports.join(', ')].filter(Boolean).join(':')}`;
      if (style.screen.plain) {
        return [`Service ${name}: ${[behind, where].filter(Boolean).join(', ')}${plainWord(standing)}`];
      }
      const shown = standing === 'ill' ? style.bad(behind) : behind;
      return row({ indent: 2, standing, name, names, cells: [shown, style.faint(where)] }, style);
    }),
  ];
}

interface Row {
  readonly indent: number;
  readonly standing: Standing;
  readonly name: string;
  /** Columns that names take. */
  readonly names: number;
  readonly cells: readonly string[];
}

/** A line with a sign, a name and cells; what does not fit stands below the name. */
function row({ indent, standing, name, names, cells }: Row, style: Style): string[] {
  const sign = signOf(standing, style);
  const head = `${sign} ${name}`;
  const room = style.width - indent;
  const pad = ' '.repeat(Math.max(0, names - name.length));
  const filled = cells.filter((cell) => cell !== '');
  const line = [head + (filled.length > 0 ? pad : ''), ...filled].join('  ');
  if (widthOf(line) <= room) return indented([line], margin + indent);
  const below: string[] = [];
  for (const cell of filled) {
    const last = below.at(-1);
    const longer = last === undefined ? cell : `${last}  ${cell}`;
    if (last !== undefined && widthOf(longer) <= room - 2) below[below.length - 1] = longer;
    else below.push(cell);
  }
  const wrapped = below.flatMap((cells) => wrap(cells, room - 2));
  return [...indented([head], margin + indent), ...indented(wrapped, margin + indent + 2)];
}

/** What stands worst comes first; otherwise as it was. */
function worstFirst(pods: readonly PodOutline[]): readonly PodOutline[] {
  const order: readonly Standing[] = ['ill', 'moving', 'well'];
  return [...pods].sort((one, other) => order.indexOf(one.standing) - order.indexOf(other.standing));
}

/** A sentence of its own: a line of prose, or a line. */
function sentence(drawn: string, style: Style): string[] {
  return style.screen.plain ? [drawn] : drawLine(drawn, style);
}

function heading(text: string, style: Style): string[] {
  return style.screen.plain ? [] : ['', ...drawLine(style.title(text), style)];
}

function gap(style: Style): string[] {
  return style.screen.plain ? [] : [''];
}

function drawEmpty(text: string, style: Style): string[] {
  return style.screen.plain ? [text] : indented([style.faint(text)], margin + 2);
}

function signOf(standing: Standing, style: Style): string {
  if (standing === 'ill') return style.bad(style.sign.wrong);
  return standing === 'moving' ? style.notable(style.sign.begun) : style.good(style.sign.right);
}

/** What a sign says, for those who read no signs. */
function plainWord(standing: Standing): string {
  return standing === 'ill' ? ' - not as it should be' : standing === 'moving' ? ' - on the way' : '';
}

/** Columns for names, where the longest is not too long for the others. */
function column(names: readonly string[]): number {
  return Math.min(36, Math.max(0, ...names.map((name) => name.length)));
}

function amount(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
