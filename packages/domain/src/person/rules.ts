import type { Rule } from '../kernel/rule.js';

/** Rules of persons, of their employments and of their leave. */
export const personRules = {
  'person.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "La personne {personId} (ou son emploi) est dans l'état « {status} » ; il faudrait : {expected}.",
      en: 'The person {personId} (or their employment) is in the state "{status}"; it would have to be: {expected}.',
    },
  },
  'person.employment-overlap-full': {
    severity: 'refuse',
    message: {
      fr: "Avec l'emploi {employmentId}, la personne devrait {weeklyMinutes} minutes par semaine à partir du {on}, au-delà de {longest} (48 heures) tous emplois confondus : réduire ce service ou un autre, ou renseigner ceux qui ne le sont pas (comptés à temps plein).",
      en: 'With the employment {employmentId} the person would owe {weeklyMinutes} minutes a week from {on}, above {longest} (48 hours) over all employments: lower this duty or another, or set those not yet set (they count as full time).',
    },
    source: 'directive 2003/88/CE, art. 6 ; décret 2000-815, art. 3',
  },
  'leave.days-exceeded': {
    severity: 'refuse',
    message: {
      fr: 'Avec ce congé, la personne aurait {days} jours ouvrables de congé en {year}, au-delà de {longest} : accorder moins de jours, ou une autre année.',
      en: 'With this leave the person would have {days} working days of leave in {year}, above {longest}: grant fewer days, or another year.',
    },
    source: 'CGFP, art. L641-1',
  },
  'leave.too-many-spells': {
    severity: 'refuse',
    message: {
      fr: 'Ce congé serait la période n° {spells} commencée en {year}, au-delà de {longest} : le regrouper avec une autre, ou le commencer une autre année.',
      en: 'This leave would be spell number {spells} begun in {year}, above {longest}: join it with another, or begin it in another year.',
    },
    source: 'CGFP, art. L641-1',
  },
  'leave.office-missing': {
    severity: 'refuse',
    message: {
      fr: "Le congé suppose une fonction de direction ou d'encadrement dans l'association {hostId} : aucune n'est attestée.",
      en: 'The leave presupposes a leading or supervisory office in the association {hostId}: none is attested.',
    },
    source: 'CGFP, art. L641-3',
  },
  'leave.host-not-eligible': {
    severity: 'refuse',
    message: {
      fr: "Le congé ne peut être accordé pour {hostId} (nature : {kind}) au {on} : il suppose une structure d'une nature que le cadre admet.",
      en: 'The leave cannot be granted for {hostId} (kind: {kind}) on {on}: it presupposes a body of a kind that the framework admits.',
    },
    source: 'CGFP, art. L641-3',
  },
  'leave.host-too-young': {
    severity: 'refuse',
    message: {
      fr: "L'association {hostId} doit être déclarée depuis au moins {months} mois au {on} (déclarée : {declaredOn}) : commencer le congé plus tard, ou compléter sa date de déclaration si elle manque.",
      en: 'The association {hostId} must have been declared for at least {months} months on {on} (declared: {declaredOn}): begin the leave later, or register the day of its declaration if that is missing.',
    },
    source: 'CGFP, art. L641-3',
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of persons, their employments and leaves. */
export type PersonRuleId = keyof typeof personRules;
