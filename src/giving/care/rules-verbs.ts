import type { GiftFacts, LateFacts, TaskFacts } from './rules-facts'

/** What a message's buttons do. In a button they are `care_<verb>:<uuid>`. */
export const CARE_VERBS = ['called', 'remind', 'pause', 'thanked', 'done'] as const
export type CareVerb = (typeof CARE_VERBS)[number]

type Signal = { readonly kind: string; readonly facts: Readonly<Record<string, unknown>> }
type Bound = { readonly verb: CareVerb; readonly id: string }

/** The buttons of a signal, and the contact, pledge or task that each acts on. */
export function careVerbs({ kind, facts }: Signal): readonly Bound[] {
  // Written under that kind alone; `rules-facts.ts` says what each holds.
  const { contactId, pledgeId, thanksDue, taskId } = facts as Partial<LateFacts & GiftFacts & TaskFacts>
  const speak: readonly Bound[] = contactId
    ? [
        { verb: 'called', id: contactId },
        { verb: 'remind', id: contactId },
      ]
    : []
  switch (kind) {
    case 'pledge.late':
      return [...speak, ...(pledgeId ? [{ verb: 'pause' as const, id: pledgeId }] : [])]
    case 'gift.received':
      return contactId && thanksDue ? [{ verb: 'thanked', id: contactId }, ...speak] : speak
    case 'task.due':
      return taskId ? [{ verb: 'done', id: taskId }] : []
    default:
      return speak
  }
}

/** A call that was made and a thing that is done are so, also when the alert is over; what is to come of it is not. */
export function outlivesItsSignal(verb: CareVerb): boolean {
  return verb !== 'remind' && verb !== 'pause'
}

export function isCareVerb(text: string): text is CareVerb {
  return CARE_VERBS.some((verb) => verb === text)
}
