import * as z from 'zod'
import { daySchema, lineSchema, linesSchema } from '../schema'
import { CONSENT_CHANNELS, CONTACT_KINDS, CONTACT_STATUSES, CUSTOM_KINDS, POINT_KINDS } from './rules'
import { LONGEST_VALUE } from './rules-custom'

// Messages that look like keys are keys of the `errors` texts.

export const LIMITS = { name: 120, organisation: 200, notes: 20_000, points: 30, groups: 50, bulk: 1000 } as const

const addressSchema = z.object({
  street: lineSchema(200).default(''),
  postalCode: lineSchema(20).default(''),
  city: lineSchema(100).default(''),
  region: lineSchema(100).default(''),
  country: z
    .string()
    .regex(/^([A-Z]{2})?$/, 'contact.badCountry')
    .default(''),
})

export const pointSchema = z.object({
  /** Of one that is there already; left out for a new one. */
  id: z.uuid().optional(),
  kind: z.enum(POINT_KINDS),
  /** The e-mail address or phone; of a postal address its lines, unless `address` says them. */
  value: lineSchema(320).default(''),
  address: addressSchema.nullable().default(null),
  primary: z.boolean().default(false),
  historic: z.boolean().default(false),
  bounced: z.boolean().default(false),
})
export type PointInput = z.output<typeof pointSchema>

export const contactFields = {
  firstName: lineSchema(LIMITS.name),
  lastName: lineSchema(LIMITS.name),
  name: lineSchema(LIMITS.organisation),
  salutation: lineSchema(LIMITS.organisation),
  ownerId: z.uuid().nullable(),
  status: z.enum(CONTACT_STATUSES),
  /** The year 1904 says that it is not known. */
  birthday: daySchema.nullable(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, 'contact.badLanguage')
    .nullable(),
  deceasedOn: daySchema.nullable(),
  notes: linesSchema(LIMITS.notes),
  custom: z.record(z.uuid(), lineSchema(LONGEST_VALUE)),
  doNotContact: z.boolean(),
  points: z.array(pointSchema).max(LIMITS.points),
  /** Of the shared groups and the member's own. */
  groupIds: z.array(z.uuid()).max(LIMITS.groups),
  /** The household that a person belongs to. */
  householdId: z.uuid().nullable(),
}

export const newContactSchema = z
  .object({
    kind: z.enum(CONTACT_KINDS).default('person'),
    firstName: contactFields.firstName.default(''),
    lastName: contactFields.lastName.default(''),
    name: contactFields.name.default(''),
    salutation: contactFields.salutation.default(''),
    /** Left out: whoever enters them. */
    ownerId: contactFields.ownerId.optional(),
    status: contactFields.status.default('prospect'),
    birthday: contactFields.birthday.default(null),
    language: contactFields.language.default(null),
    deceasedOn: contactFields.deceasedOn.default(null),
    notes: contactFields.notes.default(''),
    custom: contactFields.custom.default({}),
    doNotContact: contactFields.doNotContact.default(false),
    points: contactFields.points.default([]),
    groupIds: contactFields.groupIds.default([]),
    householdId: contactFields.householdId.default(null),
  })
  .superRefine((contact, context) => {
    const [path, has] =
      contact.kind === 'person'
        ? ['lastName', contact.firstName !== '' || contact.lastName !== '']
        : ['name', contact.name !== '']
    if (!has) context.addIssue({ code: 'custom', path: [path], message: 'contact.noName' })
  })
export type NewContact = z.output<typeof newContactSchema>

/** What is left out stays as it is. */
export const changeContactSchema = z.object({
  id: z.uuid(),
  /** The version that was read: where somebody was faster this change is refused. Left out: whatever it is now. */
  version: z.number().int().min(1).optional(),
  ...z.object(contactFields).partial().shape,
})
export type ChangeContact = z.output<typeof changeContactSchema>

export const mergeContactsSchema = z.object({
  /** The one that stays. */
  id: z.uuid(),
  version: z.number().int().min(1).optional(),
  /** The one that goes, with all that hangs on it moved. */
  otherId: z.uuid(),
})
export type MergeContacts = z.output<typeof mergeContactsSchema>

export const contactIdSchema = z.object({ id: z.uuid() })

const bulkIds = z.array(z.uuid()).min(1).max(LIMITS.bulk)
export const setStatusSchema = z.object({ ids: bulkIds, status: z.enum(CONTACT_STATUSES) })
export const setOwnerSchema = z.object({ ids: bulkIds, ownerId: z.uuid().nullable() })
export const contactIdsSchema = z.object({ ids: bulkIds })
export const changedSchema = z.object({ changed: z.number() })

