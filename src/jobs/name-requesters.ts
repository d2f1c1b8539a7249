import { inArray } from 'drizzle-orm'
import { users } from '@/accounts/table'
import type { Database } from '@/db/client'
import { userIdIn } from './rules-requester'

/** Who did something by hand; `name` is null for a user who is no longer there. */
type ShownRequester = { readonly kind: 'commandLine' } | { readonly kind: 'user'; readonly name: string | null }

export type NameRequester = (requester: string | null) => ShownRequester | null

/** Reads the names of those who stand in runs' rows. Answers how each is shown. */
export async function nameRequesters(db: Database, stored: readonly (string | null)[]): Promise<NameRequester> {
  const ids = [...new Set(stored.flatMap((one) => (one && userIdIn(one)) ?? []))]
  const known = ids.length > 0 ? await readNames(db, ids) : []
  return (requester) => {
    if (requester === null) return null
    const id = userIdIn(requester)
    return id === null
      ? { kind: 'commandLine' }
      : { kind: 'user', name: known.find((user) => user.id === id)?.name ?? null }
  }
}

function readNames(db: Database, ids: string[]) {
  return db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids))
}
