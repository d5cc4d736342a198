import { addDays, addMonths, type LocalDate } from '@probono/domain';
import type { Cohort, Field } from './cohort.js';
import { offerTestimonial } from './leaving.js';
import type { Post } from './post.js';
import { HOUR, type Scene, utc } from './scene.js';

/** The month after the last day: `day` of it, when all is settled. */
const afterwards = (to: LocalDate, day: string): LocalDate =>
  `${addMonths(`${to.slice(0, 7)}-01` as LocalDate, 1).slice(0, 7)}-${day}` as LocalDate; // ISO dates by construction

/** The convention expires, its missions are completed and reviewed; once all hours are settled the file is closed. */
export const endCohort = (scene: Scene, cohort: Cohort, fields: readonly Field[]): void => {
  const { conventionId, officer, to } = cohort;
  scene.later(utc(addDays(to, 1)), () => {
    scene.give('ExpireConvention', { conventionId, on: to }, 'system:clerk', 'system');
    for (const { missionId } of fields) scene.give('CompleteMission', { missionId }, officer, 'programme_officer');
  });
  scene.later(utc(addDays(to, 8)), () => {
    for (const { missionId } of fields) {
      const objectives = scene.random.pick(['met', 'met', 'partly_met']);
      scene.give('ReviewMission', { missionId, objectives }, officer, 'programme_officer');
    }
  });
  scene.later(utc(afterwards(to, '15')), () =>
    scene.give('CloseConvention', { conventionId }, officer, 'programme_officer'),
  );
};

/** The assignment of an agent who stayed ends with the convention; everyone's hours are certified. */
export const endPost = (scene: Scene, post: Post): void => {
  const { random } = scene;
  const { assignmentId, agent, cohort, field } = post;
  const { from, to, officer } = cohort;
  scene.later(utc(addDays(to, 1)), () => {
    if (agent.lastDay !== undefined) return;
    scene.give('EndAssignment', { assignmentId, on: to, cause: 'completed' }, 'system:clerk', 'system');
    if (random.chance(0.4)) scene.give('AcquireSkills', { assignmentId, skills: ['animation'] }, field.tutor, 'tutor');
    if (random.chance(0.3)) scene.later(scene.now + random.below(200) * HOUR, () => offerTestimonial(scene, post));
  });
  scene.later(utc(afterwards(to, '12')), () =>
    scene.give('IssueServiceCertificate', { assignmentId, periods: [{ from, to }] }, officer, 'programme_officer'),
  );
};
