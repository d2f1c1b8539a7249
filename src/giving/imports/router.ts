import { z } from 'zod'
import { countAttempt, type Limit } from '@/accounts/limit-attempts'
import { createTranslatorFor } from '@/i18n/translator'
import { router } from '@/trpc/init'
import { gateProcedure, workspaceProcedure } from '@/trpc/procedures'
import { beginCommit } from './commit-import'
import { settleImport } from './judge-import'
import { pageImports } from './page-imports'
import { errorsCsv, getImport, listImports, listRows } from './queries'
import {
  commitImportSchema,
  importIdSchema,
  importPageSchema,
  listedImportSchema,
  listRowsSchema,
  newImportSchema,
  pageImportsSchema,
  rowPageSchema,
  settleImportSchema,
  shownImportSchema,
} from './schema'
import { beginUndo } from './undo-import'
import { uploadImport } from './upload-import'

const tags = ['imports']
const doneSchema = z.object({ id: z.string() })

/** Of files that one workspace sends. */
export const UPLOADS: Limit = { name: 'import', points: 60, seconds: 3600 }

export const importsRouter = router({
  list: workspaceProcedure('contacts.write')
    .output(z.array(listedImportSchema))
    .query(({ ctx }) => listImports(ctx.scope)),
  page: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'GET', path: '/imports', tags, summary: 'Imports, the newest first' } })
    .input(pageImportsSchema)
    .output(importPageSchema)
    .query(({ ctx, input }) => pageImports(ctx.scope, input)),
  get: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'GET', path: '/imports/{id}', tags, summary: 'An import and how far it is' } })
    .input(importIdSchema)
    .output(shownImportSchema)
    .query(({ ctx, input }) => getImport(ctx.scope, input.id)),
  rows: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'GET', path: '/imports/{id}/rows', tags, summary: 'Its rows, each with a verdict' } })
    .input(listRowsSchema)
    .output(rowPageSchema)
    .query(({ ctx, input }) => listRows(ctx.scope, input)),
  create: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/imports', tags, summary: 'Send a file; nothing is written yet' } })
    .input(newImportSchema)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await countAttempt(ctx.deps.db, UPLOADS, ctx.scope.workspaceId, ctx.scope.now)
      return uploadImport(ctx.scope, ctx.deps.storage, { ...input, bytes: Buffer.from(input.csv) })
    }),
  settle: workspaceProcedure('contacts.write')
    .meta({
      openapi: { method: 'POST', path: '/imports/{id}/settle', tags, summary: 'Answer what the file leaves open' },
    })
    .input(settleImportSchema)
    .output(doneSchema)
    .mutation(({ ctx, input: { id, ...answers } }) => settleImport(ctx.scope, ctx.deps.storage, id, answers)),
  commit: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/imports/{id}/commit', tags, summary: 'Write its rows' } })
    .input(commitImportSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => beginCommit(ctx.scope, input.id, input.withPossible)),
  undo: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/imports/{id}/undo', tags, summary: 'Take it back' } })
    .input(importIdSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => beginUndo(ctx.scope, input.id)),
  errors: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'GET', path: '/imports/{id}/errors', tags, summary: 'Its bad rows as CSV, to mend' } })
    .input(importIdSchema)
    .output(z.object({ csv: z.string() }))
    .query(async ({ ctx, input }) => {
      const words = createTranslatorFor(ctx.locale, 'UTC')
      const say = (reason: string) => words.find(`imports.problem.${reason}`) ?? reason
      return { csv: await errorsCsv(ctx.scope, ctx.deps.storage, input.id, say) }
    }),
  changes: gateProcedure('contacts.write').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) {
      if (note.topic === 'connected' || note.topic === 'imports') yield note.topic
    }
  }),
})
