import { sql } from 'drizzle-orm'
import { type AnyPgColumn, foreignKey, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { foldedText, id, moment, workspaceId } from '@/db/columns'

/** What a gift is for. Archived rather than deleted: its gifts stay what they were given for. */
export const funds = pgTable(
  'funds',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    folded: foldedText().notNull(),
    createdAt: moment().notNull().defaultNow(),
    archivedAt: moment(),
  },
  (t) => [
    unique('funds_of_workspace').on(t.workspaceId, t.id),
    uniqueIndex('funds_name').on(t.workspaceId, t.folded).where(sql`archived_at is null`),
  ],
)

/** The foreign key of what is given for a fund, by both columns, so that a fund of another workspace is refused. */
export function forFund(name: string, workspace: AnyPgColumn, fund: AnyPgColumn) {
  const foreignColumns: [AnyPgColumn, AnyPgColumn] = [funds.workspaceId, funds.id]
  return foreignKey({ name, columns: [workspace, fund], foreignColumns })
}
