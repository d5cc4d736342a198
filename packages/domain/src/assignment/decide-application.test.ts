import { describe, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as L from '../../test/lending.js';
import { MissionUnpublished } from '../mission/events.js';
import { ManagerSet } from '../person/events.js';
import {
  AgentConsented,
  ApplicationSubmitted,
  ApplicationWithdrawn,
  HostAccepted,
  HostDeclined,
  ManagerApprovalGranted,
  ManagerApprovalRefused,
} from './events.js';

const { ids } = L;
const here = { assignmentId: ids.assignment };
const application = { missionId: ids.mission, personId: ids.agent, employmentId: ids.employment };
const apply = { ...here, ...application };
const open = L.given(...L.people, ...L.published());
const step = (n: number, employed = true) => open.and(...L.agreed(employed).slice(0, n));

describe('applying', () => {
  test('is recorded', () => {
    open.when('SubmitApplication', apply, L.agent).expectEvents(ApplicationSubmitted.parse(application));
  });
  test('sent twice is already so; for another mission it is the wrong state', () => {
    step(1).when('SubmitApplication', apply, L.agent).expectAlreadySo();
    const other = { ...apply, missionId: L.uuid(98) };
    step(1).when('SubmitApplication', other, L.agent).expectRefusals('assignment.wrong-state');
  });
  test('is done in person', () => {
    open.when('SubmitApplication', apply, L.stranger(L.agent)).expectRefusals('role.not-designated');
  });
  test('needs a mission that is published, and an employment that runs', () => {
    open
      .and(past(L.onMission, MissionUnpublished.parse({})))
      .when('SubmitApplication', { ...apply, employmentId: L.uuid(97) }, L.agent)
      .expectRefusals('mission.wrong-state', 'assignment.not-employed');
  });
  test('is open to one without an employment', () => {
    const { employmentId: _, ...volunteer } = application;
    open
      .when('SubmitApplication', { ...here, ...volunteer }, L.agent)
      .expectEvents(ApplicationSubmitted.parse(volunteer));
  });
  test('can be withdrawn, once, until one is assigned', () => {
    const withdrawn = step(4).when('WithdrawApplication', here, L.agent).expectEvents(ApplicationWithdrawn.parse({}));
    withdrawn.next().when('WithdrawApplication', here, L.agent).expectAlreadySo();
    withdrawn.next().when('ConsentToAssignment', here, L.agent).expectRefusals('assignment.wrong-state');
    open.when('WithdrawApplication', here, L.agent).expectRefusals('assignment.wrong-state');
    step(1).when('WithdrawApplication', here, L.stranger(L.agent)).expectRefusals('role.not-designated');
  });
});

describe('the manager', () => {
  test('approves', () => {
    const granted = step(1).when('GrantManagerApproval', here, L.manager);
    granted.expectEvents(ManagerApprovalGranted.parse({}));
    granted.next().when('GrantManagerApproval', here, L.manager).expectAlreadySo();
  });
  test('or refuses, and then the host is not asked', () => {
    const refused = step(1).when('RefuseManagerApproval', here, L.manager);
    refused.expectEvents(ManagerApprovalRefused.parse({}));
    refused.next().when('RefuseManagerApproval', here, L.manager).expectAlreadySo();
    refused.next().when('AcceptApplication', here, L.hostPerson).expectRefusals('assignment.wrong-state');
  });
  test.each(['GrantManagerApproval', 'RefuseManagerApproval'])('is the one of that employment for %s', (command) => {
    step(1).when(command, here, L.stranger(L.manager)).expectRefusals('role.not-designated');
  });
  test('is not the agent, even one who was set as manager', () => {
    const own = ManagerSet.parse({ employmentId: ids.employment, personId: ids.agent, from: '2021-01-01' });
    step(1)
      .and(past(L.onAgent, own))
      .when('GrantManagerApproval', here, { ...L.manager, actor: { id: ids.agent, role: 'manager' } })
      .expectRefusals('assignment.manager-is-agent');
  });
  test('is told of their own approval as such, whoever is the manager', () => {
    step(1)
      .when('GrantManagerApproval', here, { ...L.manager, actor: { id: ids.agent, role: 'manager' } })
      .expectRefusals('assignment.manager-is-agent');
  });
  test('approves once: neither another manager after them, nor they once it went on', () => {
    const next = past(
      L.onAgent,
      ManagerSet.parse({ employmentId: ids.employment, personId: ids.stranger, from: '2021-01-01' }),
    );
    step(2)
      .and(next)
      .when('GrantManagerApproval', here, L.stranger(L.manager))
      .expectRefusals('assignment.wrong-state');
    step(3).when('GrantManagerApproval', here, L.manager).expectRefusals('assignment.wrong-state');
  });
  test('of a volunteer is not asked', () => {
    step(1, false).when('GrantManagerApproval', here, L.manager).expectRefusals('assignment.wrong-state');
    step(1, false).when('AcceptApplication', here, L.hostPerson).expectEvents(HostAccepted.parse({}));
  });
});

describe('the host', () => {
  test('accepts after the manager', () => {
    step(1).when('AcceptApplication', here, L.hostPerson).expectRefusals('assignment.wrong-state');
    const accepted = step(2).when('AcceptApplication', here, L.hostPerson).expectEvents(HostAccepted.parse({}));
    accepted.next().when('AcceptApplication', here, L.hostPerson).expectAlreadySo();
  });
  test('or declines', () => {
    const declined = step(2).when('DeclineApplication', here, L.hostPerson).expectEvents(HostDeclined.parse({}));
    declined.next().when('DeclineApplication', here, L.hostPerson).expectAlreadySo();
    declined.next().when('AcceptApplication', here, L.hostPerson).expectRefusals('assignment.wrong-state');
  });
  test.each(['AcceptApplication', 'DeclineApplication'])('is represented for %s', (command) => {
    step(2).when(command, here, L.stranger(L.hostPerson)).expectRefusals('role.not-designated');
  });
});

describe('the agent', () => {
  test('consents in person, after the host', () => {
    step(2).when('ConsentToAssignment', here, L.agent).expectRefusals('assignment.wrong-state');
    step(3).when('ConsentToAssignment', here, L.stranger(L.agent)).expectRefusals('role.not-designated');
    const consented = step(3).when('ConsentToAssignment', here, L.agent).expectEvents(AgentConsented.parse({}));
    consented.next().when('ConsentToAssignment', here, L.agent).expectAlreadySo();
  });
});
