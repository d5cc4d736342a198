import { type AgentRow, type Column, type Framework, FrameworkId, type HomeRow } from './columns.js';

const sheet = 'Plateforme RH Île-de-France, fiche « mécénat de compétences » (2017)';
const silent = `${sheet} : muette sur ce point`;

const unconfirmed = <T>(value: T): Column<T> => ({ value, source: silent, certainty: 'unconfirmed' });
const stated = <T>(value: T): Column<T> => ({ value, source: sheet, certainty: 'established' });

const homes: readonly HomeRow[] = [
  { kind: 'state' },
  { kind: 'region' },
  { kind: 'departement' },
  { kind: 'epci' },
  { kind: 'commune' },
  { kind: 'hospital' },
  { kind: 'public_body' },
];

const agents: readonly AgentRow[] = [{ status: 'tenured' }, { status: 'contract' }];

/**
 * The trial of Île-de-France. Which administrations take part is the programme's choice, not a legal category:
 * every public kind is admitted here, and the officer drafts conventions for those of the trial only.
 */
export const idf2017Pilot: Framework = {
  id: FrameworkId.parse('idf-2017-pilot'),
  version: 1,
  title: {
    fr: "Expérimentation d'Île-de-France (2017)",
    en: 'Île-de-France trial (2017)',
  },
  inForce: unconfirmed({}),
  time: stated('working_time'),
  homes: unconfirmed(homes),
  hosts: stated([{ kind: 'association' }]),
  agents: unconfirmed(agents),
  accreditation: stated(true),
  longest: {
    value: { period: { months: 6, severity: 'justify' } },
    source: 'DRIEAT Île-de-France, présentation de son expérimentation (deux jours par mois pendant six mois)',
    certainty: 'unconfirmed',
  },
  money: unconfirmed({ reimbursement: 'unstated' }),
  generalSupport: stated('allowed'),
  leave: stated([]),
  requires: {
    consent: stated(true),
    communication: stated(true),
    compatibility: unconfirmed(false),
    assembly: unconfirmed([]),
    order: unconfirmed(false),
    commitment: unconfirmed({ when: 'never', kinds: [] }),
    clauses: unconfirmed({ always: [], whenFree: [] }),
    finalReview: unconfirmed(false),
  },
};
