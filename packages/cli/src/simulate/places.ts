import type { HolidayCalendar, Site } from '@probono/domain';

interface Place {
  readonly place: string;
  readonly zone: string;
  readonly holidayCalendar: HolidayCalendar;
}

/** Where hosts are, in the order in which they are founded: clocks and holidays differ from the second on. */
export const places: readonly Place[] = [
  { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' },
  { place: 'Strasbourg', zone: 'Europe/Paris', holidayCalendar: 'fr-alsace-moselle' },
  { place: 'Saint-Denis de La Réunion', zone: 'Indian/Reunion', holidayCalendar: 'fr-974' },
  { place: 'Pointe-à-Pitre', zone: 'America/Guadeloupe', holidayCalendar: 'fr-971' },
  { place: 'Nanterre', zone: 'Europe/Paris', holidayCalendar: 'fr' },
  { place: 'Cayenne', zone: 'America/Cayenne', holidayCalendar: 'fr-973' },
  { place: 'Bobigny', zone: 'Europe/Paris', holidayCalendar: 'fr' },
  { place: 'Mamoudzou', zone: 'Indian/Mayotte', holidayCalendar: 'fr-976' },
  { place: 'Saint-Pierre', zone: 'America/Miquelon', holidayCalendar: 'fr-975' },
  { place: 'Nouméa', zone: 'Pacific/Noumea', holidayCalendar: 'fr-988' },
  { place: 'Papeete', zone: 'Pacific/Tahiti', holidayCalendar: 'fr-987' },
] satisfies readonly (Omit<Site, 'zone'> & { zone: string })[];

export const causes: readonly {
  readonly title: string;
  readonly purpose: string;
  readonly skills: readonly string[];
}[] = [
  { title: 'Groupe de travail sur l’eau', purpose: 'protection des milieux aquatiques', skills: ['hydrologie'] },
  { title: 'Accès au numérique', purpose: 'inclusion numérique', skills: ['bureautique', 'pédagogie'] },
  { title: 'Lutte contre l’illettrisme', purpose: 'apprentissage de la langue', skills: ['ressources humaines'] },
  { title: 'Tutorat de collégiens', purpose: 'égalité des chances', skills: ['mathématiques', 'français'] },
  { title: 'Retour à l’emploi', purpose: 'insertion professionnelle', skills: ['recrutement', 'entretien'] },
  { title: 'Comptes de l’association', purpose: 'appui à la vie associative', skills: ['comptabilité publique'] },
];

export const homeKinds = ['state', 'region', 'departement', 'commune', 'hospital', 'epci', 'public_body'] as const;

export const firstNames = [
  'Inès',
  'Julien',
  'Valérie',
  'Moussa',
  'Camille',
  'Nadia',
  'Théo',
  'Lucie',
  'Karim',
  'Élise',
];
export const lastNames = ['Roussel', 'Hoarau', 'Schmitt', 'Diallo', 'Martin', 'Lefèvre', 'Payet', 'Nguyen', 'Bernard'];
