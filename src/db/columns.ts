import { char, customType, timestamp, uuid } from 'drizzle-orm/pg-core'
import { newId } from '@/kernel/ids'

/** Primary key: UUIDv7, made by the application so that it is known before the insert. */
export const id = () => uuid().primaryKey().$defaultFn(newId)

/** `timestamptz`, as a Date. */
export const moment = () => timestamp({ withTimezone: true, mode: 'date' })

/** The tenant column. A table that has it gets row-level security from `protectTables` after every migration. */
export const workspaceId = () => uuid().notNull()

/** Minor units. Read back as bigint, for a JavaScript number loses cents above 2^53. */
export const minorUnits = customType<{ data: bigint; driverData: string }>({
  dataType: () => 'bigint',
  toDriver: (value) => value.toString(),
  fromDriver: (value) => BigInt(value),
})

/** Folded text, compared byte by byte: `>=` and `<` find a prefix by the index, under row-level security too. */
export const foldedText = customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"' })

/** ISO 4217. */
export const currency = () => char({ length: 3 })
