import type { Rule } from '../kernel/rule.js';

/** Rules of assignments. */
export const assignmentRules = {
  'assignment.manager-is-agent': {
    severity: 'refuse',
    message: {
      fr: "Le responsable qui approuve est l'agent lui-même ({personId}) : l'accord doit venir d'une autre personne, désignée comme responsable de l'emploi {employmentId}.",
      en: 'The manager who approves is the agent in person ({personId}): approval must come from another person, designated as manager of the employment {employmentId}.',
    },
  },
  'assignment.convention-not-in-force': {
    severity: 'refuse',
    message: {
      fr: "La convention {conventionId} n'est pas en vigueur pour l'agent {personId} au {from} (elle est : {force}) : il faut qu'elle le soit au premier jour de l'affectation.",
      en: 'The convention {conventionId} is not in force for the agent {personId} on {from} (it is: {force}): it must be on the first day of the assignment.',
    },
  },
  'assignment.agent-not-in-convention': {
    severity: 'refuse',
    message: {
      fr: "La convention {conventionId} ne met pas à disposition l'agent {personId} au titre de l'emploi {employmentId} : un avenant doit d'abord l'y ajouter.",
      en: 'The convention {conventionId} does not lend the agent {personId} from the employment {employmentId}: an amendment must add them first.',
    },
  },
  'assignment.outside-convention': {
    severity: 'refuse',
    message: {
      fr: "L'affectation ({from} – {to}) déborde la convention {conventionId} ({conventionFrom} – {conventionTo} au plus tard pour cet agent) : ses dates doivent y tenir.",
      en: 'The assignment ({from} – {to}) reaches beyond the convention {conventionId} ({conventionFrom} – {conventionTo} at the latest for this agent): its dates must lie within.',
    },
  },
  'assignment.other-host': {
    severity: 'refuse',
    message: {
      fr: "La mission est celle de l'organisme {missionHostId}, la convention {conventionId} est passée avec {conventionHostId} : il faut une convention avec l'organisme qui accueille.",
      en: "The mission is the organisation {missionHostId}'s, the convention {conventionId} is with {conventionHostId}: it takes a convention with the organisation that hosts.",
    },
  },
  'assignment.quota-above-convention': {
    severity: 'refuse',
    message: {
      fr: 'La quotité {quota} dépasse celle que prévoit la convention {conventionId} ({conventionQuota}) : la réduire, ou passer un avenant.',
      en: 'The quota {quota} is above what the convention {conventionId} provides for ({conventionQuota}): lower it, or amend the convention.',
    },
  },
  'assignment.quota-over-full': {
    severity: 'refuse',
    message: {
      fr: "Avec la quotité {quota}, l'agent {personId} serait mis à disposition pour {sum} de son service, plus que le tout : il faut réduire cette quotité ou mettre fin à une autre affectation.",
      en: 'With the quota {quota}, the agent {personId} would be lent for {sum} of the duty, more than the whole: lower this quota or end another assignment.',
    },
  },
  'assignment.allotment-missing': {
    severity: 'refuse',
    message: {
      fr: "La convention {conventionId} partage un volume d'heures : l'affectation doit dire combien de minutes elle en prend (il en reste {left}).",
      en: 'The convention {conventionId} shares a pool of hours: the assignment must say how many minutes of it it takes ({left} are left).',
    },
  },
  'assignment.not-employed': {
    severity: 'refuse',
    message: {
      fr: "La personne {personId} n'a pas l'emploi {employmentId} au {on} : sur le temps de travail ou en congé, il faut un emploi ce jour-là.",
      en: 'The person {personId} does not have the employment {employmentId} on {on}: on working time or on leave, an employment on that day is needed.',
    },
  },
  'assignment.leave-not-granted': {
    severity: 'refuse',
    message: {
      fr: "Aucun congé accordé au titre de l'emploi {employmentId} ne couvre l'affectation ({from} – {to}) auprès de cet organisme : l'employeur doit d'abord l'accorder.",
      en: 'No leave granted from the employment {employmentId} covers the assignment ({from} – {to}) with this organisation: the employer must grant it first.',
    },
    source: 'code général de la fonction publique, art. L641-1',
  },
  'assignment.order-outside-assignment': {
    severity: 'refuse',
    message: {
      fr: "L'ordre de mission {number} ({from} – {to}) déborde l'affectation {assignmentId} ({assignedFrom} – {assignedTo}) : ses dates doivent y tenir.",
      en: 'The mission order {number} ({from} – {to}) reaches beyond the assignment {assignmentId} ({assignedFrom} – {assignedTo}): its dates must lie within.',
    },
  },
  'assignment.ends-in-the-future': {
    severity: 'refuse',
    message: {
      fr: "L'affectation {assignmentId} prendrait fin le {on}, après le {today} : la fin se constate le jour venu ; pour la prévoir, donner un préavis sur la convention.",
      en: 'The assignment {assignmentId} would end on {on}, after {today}: an end is recorded when the day has come; to plan it, give notice on the convention.',
    },
  },
  'assignment.certificate-hours-unsettled': {
    severity: 'refuse',
    message: {
      fr: "{count} saisies d'heures des périodes à attester ne sont ni validées ni retirées (affectation {assignmentId}) : il faut d'abord les valider ou les retirer.",
      en: '{count} entries of hours in the periods to certify are neither validated nor withdrawn (assignment {assignmentId}): validate or withdraw them first.',
    },
  },
  'assignment.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "L'affectation {assignmentId} est dans l'état « {status} » ; il faudrait : {expected}.",
      en: 'The assignment {assignmentId} is in the state "{status}"; it would have to be: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of assignments. */
export type AssignmentRuleId = keyof typeof assignmentRules;
