import { addDays } from './calendar.js';
import type { HolidayCalendar } from './site.js';
import type { LocalDate } from './types.js';

/** Easter Sunday of a year, by the Gregorian computus (Meeus, Jones and Butcher). */
export const easterSunday = (year: number): LocalDate => {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leaps = Math.floor(century / 4);
  const moon = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leaps - moon + 15) % 30;
  const inCentury = year % 100;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * late + 114;
  return dated(year, `${pad(Math.floor(days / 31))}-${pad((days % 31) + 1)}`);
};

/** A public holiday: a fixed day, or so many days after Easter Sunday; in some calendars only, or in some years. */
export interface HolidayRow {
  readonly name: string;
  readonly on: string | { readonly easter: number };
  /** All calendars when absent. */
  readonly calendars?: readonly HolidayCalendar[];
  readonly since?: number;
  readonly until?: number;
  readonly source: string;
  readonly certainty: 'confirmed' | 'unconfirmed';
}

const national = { source: 'Code du travail, art. L3133-1', certainty: 'confirmed' } as const;
const alsaceMoselle = { calendars: ['fr-alsace-moselle'], source: 'Code du travail, art. L3134-13' } as const;
// L651-2 CGFP grants these days to public agents.
const abolition = {
  name: "abolition de l'esclavage",
  source: 'Code du travail, art. L3422-2 ; CGFP, art. L651-2',
  certainty: 'confirmed',
} as const;
const local = { source: 'usage ou réglementation locale', certainty: 'unconfirmed' } as const;

/** The public holidays of France, its regions and overseas territories: data, with their sources. */
export const holidayRows: readonly HolidayRow[] = [
  { name: "jour de l'an", on: '01-01', ...national },
  { name: 'lundi de Pâques', on: { easter: 1 }, ...national },
  { name: 'fête du travail', on: '05-01', ...national },
  { name: 'victoire de 1945', on: '05-08', ...national },
  { name: 'Ascension', on: { easter: 39 }, ...national },
  { name: 'lundi de Pentecôte', on: { easter: 50 }, ...national },
  { name: 'fête nationale', on: '07-14', ...national },
  { name: 'Assomption', on: '08-15', ...national },
  { name: 'Toussaint', on: '11-01', ...national },
  { name: 'armistice de 1918', on: '11-11', ...national },
  { name: 'Noël', on: '12-25', ...national },
  // Only in communes with a Protestant temple or a mixed church; the calendar does not know the commune.
  { name: 'vendredi saint', on: { easter: -2 }, certainty: 'unconfirmed', ...alsaceMoselle },
  { name: 'second jour de Noël', on: '12-26', certainty: 'confirmed', ...alsaceMoselle },
  { on: '04-27', calendars: ['fr-976'], ...abolition },
  { on: '05-22', calendars: ['fr-972'], ...abolition },
  { on: '05-27', calendars: ['fr-971'], ...abolition },
  { on: '06-10', calendars: ['fr-973'], ...abolition },
  { on: '10-09', calendars: ['fr-977'], ...abolition },
  { on: '12-20', calendars: ['fr-974'], ...abolition },
  // The code long said 27 May; a circular of 4 May 2018 lets Saint-Martin keep the 28th.
  { ...abolition, on: '05-28', calendars: ['fr-978'], since: 2018, certainty: 'unconfirmed' },
  { ...abolition, on: '05-27', calendars: ['fr-978'], until: 2017 },
  { name: 'fête Victor Schœlcher', on: '07-21', calendars: ['fr-971', 'fr-972'], ...local },
  { name: 'saint Pierre Chanel', on: '04-28', calendars: ['fr-986'], ...local },
  { name: 'fête du territoire', on: '07-29', calendars: ['fr-986'], ...local },
  { name: "arrivée de l'Évangile", on: '03-05', calendars: ['fr-987'], ...local },
  { name: 'vendredi saint', on: { easter: -2 }, calendars: ['fr-987'], ...local },
  // A loi du pays adopted on 6 May 2025 puts 20 November in the place of 29 June.
  { name: "fête de l'autonomie", on: '06-29', calendars: ['fr-987'], until: 2024, ...local },
  { name: "Matari'i i ni'a", on: '11-20', calendars: ['fr-987'], since: 2025, ...local },
  { name: 'fête de la citoyenneté', on: '09-24', calendars: ['fr-988'], ...local },
];

/** The public holidays of a calendar in a year, by date, in order; two may share a day. */
export const holidaysOf = (calendar: HolidayCalendar, year: number): ReadonlyMap<LocalDate, string> => {
  const easter = easterSunday(year);
  const found = new Map<LocalDate, string>();
  for (const { name, on, calendars, since = year, until = year } of holidayRows) {
    if (year < since || year > until || (calendars !== undefined && !calendars.includes(calendar))) continue;
    const date = typeof on === 'string' ? dated(year, on) : addDays(easter, on.easter);
    const other = found.get(date);
    found.set(date, other === undefined ? name : `${other}, ${name}`);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** The name of the public holiday that a site's calendar keeps on `date`, if it is one. */
export const holidayOn = (date: LocalDate, calendar: HolidayCalendar): string | undefined =>
  holidaysOf(calendar, Number(date.slice(0, 4))).get(date);

const pad = (n: number): string => String(n).padStart(2, '0');

const dated = (year: number, monthDay: string): LocalDate =>
  `${String(year).padStart(4, '0')}-${monthDay}` as LocalDate; // an ISO date by construction
