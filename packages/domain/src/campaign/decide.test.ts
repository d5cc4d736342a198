import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as F from '../../test/factory.js';
import { MissionCancelled, MissionStarted } from '../mission/events.js';
import { CampaignClosed, CampaignOpened, campaignEvents, MissionJoinedCampaign } from './events.js';

const here = { campaignId: F.campaignId };
const nothing = F.given();
const open = F.given(F.opened, ...F.approved(1));
const close = here;
const [theDay, dayAfter] = ['2027-10-22', '2027-10-23'];

describe('opening a campaign', () => {
  const data = { ...here, ...F.details };
  test('is for the officer', () => {
    nothing.when('OpenCampaign', data, F.officer()).expectEvents(CampaignOpened.parse(F.details));
    nothing.when('OpenCampaign', data, F.inPerson(1)).expectRefusals('role.not-allowed');
  });
  test('comes on its day at the latest, by the clock of the region', () => {
    nothing.when('OpenCampaign', data, F.officer(theDay)).expectFindings();
    nothing.when('OpenCampaign', data, F.officer(dayAfter)).expectRefusals('campaign.day-past');
    // 21:00 in Paris on the 22nd; already the 23rd in Réunion.
    const evening = { ...F.officer(), at: '2027-10-22T21:00:00Z' };
    nothing.when('OpenCampaign', data, evening).expectFindings();
    nothing
      .when('OpenCampaign', { ...data, region: '04', zone: 'Indian/Reunion' }, evening)
      .expectRefusals('campaign.day-past');
  });
  test('twice is already so; for another cause it is the wrong state', () => {
    open.when('OpenCampaign', data, F.officer()).expectAlreadySo();
    open.when('OpenCampaign', { ...data, cause: 'Eau' }, F.officer()).expectRefusals('campaign.wrong-state');
  });
  test.each(['11', '978', '988'])('in region %s', (region) => {
    nothing.when('OpenCampaign', { ...data, region }, F.officer()).expectFindings();
  });
  test.each(['IDF', '7', '999'])('not in %s, which is no region', (region) => {
    expect(() => nothing.when('OpenCampaign', { ...data, region }, F.officer())).toThrow('INSEE');
  });
});

describe('joining a mission', () => {
  const join = { ...here, missionId: F.mission(1) };
  test('is for the officer, and names the host', () => {
    open
      .when('JoinMissionToCampaign', join, F.officer())
      .expectEvents(MissionJoinedCampaign.parse({ missionId: F.mission(1), hostId: F.host(1) }));
    open.when('JoinMissionToCampaign', join, F.inPerson(1)).expectRefusals('role.not-allowed');
  });
  test('twice is already so', () => {
    open
      .when('JoinMissionToCampaign', join, F.officer())
      .next()
      .when('JoinMissionToCampaign', join, F.officer())
      .expectAlreadySo();
  });
  test('needs a mission that is approved and goes on', () => {
    F.given(F.opened).when('JoinMissionToCampaign', join, F.officer()).expectRefusals('mission.wrong-state');
    F.given(F.opened, ...F.approved(1).slice(0, 1))
      .when('JoinMissionToCampaign', join, F.officer())
      .expectRefusals('mission.wrong-state');
    const started = open.and(past(`mission-${F.mission(1)}`, MissionStarted.parse({})));
    started.when('JoinMissionToCampaign', join, F.officer(theDay)).expectFindings();
  });
  test('that was proposed for another campaign is refused', () => {
    const other = F.given(F.opened, ...F.approved(1, { campaignId: F.seat(1) }));
    other.when('JoinMissionToCampaign', join, F.officer()).expectRefusals('campaign.mission-of-other');
    const own = F.given(F.opened, ...F.approved(1, { campaignId: F.campaignId }));
    own.when('JoinMissionToCampaign', join, F.officer()).expectFindings();
  });
  test('needs an open campaign whose day is not past', () => {
    F.given(...F.approved(1))
      .when('JoinMissionToCampaign', join, F.officer())
      .expectRefusals('campaign.wrong-state');
    open.when('JoinMissionToCampaign', join, F.officer(dayAfter)).expectRefusals('campaign.day-past');
  });
});

describe('closing a campaign', () => {
  const totals = { missions: 0, hosts: 0, volunteers: 0, placed: 0 };
  test('is for the officer, from its day on', () => {
    open.when('CloseCampaign', close, F.officer(theDay)).expectEvents(CampaignClosed.parse({ totals }));
    open.when('CloseCampaign', close, F.inPerson(1, dayAfter)).expectRefusals('role.not-allowed');
  });
  test('earlier is to call it off, and needs a justification', () => {
    open.when('CloseCampaign', close, F.officer()).expectRefusals('campaign.before-its-day');
    open
      .when('CloseCampaign', close, { ...F.officer(), justification: 'Salle indisponible.' })
      .expectFindings('campaign.before-its-day');
  });
  test('twice is already so; what never opened cannot close', () => {
    const closed = open.when('CloseCampaign', close, F.officer(dayAfter)).next();
    closed.when('CloseCampaign', close, F.officer(dayAfter)).expectAlreadySo();
    closed
      .when('OpenCampaign', { ...here, ...F.details, cause: 'Eau' }, F.officer())
      .expectRefusals('campaign.wrong-state');
    nothing.when('CloseCampaign', close, F.officer(dayAfter)).expectRefusals('campaign.wrong-state');
  });
  test('counts a host with two missions once', () => {
    const two = F.given(F.opened, ...F.approved(1), ...F.approved(2, { hostId: F.host(1) }), ...F.approved(3));
    const joined = [1, 2, 3].reduce(
      (history, n) => history.when('JoinMissionToCampaign', { ...here, missionId: F.mission(n) }, F.officer()).next(),
      two,
    );
    joined
      .when('CloseCampaign', close, F.officer(theDay))
      .expectEvents(CampaignClosed.parse({ totals: { ...totals, missions: 3, hosts: 2 } }));
  });
  test('counts no mission that was cancelled, nor those on it as placed', () => {
    const two = F.given(F.opened, ...F.approved(1), ...F.approved(2), F.known(1), F.known(2));
    const joined = [1, 2].reduce((history, n) => {
      const [missionId, assignmentId, personId] = [F.mission(n), F.seat(n), F.volunteer(n)];
      return history
        .when('JoinMissionToCampaign', { ...here, missionId }, F.officer())
        .next()
        .when('EnrolVolunteer', { ...here, personId, missionId, assignmentId }, F.officer())
        .next();
    }, two);
    const cancelled = joined.and(past(`mission-${F.mission(2)}`, MissionCancelled.parse({ cause: 'host_request' })));
    cancelled
      .when('CloseCampaign', close, F.officer(theDay))
      .expectEvents(CampaignClosed.parse({ totals: { missions: 1, hosts: 1, volunteers: 2, placed: 1 } }));
  });
});

test('nothing in a campaign is personal: it speaks of counts and of opaque ids', () => {
  expect(Object.values(campaignEvents).flatMap(({ personal }) => personal)).toEqual([]);
});
