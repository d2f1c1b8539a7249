import type { PointKind } from '../rules'
import type { ShownContact } from '../schema'
import type { ContactFormInput, ContactFormOutput } from './contact-form-schema'
import { stateOf } from './point-state'

/** The form's schema comes when it is needed first: it brings zod along. */
export const loadContactForm = () => import('./contact-form-schema').then(({ contactFormSchema }) => contactFormSchema)

type FormPoint = ContactFormInput['points'][number]

const NOWHERE = { street: '', postalCode: '', city: '', region: '', country: '' }

export function emptyPoint(kind: PointKind, state: FormPoint['state'] = 'other'): FormPoint {
  return { id: '', kind, state, value: '', ...NOWHERE }
}

export function emptyContact(ownerId: string, householdId = ''): ContactFormInput {
  return {
    ...{ kind: 'person', firstName: '', lastName: '', name: '', salutation: '', notes: '', custom: {} },
    ...{ doNotContact: false, status: 'prospect', groupIds: [], ownerId, householdId, language: '' },
    ...{ birthday: '', deceasedOn: '', points: [] },
  }
}

export function filledContact(contact: ShownContact): ContactFormInput {
  const { kind, firstName, lastName, name, salutation, notes, custom, doNotContact, status } = contact
  return {
    ...{ kind, firstName, lastName, name, salutation, notes, custom, doNotContact, status },
    groupIds: contact.groups.map(({ id }) => id),
    ownerId: contact.ownerId ?? '',
    householdId: contact.household?.id ?? '',
    language: contact.language ?? '',
    birthday: contact.birthday ?? '',
    deceasedOn: contact.deceasedOn ?? '',
    points: contact.points.map(({ id, kind: of, value, address, ...rest }) => ({
      ...{ id, kind: of, state: stateOf(rest), value: of === 'address' ? '' : value },
      ...(address ?? NOWHERE),
    })),
  }
}

/** What was really changed: the rest stays as it is on the server, where somebody may be changing it. */
export function changedParts(before: ContactFormOutput, after: ContactFormOutput): Partial<ContactFormOutput> {
  const { custom, ...rest } = differing(before, after)
  return custom ? { ...rest, custom: changedValues(before.custom, custom) } : rest
}

function differing<Values extends object>(before: Values, after: Values): Partial<Values> {
  const entries = Object.entries(after)
  const changed = entries.filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, key)))
  // Some of the very entries of `after`.
  return Object.fromEntries(changed) as Partial<Values>
}

type Custom = ContactFormOutput['custom']

function changedValues(before: Custom, after: Custom): Custom {
  return Object.fromEntries(Object.entries(after).filter(([id, value]) => value !== (before[id] ?? '')))
}