export const consentSchema = z.object({
  id: z.uuid(),
  channel: z.enum(CONSENT_CHANNELS),
  granted: z.boolean(),
  source: lineSchema(200).min(1, 'contact.noSource'),
  decidedOn: daySchema,
})
export type ConsentInput = z.output<typeof consentSchema>

export const listContactsSchema = z.object({
  /** Beginnings of words of names, e-mail addresses and phones. */
  q: z.string().max(200).optional(),
  kind: z.enum(CONTACT_KINDS).optional(),
  status: z.enum(CONTACT_STATUSES).optional(),
  groupId: z.uuid().optional(),
  ownerId: z.uuid().optional(),
  /** Those that nobody looks after. */
  unowned: z.boolean().optional(),
  sort: z.enum(['name', 'newest']).default('name'),
  /** Null for the first page. */
  cursor: z.string().max(1000).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
})
export type ListContacts = z.output<typeof listContactsSchema>

/** What is known of somebody who is being entered. */
export const similarSchema = z.object({
  /** The contact that is being changed: it is no duplicate of itself. */
  except: z.uuid().optional(),
  kind: z.enum(CONTACT_KINDS).default('person'),
  firstName: lineSchema(LIMITS.name).default(''),
  lastName: lineSchema(LIMITS.name).default(''),
  name: lineSchema(LIMITS.organisation).default(''),
  emails: z.array(lineSchema(320)).max(LIMITS.points).default([]),
  phones: z.array(lineSchema(320)).max(LIMITS.points).default([]),
})
export type SimilarInput = z.output<typeof similarSchema>

const groupMarkSchema = z.object({ id: z.string(), name: z.string(), colour: z.string() })
const namedSchema = z.object({ id: z.string(), displayName: z.string() })

/** Times are ISO texts: the same for the page and for REST. */
export const listedContactSchema = z.object({
  id: z.string(),
  kind: z.enum(CONTACT_KINDS),
  status: z.enum(CONTACT_STATUSES),
  displayName: z.string(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  /** Primary and not historic, where there is one. */
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  groups: z.array(groupMarkSchema),
  doNotContact: z.boolean(),
  deceasedOn: z.string().nullable(),
  createdAt: z.string(),
})
export type ListedContact = z.output<typeof listedContactSchema>

export const contactPageSchema = z.object({
  contacts: z.array(listedContactSchema),
  nextCursor: z.string().nullable(),
})
export type ContactPage = z.output<typeof contactPageSchema>

const shownPointSchema = z.object({
  id: z.string(),
  kind: z.enum(POINT_KINDS),
  value: z.string(),
  /** Of a phone: E.164 where it is a whole number. */
  dial: z.string().nullable(),
  address: addressSchema.nullable(),
  primary: z.boolean(),
  historic: z.boolean(),
  bounced: z.boolean(),
})

const shownConsentSchema = z.object({
  channel: z.enum(CONSENT_CHANNELS),
  granted: z.boolean(),
  source: z.string(),
  decidedOn: z.string(),
})

export const shownContactSchema = z.object({
  id: z.string(),
  kind: z.enum(CONTACT_KINDS),
  status: z.enum(CONTACT_STATUSES),
  displayName: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  name: z.string(),
  salutation: z.string(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  birthday: z.string().nullable(),
  language: z.string().nullable(),
  deceasedOn: z.string().nullable(),
  notes: z.string(),
  custom: z.record(z.string(), z.string()),
  doNotContact: z.boolean(),
  version: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
  points: z.array(shownPointSchema),
  groups: z.array(groupMarkSchema),
  /** The newest decision of each channel. */
  consents: z.array(shownConsentSchema),
  household: namedSchema.nullable(),
  /** Of a household. */
  members: z.array(namedSchema),
})
export type ShownContact = z.output<typeof shownContactSchema>

export const similarContactsSchema = z.array(
  z.object({ id: z.string(), displayName: z.string(), same: z.enum(['email', 'phone', 'name']) }),
)
export type SimilarContacts = z.output<typeof similarContactsSchema>

export const newFieldSchema = z.object({
  name: lineSchema(60).min(1, 'contact.noFieldName'),
  kind: z.enum(CUSTOM_KINDS),
  choices: z.array(lineSchema(100).min(1)).max(100).default([]),
})
export type NewField = z.output<typeof newFieldSchema>
export const changeFieldSchema = z.object({
  id: z.uuid(),
  name: newFieldSchema.shape.name.optional(),
  choices: z.array(lineSchema(100).min(1)).max(100).optional(),
})
export type ChangeField = z.output<typeof changeFieldSchema>
export const shownFieldSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(CUSTOM_KINDS),
  choices: z.array(z.string()),
})
export type ShownField = z.output<typeof shownFieldSchema>

export const ownerSchema = z.object({ id: z.string(), name: z.string() })
