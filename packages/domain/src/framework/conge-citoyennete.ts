import type { LocalDate } from '../time/types.js';
import { type Column, type Framework, FrameworkId, type HomeRow, type LeaveRow } from './columns.js';

// Dates of this table are dates by construction.
const date = (text: string): LocalDate => text as LocalDate;

const code = 'CGFP, art. L641-1 à L641-3';

const probable = <T>(value: T, source = code): Column<T> => ({ value, source, certainty: 'probable' });
const established = <T>(value: T, source: string): Column<T> => ({ value, source, certainty: 'established' });
const notAsked = <T>(value: T): Column<T> => ({
  value,
  source: `${code} : un congé que l'employeur accorde, sans convention`,
  certainty: 'established',
});

const homes: readonly HomeRow[] = [
  { kind: 'state' },
  { kind: 'region' },
  { kind: 'departement' },
  { kind: 'epci' },
  { kind: 'commune' },
  { kind: 'hospital' },
  { kind: 'public_body' },
];

const leave: readonly LeaveRow[] = [
  {
    from: date('2017-01-29'),
    until: date('2024-04-16'),
    days: 6,
    spells: 2,
    hostDeclaredMonths: 36,
    office: true,
    source: 'loi 2017-86, art. 10, puis CGFP, art. L641-1 (durée, fractions) et L641-3 (fonction, trois ans)',
    certainty: 'unconfirmed',
  },
  {
    from: date('2024-04-17'),
    days: 6,
    spells: 2,
    hostDeclaredMonths: 12,
    office: true,
    source:
      'CGFP, art. L641-1 (durée, fractions) et L641-3 (fonction, un an), modifié par la loi 2024-344 du 15 avril 2024',
    certainty: 'established',
  },
];

/** Unpaid leave for an office in an association: granted by the employer, so that no convention is needed. */
export const congeCitoyennete: Framework = {
  id: FrameworkId.parse('conge-citoyennete'),
  version: 1,
  title: { fr: 'Congé de citoyenneté', en: 'Leave of citizenship' },
  inForce: {
    value: { from: date('2017-01-29') },
    source: 'loi 2017-86 du 27 janvier 2017, art. 10',
    certainty: 'unconfirmed',
  },
  time: established('unpaid_leave', 'CGFP, art. L641-1'),
  homes: probable(homes),
  hosts: established([{ kind: 'association' }], 'CGFP, art. L641-3 ; CGI, art. 200, 1, b'),
  agents: probable([
    { status: 'tenured' },
    { status: 'contract', source: 'décret 88-145, art. 6, pour les agents territoriaux' },
  ]),
  accreditation: notAsked(false),
  longest: notAsked({}),
  money: notAsked({ reimbursement: 'unstated' }),
  generalSupport: notAsked('allowed'),
  leave: probable(leave),
  requires: {
    consent: notAsked(false),
    communication: notAsked(false),
    compatibility: notAsked(false),
    assembly: notAsked([]),
    order: notAsked(false),
    commitment: notAsked({ when: 'never', kinds: [] }),
    clauses: notAsked({ always: [], whenFree: [] }),
    finalReview: notAsked(false),
  },
};
