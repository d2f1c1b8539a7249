import { isUuid } from '@/kernel/ids'

/** What a button says: what to do, and with what. */
export type BotAction = { readonly verb: string; readonly id: string | null }

const ACTION = /^([a-z][a-z0-9_]{0,26})(?::(.+))?$/

/** `favourite:<uuid>` or `list` → its parts; null for anything else: a button may be years old, or forged. */
export function parseAction(data: string): BotAction | null {
  const [, verb, id] = ACTION.exec(data) ?? []
  if (!verb || (id !== undefined && !isUuid(id))) return null
  return { verb, id: id ?? null }
}
