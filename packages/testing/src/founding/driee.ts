import { agentOf, homeOf, hostOf, idOf, paris } from '../cast.js';
import { type FoundingCase, type Plot, type Stage, tell } from './case.js';

const site = { ...paris, place: 'France Nature Environnement Île-de-France, Paris 11e' };
const rhythm = { count: 2, per: 'month', minutes: 420 } as const;
const home = homeOf(91, {
  name: 'Direction régionale et interdépartementale de l’environnement et de l’énergie d’Île-de-France (DRIEE)',
  purpose: 'Politiques de l’État pour l’environnement et l’énergie en Île-de-France',
});

const plot: Plot = {
  agent: agentOf(91, home, { name: 'Claire Montaubin', from: '2014-09-01' }),
  host: hostOf(91, {
    details: {
      name: 'France Nature Environnement Île-de-France',
      purpose: 'Protection de la nature et de l’environnement en Île-de-France',
    },
    mission: {
      title: 'L’eau en Île-de-France : appui au réseau associatif',
      activities: 'Groupe de travail « eau », réunions sur le territoire, un numéro spécial de la revue Liaison.',
      skills: ['hydrologie', 'droit de l’eau', 'rédaction'],
      beneficiaries: 'Associations membres et habitants des bassins versants d’Île-de-France',
      ...{ rhythm, site, seats: 1 },
    },
  }),
  convention: {
    ...{ conventionId: idOf(40_091), framework: 'idf-2017-pilot', from: '2026-01-12', to: '2026-07-11', site },
    quota: { num: 1, den: 5, window: 'week' },
    activities: ['Groupe de travail « eau »', 'Réunions sur le territoire', 'Numéro spécial de la revue Liaison'],
  },
  assignmentId: idOf(50_091),
  series: {
    ...{ seriesId: idOf(60_091), rhythm, from: '2026-01-13', to: '2026-07-10', start: '09:00', minutes: 420 },
    ...{ skipHolidays: true, exclusions: [] },
  },
  hours: {
    ...{ entryId: idOf(70_091), workDate: '2026-01-13', start: '09:00', minutes: 420 },
    activity: 'Groupe de travail « eau » : prise de connaissance des dossiers',
  },
  on: {
    accredited: '2025-11-20T09:00:00Z',
    signed: '2025-12-04T15:00:00Z',
    assigned: '2025-12-08T09:00:00Z',
    planned: '2026-01-08T10:30:00Z',
    declared: '2026-01-13T17:00:00Z',
    validated: '2026-01-15T09:00:00Z',
  },
};

/**
 * The first case of the trial of Île-de-France (2017): the State's regional service for the environment lends Claire, a
 * water engineer, to France Nature Environnement, twice a month. Names of people and dates are made up.
 *
 * @example const { history, agent, entryId } = driee('declared');
 */
export const driee = (upTo: Stage = 'assigned'): FoundingCase => tell(plot, upTo);
