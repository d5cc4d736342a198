import { dayOf, longDate, longMonth } from './dates.js';
import type { Notice } from './notice.js';
import type { Phrases } from './phrases.js';

const day = ({ sessions: [session], on }: Notice): string => {
  if (session !== undefined) return dayOf(session, 'fr');
  return on === undefined ? '' : longDate(on, 'fr');
};

const wording = (notice: Notice): { readonly heading: string; readonly body: string } => {
  const { kind, role, sessions } = notice;
  if (kind.startsWith('before-')) {
    return {
      heading: `Rappel : séance du ${day(notice)}`,
      body:
        role === 'tutor'
          ? 'Une séance que vous accompagnez approche.'
          : 'Votre séance approche. En cas d’empêchement, prévenez votre tuteur ou déplacez la séance.',
    };
  }
  if (kind.startsWith('convention-ends-')) {
    return {
      heading: `Une convention prend fin le ${day(notice)}`,
      body: 'Décidez s’il faut la renouveler par avenant, et préparez le bilan.',
    };
  }
  if (kind.startsWith('accreditation-ends-')) {
    return {
      heading: `Un agrément prend fin le ${day(notice)}`,
      body: 'Sans renouvellement, aucune nouvelle convention ne pourra être conclue avec cette structure.',
    };
  }
  switch (kind) {
    case 'booked':
      return sessions.length > 1
        ? {
            heading: `${sessions.length} séances planifiées à partir du ${day(notice)}`,
            body: 'Ces séances sont planifiées. Le fichier joint les ajoute à votre agenda.',
          }
        : { heading: `Séance planifiée le ${day(notice)}`, body: 'Cette séance est planifiée.' };
    case 'moved':
      return { heading: `Séance déplacée au ${day(notice)}`, body: 'Cette séance a changé d’horaire ou de lieu.' };
    case 'cancelled':
      return { heading: `Séance annulée : ${day(notice)}`, body: 'Cette séance n’aura pas lieu.' };
    case 'reinstated':
      return { heading: `Séance rétablie : ${day(notice)}`, body: 'Cette séance aura lieu après tout.' };
    case 'confirm-hours':
      return {
        heading: `Heures à confirmer : ${day(notice)}`,
        body: 'Des heures ont été déclarées. Confirmez-les, ou contestez-les si elles ne sont pas exactes.',
      };
    case 'declare-hours':
      return {
        heading: `Heures à déclarer : séance du ${day(notice)}`,
        body: 'Aucune heure n’est déclarée pour cette séance. Déclarez-les, ou signalez que la séance n’a pas eu lieu.',
      };
    case 'notice-deadline':
      return {
        heading: `Dernier jour pour dénoncer une convention : ${day(notice)}`,
        body: 'Après ce jour, un préavis irait au-delà de la fin de la convention.',
      };
    case 'notice-ends':
      return {
        heading: `Un préavis prend fin le ${day(notice)}`,
        body: 'La convention cesse ce jour-là pour les agents concernés.',
      };
    case 'period-close':
      return {
        heading: `Mois à clôturer : ${longMonth(notice.month ?? '', 'fr')}`,
        body: 'Des heures de ce mois ne sont pas encore clôturées.',
      };
    default:
      return { heading: 'Information du programme', body: '' };
  }
};

export const french: Phrases = {
  language: 'fr',
  greeting: (name) => `Bonjour ${name},`,
  heading: (notice) => wording(notice).heading,
  body: (notice) => wording(notice).body,
  labels: { mission: 'Mission', when: 'Date', where: 'Lieu', before: 'Auparavant', reference: 'Référence' },
  colon: '\u00a0: ',
  digestSubject: (count) => `${count} informations sur vos séances et vos heures`,
  digestBody: (count) => `Voici en un seul message ${count} informations du jour.`,
  footer: 'Message automatique du programme de mécénat de compétences.',
  unsubscribe: 'Ne plus recevoir ces messages',
  programme: 'Mécénat de compétences',
};
