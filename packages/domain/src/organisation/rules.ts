import type { Rule } from '../kernel/rule.js';

/** Rules of organisations and of their accreditations. */
export const organisationRules = {
  'organisation.identifier-invalid': {
    severity: 'refuse',
    message: {
      fr: "{value} n'est pas un identifiant {identifier} valable : un SIREN a neuf chiffres dont le dernier est une clé de contrôle (Luhn) ; un RNA, un W suivi de neuf caractères (W751234567).",
      en: '{value} is not a valid {identifier} identifier: a SIREN has nine digits of which the last is a check digit (Luhn); an RNA is a W followed by nine characters (W751234567).',
    },
    source: 'code de commerce, art. R123-220 et R123-221 (SIREN)',
  },
  'organisation.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "L'organisme {organisationId} est dans l'état « {status} » ; il faudrait : {expected}.",
      en: 'The organisation {organisationId} is in the state "{status}"; it would have to be: {expected}.',
    },
  },
  'accreditation.evidence-missing': {
    severity: 'refuse',
    message: {
      fr: "L'organisme {organisationId} n'a déposé aucune pièce d'éligibilité : il doit en déposer une avant d'être agréé.",
      en: 'The organisation {organisationId} has filed no evidence of eligibility: it must file some before it is accredited.',
    },
  },
  'accreditation.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "L'agrément de l'organisme {organisationId} par l'administration {administrationId} est, au {on}, dans l'état « {status} » ; il faudrait : {expected}.",
      en: 'The accreditation of the organisation {organisationId} by the administration {administrationId} is, on {on}, in the state "{status}"; it would have to be: {expected}.',
    },
  },
  'accreditation.already-over': {
    severity: 'refuse',
    message: {
      fr: 'Un agrément qui prend effet le {on} ne peut pas prendre fin le {until} : la fin doit être ce jour-là ou plus tard.',
      en: 'An accreditation that takes effect on {on} cannot end on {until}: its end must be that day or later.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of organisations and their accreditation. */
export type OrganisationRuleId = keyof typeof organisationRules;
