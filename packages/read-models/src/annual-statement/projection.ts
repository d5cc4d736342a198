import {
  type AgentTimeFact,
  type AssignmentFact,
  type ConventionFact,
  idOf,
  type MissionFact,
  type PersonFact,
  sumOfQuotas,
  type WorkQuota,
} from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import { idsIn } from '../placements/fold.js';
import type { Projection } from '../projection.js';
import { entries, hoursHandlers, minutes } from './hours.js';
import { conventions, lendingHandlers, texts } from './lending.js';

/** In lowest terms, so that 2/20 and 1/10 are one line. */
const quotaText = (quota: WorkQuota): string => {
  const { num, den } = sumOfQuotas([quota]);
  return `${num}/${den} ${quota.window}`;
};

const handlers: Handlers<AssignmentFact | MissionFact | PersonFact> = {
  AgentAssigned({ stream, data }, rows) {
    const { title, personId, employmentId, missionId, from, to, quota } = data;
    // A leave or a volunteer is lent by nobody.
    if (!('convention' in title)) return;
    rows.put('postings', {
      assignment_id: idOf(stream),
      person_id: personId,
      employment_id: employmentId ?? null,
      convention_id: title.convention,
      mission_id: missionId,
      from_date: from,
      to_date: to,
      quota: quota === undefined ? null : quotaText(quota),
    });
  },
  AssignmentEnded({ stream, data }, rows) {
    const posting = rows.get('postings', idOf(stream));
    if (posting !== undefined && data.on < String(posting.to_date))
      rows.put('postings', { ...posting, to_date: data.on });
  },
  MissionProposed: ({ stream, data }, rows) =>
    rows.put('missions', { mission_id: idOf(stream), kind: data.kind, place: data.site.place }),
  EmploymentStarted: ({ data: { employmentId, branch, status } }, rows) =>
    rows.put('employments', { employment_id: employmentId, branch, status }),
};

/**
 * What the annual statement of an administration is made of: agents on missions under its conventions, the signed texts,
 * and validated minutes by calendar year. Every row belongs to one stream; the lines are put together when asked for, so
 * that a text that takes effect next year leaves this year's statement as it is.
 */
export const annualStatement: Projection = {
  name: 'annual_statement',
  version: 1,
  partitioned: true,
  onFailure: 'park',
  tables: [
    {
      name: 'postings',
      key: ['assignment_id'],
      columns: {
        assignment_id: 'text',
        person_id: 'text',
        employment_id: 'text',
        convention_id: 'text',
        mission_id: 'text',
        from_date: 'date',
        to_date: 'date',
        quota: 'text',
      },
      indexes: [['convention_id']],
    },
    { name: 'missions', key: ['mission_id'], columns: { mission_id: 'text', kind: 'text', place: 'text' } },
    {
      name: 'employments',
      key: ['employment_id'],
      columns: { employment_id: 'text', branch: 'text', status: 'text' },
    },
    conventions,
    texts,
    entries,
    minutes,
  ],
  keys: ({ type, stream, data }) => [
    ...(stream.startsWith('convention-') ? [{ table: 'conventions', key: [idOf(stream)] }] : []),
    ...(type === 'AssignmentEnded' ? [{ table: 'postings', key: [idOf(stream)] }] : []),
    ...idsIn(data, 'entryId').map((id) => ({ table: 'entries', key: [id] })),
  ],
  ...handling<AgentTimeFact | AssignmentFact | ConventionFact | MissionFact | PersonFact>({
    ...handlers,
    ...hoursHandlers,
    ...lendingHandlers,
  }),
};
