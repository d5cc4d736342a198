import { monthOf } from '@probono/domain';
import { mistakeAtConfirming, mistakeAtDeclaring } from './mistakes.js';
import type { PlannedSession, Post } from './post.js';
import { HOUR, MINUTE, type Scene } from './scene.js';

/** The agent declares a session's hours; `expected` names the rule that stands against it. */
export const declare = (
  scene: Scene,
  post: Post,
  session: PlannedSession,
  next: PlannedSession | undefined,
  expected = 'accepted',
): void => {
  const { agent, assignmentId, minutes, cohort } = post;
  const { sessionId, date, start } = session;
  const { personId } = agent;
  const entryId = scene.id();
  const what = { sessionId, workDate: date, start, minutes, activity: cohort.host.cause.title };
  const data = { personId, entryId, assignmentId, ...what };
  scene.give('DeclareHours', data, personId, 'agent', { expected });
  if (expected !== 'accepted') return;
  const month = monthOf(date);
  const entries = agent.entries.get(month) ?? new Set();
  agent.entries.set(month, entries.add(entryId));
  mistakeAtDeclaring(scene, post, data, next);
  check(scene, post, entryId, minutes, () => entries.delete(entryId));
};

/** The tutor confirms what was declared, or contests it; before, the agent may correct or withdraw it. */
const check = (scene: Scene, post: Post, entryId: string, minutes: number, forget: () => void): void => {
  const { random } = scene;
  const { agent } = post;
  const { personId } = agent;
  const pause = (1 + random.below(20)) * HOUR;
  const chance = random.below(100);
  if (chance < 3)
    scene.later(scene.now + random.below(10) * HOUR, () => {
      const data = { personId, entryId, deltaMinutes: -15 - random.below(2) * 15 };
      scene.give('CorrectHours', data, personId, 'agent');
      scene.later(scene.now + pause, () => confirm(scene, post, entryId));
    });
  else if (chance < 4)
    scene.later(scene.now + pause, () => {
      forget();
      scene.give('WithdrawHours', { personId, entryId }, personId, 'agent');
    });
  else if (chance < 8) scene.later(scene.now + pause, () => contest(scene, post, entryId, minutes));
  else scene.later(scene.now + pause + random.below(12) * HOUR, () => confirm(scene, post, entryId));
};

const confirm = (scene: Scene, post: Post, entryId: string): void => {
  const { agent, field } = post;
  const data = { personId: agent.personId, entryId };
  mistakeAtConfirming(scene, post, data);
  scene.give('ConfirmHours', data, field.tutor, 'tutor');
};

const contest = (scene: Scene, { agent, field, cohort }: Post, entryId: string, minutes: number): void => {
  const { random } = scene;
  const entry = { personId: agent.personId, entryId };
  const claimedMinutes = minutes - 30 - random.below(2) * 30;
  scene.give('ContestHours', { ...entry, claimedMinutes }, field.tutor, 'tutor');
  scene.later(scene.now + HOUR + random.below(36 * 60) * MINUTE, () => {
    const resolved = random.chance(0.5) ? claimedMinutes : minutes - 15;
    scene.give('ResolveContest', { ...entry, minutes: resolved }, cohort.otherOfficer, 'programme_officer');
  });
};
