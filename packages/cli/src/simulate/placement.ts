import { addDays, isoDay, type LocalDate, rhythmDates, SeriesId, sessionIdOf } from '@probono/domain';
import type { Agent } from './agents.js';
import type { Cohort, Field } from './cohort.js';
import { endPost } from './ending.js';
import { leaveEarly } from './leaving.js';
import { closeMonths } from './month.js';
import { holiday, type Post } from './post.js';
import { HOUR, MINUTE, type Scene, utc } from './scene.js';
import { playSessions } from './sessions.js';

const sessionMinutes = ({ rhythm }: Field): number => rhythm.minutes ?? 210;

/** The share of the duty that the rhythm takes in its fullest week, for four days' duty too. */
const quotaOf = (field: Field, { from, to }: Cohort) => {
  const { count, per } = field.rhythm;
  if (per === 'month' && count === 1 && from.slice(0, 4) === to.slice(0, 4)) return { num: 1, den: 4, window: 'year' };
  return { num: 1, den: sessionMinutes(field) === 420 ? 4 : count === 2 && per === 'week' ? 7 : 8, window: 'week' };
};

/** Application, approvals, consent; most are assigned on the day after the signatures. */
export const placeAgent = (
  scene: Scene,
  cohort: Cohort,
  agent: Agent,
  field: Field,
  allottedMinutes: number | undefined,
): void => {
  const { random } = scene;
  const { personId, employmentId, managerId } = agent;
  const { missionId } = field;
  const apply = (): string => {
    const assignmentId = scene.id();
    scene.give('SubmitApplication', { assignmentId, missionId, personId, employmentId }, personId, 'agent');
    return assignmentId;
  };
  if (random.chance(0.15))
    scene.give('SuggestMissionToAgent', { missionId, personId, employmentId }, managerId, 'manager');
  if (random.chance(0.03)) scene.give('WithdrawApplication', { assignmentId: apply() }, personId, 'agent');
  const subject = { assignmentId: apply() };
  const pause = (): number => (1 + random.below(10)) * HOUR + random.below(60) * MINUTE;
  scene.later(scene.now + pause(), () => {
    if (random.chance(0.02)) {
      scene.give('RefuseManagerApproval', subject, managerId, 'manager');
      return;
    }
    if (random.chance(0.02))
      scene.give('GrantManagerApproval', subject, personId, 'manager', { expected: 'assignment.manager-is-agent' });
    scene.give('GrantManagerApproval', subject, managerId, 'manager');
    scene.later(scene.now + pause(), () => {
      const { representative } = cohort.host;
      if (random.chance(0.02)) {
        scene.give('DeclineApplication', subject, representative, 'host_representative');
        return;
      }
      scene.give('AcceptApplication', subject, representative, 'host_representative');
      scene.later(scene.now + pause(), () => {
        scene.give('ConsentToAssignment', subject, personId, 'agent');
        assign(scene, { ...subject, cohort, agent, field, minutes: sessionMinutes(field) }, allottedMinutes);
      });
    });
  });
};

const assign = (scene: Scene, post: Post, allottedMinutes: number | undefined): void => {
  const { random } = scene;
  const { assignmentId, agent, cohort, field } = post;
  const { conventionId, from, to, officer, home } = cohort;
  const { personId } = agent;
  const title = { convention: conventionId };
  const term = { from, to, quota: quotaOf(field, cohort) };
  scene.later(utc(addDays(from, -1)), () => {
    const allotment = allottedMinutes === undefined ? {} : { allottedMinutes };
    const data = { assignmentId, title, ...term, ...allotment };
    if (random.chance(0.03)) {
      const late = { ...data, to: addDays(to, 30) };
      scene.give('AssignAgent', late, officer, 'programme_officer', { expected: 'assignment.outside-convention' });
    }
    scene.give('AssignAgent', data, officer, 'programme_officer');
    if (random.chance(0.5)) {
      const number = `OM-${assignmentId.slice(-8)}`;
      scene.give('IssueMissionOrder', { assignmentId, number, from, to }, home.authority, 'authority');
    }
  });
  scene.later(utc(from), () => {
    const entry = { conventionId, personId, on: from };
    scene.give('EnterConventionIntoForce', entry, 'system:clerk', 'system');
    const secondment = { personId, conventionId, hostId: cohort.host.id, framework: 'idf-2017-pilot', from, to };
    scene.give('RecordSecondment', secondment, 'system:clerk', 'system');
    if (random.chance(0.8)) scene.give('CompleteOnboarding', { assignmentId }, officer, 'programme_officer');
    planSeries(scene, post);
  });
  for (const [phase, day] of [
    ['start', addDays(from, 7)],
    ['mid', addDays(from, 90)],
    ['end', addDays(to, -2)],
  ] as const)
    if (random.chance(0.6)) scene.later(utc(day) + random.below(600) * MINUTE, () => answerPulse(scene, post, phase));
  closeMonths(scene, post, from);
  endPost(scene, post);
  leaveEarly(scene, post);
};

const answerPulse = (scene: Scene, { assignmentId, agent }: Post, phase: 'start' | 'mid' | 'end'): void => {
  const answers = ['welcome', 'usefulness'].map((question) => ({ question, score: 1 + scene.random.below(5) }));
  scene.give('AnswerPulse', { assignmentId, phase, answers }, agent.personId, 'agent');
};

/** Two to eight days from now on, on a working day. */
const firstDay = (scene: Scene, from: LocalDate): LocalDate => {
  const day = addDays(from, 2 + scene.random.below(5));
  return isoDay(day) > 5 ? addDays(day, 2) : day;
};

const planSeries = (scene: Scene, post: Post): void => {
  const { random } = scene;
  const { assignmentId, field, cohort, minutes } = post;
  const { rhythm, tutor } = field;
  const seriesId = SeriesId.parse(scene.id());
  const [from, to] = [firstDay(scene, cohort.from), cohort.to];
  const start = minutes === 420 ? '09:00' : random.pick(['09:00', '13:30', '14:00', '17:00']);
  const data = { assignmentId, seriesId, rhythm, from, to, start, minutes, skipHolidays: true };
  if (random.chance(0.7)) scene.give('PlanSessionSeries', data, tutor, 'tutor');
  else scene.give('PlanSessionSeries', data, cohort.officer, 'programme_officer');
  const dates = rhythmDates(rhythm, from, to).filter((date) => !holiday(post, date));
  playSessions(
    scene,
    post,
    dates.map((date) => ({ sessionId: sessionIdOf(seriesId, date), date, start })),
  );
};
