import { agentOf, homeOf, hostOf, idOf, paris } from '../cast.js';
import { type FoundingCase, type Plot, type Stage, tell } from './case.js';

const site = { ...paris, place: 'Maison de quartier des Tilleuls, Valmont-sur-Orge' };
const rhythm = { count: 2, per: 'week', minutes: 120 } as const;
const home = homeOf(92, {
  name: 'Ville de Valmont-sur-Orge',
  kind: 'commune',
  inhabitants: 31_400,
  purpose: 'Commune',
});

const plot: Plot = {
  agent: agentOf(92, home, { name: 'Julien Garnerot', branch: 'territorial', from: '2020-01-06' }),
  host: hostOf(92, {
    details: {
      name: 'Un coup de pouce après l’école',
      purpose: 'Accompagnement scolaire et ouverture culturelle des collégiens',
    },
    mission: {
      title: 'Soutien scolaire pour des collégiens',
      activities: 'Aider des collégiens dans leurs devoirs, deux fois par semaine.',
      skills: ['pédagogie', 'sciences', 'écoute'],
      beneficiaries: 'Collégiens du quartier des Tilleuls',
      ...{ rhythm, site, seats: 2 },
    },
  }),
  convention: {
    ...{ conventionId: idOf(40_092), framework: 'idf-2017-pilot', from: '2026-01-12', to: '2026-07-03', site },
    quota: { num: 4, den: 35, window: 'week' },
    activities: ['Soutien scolaire à des collégiens'],
  },
  assignmentId: idOf(50_092),
  series: {
    ...{ seriesId: idOf(60_092), rhythm, from: '2026-01-13', to: '2026-06-25', start: '16:30', minutes: 120 },
    ...{ skipHolidays: true, exclusions: [] },
  },
  hours: {
    ...{ entryId: idOf(70_092), workDate: '2026-01-13', start: '16:30', minutes: 120 },
    activity: 'Aide aux devoirs : mathématiques',
  },
  on: {
    accredited: '2025-12-02T09:00:00Z',
    signed: '2025-12-17T15:00:00Z',
    assigned: '2025-12-18T09:00:00Z',
    planned: '2026-01-09T10:30:00Z',
    declared: '2026-01-13T18:00:00Z',
    validated: '2026-01-15T09:00:00Z',
  },
};

/**
 * The second case of the trial of Île-de-France (2017): a town lends Julien, who helps pupils with their homework, twice
 * a week for two hours. Names and dates are made up.
 *
 * @example const { history, host } = julien('planned');
 */
export const julien = (upTo: Stage = 'assigned'): FoundingCase => tell(plot, upTo);
