import * as z from 'zod'
import { router } from '@/trpc/init'
import { gateProcedure, workspaceProcedure } from '@/trpc/procedures'
import { createContact } from './create-contact'
import { deleteContacts, restoreContacts } from './delete-contacts'
import { exportContacts } from './export-contacts'
import { findSimilar } from './find-similar'
import { createField, deleteField, listFields, updateField } from './keep-fields'
import { mergeContacts } from './merge-contacts'
import { findNeighbours, getContact, listContacts, listOwners } from './queries'
import { recordConsent } from './record-consent'
import {
  changeContactSchema,
  changedSchema,
  changeFieldSchema,
  consentSchema,
  contactIdSchema,
  contactIdsSchema,
  contactPageSchema,
  listContactsSchema,
  mergeContactsSchema,
  newContactSchema,
  newFieldSchema,
  ownerSchema,
  setOwnerSchema,
  setStatusSchema,
  shownContactSchema,
  shownFieldSchema,
  similarContactsSchema,
  similarSchema,
} from './schema'
import { setContactOwner } from './set-contact-owner'
import { setContactStatus } from './set-contact-status'
import { updateContact } from './update-contact'

const tags = ['contacts']
const savedSchema = z.object({ id: z.string(), version: z.number() })
const doneSchema = z.object({ id: z.string() })

export const contactsRouter = router({
  list: workspaceProcedure('contacts.read')
    .meta({ openapi: { method: 'GET', path: '/contacts', tags, summary: 'Contacts, by name or newest first' } })
    .input(listContactsSchema)
    .output(contactPageSchema)
    .query(({ ctx, input }) => listContacts(ctx.scope, input)),
  get: workspaceProcedure('contacts.read')
    .meta({
      openapi: { method: 'GET', path: '/contacts/{id}', tags, summary: 'A contact with all that is kept of it' },
    })
    .input(contactIdSchema)
    .output(shownContactSchema)
    .query(({ ctx, input }) => getContact(ctx.scope, input.id)),
  neighbours: workspaceProcedure('contacts.read')
    .input(contactIdSchema)
    .query(({ ctx, input }) => findNeighbours(ctx.scope, input.id)),
  create: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/contacts', tags, summary: 'A new contact' } })
    .input(newContactSchema)
    .output(savedSchema)
    .mutation(({ ctx, input }) => createContact(ctx.scope, input)),
  update: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'PATCH', path: '/contacts/{id}', tags, summary: 'Change what is given' } })
    .input(changeContactSchema)
    .output(savedSchema)
    .mutation(({ ctx, input }) => updateContact(ctx.scope, input)),
  delete: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'DELETE', path: '/contacts/{id}', tags, summary: 'Delete a contact' } })
    .input(contactIdSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => deleteContacts(ctx.scope, [input.id])),
  restore: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/contacts/{id}/restore', tags, summary: 'Undo a deletion' } })
    .input(contactIdSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => restoreContacts(ctx.scope, [input.id])),
  deleteMany: workspaceProcedure('contacts.write')
    .input(contactIdsSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => deleteContacts(ctx.scope, input.ids)),
  restoreMany: workspaceProcedure('contacts.write')
    .input(contactIdsSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => restoreContacts(ctx.scope, input.ids)),
  merge: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/contacts/{id}/merge', tags, summary: 'Take another record of it in' } })
    .input(mergeContactsSchema)
    .output(savedSchema)
    .mutation(({ ctx, input }) => mergeContacts(ctx.scope, input)),
  setStatus: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/contacts/status', tags, summary: 'Set the status of several' } })
    .input(setStatusSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => setContactStatus(ctx.scope, input.ids, input.status)),
  setOwner: workspaceProcedure('contacts.write')
    .meta({ openapi: { method: 'POST', path: '/contacts/owner', tags, summary: 'Hand several over to a member' } })
    .input(setOwnerSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => setContactOwner(ctx.scope, input.ids, input.ownerId)),
  recordConsent: workspaceProcedure('contacts.write')
    .meta({
      openapi: { method: 'POST', path: '/contacts/{id}/consents', tags, summary: 'What they allowed or refused' },
    })
    .input(consentSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => recordConsent(ctx.scope, input)),
  /** The chosen ones as CSV. */
  export: workspaceProcedure('contacts.read')
    .input(contactIdsSchema)
    .output(z.object({ csv: z.string() }))
    .mutation(({ ctx, input }) => exportContacts(ctx.scope, input.ids)),
  similar: workspaceProcedure('contacts.read')
    .input(similarSchema)
    .output(similarContactsSchema)
    .query(({ ctx, input }) => findSimilar(ctx.scope, input)),
  owners: workspaceProcedure('contacts.read')
    .output(z.array(ownerSchema))
    .query(({ ctx }) => listOwners(ctx.scope)),
  fields: workspaceProcedure('contacts.read')
    .meta({ openapi: { method: 'GET', path: '/contact-fields', tags, summary: 'Fields of the workspace’s own' } })
    .output(z.array(shownFieldSchema))
    .query(({ ctx }) => listFields(ctx.scope)),
  createField: workspaceProcedure('giving.settings')
    .input(newFieldSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => createField(ctx.scope, input)),
  updateField: workspaceProcedure('giving.settings')
    .input(changeFieldSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => updateField(ctx.scope, input)),
  deleteField: workspaceProcedure('giving.settings')
    .input(contactIdSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => deleteField(ctx.scope, input.id)),
  /** The id of a contact that changed, or null: read everything again. */
  live: gateProcedure('contacts.read').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) {
      if (note.topic === 'connected' || note.topic === 'contacts') yield { contactId: note.id }
    }
  }),
})
