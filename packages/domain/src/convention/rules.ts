import type { Rule } from '../kernel/rule.js';

/** What a text must satisfy before it is submitted or proposed as an amendment. */
const textRules = {
  'convention.framework-not-in-force': {
    severity: 'refuse',
    message: {
      fr: 'Le cadre juridique {framework} n’est pas applicable au {day} ; choisissez un cadre en vigueur ce jour-là.',
      en: 'The legal framework {framework} does not apply on {day}; choose one in force on that day.',
    },
  },
  'convention.framework-without-convention': {
    severity: 'refuse',
    message: {
      fr: 'Le cadre {framework} ne prête pas de temps de travail (temps : {time}) et ne passe par aucune convention : accordez le congé, ou affectez la personne comme bénévole.',
      en: 'The framework {framework} lends no working time (time: {time}) and takes no convention: grant the leave, or assign the person as a volunteer.',
    },
  },
  'convention.outlives-framework': {
    severity: 'warn',
    message: {
      fr: 'La convention court jusqu’au {to}, après la fin du cadre {framework} ({until}) : son sort au-delà n’est pas assuré.',
      en: 'The convention runs to {to}, past the end of the framework {framework} ({until}): what becomes of it then is not settled.',
    },
  },
  'convention.same-organisation': {
    severity: 'refuse',
    message: {
      fr: "L'administration d'origine et la structure d'accueil sont le même organisme ({organisationId}) ; désignez-en deux.",
      en: 'Home administration and host organisation are the same body ({organisationId}); name two.',
    },
  },
  'convention.home-not-eligible': {
    severity: 'refuse',
    message: {
      fr: "Le cadre {framework} n'admet pas l'administration d'origine {organisationId} (nature : {kind}) au {day}.",
      en: 'The framework {framework} does not admit the home administration {organisationId} (kind: {kind}) on {day}.',
    },
  },
  'convention.host-not-eligible': {
    severity: 'refuse',
    message: {
      fr: "Le cadre {framework} n'admet pas la structure d'accueil {organisationId} (nature : {kind}) au {day}.",
      en: 'The framework {framework} does not admit the host organisation {organisationId} (kind: {kind}) on {day}.',
    },
  },
  'convention.host-not-accredited': {
    severity: 'refuse',
    message: {
      fr: "La structure d'accueil {hostId} n'est pas agréée par l'administration {homeId} au {day} (agrément : {status}).",
      en: 'The host {hostId} is not accredited by the administration {homeId} on {day} (accreditation: {status}).',
    },
  },
  'convention.agent-not-of-home': {
    severity: 'refuse',
    message: {
      fr: "Agents sans cet emploi auprès de l'administration {homeId} au {day} : {personIds}. Corrigez l'emploi ou retirez-les.",
      en: 'Agents without that employment with the administration {homeId} on {day}: {personIds}. Correct the employment or leave them out.',
    },
  },
  'convention.agent-not-eligible': {
    severity: 'refuse',
    message: {
      fr: "Le cadre {framework} n'admet pas, ou pas sûrement, le statut de ces agents au {day} : {personIds}.",
      en: 'The framework {framework} does not admit, or not surely, the status of these agents on {day}: {personIds}.',
    },
  },
  'convention.clause-missing': {
    severity: 'refuse',
    message: {
      fr: 'Il manque au texte les clauses exigées par le cadre {framework} : {clauses}.',
      en: 'The text lacks clauses that the framework {framework} requires: {clauses}.',
    },
  },
  'convention.commitment-missing': {
    severity: 'refuse',
    message: {
      fr: "La structure d'accueil {hostId} n'a pas souscrit le contrat d'engagement républicain au {day} ; enregistrez-le d'abord.",
      en: 'The host {hostId} had not subscribed to the republican commitment on {day}; record it first.',
    },
    source: 'loi 2000-321, art. 10-1',
  },
  'convention.reimbursement-missing': {
    severity: 'refuse',
    message: {
      fr: 'Le cadre {framework} exige que le texte règle le remboursement ({expected}).',
      en: 'The framework {framework} requires the text to settle reimbursement ({expected}).',
    },
  },
  'convention.subsidy-convention-due': {
    severity: 'warn',
    message: {
      fr: "Les apports de l'année {year} à la structure {hostId} ({cents} centimes) dépassent {aboveCents} centimes : une convention de subvention est due.",
      en: 'What the host {hostId} received in {year} ({cents} cents) is above {aboveCents} cents: a subsidy convention is due.',
    },
    source: 'loi 2000-321, art. 10 ; décret 2001-495',
  },
  'convention.period-too-long': {
    severity: 'refuse',
    message: {
      fr: 'Du {from} au {to} : plus que les {months} mois admis par période ; dernier jour possible : {latest}.',
      en: 'From {from} to {to}: longer than the {months} months allowed for a period; last possible day: {latest}.',
    },
  },
  'convention.total-too-long': {
    severity: 'refuse',
    message: {
      fr: 'Avec les périodes déjà faites auprès de {hostId}, la durée totale dépasse {months} mois pour ces agents : {personIds}.',
      en: 'With the periods already spent with {hostId}, the total exceeds {months} months for these agents: {personIds}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** What must stand before a convention binds. */
const agreementRules = {
  'convention.not-frozen': {
    severity: 'refuse',
    message: {
      fr: "Le texte de la convention {conventionId} n'est pas figé ; soumettez-le d'abord.",
      en: 'The text of the convention {conventionId} is not frozen; submit it first.',
    },
  },
  'convention.hash-mismatch': {
    severity: 'refuse',
    message: {
      fr: "L'acte vise la version {version}, ou un autre document, alors que le texte figé est la version {frozen}.",
      en: 'The act is about version {version}, or another document, but the frozen text is version {frozen}.',
    },
  },
  'convention.already-signed-by-party': {
    severity: 'refuse',
    message: {
      fr: 'La partie « {party} » a déjà signé la version {version} par une autre personne.',
      en: 'The party "{party}" has already signed version {version}, by another person.',
    },
  },
  'convention.signatory-unknown': {
    severity: 'refuse',
    message: {
      fr: 'Chaque partie signe par un représentant désigné ; ce n’est pas le cas pour : {parties}.',
      en: 'Each party signs by a designated representative; this is not so for: {parties}.',
    },
  },
  'convention.not-communicated': {
    severity: 'refuse',
    message: {
      fr: 'La version {version} n’a pas été communiquée à : {personIds}. La communication précède la signature et le consentement.',
      en: 'Version {version} has not been communicated to: {personIds}. It is, before signature and consent.',
    },
    source: 'décret 2022-1682, art. 4',
  },
  'convention.consent-missing': {
    severity: 'refuse',
    message: {
      fr: 'Le consentement à la version {version} manque pour : {personIds}.',
      en: 'Consent to version {version} is missing for: {personIds}.',
    },
    source: 'CGFP, art. L512-7',
  },
  'convention.compatibility-missing': {
    severity: 'refuse',
    message: {
      fr: 'La compatibilité avec les fonctions des trois dernières années n’a pas été appréciée pour {personId}.',
      en: 'Compatibility with the functions of the last three years has not been assessed for {personId}.',
    },
    source: 'CGFP, art. L124-4 à L124-6',
  },
  'convention.compatibility-unfavourable': {
    severity: 'refuse',
    message: {
      fr: "L'avis de compatibilité est défavorable pour {personId} ; l'arrêté ne peut être pris.",
      en: 'The compatibility assessment is unfavourable for {personId}; the order cannot be issued.',
    },
    source: 'CGFP, art. L124-4 à L124-6',
  },
  'convention.assembly-not-informed': {
    severity: 'refuse',
    message: {
      fr: "L'assemblée délibérante n'a pas été informée au {day} ; elle l'est avant l'arrêté.",
      en: 'The deliberative assembly had not been informed on {day}; it is, before the order.',
    },
    source: 'loi 2022-217, art. 209',
  },
  'convention.order-missing': {
    severity: 'refuse',
    message: {
      fr: "Aucun arrêté de mise à disposition n'a été pris pour {personId}.",
      en: 'No secondment order has been issued for {personId}.',
    },
  },
  'convention.order-outside-period': {
    severity: 'refuse',
    message: {
      fr: "L'arrêté ({orderFrom} – {orderTo}) sort de la période de la convention ({from} – {to}).",
      en: 'The order ({orderFrom} – {orderTo}) leaves the period of the convention ({from} – {to}).',
    },
  },
} as const satisfies Record<string, Rule>;

/** What becomes of a convention in force. */
const forceRules = {
  'convention.amendment-retroactive': {
    severity: 'refuse',
    message: {
      fr: "L'avenant prendrait effet le {effectiveFrom}, dans un mois déjà clos pour : {personIds}.",
      en: 'The amendment would take effect on {effectiveFrom}, in a month already closed for: {personIds}.',
    },
  },
  'convention.pool-exhausted': {
    severity: 'refuse',
    message: {
      fr: 'La réserve de la convention {conventionId} ne suffit pas : {left} minutes libres, {asked} demandées.',
      en: 'The pool of the convention {conventionId} does not suffice: {left} minutes free, {asked} asked for.',
    },
  },
  'convention.suspension-outside-period': {
    severity: 'refuse',
    message: {
      fr: 'La suspension doit tenir dans la période de la convention ({from} – {to}).',
      en: 'The suspension must lie within the period of the convention ({from} – {to}).',
    },
  },
  'convention.notice-too-short': {
    severity: 'refuse',
    message: {
      fr: 'Préavis de {noticeDays} jours : la fin ne peut précéder le {earliest}, sauf dispense des deux parties.',
      en: 'Notice of {noticeDays} days: the end cannot come before {earliest}, unless both parties waive it.',
    },
  },
  'convention.hours-unsettled': {
    severity: 'refuse',
    message: {
      fr: '{entries} saisies d’heures ne sont ni validées ni retirées, pour : {personIds}.',
      en: '{entries} entries of hours are neither validated nor withdrawn, for: {personIds}.',
    },
  },
  'convention.review-missing': {
    severity: 'refuse',
    message: {
      fr: 'La clôture se fait sur un bilan final de la convention {conventionId}, déposé par une partie au moins (cadre {framework}) ; bilan indiqué : {reviewId}.',
      en: 'Closing rests on a final review of the convention {conventionId} that one party at least has submitted (framework {framework}); review named: {reviewId}.',
    },
  },
  'convention.wrong-state': {
    severity: 'refuse',
    message: {
      fr: 'La convention {conventionId} ne le permet pas : état « {status} », attendu : {expected}.',
      en: 'The convention {conventionId} does not allow this: state "{status}", expected: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** Every rule of the convention. */
export const conventionRules = { ...textRules, ...agreementRules, ...forceRules } as const;

/** The id of a rule of conventions. */
export type ConventionRuleId = keyof typeof conventionRules;
