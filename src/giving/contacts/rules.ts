/** Kinds, states and channels of contacts: the lists that tables, doors and pages share. */

export const CONTACT_KINDS = ['person', 'household', 'organisation'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

/** RULES: prospect → asked → donor → lapsed, declined. */
export const CONTACT_STATUSES = ['prospect', 'asked', 'donor', 'lapsed', 'declined'] as const
export type ContactStatus = (typeof CONTACT_STATUSES)[number]

export const POINT_KINDS = ['email', 'phone', 'address'] as const
export type PointKind = (typeof POINT_KINDS)[number]

export const CONSENT_CHANNELS = ['email', 'phone', 'post', 'messages'] as const
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number]

export const CUSTOM_KINDS = ['text', 'number', 'date', 'choice'] as const
export type CustomKind = (typeof CUSTOM_KINDS)[number]

/** Text, choice and date ("2026-11-22") as text; a number as its plain decimal. */
export type CustomValue = string

/** `country` is ISO 3166-1 alpha-2. */
export type Address = {
  readonly street: string
  readonly postalCode: string
  readonly city: string
  readonly region: string
  readonly country: string
}

/** The columns of contacts' files, which the import reads again. */
export const CONTACT_COLUMNS = [
  ...(['first_name', 'last_name', 'email', 'phone', 'street_address'] as const),
  ...(['city', 'state', 'postal_code', 'country', 'notes'] as const),
] as const
