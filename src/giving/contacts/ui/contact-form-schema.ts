import * as z from 'zod'
import { daySchema } from '../../schema'
import { POINT_KINDS } from '../rules'
import { pointProblem } from '../rules-points'
import { contactFields, newContactSchema } from '../schema'
import { POINT_STATES } from './point-state'

const { firstName, lastName, name, salutation, notes, custom, doNotContact, status, groupIds } = contactFields

const orNull = z.string().transform((chosen) => chosen || null)
const dayOrNone = z.union([z.literal(''), daySchema]).transform((day) => day || null)

const line = z
  .object({
    id: z.string(),
    kind: z.enum(POINT_KINDS),
    state: z.enum(POINT_STATES),
    value: z.string().trim(),
    street: z.string().trim(),
    postalCode: z.string().trim(),
    city: z.string().trim(),
    region: z.string().trim(),
    country: z.string().trim().toUpperCase(),
  })
  .transform(({ id, kind, state, value, ...address }) => ({
    ...(id && { id }),
    kind,
    value: kind === 'address' ? '' : value,
    address: kind === 'address' ? address : null,
    primary: state === 'primary',
    historic: state === 'historic',
    bounced: state === 'bounced',
  }))
  .superRefine(({ kind, value, address }, context) => {
    const problem = pointProblem(kind, address ? Object.values(address).join('') : value)
    if (problem) context.addIssue({ code: 'custom', path: ['value'], message: problem })
    if (address && !/^([A-Z]{2})?$/.test(address.country)) {
      context.addIssue({ code: 'custom', path: ['country'], message: 'contact.badCountry' })
    }
  })

/** The fields of the form as people fill them in, and what the server takes of them. */
export const contactFormSchema = z
  .object({
    kind: newContactSchema.shape.kind.unwrap(),
    ...{ firstName, lastName, name, salutation, notes, custom, doNotContact, status, groupIds },
    ownerId: orNull,
    householdId: orNull,
    language: orNull,
    birthday: dayOrNone,
    deceasedOn: dayOrNone,
    points: z.array(line).max(30),
  })
  .superRefine(({ kind, firstName, lastName, name }, context) => {
    const has = kind === 'person' ? firstName + lastName : name
    const path = [kind === 'person' ? 'lastName' : 'name']
    if (has === '') context.addIssue({ code: 'custom', path, message: 'contact.noName' })
  })

export type ContactFormInput = z.input<typeof contactFormSchema>
export type ContactFormOutput = z.output<typeof contactFormSchema>
