import {
  type AgentTimeFact,
  type AssignmentFact,
  type ConventionFact,
  domain,
  idOf,
  type OrganisationFact,
  type PersonFact,
} from '@probono/domain';
import { handling } from '../handlers.js';
import { idsIn } from '../placements/fold.js';
import type { Projection } from '../projection.js';
import { actors, envelopeKeys, examineEnvelope, streams } from './envelopes.js';
import { entries, hoursHandlers } from './hours.js';
import { found } from './note.js';
import { signingHandlers, signingOf, texts } from './signing.js';

const byType = handling<AgentTimeFact | AssignmentFact | ConventionFact | OrganisationFact | PersonFact>({
  ...hoursHandlers,
  ...signingHandlers,
});

/** Notifications decide nothing: what was sent to whom rests on no rule. */
const types = Object.entries(domain.aggregates).flatMap(([category, { events }]) =>
  category === 'notification' ? [] : Object.keys(events),
);

/** What an auditor looks into: see `exceptionCodes`. Rows hold ids, dates and figures, and are never taken back. */
export const exceptions: Projection = {
  name: 'exceptions',
  version: 2,
  types,
  partitioned: false,
  onFailure: 'park',
  tables: [found, streams, actors, entries, texts],
  fold(event, rows) {
    examineEnvelope(event, rows);
    byType.fold(event, rows);
  },
  keys: (event) => [
    ...envelopeKeys(event),
    ...(event.stream.startsWith('convention-') ? [{ table: 'texts', key: [idOf(event.stream)] }] : []),
    ...(event.stream.startsWith('organisation-')
      ? idsIn(event.data, 'administrationId').map(() => signingOf(event.stream))
      : []),
    ...(event.stream.startsWith('agenttime-')
      ? idsIn(event.data, 'entryId').map((id) => ({ table: 'entries', key: [id] }))
      : []),
  ],
};
