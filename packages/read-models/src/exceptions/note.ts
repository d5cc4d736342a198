import type { Facts } from '@probono/domain';
import type { DecodedEvent } from '@probono/event-store';
import type { Rows, Table } from '../projection.js';
import type { ExceptionCode } from './codes.js';

/** The exceptions, each at the event that showed it. */
export const found: Table = {
  name: 'found',
  key: ['event_id', 'code', 'subject'],
  columns: {
    event_id: 'text',
    code: 'text',
    subject: 'text',
    stream: 'text',
    revision: 'bigint',
    type: 'text',
    position: 'bigint',
    recorded_at: 'timestamptz',
    effective_on: 'date',
    actor_id: 'text',
    actor_role: 'text',
    facts: 'jsonb',
  },
  indexes: [['position'], ['code', 'position'], ['stream', 'position']],
};

/** Notes an exception at this event. */
export const note = (rows: Rows, event: DecodedEvent, code: ExceptionCode, subject: string, facts: Facts): void =>
  rows.put('found', {
    event_id: event.eventId,
    code,
    subject,
    stream: event.stream,
    revision: event.revision,
    type: event.type,
    position: event.position,
    recorded_at: event.recordedAt,
    effective_on: event.effectiveOn,
    actor_id: event.actor.id,
    actor_role: event.actor.role,
    facts,
  });
