import { addDays, rhythms } from '@probono/domain';
import type { Cohort, Field } from './cohort.js';
import { registerPerson } from './organisations.js';
import { DAY, HOUR, type Scene, utc } from './scene.js';

const presets = Object.values(rhythms);
const outcomes = ['confidence-regained', 'job-found', 'place-in-training'];

/** The host proposes missions, the officer approves and publishes them; each has a tutor of its own. */
export const proposeMissions = (scene: Scene, cohort: Cohort, count: number, seats: number): readonly Field[] =>
  Array.from({ length: count }, () => propose(scene, cohort, seats));

const propose = (scene: Scene, cohort: Cohort, seats: number): Field => {
  const { random } = scene;
  const { host, officer } = cohort;
  const missionId = scene.id();
  const tutor = registerPerson(scene, officer, host.site.zone);
  const rhythm = random.pick(presets);
  const { title, purpose, skills } = host.cause;
  const kind = random.chance(0.9) ? 'skilled' : 'general_support';
  const what = { kind, title, activities: `Contribution : ${purpose}`, skills, beneficiaries: 'public accueilli' };
  scene.later(scene.now + 2 * HOUR, () => {
    const data = { missionId, hostId: host.id, ...what, rhythm, site: host.site, seats };
    scene.give('ProposeMission', data, host.representative, 'host_representative');
  });
  scene.later(scene.now + 3 * HOUR, () => {
    const approval = { missionId, withinPurpose: true, skillsUseful: kind === 'skilled' };
    scene.give('ApproveMission', approval, officer, 'programme_officer');
    const tutoring = { organisationId: host.id, personId: tutor, missionId };
    scene.give('DesignateTutor', tutoring, host.representative, 'host_representative');
    scene.give('PublishMission', { missionId }, officer, 'programme_officer');
  });
  scene.later(utc(cohort.from, '12:10'), () => scene.give('StartMission', { missionId }, officer, 'programme_officer'));
  bearFruit(scene, cohort, missionId, tutor, 25);
  return { missionId, tutor, rhythm };
};

/** About once a month the tutor records what the mission has brought about. */
const bearFruit = (scene: Scene, cohort: Cohort, missionId: string, tutor: string, afterDays: number): void => {
  const { random } = scene;
  const day = addDays(cohort.from, afterDays);
  if (day > cohort.to) return;
  scene.later(utc(day) + random.below(DAY), () => {
    if (random.chance(0.5)) {
      const data = { missionId, outcomeId: scene.id(), kind: random.pick(outcomes), count: 1 + random.below(9) };
      scene.give('RecordBeneficiaryOutcome', data, tutor, 'tutor');
    } else {
      const data = { missionId, deliverableId: scene.id(), title: 'Compte rendu', docHash: random.hash() };
      scene.give('RecordDeliverable', data, tutor, 'tutor');
    }
    bearFruit(scene, cohort, missionId, tutor, afterDays + 25 + random.below(10));
  });
};
