import type { RunState } from './engine/table'

/** States of a run, in the order of its life. */
export const RUN_STATES = [
  'queued',
  'running',
  'sleeping',
  'waiting',
  'completed',
  'failed',
  'cancelled',
  'skipped',
] as const satisfies readonly RunState[]

const ENDED: ReadonlySet<RunState> = new Set<RunState>(['completed', 'failed', 'cancelled', 'skipped'])

/** Whether nothing will happen in it any more. */
export function hasEnded(state: RunState): boolean {
  return ENDED.has(state)
}

/** What holds a queued run back. */
export type Hold =
  /** As many runs as `limit` allows hold a place already; `key` says for what, where the limit has one. */
  { readonly kind: 'limit'; readonly owner: string; readonly key: string | null } | { readonly kind: 'throttle' }

/** Reads a slot's name, `0:<function>/<limit>/<key>` or `2:env//<key>` (engine/rules-slots.ts). */
export function readSlot(slot: string): Hold {
  const [, owner = slot, key = ''] = /^(?:\d:)?([^/]*)\/[^/]*\/([\s\S]*)$/.exec(slot) ?? []
  return { kind: 'limit', owner, key: key === '' ? null : key }
}
