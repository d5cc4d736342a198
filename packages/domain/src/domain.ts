import { agentTime, agentTimeHandlers, agentTimeRules } from './agent-time/index.js';
import { assignment, assignmentHandlers, assignmentRules } from './assignment/index.js';
import { campaign, campaignHandlers, campaignRules } from './campaign/index.js';
import { convention, conventionHandlers, conventionRules } from './convention/index.js';
import { exchange, exchangeHandlers, exchangeRules } from './exchange/index.js';
import { type Catalogue, catalogueOf } from './kernel/catalogue.js';
import { kernelRules } from './kernel/rules.js';
import { mission, missionHandlers, missionRules } from './mission/index.js';
import { notification, notificationHandlers, notificationRules } from './notification/index.js';
import { organisation, organisationHandlers, organisationRules } from './organisation/index.js';
import { partnership, partnershipHandlers, partnershipRules } from './partnership/index.js';
import { person, personHandlers, personRules } from './person/index.js';
import { programme, programmeHandlers, programmeRules } from './programme/index.js';
import { review, reviewHandlers, reviewRules } from './review/index.js';
import { schedule, scheduleHandlers, scheduleRules } from './schedule/index.js';

/** All that this domain declares: every aggregate, event, command and rule, found by name. */
export const domain: Catalogue = catalogueOf(
  [
    { aggregate: organisation, handlers: organisationHandlers, rules: organisationRules },
    { aggregate: person, handlers: personHandlers, rules: personRules },
    { aggregate: convention, handlers: conventionHandlers, rules: conventionRules },
    { aggregate: mission, handlers: missionHandlers, rules: missionRules },
    { aggregate: assignment, handlers: assignmentHandlers, rules: assignmentRules },
    { aggregate: schedule, handlers: scheduleHandlers, rules: scheduleRules },
    { aggregate: agentTime, handlers: agentTimeHandlers, rules: agentTimeRules },
    { aggregate: review, handlers: reviewHandlers, rules: reviewRules },
    { aggregate: campaign, handlers: campaignHandlers, rules: campaignRules },
    { aggregate: partnership, handlers: partnershipHandlers, rules: partnershipRules },
    { aggregate: exchange, handlers: exchangeHandlers, rules: exchangeRules },
    { aggregate: programme, handlers: programmeHandlers, rules: programmeRules },
    { aggregate: notification, handlers: notificationHandlers, rules: notificationRules },
  ],
  kernelRules,
);
