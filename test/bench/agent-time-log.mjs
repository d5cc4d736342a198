import { domain, fold } from '../../packages/domain/dist/index.js';
import { canonicalBytes, jsonCodec } from '../../packages/event-store/dist/index.js';

/** A made-up id, told apart by its number. */
export const id = (n) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const stream = `agenttime-${id(1)}`;
export const codec = jsonCodec({ events: domain.events });
export const agentTime = domain.aggregates.agenttime;

const digest = 'a1'.repeat(32);
const employment = { employmentId: id(2), assignmentId: id(3), conventionId: id(4) };

/**
 * The events of an agent's working life as the log holds them: a quota, then hours declared, confirmed, validated, day
 * after day. Without what is personal in them (`activity`): opening that is the cipher's work, not the codec's.
 */
export const agentTimeLog = (count) =>
  Array.from({ length: count }, (_, revision) => {
    const entry = Math.floor((revision - 1) / 3);
    const workDate = new Date(Date.UTC(2020, 0, 1 + entry)).toISOString().slice(0, 10);
    const entryId = id(10_000 + entry);
    const quota = { num: 1, den: 2, window: 'week' };
    const facts = [
      ['HoursDeclared', { entryId, ...employment, workDate, zone: 'Europe/Paris', minutes: 210 }, 'agent'],
      ['HoursConfirmed', { entryId }, 'tutor'],
      ['HoursValidated', { entryId }, 'hr'],
    ];
    const [type, data, role] =
      revision === 0 ? ['QuotaTaken', { assignmentId: id(3), quota }, 'programme_officer'] : facts[(revision - 1) % 3];
    const recordedAt = `${workDate}T18:00:00.000Z`;
    const body = {
      ...{ eventId: id(1_000_000 + revision), stream, revision, type, schemaVersion: domain.events[type].version },
      ...{ recordedAt, effectiveOn: workDate, tenantId: 'default', actor: { id: id(role.length), role } },
      ...{ authority: { capacity: role }, commandId: id(2_000_000 + revision), commandDigest: digest },
      ...{ correlationId: id(2_000_000 + revision), causationId: id(2_000_000 + revision) },
      framework: { id: 'mad-general', version: 1 },
      basis: [
        { stream: `assignment-${id(3)}`, revision: 6 },
        { stream: `convention-${id(4)}`, revision: 9 },
      ],
      data,
    };
    return {
      ...{ eventId: body.eventId, type, schemaVersion: body.schemaVersion, recordedAt, stream },
      ...{ revision: BigInt(revision), position: BigInt(revision + 1), storedAt: recordedAt },
      body: canonicalBytes(body, type),
    };
  });

/** The state that stored events fold to. */
export const folded = async (stored) => fold(agentTime, await codec.decode(stored));
