import type { LocalDate } from '../time/types.js';
import { type AgentRow, type Column, type Framework, FrameworkId, type HomeRow, type HostRow } from './columns.js';

const code = 'CGFP, art. L512-6 à L512-17';
const silent = `${code} : à vérifier avec les décrets de chaque versant`;

const probable = <T>(value: T, source: string): Column<T> => ({ value, source, certainty: 'probable' });
const unconfirmed = <T>(value: T): Column<T> => ({ value, source: silent, certainty: 'unconfirmed' });

const publicBodies: readonly HomeRow[] = [
  { kind: 'state' },
  { kind: 'region' },
  { kind: 'departement' },
  { kind: 'epci' },
  { kind: 'commune' },
  { kind: 'hospital' },
  { kind: 'public_body' },
];

const hosts: readonly HostRow[] = [
  ...publicBodies.map(({ kind }) => ({ kind })),
  // A private body receives agents only for the public-service mission that it is entrusted with; the text names it.
  { kind: 'association', by: ['public_service_mission'], source: 'CGFP, art. L512-8' },
  { kind: 'foundation', by: ['public_service_mission'], source: 'CGFP, art. L512-8' },
];

const agents: readonly AgentRow[] = [
  { status: 'tenured' },
  {
    status: 'contract',
    severity: 'justify',
    source: 'décrets propres aux agents contractuels de chaque versant',
    certainty: 'unconfirmed',
  },
];

/** The ordinary secondment of the civil service code. */
export const madGeneral: Framework = {
  id: FrameworkId.parse('mad-general'),
  version: 1,
  title: {
    fr: 'Mise à disposition de droit commun (CGFP)',
    en: 'Ordinary secondment (civil service code)',
  },
  inForce: {
    value: { from: '2022-03-01' as LocalDate }, // a date by construction
    source: 'ordonnance 2021-1574 du 24 novembre 2021 : le code s’applique depuis le 1er mars 2022',
    certainty: 'established',
  },
  time: probable('working_time', `${code} : tout ou partie du service`),
  homes: probable(publicBodies, code),
  hosts: probable(hosts, 'CGFP, art. L512-8'),
  agents: probable(agents, code),
  accreditation: unconfirmed(false),
  longest: probable({ period: { months: 36, severity: 'refuse' } }, 'décret 85-986, art. 3 : trois ans, renouvelables'),
  money: {
    value: { reimbursement: 'due', whenFree: 'justify' },
    source: 'CGFP, art. L512-11 : le remboursement est la règle, les dérogations sont énumérées',
    certainty: 'established',
  },
  generalSupport: unconfirmed('allowed'),
  leave: probable([], `${code} : une mise à disposition, non un congé`),
  requires: {
    consent: { value: true, source: 'CGFP, art. L512-7', certainty: 'established' },
    communication: unconfirmed(false),
    compatibility: unconfirmed(false),
    assembly: unconfirmed([]),
    order: probable(true, 'décret 85-986, art. 1er (établi pour l’État) ; décret 2008-580, art. 1er'),
    commitment: unconfirmed({ when: 'never', kinds: [] }),
    clauses: unconfirmed({ always: [], whenFree: [] }),
    finalReview: unconfirmed(false),
  },
};
