import type { Rule } from '../kernel/rule.js';

/** Rules of campaigns. */
export const campaignRules = {
  'campaign.day-past': {
    severity: 'refuse',
    message: {
      fr: "Le jour de la campagne {campaignId} ({on}) est passé au {today} : on l'ouvre, on la rejoint et on s'y inscrit au plus tard ce jour-là.",
      en: 'The day of the campaign {campaignId} ({on}) has passed on {today}: it is opened, joined and enrolled in on that day at the latest.',
    },
  },
  'campaign.before-its-day': {
    severity: 'justify',
    message: {
      fr: 'La campagne {campaignId} a lieu le {on} : la clore dès le {today} revient à y renoncer, et demande une justification écrite.',
      en: 'The campaign {campaignId} takes place on {on}: to close it as early as {today} is to call it off, and needs a written justification.',
    },
  },
  'campaign.mission-of-other': {
    severity: 'refuse',
    message: {
      fr: 'La mission {missionId} a été proposée pour la campagne {otherCampaignId} : elle ne peut rejoindre que celle-là ; en proposer une autre pour {campaignId}.',
      en: 'The mission {missionId} was proposed for the campaign {otherCampaignId}: it can join that one only; propose another for {campaignId}.',
    },
  },
  'campaign.mission-not-in-campaign': {
    severity: 'refuse',
    message: {
      fr: "La mission {missionId} n'a pas rejoint la campagne {campaignId} : l'y joindre d'abord, ou en choisir une autre.",
      en: 'The mission {missionId} has not joined the campaign {campaignId}: join it first, or choose another.',
    },
  },
  'campaign.already-enrolled': {
    severity: 'refuse',
    message: {
      fr: "La personne {personId} est déjà inscrite sur la mission {missionId} : pour en changer, retirer d'abord cette inscription.",
      en: 'The person {personId} is already enrolled on the mission {missionId}: to change, withdraw that enrolment first.',
    },
  },
  'campaign.assignment-of-other': {
    severity: 'refuse',
    message: {
      fr: "L'identifiant d'affectation {assignmentId} tient déjà la place de quelqu'un d'autre, ou sur une autre mission : en prendre un nouveau.",
      en: "The assignment id {assignmentId} already holds somebody else's seat, or one on another mission: take a new one.",
    },
  },
  'campaign.volunteer-assigned': {
    severity: 'refuse',
    message: {
      fr: "La personne {personId} est affectée ({assignmentId}) : mettre fin à l'affectation avant de retirer l'inscription.",
      en: 'The person {personId} is assigned ({assignmentId}): end the assignment before withdrawing the enrolment.',
    },
  },
  'campaign.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "La campagne {campaignId} (ou l'inscription) est dans l'état « {status} » ; il faudrait : {expected}.",
      en: 'The campaign {campaignId} (or the enrolment) is in the state "{status}"; it would have to be: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of campaigns. */
export type CampaignRuleId = keyof typeof campaignRules;
