/** Kinds of signal that a member may not want to hear of, in the order of the settings. */
export const MUTABLE_KINDS = [
  'pledge.late',
  'donor.at_risk',
  'gift.received',
  'contact.silent',
  'contact.birthday',
  'task.due',
  'import.done',
] as const
export type MutableKind = (typeof MUTABLE_KINDS)[number]

/** The kinds that are muted once `kind` is told or not; what this page does not show stays as it is. */
export function withMuted(muted: readonly string[], kind: MutableKind, told: boolean): string[] {
  const others = muted.filter((one) => one !== kind)
  return told ? others : [...others, kind]
}
