import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accreditationReviewIdOf, ConventionId, finalReviewIdOf, LocalDate, type ReviewId } from '@probono/domain';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import {
  agent,
  convention,
  home,
  host,
  ids,
  officer,
  openWorld,
  people,
  uuid,
  type World,
  working,
} from '../test/world.js';

const conventionId = ConventionId.parse(ids.convention);
const atHome = { organisationId: ids.host, administrationId: ids.home };
const finalId = finalReviewIdOf(conventionId);
const turn = (status: 'suspended' | 'withdrawn', on: string): ReviewId =>
  accreditationReviewIdOf(conventionId, { status, on: LocalDate.parse(on) });

describe.each(engines)('reviews, asked for by the clerk on %s', (engine) => {
  let database: FreshDatabase;
  let world: World;
  beforeAll(async () => {
    database = await freshDatabase(engine);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    // A store in memory beside PGlite, for speed; on PostgreSQL everything is in one database.
    world = await openWorld(database.client, engine === 'pglite' ? 'memory' : 'postgres');
  });

  const asked = async (reviewId: ReviewId) =>
    (await world.bySystem(`review-${reviewId}`)).map(({ data, effectiveOn }) => ({ data, effectiveOn }));
  const final = (effectiveOn: string) => ({ data: { kind: 'final', conventionId }, effectiveOn });
  const mid = (effectiveOn: string) => ({ data: { kind: 'mid', conventionId }, effectiveOn });
  const at = async (instant: string): Promise<void> => {
    world.at(instant);
    await world.settle();
  };
  const accreditation = (act: 'Suspend' | 'Reinstate' | 'Withdraw') =>
    world.give(`${act}Accreditation`, officer, atHome);

  describe('the final one', () => {
    test('is asked for on the day after the last one, and not before', async () => {
      await working(world);
      await at('2027-07-03T21:59:00Z');
      expect(await asked(finalId)).toEqual([]);
      await at('2027-07-03T22:00:00Z');
      expect(await asked(finalId)).toEqual([final('2027-07-04')]);
    });

    test('is asked for under the same day however late', async () => {
      await working(world);
      await at('2027-09-30T08:00:00Z');
      expect(await asked(finalId)).toEqual([final('2027-07-04')]);
    });

    test('follows a termination, and no notice that was withdrawn', async () => {
      await working(world);
      await at('2027-01-20T09:00:00Z');
      await world.give('GiveTerminationNotice', home, { conventionId, endsOn: '2027-03-01' });
      await world.settle();
      await world.give('WithdrawTerminationNotice', home, { conventionId });
      await at('2027-03-02T08:00:00Z');
      expect(await asked(finalId)).toEqual([]);
      await world.give('GiveTerminationNotice', host, { conventionId, endsOn: '2027-04-15' });
      await at('2027-04-16T08:00:00Z');
      expect(await asked(finalId)).toEqual([final('2027-04-16')]);
    });

    test('waits while the convention goes on for another agent', async () => {
      await working(world);
      await at('2027-02-01T09:00:00Z');
      await world.give('WithdrawAgentConsent', agent(ids.ada), { conventionId, personId: ids.ada, version: 1 });
      await at('2027-03-04T09:00:00Z');
      expect(await asked(finalId)).toEqual([]);
      await world.give('WithdrawAgentConsent', agent(ids.ben), { conventionId, personId: ids.ben, version: 1 });
      await at('2027-04-05T09:00:00Z');
      expect(await asked(finalId)).toEqual([final('2027-04-04')]);
    });

    test('is not asked for again when an officer has done so, under whatever id', async () => {
      await working(world);
      await at('2027-06-20T09:00:00Z');
      await world.give('RequestReview', officer, { reviewId: uuid(77), kind: 'final', conventionId });
      await at('2027-07-05T08:00:00Z');
      expect(await asked(finalId)).toEqual([]);
    });

    test('is not asked for once the convention is closed', async () => {
      await people(world);
      await convention(world);
      world.at('2027-07-10T09:00:00Z');
      await world.give('CloseConvention', officer, { conventionId });
      await world.settle();
      expect(await asked(finalId)).toEqual([]);
    });

    test('is asked for once, by clerks on two machines and by one that does it all again', async () => {
      await working(world);
      world.at('2027-07-05T08:00:00Z');
      await world.catchUp();
      await Promise.all([world.clerk.run(), world.another().run()]);
      await world.settle();
      const count = await world.count();
      expect(await asked(finalId)).toEqual([final('2027-07-04')]);
      await world.readModels.rebuild('clerk');
      await world.catchUp();
      expect(await world.another().run()).toEqual({ issued: 0, refused: 0 });
      expect(await world.count()).toBe(count);
    });
  });

  describe('when the host’s accreditation', () => {
    test('is suspended, the review of a convention in force is asked for at once, and once', async () => {
      await working(world);
      await at('2027-02-20T09:00:00Z');
      await accreditation('Suspend');
      await world.settle();
      expect(await asked(turn('suspended', '2027-02-20'))).toEqual([mid('2027-02-20')]);
      expect(await world.settle()).toBe(0);
    });

    test('is withdrawn after a suspension, that is another turn, and another review', async () => {
      await working(world);
      await at('2027-02-20T09:00:00Z');
      await accreditation('Suspend');
      await at('2027-03-20T09:00:00Z');
      await accreditation('Withdraw');
      await world.settle();
      expect(await asked(turn('suspended', '2027-02-20'))).toHaveLength(1);
      expect(await asked(turn('withdrawn', '2027-03-20'))).toEqual([mid('2027-03-20')]);
    });

    test('is suspended ahead of a convention, its review waits for the first day, and falls away if it is reinstated', async () => {
      await people(world);
      await convention(world);
      await at('2026-12-15T09:00:00Z');
      await accreditation('Suspend');
      await world.settle();
      expect(await asked(turn('suspended', '2026-12-15'))).toEqual([]);
      await at('2026-12-20T09:00:00Z');
      await accreditation('Reinstate');
      await at('2027-01-05T09:00:00Z');
      expect(await asked(turn('suspended', '2026-12-15'))).toEqual([]);
    });

    test('is still suspended on a convention’s first day, its review is asked for then', async () => {
      await people(world);
      await convention(world);
      world.at('2026-12-15T09:00:00Z');
      await accreditation('Suspend');
      await at('2027-01-05T09:00:00Z');
      expect(await asked(turn('suspended', '2026-12-15'))).toEqual([mid('2027-01-04')]);
    });

    test('is withdrawn after a convention has ended, there is nothing left to review on the way', async () => {
      await working(world);
      await at('2027-07-20T09:00:00Z');
      await accreditation('Withdraw');
      await world.settle();
      expect(await asked(turn('withdrawn', '2027-07-20'))).toEqual([]);
    });

    test('by another administration is withdrawn, this convention is not reviewed', async () => {
      await working(world);
      await world.give('RegisterOrganisation', officer, {
        ...{ organisationId: uuid(90), kind: 'state', purpose: 'eau', zone: 'Europe/Paris', holidayCalendar: 'fr' },
      });
      const elsewhere = { organisationId: ids.host, administrationId: uuid(90) };
      await world.give('AccreditHost', officer, { ...elsewhere, until: '2028-12-31' });
      await at('2027-02-20T09:00:00Z');
      await world.give('WithdrawAccreditation', officer, elsewhere);
      expect(await world.settle()).toBe(0);
    });
  });
});
