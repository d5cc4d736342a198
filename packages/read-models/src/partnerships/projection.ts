import { idOf, type PartnershipFact, type PartnershipStage } from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import type { Projection, Row, Rows } from '../projection.js';

/** What a step of a partnership is. */
export type PartnershipStep = 'opened' | 'contributed' | 'advanced';

/** A stage, and the day on which the partnership came to it. */
export interface ReachedStage {
  readonly stage: PartnershipStage;
  /** `YYYY-MM-DD` */
  readonly on: string;
}

interface On {
  readonly stream: string;
  readonly revision: bigint;
}

const step = ({ stream, revision }: On, rows: Rows, step: PartnershipStep, on: string, what: Row): void =>
  rows.put('trail', { partnership_id: idOf(stream), revision, step, on_date: on, ...what });

const reached = (stage: PartnershipStage, on: string): ReachedStage => ({ stage, on });

const handlers: Handlers<PartnershipFact> = {
  PartnershipOpened(event, rows) {
    const { data, effectiveOn } = event;
    const partnership_id = idOf(event.stream);
    rows.put('list', {
      partnership_id,
      stage: 'opened',
      opened_on: effectiveOn,
      stages: [reached('opened', effectiveOn)],
    });
    for (const organisation_id of data.organisations) rows.put('partners', { partnership_id, organisation_id });
    step(event, rows, 'opened', effectiveOn, { stage: 'opened' });
  },
  ContributionRecorded(event, rows) {
    const { contributionId, kind, giverId, receiverId, on, cents = null } = event.data;
    step(event, rows, 'contributed', on, {
      contribution_id: contributionId,
      kind,
      giver_id: giverId,
      receiver_id: receiverId,
      cents,
      minutes: 'minutes' in event.data ? event.data.minutes : null,
    });
  },
  PartnershipStageAdvanced(event, rows) {
    const { data, effectiveOn } = event;
    const partnership = rows.get('list', idOf(event.stream));
    if (partnership !== undefined) {
      const before = Array.isArray(partnership.stages) ? partnership.stages : [];
      rows.put('list', { ...partnership, stage: data.to, stages: [...before, reached(data.to, effectiveOn)] });
    }
    step(event, rows, 'advanced', effectiveOn, { stage: data.to });
  },
};

/** Partnerships: how far each has come, and every step of its way. */
export const partnerships: Projection = {
  name: 'partnerships',
  version: 1,
  partitioned: true,
  onFailure: 'park',
  tables: [
    {
      name: 'list',
      key: ['partnership_id'],
      columns: { partnership_id: 'text', stage: 'text', opened_on: 'date', stages: 'jsonb' },
    },
    {
      name: 'partners',
      key: ['partnership_id', 'organisation_id'],
      columns: { partnership_id: 'text', organisation_id: 'text' },
      indexes: [['organisation_id']],
    },
    {
      name: 'trail',
      key: ['partnership_id', 'revision'],
      columns: {
        partnership_id: 'text',
        revision: 'bigint',
        step: 'text',
        on_date: 'date',
        stage: 'text',
        contribution_id: 'text',
        kind: 'text',
        giver_id: 'text',
        receiver_id: 'text',
        cents: 'bigint',
        minutes: 'bigint',
      },
      indexes: [['partnership_id', 'on_date', 'revision'], ['giver_id'], ['receiver_id']],
    },
  ],
  keys: ({ stream, type }) => (type === 'PartnershipStageAdvanced' ? [{ table: 'list', key: [idOf(stream)] }] : []),
  ...handling(handlers),
};
