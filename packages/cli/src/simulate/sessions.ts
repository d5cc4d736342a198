import { addDays, isoDay, type LocalDate } from '@probono/domain';
import { declare } from './hours.js';
import { holiday, type PlannedSession, type Post, present, startOf } from './post.js';
import { DAY, HOUR, MINUTE, type Scene } from './scene.js';

/** Lets the sessions come one after the other; what becomes of one is settled six days ahead. */
export const playSessions = (scene: Scene, post: Post, sessions: readonly PlannedSession[]): void => {
  post.sessions = sessions;
  const [session, ...rest] = sessions;
  if (session === undefined) return;
  scene.later(startOf(post, session) - 6 * DAY, () => {
    if (!present(post, session.date)) return;
    settle(scene, post, session, rest[0]);
    playSessions(scene, post, rest);
  });
};

const settle = (scene: Scene, post: Post, session: PlannedSession, next: PlannedSession | undefined): void => {
  const { random } = scene;
  const before = startOf(post, session) - (2 + random.below(70)) * HOUR;
  // Settled at once where it is planned on short notice: then there is no time left to move it.
  const fate = before <= scene.now ? 100 : random.below(100);
  if (fate < 4) scene.later(before, () => move(scene, post, session, next));
  else if (fate < 7) scene.later(before, () => cancel(scene, post, session, next));
  else if (random.chance(0.03)) miss(scene, post, session);
  else hold(scene, post, session, next);
};

/** To another day of the same week, so that no quota or rhythm is touched. */
const otherDay = (post: Post, { date, start }: PlannedSession, now: number): LocalDate | undefined => {
  const monday = addDays(date, 1 - isoDay(date));
  return [0, 1, 2, 3, 4]
    .map((step) => addDays(monday, step))
    .find(
      (day) =>
        day !== date &&
        day > post.cohort.from &&
        day <= post.cohort.to &&
        !holiday(post, day) &&
        !post.sessions?.some((other) => other.date === day) &&
        startOf(post, { date: day, start }) > now + HOUR,
    );
};

const byOneOf = (scene: Scene, { agent, field }: Post): readonly [string, 'agent' | 'tutor'] =>
  scene.random.chance(0.5) ? [agent.personId, 'agent'] : [field.tutor, 'tutor'];

const move = (scene: Scene, post: Post, session: PlannedSession, next: PlannedSession | undefined): void => {
  const { assignmentId, field } = post;
  const { sessionId, start } = session;
  // Two sessions a week leave it unclear which day is free: those are never moved.
  const free = field.rhythm.per === 'week' && field.rhythm.count > 1 ? undefined : otherDay(post, session, scene.now);
  if (free === undefined) {
    hold(scene, post, session, next);
    return;
  }
  const data = { assignmentId, sessionId, to: { date: free, start } };
  scene.give('RescheduleSession', data, ...byOneOf(scene, post));
  hold(scene, post, { ...session, date: free }, next);
};

const cancel = (scene: Scene, post: Post, session: PlannedSession, next: PlannedSession | undefined): void => {
  if (!present(post, session.date)) return;
  const { random } = scene;
  const { assignmentId, field } = post;
  const { sessionId } = session;
  scene.give('CancelSession', { assignmentId, sessionId }, ...byOneOf(scene, post));
  if (random.chance(0.2)) {
    scene.give('ReinstateSession', { assignmentId, sessionId }, field.tutor, 'tutor');
    hold(scene, post, session, next);
  } else if (random.chance(0.3))
    scene.later(startOf(post, session) + (post.minutes + 30) * MINUTE, () => {
      if (present(post, session.date)) declare(scene, post, session, next, 'hours.session-cancelled');
    });
};

const miss = (scene: Scene, post: Post, session: PlannedSession): void => {
  const { assignmentId, field } = post;
  scene.later(startOf(post, session) + HOUR, () => {
    if (!present(post, session.date)) return;
    const data = { assignmentId, sessionId: session.sessionId, excused: scene.random.chance(0.7) };
    scene.give('MissSession', data, field.tutor, 'tutor');
  });
};

/** It takes place: the tutor mostly notes it, the agent declares the hours, mostly on the day. */
const hold = (scene: Scene, post: Post, session: PlannedSession, next: PlannedSession | undefined): void => {
  const { random } = scene;
  const { assignmentId, field, minutes } = post;
  const { sessionId, date } = session;
  const end = startOf(post, session) + minutes * MINUTE;
  if (random.chance(0.8))
    scene.later(end + random.below(1200) * MINUTE, () => {
      if (present(post, date)) scene.give('HoldSession', { assignmentId, sessionId }, field.tutor, 'tutor');
    });
  const late = random.chance(0.15) ? (1 + random.below(12)) * DAY : 0;
  // Late, but not once the month is about to be closed.
  const nextMonth = addDays(`${date.slice(0, 7)}-28` as LocalDate, 5).slice(0, 7); // an ISO date by construction
  const latest = Date.parse(`${nextMonth}-03T12:00:00.000Z`);
  scene.later(Math.min(end + late + (10 + random.below(480)) * MINUTE, latest), () => {
    if (present(post, date)) declare(scene, post, session, next);
  });
};
