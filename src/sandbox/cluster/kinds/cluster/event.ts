import type { CoreEvent } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import { since, text, wide } from '../cells.ts';
import { invalid } from '../complaint.ts';
import type { Cell, KindRules, RowContext } from '../kind.ts';

/** Events (k8s.io/kubernetes/pkg/apis/core/validation, events.go, and pkg/registry/core/event). */
export const eventRules: KindRules<CoreEvent> = {
  validate: ({ metadata, involvedObject, eventTime }) => {
    const { namespace = '' } = metadata;
    if (eventTime !== undefined) return [];
    const expected = involvedObject.namespace || 'default';
    return namespace === expected
      ? []
      : [
          invalid(
            'involvedObject.namespace',
            involvedObject.namespace ?? '',
            'does not match event.namespace',
          ),
        ];
  },
  columns: [
    text('Last Seen'),
    text('Type'),
    text('Reason'),
    text('Object'),
    wide('Subobject'),
    wide('Source'),
    text('Message'),
    wide('First Seen'),
    wide('Count'),
    { name: 'Name', type: 'string', format: 'name', priority: 1 },
  ],
  row: eventRow,
  fieldLabels: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject.kind,
    'involvedObject.namespace': ({ involvedObject }) => involvedObject.namespace,
    'involvedObject.name': ({ involvedObject }) => involvedObject.name,
    'involvedObject.uid': ({ involvedObject }) => involvedObject.uid,
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject.apiVersion,
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject.resourceVersion,
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject.fieldPath,
    reason: ({ reason }) => reason,
    reportingComponent: ({ reportingComponent }) => reportingComponent,
    source: ({ source, reportingComponent }) => source?.component || reportingComponent,
    type: ({ type }) => type,
  },
  createsOnUpdate: true,
};

function eventRow(event: Stored<CoreEvent>, context: RowContext): readonly Cell[] {
  const { involvedObject, series, source, firstTimestamp, lastTimestamp, eventTime } = event;
  const first = since(firstTimestamp ?? eventTime, context);
  const last = lastTimestamp ? since(lastTimestamp, context) : first;
  const kind = (involvedObject.kind ?? '').toLowerCase();
  const where = source?.host || event.reportingInstance;
  const who = source?.component || event.reportingComponent || '';
  return [
    series ? since(series.lastObservedTime, context) : last,
    event.type ?? '',
    event.reason ?? '',
    involvedObject.name ? `${kind}/${involvedObject.name}` : kind,
    involvedObject.fieldPath ?? '',
    where ? `${who}, ${where}` : who,
    (event.message ?? '').trim(),
    first,
    series ? (series.count ?? 0) : event.count || 1,
    event.metadata.name,
  ];
}
