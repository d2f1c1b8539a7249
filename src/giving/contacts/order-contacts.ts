import { type SQL, sql } from 'drizzle-orm'
import { AppError } from '@/kernel/app-error'
import { isUuid } from '@/kernel/ids'
import type { ListContacts } from './schema'
import { contacts } from './table'
import type { ContactRow } from './visible-contacts'

type Keys = Pick<ContactRow, 'id' | 'sortName' | 'createdAt'>

/** How a list of contacts is sorted, and where its page begins. */
export type Order = {
  readonly by: readonly SQL[]
  /** Only what comes after the cursor. */
  readonly after: SQL | undefined
  /** The cursor of the page that begins after this row. */
  readonly cursorOf: (row: Keys) => string
}

export function orderOf({ sort, cursor }: Pick<ListContacts, 'sort' | 'cursor'>): Order {
  return sort === 'name' ? byName(cursor ?? null) : newestFirst(cursor ?? null)
}

/** The id comes first in a cursor, for a name may hold anything. */
function byName(cursor: string | null): Order {
  const [id, name] = cursor === null ? [null, ''] : partsOf(cursor)
  return {
    by: [sql`${contacts.sortName}`, sql`${contacts.id}`],
    after: id === null ? undefined : sql`(${contacts.sortName}, ${contacts.id}) > (${name}, ${id}::uuid)`,
    cursorOf: ({ id: last, sortName }) => `${last}_${sortName}`,
  }
}

function newestFirst(cursor: string | null): Order {
  const [id, at] = cursor === null ? [null, ''] : partsOf(cursor)
  if (id !== null && !/^\d{4}-\d{2}-\d{2}T[\d:.]{8,15}Z$/.test(at)) throw badCursor()
  return {
    by: [sql`${contacts.createdAt} desc`, sql`${contacts.id} desc`],
    after: id === null ? undefined : sql`(${contacts.createdAt}, ${contacts.id}) < (${at}::timestamptz, ${id}::uuid)`,
    cursorOf: ({ id: last, createdAt }) => `${last}_${createdAt.toISOString()}`,
  }
}

const UUID_LENGTH = 36

function partsOf(cursor: string): readonly [id: string, rest: string] {
  const id = cursor.slice(0, UUID_LENGTH)
  if (!isUuid(id) || cursor[UUID_LENGTH] !== '_') throw badCursor()
  return [id, cursor.slice(UUID_LENGTH + 1)]
}

function badCursor(): AppError {
  return new AppError('bad_input', 'a cursor of another list', { reason: 'contact.badCursor' })
}
