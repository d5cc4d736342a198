import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { law3ds209 } from '@probono/domain';
import { hostValue } from '@probono/read-models';
import { employ, engage, hoursOf, idOf, type Lending, officer, settle, submit, welcome } from '@probono/testing';
import { ada, bank, ben, home, type Scene, sceneOver } from '../../../test/support/scene.js';
import { configurationFrom } from './configuration.js';
import { openProBono, type ProBono } from './pro-bono.js';

const place = { assignmentId: idOf(500), agent: ada, host: bank };
const at = '2026-01-05T09:00:00Z';
const june = '2026-06-01T09:00:00Z';
const above = law3ds209.money.value.subsidyConventionAboveCents ?? 0;
const rule = 'convention.subsidy-convention-due';
/** A thousand cents a minute. */
const centsPerYear = 96_420_000;

describe('a host that received much', () => {
  let proBono: ProBono;
  let scene: Scene;
  beforeEach(async () => {
    const settings = { PROBONO_STORE: 'memory:', PROBONO_MAIL: 'file:mail', PROBONO_LOG_LEVEL: 'silent' };
    proBono = await openProBono(configurationFrom(settings));
    scene = sceneOver(proBono);
    const span = { from: '2026-01-05', to: '2026-06-30' };
    await scene.all([
      ...[...settle(home, at), ...employ(ada, at), ...employ(ben, at), ...welcome(bank, home, at)],
      ...engage({ conventionId: idOf(400), host: bank, ...span }, place, at),
    ]);
    const partnership = { partnershipId: idOf(700), organisations: [home.organisationId, bank.organisationId] };
    await scene.done(officer, 'OpenPartnership', partnership, at);
  });
  afterEach(() => proBono.close());

  /** 210 minutes of Ada's, validated: 210,000 cents where her cost is known. */
  const lent = async (entry: number, workDate: string) => {
    const entryId = idOf(entry);
    const now = `${workDate}T18:00:00Z`;
    await scene.done(ada, 'DeclareHours', hoursOf(place, { entryId, workDate }), now);
    await scene.done(bank.tutor, 'ConfirmHours', { personId: ada.id, entryId }, now);
    await scene.done(home.hr, 'ValidateHours', { personId: ada.id, entryId }, now);
  };
  const costs = () => {
    const { id: personId, employmentId } = ada;
    return scene.done(home.hr, 'SetLoadedCost', { personId, employmentId, centsPerYear, from: '2026-01-01' }, june);
  };
  const paid = (n: number, cents: number) => {
    const of = { giverId: home.organisationId, receiverId: bank.organisationId, on: '2026-05-01' };
    const contribution = { kind: 'financial', contributionId: idOf(n), cents, ...of };
    return scene.done(officer, 'RecordContribution', { partnershipId: idOf(700), contribution }, june);
  };
  const drafted = async (n: number) => {
    const span = { from: '2026-07-01', to: '2026-12-31', framework: '3ds-209' } as const;
    const next: Lending = { conventionId: idOf(n), agents: [ben], host: bank, ...span };
    const [draft, submission] = submit(next, june);
    await scene.all([draft]);
    return submission;
  };
  const submitted = async (n: number) => scene.tell(await drafted(n));
  const examined = async (n: number) => {
    const decision = await scene.explain(await drafted(n));
    return decision.examined.find((finding) => finding.rule === rule);
  };

  test('is told of with the next convention once it is above the threshold, hours and money together', async () => {
    await costs();
    await lent(600, '2026-03-02');
    await paid(1, above - 210_000);
    const at = await submitted(401);
    expect([at.kind, at.warnings]).toEqual(['accepted', []]);
    await paid(2, 1);
    const over = await submitted(402);
    expect([over.kind, over.warnings]).toEqual(['accepted', [rule]]);
    const facts = { hostId: bank.organisationId, year: 2026, cents: above + 1, aboveCents: above };
    expect(over.events[0]?.findings).toMatchObject([{ rule, severity: 'warn', facts }]);
    expect(await examined(403)).toMatchObject({ outcome: 'warn', facts });
  });

  test('is judged by a read model that had all that was known, and the event says how far it had come', async () => {
    await paid(1, above);
    const contributed = await proBono.store.lastPosition();
    const { events } = await submitted(401);
    const figure = events[0]?.basis.find((read) => 'projection' in read);
    expect(figure).toMatchObject({ projection: hostValue.name, position: expect.any(BigInt) });
    if (figure === undefined || !('position' in figure) || contributed === undefined) throw new Error('no position');
    // The draft of the text came last.
    expect(figure.position > contributed).toBe(true);
    expect(figure.position < (events[0] === undefined ? 0n : await positionOf(events[0].eventId))).toBe(true);
  });

  test('is not judged while hours of unknown cost could lift it above, and is once it is above without them', async () => {
    await lent(600, '2026-03-02');
    expect(await examined(401)).toMatchObject({ outcome: 'not-examined' });
    await paid(1, above + 1);
    expect(await examined(402)).toMatchObject({ outcome: 'warn', facts: { cents: above + 1 } });
  });

  test('is not judged while the read model has stopped', async () => {
    await proBono.sql.query(`UPDATE probono_read.checkpoints SET failure = 'a test says so' WHERE projection = $1`, [
      hostValue.name,
    ]);
    expect(await examined(401)).toMatchObject({ outcome: 'not-examined' });
    expect((await submitted(402)).kind).toBe('accepted');
    await proBono.readModels.retry(hostValue.name);
    expect(await examined(403)).toMatchObject({ outcome: 'holds', facts: { cents: 0 } });
  });

  const positionOf = async (eventId: string): Promise<bigint> => {
    for await (const stored of proBono.store.readAll()) if (stored.eventId === eventId) return stored.position;
    throw new Error(`${eventId} is not in the log`);
  };
});
