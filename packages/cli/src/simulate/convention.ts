import { addDays, type LocalDate } from '@probono/domain';
import type { Cohort } from './cohort.js';
import { HOUR, MINUTE, type Scene, utc } from './scene.js';

/** From the draft to the second signature, three days later; the agents consent in between. */
export const bindConvention = (scene: Scene, cohort: Cohort, day: LocalDate, poolMinutes: number | undefined): void => {
  const { random } = scene;
  const { conventionId, home, host, officer, agents, from, to, version, noticeDays } = cohort;
  const next = addDays(day, 1);
  const docHash = random.hash();
  const terms = {
    framework: 'idf-2017-pilot',
    homeId: home.id,
    hostId: host.id,
    agents: agents.map(({ personId, employmentId }) => ({ personId, employmentId })),
    activities: [host.cause.purpose],
    site: host.site,
    from,
    to,
    quota: { num: 1, den: 4, window: 'week' },
    clauses: ['activities', 'duration', 'conditions'],
    noticeDays,
    ...(poolMinutes === undefined ? {} : { poolMinutes }),
  };
  const sign = (party: 'home' | 'host', expected = 'accepted'): void => {
    const data = { conventionId, party, capacity: 'direction', version, docHash, method: 'electronic' };
    scene.give('SignConvention', data, cohort[party].representative, `${party}_representative`, { expected });
  };
  scene.later(utc(next, '07:00'), () => {
    // A text that is then revised had one condition fewer.
    const first = version === 1 ? terms : { ...terms, clauses: ['activities', 'duration'] };
    scene.give('DraftConvention', { conventionId, terms: first }, officer, 'programme_officer');
    if (random.chance(0.1)) sign('home', 'convention.not-frozen');
  });
  if (version === 2)
    scene.later(utc(next, '08:00'), () =>
      scene.give('ReviseConvention', { conventionId, terms }, officer, 'programme_officer'),
    );
  scene.later(utc(next, '10:00'), () => {
    const signatories = (['home', 'host'] as const).map((party) => ({ party, personId: cohort[party].representative }));
    scene.give('SubmitConvention', { conventionId, docHash, signatories }, officer, 'programme_officer');
  });
  for (const { personId } of agents) {
    const data = { conventionId, personId, version };
    scene.later(utc(next, '11:00'), () =>
      scene.give('CommunicateConventionToAgent', data, officer, 'programme_officer'),
    );
    scene.later(utc(next) + random.below(24 * 60) * MINUTE, () =>
      scene.give('GiveAgentConsent', data, personId, 'agent'),
    );
  }
  const signing = utc(addDays(day, 3));
  scene.later(signing, () => sign('home'));
  scene.later(signing + 3 * HOUR, () => sign('host'));
  if (random.chance(0.1))
    scene.later(signing + 4 * HOUR, () =>
      scene.give(
        'DraftConvention',
        { conventionId, terms: { ...terms, to: addDays(to, -1) } },
        officer,
        'programme_officer',
        { expected: 'convention.wrong-state' },
      ),
    );
};
