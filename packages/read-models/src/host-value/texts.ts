import { type ConventionFact, idOf, isFree } from '@probono/domain';
import type { Handlers } from '../handlers.js';
import type { Row, Rows, Table } from '../projection.js';

/** Conventions: the parties, and from which day which signed text lends for free; the first one has no day. */
export const texts: Table = {
  name: 'conventions',
  key: ['convention_id'],
  columns: { convention_id: 'text', home_id: 'text', host_id: 'text', texts: 'jsonb', proposed: 'jsonb' },
};

interface Text {
  readonly free: boolean;
  readonly from?: string;
}

const textIn = (cell: unknown): readonly Text[] => {
  if (typeof cell !== 'object' || cell === null || !('free' in cell)) return [];
  const from = 'from' in cell && typeof cell.from === 'string' ? { from: cell.from } : {};
  return [{ free: cell.free === true, ...from }];
};
const textsIn = (row: Row | undefined): readonly Text[] =>
  Array.isArray(row?.texts) ? row.texts.flatMap((text: unknown) => textIn(text)) : [];

/** Who lent to whom on a day, when the signed text that rules it asks nothing back. */
export const lentFreeOn = (
  convention: Row | undefined,
  day: string,
): { readonly homeId: string; readonly hostId: string } | undefined => {
  // As the domain's `textOn`.
  const text = textsIn(convention).findLast(({ from }) => from === undefined || from <= day);
  if (convention === undefined || text?.free !== true) return undefined;
  return { homeId: String(convention.home_id), hostId: String(convention.host_id) };
};

type Drafted = Extract<ConventionFact, { type: 'ConventionDrafted' | 'ConventionRevised' }>;

const drafted = ({ stream, data: { terms } }: Drafted & { readonly stream: string }, rows: Rows): void =>
  rows.put('conventions', {
    convention_id: idOf(stream),
    home_id: terms.homeId,
    host_id: terms.hostId,
    texts: [],
    proposed: { free: isFree(terms) },
  });

/**
 * Keeps the texts. `onChanged` is told of a convention whose signed texts ask for something else than before: hours
 * of days that a new text rules may be known by then.
 */
export const textHandlers = (onChanged: (conventionId: string, rows: Rows) => void): Handlers<ConventionFact> => {
  const bound = ({ stream }: { readonly stream: string }, rows: Rows): void => {
    const convention = rows.get('conventions', idOf(stream));
    const [text] = textIn(convention?.proposed);
    if (convention === undefined || text === undefined) return;
    const before = textsIn(convention);
    rows.put('conventions', { ...convention, texts: [...before, text], proposed: null });
    if (before.length === 0 || before.some(({ free }) => free !== text.free)) onChanged(idOf(stream), rows);
  };
  return {
    ConventionDrafted: drafted,
    ConventionRevised: drafted,
    AmendmentProposed({ stream, data: { delta, effectiveFrom } }, rows) {
      const convention = rows.get('conventions', idOf(stream));
      if (convention === undefined) return;
      const free = delta.reimbursement === undefined ? textsIn(convention).at(-1)?.free === true : isFree(delta);
      rows.put('conventions', { ...convention, proposed: { free, from: effectiveFrom } });
    },
    ConventionSigned: bound,
    ConventionAmended: bound,
  };
};
