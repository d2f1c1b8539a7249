import * as z from 'zod'
import { router } from '@/trpc/init'
import { workspaceProcedure } from '@/trpc/procedures'
import { createGroup } from './create-group'
import { deleteGroup, restoreGroup } from './delete-group'
import { addToGroup, removeFromGroup } from './join-groups'
import { listGroups, pageGroups } from './queries'
import {
  changedSchema,
  changeGroupSchema,
  groupContactsSchema,
  groupIdSchema,
  groupPageSchema,
  newGroupSchema,
  pageGroupsSchema,
  shownGroupSchema,
} from './schema'
import { updateGroup } from './update-group'

const tags = ['groups']
const doneSchema = z.object({ id: z.string() })

export const groupsRouter = router({
  list: workspaceProcedure('contacts.read')
    .output(z.array(shownGroupSchema))
    .query(({ ctx }) => listGroups(ctx.scope)),
  page: workspaceProcedure('contacts.read')
    .meta({ openapi: { method: 'GET', path: '/groups', tags, summary: 'Groups of contacts, by name' } })
    .input(pageGroupsSchema)
    .output(groupPageSchema)
    .query(({ ctx, input }) => pageGroups(ctx.scope, input)),
  create: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/groups', tags, summary: 'A new group' } })
    .input(newGroupSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => createGroup(ctx.scope, input)),
  update: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'PATCH', path: '/groups/{id}', tags, summary: 'Change a group' } })
    .input(changeGroupSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => updateGroup(ctx.scope, input)),
  delete: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'DELETE', path: '/groups/{id}', tags, summary: 'Delete a group; its contacts stay' } })
    .input(groupIdSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => deleteGroup(ctx.scope, input.id)),
  restore: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/groups/{id}/restore', tags, summary: 'Undo a deletion' } })
    .input(groupIdSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => restoreGroup(ctx.scope, input.id)),
  add: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/groups/{id}/contacts', tags, summary: 'Put contacts into a group' } })
    .input(groupContactsSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => addToGroup(ctx.scope, input.id, input.contactIds)),
  remove: workspaceProcedure('contacts.write')
    .meta({
      openapi: { method: 'POST', path: '/groups/{id}/contacts/remove', tags, summary: 'Take contacts out of a group' },
    })
    .input(groupContactsSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => removeFromGroup(ctx.scope, input.id, input.contactIds)),
})
