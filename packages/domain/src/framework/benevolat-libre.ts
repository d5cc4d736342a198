import { type Column, type Framework, FrameworkId, type HostRow } from './columns.js';

const free = 'liberté d’association ; CGFP, art. L123-1 et suivants : le bénévolat n’est pas un cumul d’activités';

const probable = <T>(value: T): Column<T> => ({ value, source: free, certainty: 'probable' });
const notAsked = <T>(value: T): Column<T> => ({
  value,
  source: 'temps personnel : ni employeur, ni convention',
  certainty: 'established',
});

const hosts: readonly HostRow[] = [
  { kind: 'association' },
  { kind: 'foundation' },
  { kind: 'company_foundation' },
  { kind: 'state' },
  { kind: 'region' },
  { kind: 'departement' },
  { kind: 'epci' },
  { kind: 'commune' },
  { kind: 'hospital' },
  { kind: 'public_body' },
];

/** One's own time: open to agents, retired agents and citizens, and no hours of service come of it. */
export const benevolatLibre: Framework = {
  id: FrameworkId.parse('benevolat-libre'),
  version: 1,
  title: { fr: 'Bénévolat libre', en: 'Volunteering' },
  inForce: notAsked({}),
  time: probable('own_time'),
  homes: notAsked([]),
  hosts: probable(hosts),
  agents: probable([{}]),
  accreditation: notAsked(false),
  longest: notAsked({}),
  money: notAsked({ reimbursement: 'unstated' }),
  generalSupport: notAsked('allowed'),
  leave: notAsked([]),
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
