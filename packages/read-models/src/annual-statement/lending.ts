import { type ConventionFact, idOf } from '@probono/domain';
import type { Handlers } from '../handlers.js';
import type { Row, Rows, Table } from '../projection.js';

const terms = { reimbursement: 'text', renewable: 'boolean' } as const;

/** Conventions, with what the text on the table or the newest signed one says. */
export const conventions: Table = {
  name: 'conventions',
  key: ['convention_id'],
  columns: {
    convention_id: 'text',
    home_id: 'text',
    host_id: 'text',
    framework: 'text',
    version: 'integer',
    from_date: 'date',
    ...terms,
    proposed: 'jsonb',
  },
  indexes: [['home_id']],
};

/** Signed texts, from the day each rules. */
export const texts: Table = {
  name: 'texts',
  key: ['convention_id', 'version'],
  columns: { convention_id: 'text', version: 'integer', from_date: 'date', ...terms, renews: 'boolean' },
};

type Drafted = Extract<ConventionFact, { type: 'ConventionDrafted' | 'ConventionRevised' }>;
type Terms = Pick<Drafted['data']['terms'], 'reimbursement' | 'clauses'>;

const said = ({ reimbursement, clauses }: { readonly [K in keyof Terms]?: Terms[K] | undefined }): Row => ({
  ...(reimbursement === undefined ? {} : { reimbursement: reimbursement.kind }),
  ...(clauses === undefined ? {} : { renewable: clauses.includes('renewal_and_early_end') }),
});

const drafted = ({ stream, data: { version, terms: text } }: Drafted & { readonly stream: string }, rows: Rows): void =>
  rows.put('conventions', {
    convention_id: idOf(stream),
    home_id: text.homeId,
    host_id: text.hostId,
    framework: text.framework,
    version,
    from_date: text.from,
    // A text that says nothing of reimbursement lends for free.
    reimbursement: 'free',
    ...said(text),
  });

const sign = (rows: Rows, convention: Row): void => {
  const { convention_id, version, from_date, reimbursement, renewable } = convention;
  rows.put('conventions', convention);
  rows.put('texts', {
    convention_id: convention_id ?? null,
    version: version ?? null,
    from_date: from_date ?? null,
    reimbursement: reimbursement ?? null,
    renewable: renewable ?? null,
    renews: false,
  });
};

const proposedIn = (row: Row): Row | undefined =>
  // The column holds what an amendment put there.
  typeof row.proposed === 'object' && row.proposed !== null ? (row.proposed as Row) : undefined;

/** Follows the texts of conventions. */
export const lendingHandlers: Handlers<ConventionFact> = {
  ConventionDrafted: drafted,
  ConventionRevised: drafted,
  ConventionSigned({ stream }, rows) {
    const convention = rows.get('conventions', idOf(stream));
    if (convention !== undefined) sign(rows, convention);
  },
  AmendmentProposed({ stream, data: { version, effectiveFrom, delta } }, rows) {
    const convention = rows.get('conventions', idOf(stream));
    if (convention === undefined) return;
    rows.put('conventions', { ...convention, proposed: { version, from_date: effectiveFrom, ...said(delta) } });
  },
  ConventionAmended({ stream }, rows) {
    const convention = rows.get('conventions', idOf(stream));
    const proposed = convention && proposedIn(convention);
    if (proposed !== undefined) sign(rows, { ...convention, ...proposed, proposed: null });
  },
  // Comes with the amendment that moves the end.
  ConventionRenewed({ stream }, rows) {
    const version = rows.get('conventions', idOf(stream))?.version;
    const text = typeof version === 'number' ? rows.get('texts', idOf(stream), version) : undefined;
    if (text !== undefined) rows.put('texts', { ...text, renews: true });
  },
};
