import type { Rule } from '../kernel/rule.js';

/** Rules of missions. */
export const missionRules = {
  'mission.general-support-needs-justification': {
    severity: 'justify',
    message: {
      fr: "La mission {missionId} n'appelle pas de compétences particulières : dans le cadre {framework}, l'affectation demande une justification écrite.",
      en: 'The mission {missionId} calls for no particular skill: under the framework {framework}, assigning to it needs a written justification.',
    },
    source: 'loi 2022-217 du 21 février 2022, art. 209',
  },
  'mission.outside-purpose': {
    severity: 'refuse',
    message: {
      fr: "La mission {missionId} n'entre pas dans l'objet de l'organisme {hostId} : elle ne peut être approuvée ; il faut la rejeter, ou la faire proposer autrement.",
      en: 'The mission {missionId} is outside the purpose of the organisation {hostId}: it cannot be approved; reject it, or have it proposed otherwise.',
    },
  },
  'mission.no-seat': {
    severity: 'refuse',
    message: {
      fr: "Les {seats} places de la mission {missionId} sont toutes prises : il faut qu'une affectation prenne fin, ou choisir une autre mission.",
      en: 'All {seats} seats of the mission {missionId} are taken: an assignment must end first, or choose another mission.',
    },
  },
  'mission.amendment-due': {
    severity: 'warn',
    message: {
      fr: 'Les activités de la mission {missionId} changent : proposer un avenant aux conventions qui la portent, pour que leur texte le dise.',
      en: 'The activities of the mission {missionId} change: propose an amendment to the conventions that carry it, so that their text says so.',
    },
  },
  'mission.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "La mission {missionId} est dans l'état « {status} » ; il faudrait : {expected}.",
      en: 'The mission {missionId} is in the state "{status}"; it would have to be: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of missions. */
export type MissionRuleId = keyof typeof missionRules;
