import {
  type ConventionFact,
  type ConventionState,
  convention,
  conventionEvents,
  forceSpans,
  idOf,
} from '@probono/domain';
import type { DecodedEvent } from '@probono/event-store';
import type { Projection, Row, Rows } from '../projection.js';

/** The domain's state out of its column, as a copy: kept rows are frozen, and the domain's fold owns what it is given. */
export const stateIn = (state: unknown): ConventionState => JSON.parse(JSON.stringify(state));

const replace = (
  rows: Rows,
  table: string,
  conventionId: string,
  own: readonly string[],
  fresh: readonly Row[],
): void => {
  for (const row of rows.where(table, 'convention_id', conventionId)) {
    rows.delete(table, conventionId, ...own.map((column) => String(row[column])));
  }
  for (const row of fresh) rows.put(table, { convention_id: conventionId, ...row });
};

const agentsOf = ({ texts, pending }: ConventionState) =>
  [...texts, ...(pending === undefined ? [] : [pending])].flatMap(({ terms }) => terms.agents);

/**
 * Conventions as the domain folds them, beside what they are searched by. `spans` are days in force by the dates,
 * suspended days left in; what is in force on a day is the domain's to say, from `state`.
 */
export const conventions: Projection = {
  name: 'conventions',
  version: 1,
  types: Object.keys(conventionEvents),
  partitioned: true,
  onFailure: 'park',
  tables: [
    {
      name: 'list',
      key: ['convention_id'],
      columns: {
        convention_id: 'text',
        framework: 'text',
        home_id: 'text',
        host_id: 'text',
        from_date: 'date',
        to_date: 'date',
        state: 'jsonb',
      },
      indexes: [['home_id'], ['host_id']],
    },
    {
      name: 'agents',
      key: ['convention_id', 'person_id'],
      columns: { convention_id: 'text', person_id: 'text', employment_id: 'text' },
      indexes: [['person_id']],
    },
    {
      name: 'spans',
      key: ['convention_id', 'person_id', 'from_date'],
      columns: { convention_id: 'text', person_id: 'text', from_date: 'date', to_date: 'date' },
      indexes: [['person_id'], ['to_date']],
    },
  ],
  fold(event, rows) {
    const id = idOf(event.stream);
    const row = rows.get('list', id);
    const state = row === undefined ? convention.initial() : stateIn(row.state);
    // The types above are the convention's own.
    convention.evolve(state, event as DecodedEvent<ConventionFact>);
    const { terms } = state;
    if (terms === undefined) return;
    rows.put('list', {
      convention_id: id,
      framework: terms.framework,
      home_id: terms.homeId,
      host_id: terms.hostId,
      from_date: terms.from,
      to_date: terms.to,
      state: { ...state },
    });
    const agents = agentsOf(state).map(({ personId, employmentId }) => ({
      person_id: personId,
      employment_id: employmentId,
    }));
    replace(rows, 'agents', id, ['person_id'], agents);
    const spans = [...new Set(agents.map(({ person_id }) => person_id))].flatMap((personId) =>
      forceSpans(state, personId).map(({ from, to }) => ({ person_id: personId, from_date: from, to_date: to })),
    );
    replace(rows, 'spans', id, ['person_id', 'from_date'], spans);
  },
  keys({ stream }) {
    const id = idOf(stream);
    const own = { column: 'convention_id', value: id };
    return [
      { table: 'list', key: [id] },
      { table: 'agents', ...own },
      { table: 'spans', ...own },
    ];
  },
};
