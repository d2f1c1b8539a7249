import type { ContactStatus } from './rules'

/** The parts of a contact that a merge decides about. */
type Mergeable = {
  readonly ownerId: string | null
  readonly status: ContactStatus
  readonly salutation: string
  readonly birthday: string | null
  readonly language: string | null
  readonly deceasedOn: string | null
  readonly notes: string
  readonly custom: Readonly<Record<string, string>>
  readonly doNotContact: boolean
}

/** Of two statuses the one that knows more: who gave is a donor, whoever else they were taken for. */
const BY_WEIGHT: readonly ContactStatus[] = ['prospect', 'asked', 'lapsed', 'declined', 'donor']

/** What the one that stays is after it took the other in: its own words first, and nothing that only the other knew is lost. */
export function mergeParts<Parts extends Mergeable>(kept: Parts, other: Mergeable): Mergeable {
  return {
    ownerId: kept.ownerId ?? other.ownerId,
    status: BY_WEIGHT.findLast((status) => status === kept.status || status === other.status) ?? kept.status,
    salutation: kept.salutation || other.salutation,
    birthday: kept.birthday ?? other.birthday,
    language: kept.language ?? other.language,
    deceasedOn: kept.deceasedOn ?? other.deceasedOn,
    notes: [kept.notes, other.notes].filter(Boolean).join('\n\n'),
    custom: { ...other.custom, ...withoutEmpty(kept.custom) },
    doNotContact: kept.doNotContact || other.doNotContact,
  }
}

function withoutEmpty(custom: Mergeable['custom']): Mergeable['custom'] {
  return Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== ''))
}
