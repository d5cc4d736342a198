import type { LocalDate, Month } from '@probono/domain';
import { type Home, registerPerson } from './organisations.js';
import { HOUR, MINUTE, type Scene } from './scene.js';

/** An agent who may be lent: one employment, one manager, HR of the employer. */
export interface Agent {
  readonly personId: string;
  readonly employmentId: string;
  readonly managerId: string;
  readonly hr: string;
  /** The last day with the host, once it is known that it comes early. */
  lastDay?: LocalDate;
  /** Entries that HR has yet to validate, by month; emptied when the month is closed. */
  readonly entries: Map<Month, Set<string>>;
}

const stages = ['début de carrière', 'milieu de carrière', 'vers la retraite'];
const skills = ['droit public', 'comptabilité publique', 'gestion de projet', 'ressources humaines', 'cartographie'];

/** Engages someone as an agent of the administration, with what HR sets on the first day. */
export const engage = (scene: Scene, officer: string, home: Home, managerId: string): Agent => {
  const { random } = scene;
  const personId = registerPerson(scene, officer, home.zone);
  const employmentId = scene.id();
  const hr = random.pick(home.hr);
  const from = `20${10 + random.below(14)}-09-01`;
  const of = { personId, employmentId };
  const status = random.chance(0.8) ? 'tenured' : 'contract';
  const branch = random.pick(['state', 'territorial', 'hospital']);
  scene.give('StartEmployment', { ...of, employerId: home.id, branch, status, from }, hr, 'hr');
  if (random.chance(0.15)) scene.give('SetServiceDuty', { ...of, weeklyMinutes: 1680, from }, hr, 'hr');
  scene.give('SetLoadedCost', { ...of, centsPerYear: 3_200_000 + random.below(40) * 100_000, from }, hr, 'hr');
  scene.give('SetManager', { ...of, managerId, from }, hr, 'hr');
  const oneself = (command: string, data: Readonly<Record<string, unknown>>): void =>
    scene.later(scene.now + HOUR + random.below(120) * MINUTE, () =>
      scene.give(command, { personId, ...data }, personId, 'agent'),
    );
  if (random.chance(0.7)) oneself('UpdateSkills', { skills: [random.pick(skills)] });
  if (random.chance(0.3)) oneself('DeclareCareerStage', { stage: random.pick(stages) });
  if (random.chance(0.2)) oneself('ChangeContactPreferences', { channels: ['email'], remindersBefore: ['J-1', 'H-2'] });
  return { personId, employmentId, managerId, hr, entries: new Map() };
};
