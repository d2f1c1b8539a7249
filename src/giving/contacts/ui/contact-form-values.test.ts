import { describe, expect, it } from 'vitest'
import type { ShownContact } from '../schema'
import { contactFormSchema } from './contact-form-schema'
import { changedParts, emptyContact, emptyPoint, filledContact } from './contact-form-values'

const POINT = { historic: false, bounced: false, primary: true, dial: null }
const ADDRESS = { street: 'Polna 1', postalCode: '90-001', city: 'Łódź', region: '', country: 'PL' }
const FIELD = '0199a000-0000-7000-8000-000000000001'

const contact: ShownContact = {
  ...{ id: FIELD, kind: 'person', status: 'donor', displayName: 'Anna Nowak', firstName: 'Anna', lastName: 'Nowak' },
  ...{ name: '', salutation: '', ownerId: null, ownerName: null, birthday: '1980-02-29', language: null, version: 3 },
  ...{ deceasedOn: null, notes: 'x', custom: { [FIELD]: 'A' }, doNotContact: false, createdAt: '', updatedAt: '' },
  points: [
    { ...POINT, id: FIELD, kind: 'email', value: 'a@example.org', address: null },
    { ...POINT, id: FIELD, kind: 'address', value: 'Polna 1, 90-001 Łódź, PL', address: ADDRESS, primary: false },
  ],
  ...{ groups: [], consents: [], household: null, members: [] },
}

describe('the form of a contact', () => {
  it('an untouched form changes nothing', () => {
    const before = contactFormSchema.parse(filledContact(contact))
    expect(changedParts(before, contactFormSchema.parse(filledContact(contact)))).toEqual({})
  })

  it('sends what was changed and nothing else, of own fields too', () => {
    const other = '0199a000-0000-7000-8000-000000000002'
    const form = filledContact({ ...contact, custom: { [FIELD]: 'A', [other]: 'B' } })
    const after = contactFormSchema.parse({ ...form, birthday: '', custom: { [FIELD]: 'A', [other]: 'C' } })
    expect(changedParts(contactFormSchema.parse(form), after)).toEqual({ birthday: null, custom: { [other]: 'C' } })
  })

  it('says at its line what is no e-mail address, no phone and an empty address', () => {
    const points = [emptyPoint('email'), { ...emptyPoint('phone'), value: 'call me' }, emptyPoint('address')]
    const result = contactFormSchema.safeParse({ ...emptyContact(''), lastName: 'x', points })
    const told = result.error?.issues.map(({ path, message }) => [path.join('.'), message])
    expect(told).toEqual([
      ['points.0.value', 'contact.badEmail'],
      ['points.1.value', 'contact.badPhone'],
      ['points.2.value', 'contact.noAddress'],
    ])
  })
})
