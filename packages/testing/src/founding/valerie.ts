import { agentOf, homeOf, hostOf, idOf, paris } from '../cast.js';
import { type FoundingCase, type Plot, type Stage, tell } from './case.js';

const site = { ...paris, place: 'Lire, écrire, rebondir, Brie-la-Chapelle' };
const rhythm = { count: 1, per: 'fortnight', minutes: 420 } as const;
const home = homeOf(93, {
  ...{ name: 'Centre hospitalier de Brie-la-Chapelle', kind: 'hospital' },
  purpose: 'Établissement public de santé',
});

const plot: Plot = {
  agent: agentOf(93, home, { name: 'Valérie Chastelain', branch: 'hospital', from: '1989-02-01' }),
  host: hostOf(93, {
    details: {
      name: 'Lire, écrire, rebondir',
      purpose: 'Lutte contre l’illettrisme et insertion professionnelle',
    },
    mission: {
      title: 'Vers l’emploi : ateliers pour des personnes en recherche d’emploi',
      activities: 'Identification d’offres d’emploi, simulations d’entretien d’embauche, réalisation de CV.',
      skills: ['ressources humaines', 'recrutement', 'écoute'],
      beneficiaries: 'Personnes en recherche d’emploi, en situation d’illettrisme',
      ...{ rhythm, site, seats: 1 },
    },
  }),
  convention: {
    ...{ conventionId: idOf(40_093), framework: 'idf-2017-pilot', from: '2026-01-19', to: '2026-07-17', site },
    quota: { num: 1, den: 8, window: 'year' },
    activities: ['Identification d’offres d’emploi', 'Simulations d’entretien', 'Réalisation de CV'],
  },
  assignmentId: idOf(50_093),
  series: {
    ...{ seriesId: idOf(60_093), rhythm, from: '2026-01-22', to: '2026-07-17', start: '09:00', minutes: 420 },
    ...{ skipHolidays: true, exclusions: [] },
  },
  hours: {
    ...{ entryId: idOf(70_093), workDate: '2026-01-22', start: '09:00', minutes: 420 },
    activity: 'Atelier : lire une offre d’emploi',
  },
  on: {
    accredited: '2025-12-10T09:00:00Z',
    signed: '2026-01-08T15:00:00Z',
    assigned: '2026-01-09T09:00:00Z',
    planned: '2026-01-19T10:30:00Z',
    declared: '2026-01-22T17:00:00Z',
    validated: '2026-01-26T09:00:00Z',
  },
};

/**
 * The third case of the trial of Île-de-France (2017): a hospital lends Valérie, HR manager, to an association against
 * illiteracy, a day a fortnight; the quota is of a year. Names of people and dates are made up.
 *
 * @example const { history, agent } = valerie('validated');
 */
export const valerie = (upTo: Stage = 'assigned'): FoundingCase => tell(plot, upTo);
