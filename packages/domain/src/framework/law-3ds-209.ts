import type { LocalDate } from '../time/types.js';
import { type AgentRow, type Column, type Framework, FrameworkId, type HomeRow, type HostRow } from './columns.js';

// Dates of this table are dates by construction.
const date = (text: string): LocalDate => text as LocalDate;

const law = 'loi 2022-217 du 21 février 2022, art. 209';
const decree = 'décret 2022-1682 du 27 décembre 2022';
const hospitals = 'loi 2024-344 du 15 avril 2024';
/** The law of 15 April 2024 binds from the day after it was published. */
const widened = date('2024-04-17');

const established = <T>(value: T, source: string): Column<T> => ({ value, source, certainty: 'established' });
const unconfirmed = <T>(value: T, source: string): Column<T> => ({ value, source, certainty: 'unconfirmed' });

const homes: readonly HomeRow[] = [
  { kind: 'state' },
  { kind: 'region' },
  { kind: 'departement' },
  { kind: 'epci', ownTaxation: true },
  { kind: 'commune', moreInhabitantsThan: 3500 },
  { kind: 'hospital', from: widened, source: hospitals, certainty: 'probable' },
];

const hosts: readonly HostRow[] = [
  { kind: 'association', by: ['public_utility', 'category_238bis'] },
  // Foundations of companies are another kind, which no row admits.
  { kind: 'foundation', by: ['public_utility', 'category_238bis'] },
];

const agents: readonly AgentRow[] = [
  { status: 'tenured', branch: 'state' },
  { status: 'tenured', branch: 'territorial' },
  { status: 'tenured', branch: 'hospital', from: widened, source: hospitals, certainty: 'probable' },
  {
    status: 'contract',
    severity: 'justify',
    source: `${hospitals}, projet d'art. 3 bis (texte définitif à vérifier)`,
    certainty: 'unconfirmed',
  },
];

/** Skills lent to associations on trial, under the law known as 3DS. */
export const law3ds209: Framework = {
  id: FrameworkId.parse('3ds-209'),
  version: 1,
  title: {
    fr: 'Mécénat de compétences dans la fonction publique (loi 3DS, art. 209)',
    en: 'Skills lent by the civil service (3DS law, art. 209)',
  },
  inForce: unconfirmed(
    { from: date('2022-12-29'), until: date('2027-12-27') },
    `${law}, al. 1 : cinq ans à compter de la publication du décret (JO du 28 décembre 2022) ; ministère : 27 décembre 2027, des commentateurs : le 28`,
  ),
  time: established('working_time', `${law} : tout ou partie du temps de service`),
  homes: established(homes, `${law}, al. 1`),
  hosts: established(hosts, `${law}, al. 1 ; CGI, art. 238 bis, 1, a`),
  agents: established(agents, `${law}, al. 1`),
  accreditation: unconfirmed(false, `${law} : muette sur un agrément`),
  longest: established(
    { period: { months: 18, severity: 'refuse' }, total: { months: 36, severity: 'refuse' } },
    `${law} : dix-huit mois, trois ans au total`,
  ),
  money: established(
    { reimbursement: 'stated', subsidyConventionAboveCents: 2_300_000 },
    `${law} : gratuite, une subvention ; loi 2000-321, art. 9-1 et 10 ; décret 2001-495, art. 1er`,
  ),
  generalSupport: {
    value: 'justify',
    source: `${law}, al. 1 : projet pour lequel les compétences de l'agent sont utiles`,
    certainty: 'probable',
  },
  leave: established([], `${law} : une mise à disposition, non un congé`),
  requires: {
    consent: established(true, `CGFP, art. L512-7, auquel l'art. 209 ne déroge pas ; ${decree}, art. 2`),
    communication: established(true, `${decree}, art. 4`),
    compatibility: established(true, `${law} ; CGFP, art. L124-4 à L124-6`),
    assembly: established(['region', 'departement', 'epci', 'commune'], `${decree}, art. 2`),
    order: established(true, `${decree}, art. 2`),
    commitment: established(
      { when: 'free', kinds: ['association', 'foundation'] },
      'loi 2000-321, art. 10-1 ; décret 2021-1947',
    ),
    clauses: established(
      {
        always: ['activities', 'duration', 'conditions', 'renewal_and_early_end', 'recall_of_ethics_articles'],
        whenFree: ['subsidy_items'],
      },
      `${decree}, art. 4`,
    ),
    finalReview: {
      value: true,
      source: `${law} : évaluation de l'expérimentation, à laquelle les bilans servent`,
      certainty: 'probable',
    },
  },
};
