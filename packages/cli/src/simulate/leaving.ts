import { addDays, isoDay, type LocalDate } from '@probono/domain';
import type { Post } from './post.js';
import { HOUR, type Scene, utc } from './scene.js';

/** The Sunday of that week: sessions move within a week only, so none lies on both sides of it. */
const sundayOf = (date: LocalDate): LocalDate => addDays(date, 7 - isoDay(date));

/** Few leave before the end: their employment ends, or they take their consent back. */
export const leaveEarly = (scene: Scene, post: Post): void => {
  const { random } = scene;
  if (!random.chance(0.06)) return;
  const { cohort } = post;
  const last = sundayOf(addDays(cohort.from, 35 + random.below(100)));
  if (last >= addDays(cohort.to, -7)) return;
  if (random.chance(0.5)) employmentEnds(scene, post, last);
  else consentEnds(scene, post, last);
};

const consentEnds = (scene: Scene, post: Post, last: LocalDate): void => {
  const { agent, cohort } = post;
  const { conventionId, noticeDays } = cohort;
  scene.later(utc(addDays(last, -noticeDays)), () => {
    agent.lastDay = last;
    const data = { conventionId, personId: agent.personId, version: cohort.version };
    scene.give('WithdrawAgentConsent', data, agent.personId, 'agent');
  });
  scene.later(utc(addDays(last, 1)), () => {
    const notice = { conventionId, personId: agent.personId, on: last };
    scene.give('TerminateConvention', notice, 'system:clerk', 'system');
    endAssignment(scene, post, last, 'consent_withdrawn');
  });
};

const employmentEnds = (scene: Scene, post: Post, last: LocalDate): void => {
  const { agent } = post;
  const { personId, employmentId, hr } = agent;
  scene.later(utc(addDays(last, -10)), () => {
    agent.lastDay = last;
  });
  scene.later(utc(addDays(last, 1)), () => {
    scene.give('EndEmployment', { personId, employmentId, on: last }, hr, 'hr');
    endAssignment(scene, post, last, 'employment_ended');
  });
};

/** The clerk ends the assignment and cancels what was still planned. */
const endAssignment = (scene: Scene, post: Post, on: LocalDate, cause: string): void => {
  const { assignmentId } = post;
  const by = ['system:clerk', 'system'] as const;
  scene.give('EndAssignment', { assignmentId, on, cause }, ...by);
  for (const { sessionId } of post.sessions ?? []) scene.give('CancelSession', { assignmentId, sessionId }, ...by);
  post.sessions = [];
  scene.later(scene.now + HOUR, () => {
    if (scene.random.chance(0.3)) offerTestimonial(scene, post);
  });
};

const words = ['Une expérience qui m’a beaucoup appris.', 'Un regard neuf sur mon métier.', 'Des rencontres utiles.'];

/** Some tell of it, as widely as they choose. */
export const offerTestimonial = (scene: Scene, { assignmentId, agent }: Post): void => {
  const { random } = scene;
  const scope = random.pick(['administration', 'programme', 'public']);
  scene.give('OfferTestimonial', { assignmentId, scope, text: random.pick(words) }, agent.personId, 'agent');
};
