import { type ConventionFact, idOf, type OrganisationFact, type Party } from '@probono/domain';
import type { DecodedEvent } from '@probono/event-store';
import type { Handlers } from '../handlers.js';
import type { Row, RowSearch, Rows, Table } from '../projection.js';
import { note } from './note.js';

/** The text of each convention that is being signed, with what has changed under it since. */
export const texts: Table = {
  name: 'texts',
  key: ['convention_id'],
  columns: {
    convention_id: 'text',
    home_id: 'text',
    host_id: 'text',
    /** The host while the text is frozen and not signed by both: what is looked for when its accreditation changes. */
    signing_host_id: 'text',
    version: 'integer',
    doc_hash: 'text',
    changes: 'jsonb',
  },
  indexes: [['signing_host_id']],
};

/** The texts that a host is about to sign. */
export const signingOf = (stream: string): RowSearch => ({
  table: 'texts',
  column: 'signing_host_id',
  value: idOf(stream),
});

/** Something that changed under a frozen text, from a day on; `about` the person or the accreditation. */
interface Change {
  readonly type: string;
  readonly eventId: string;
  readonly on: string;
  readonly about: string;
}

const isChange = (item: unknown): item is Change =>
  typeof item === 'object' && item !== null && 'type' in item && 'eventId' in item && 'on' in item && 'about' in item;
const changesIn = (row: Row): readonly Change[] => (Array.isArray(row.changes) ? row.changes.filter(isChange) : []);

const accreditation = 'accreditation';

/** What is known of `about` is replaced: a consent given again, an accreditation that holds again, are no change. */
const changed = (event: DecodedEvent, rows: Rows, row: Row, about: string, counts: boolean): void => {
  const { type, eventId, effectiveOn: on } = event;
  const others = changesIn(row).filter((change) => change.about !== about);
  rows.put('texts', { ...row, changes: counts ? [...others, { type, eventId, on, about }] : others });
};

const ofText =
  (about: (personId: string) => string, counts: (data: { readonly outcome?: string }) => boolean) =>
  (
    event: DecodedEvent & {
      readonly data: { readonly personId: string; readonly version: number; readonly outcome?: string };
    },
    rows: Rows,
  ): void => {
    const row = rows.get('texts', idOf(event.stream));
    if (row === undefined || row.version !== event.data.version || row.signing_host_id === null) return;
    changed(event, rows, row, about(event.data.personId), counts(event.data));
  };
const consent = (personId: string): string => `consent ${personId}`;
const compatibility = (personId: string): string => `compatibility ${personId}`;

type On<F extends { readonly type: string }, T extends F['type']> = DecodedEvent<
  Extract<ConventionFact, F & { readonly type: T }>
>;

const drafted = (
  { stream, data: { terms } }: On<ConventionFact, 'ConventionDrafted' | 'ConventionRevised'>,
  rows: Rows,
): void => rows.put('texts', { convention_id: idOf(stream), home_id: terms.homeId, host_id: terms.hostId });

const frozen = (
  { stream, data: { version, docHash } }: On<ConventionFact, 'ConventionSubmitted' | 'AmendmentProposed'>,
  rows: Rows,
): void => {
  const row = rows.get('texts', idOf(stream));
  if (row === undefined) return;
  rows.put('texts', { ...row, signing_host_id: row.host_id ?? null, version, doc_hash: docHash, changes: [] });
};

const settled = ({ stream }: { readonly stream: string }, rows: Rows): void => {
  const row = rows.get('texts', idOf(stream));
  if (row !== undefined) rows.put('texts', { ...row, signing_host_id: null, changes: null });
};

const signed = (event: On<ConventionFact, 'ConventionSignedByParty'>, rows: Rows): void => {
  const { stream, effectiveOn } = event;
  const { version, docHash, party }: { version: number; docHash: string; party: Party } = event.data;
  const row = rows.get('texts', idOf(stream));
  const [frozenVersion, frozenHash] = [Number(row?.version ?? -1), String(row?.doc_hash ?? '')];
  if (frozenVersion !== version || frozenHash !== docHash)
    note(rows, event, 'signed-another-text', party, { version, docHash, frozenVersion, frozenHash });
  const changes = (row === undefined ? [] : changesIn(row)).filter(({ on }) => on <= effectiveOn);
  if (changes.length === 0) return;
  const [types, events] = [changes.map(({ type }) => type), changes.map(({ eventId }) => eventId)];
  note(rows, event, 'signed-after-change', party, { version, changes: types, events });
};

const accredited =
  (counts: boolean) =>
  (event: DecodedEvent & { readonly data: { readonly administrationId: string } }, rows: Rows): void => {
    for (const row of rows.where('texts', 'signing_host_id', idOf(event.stream)))
      if (row.home_id === event.data.administrationId) changed(event, rows, row, accreditation, counts);
  };

/** Follows texts from their freezing to their last signature. */
export const signingHandlers: Handlers<ConventionFact | OrganisationFact> = {
  ConventionDrafted: drafted,
  ConventionRevised: drafted,
  ConventionSubmitted: frozen,
  AmendmentProposed: frozen,
  AgentConsentGiven: ofText(consent, () => false),
  AgentConsentWithdrawn: ofText(consent, () => true),
  CompatibilityAssessed: ofText(compatibility, ({ outcome }) => outcome === 'unfavourable'),
  ConventionSignedByParty: signed,
  SignatureDeclined: settled,
  ConventionSigned: settled,
  ConventionAmended: settled,
  AccreditationSuspended: accredited(true),
  AccreditationWithdrawn: accredited(true),
  AccreditationLapsed: accredited(true),
  AccreditationReinstated: accredited(false),
  HostAccredited: accredited(false),
};
