import * as z from 'zod'
import { createTranslatorFor } from '@/i18n/translator'
import { router } from '@/trpc/init'
import { gateProcedure, workspaceProcedure } from '@/trpc/procedures'
import { actOnSignal, remindOfContact } from './act-on-signal'
import { explainAlerts } from './explain-alerts'
import { countCare, listCare } from './list-care'
import { previewSummary } from './preview-summary'
import { readTimeline } from './read-timeline'
import { readPreferences, savePreferences } from './save-preferences'
import { readSettings, saveSettings } from './save-settings'
import {
  carePageSchema,
  careSettingsSchema,
  changePreferencesSchema,
  listCareSchema,
  pledgeAlertsSchema,
  remindSchema,
  thankedSchema,
  thankSchema,
  timelinePageSchema,
  timelineSchema,
  unthankSchema,
} from './schema'
import { thankContact, unthankGifts } from './thank-gifts'

const tags = ['care']

export const careRouter = router({
  list: workspaceProcedure('gifts.read')
    .meta({ openapi: { method: 'GET', path: '/care', tags, summary: 'Late, at risk, to thank, birthdays, silent' } })
    .input(listCareSchema)
    .output(carePageSchema)
    .query(({ ctx, input }) => listCare(ctx.scope, input)),
  counts: workspaceProcedure('gifts.read')
    .input(listCareSchema.pick({ whose: true }))
    .query(({ ctx, input }) => countCare(ctx.scope, input.whose)),
  timeline: workspaceProcedure('contacts.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/contacts/{contactId}/timeline',
        tags,
        summary: 'All that happened with a contact',
      },
    })
    .input(timelineSchema)
    .output(timelinePageSchema)
    .query(({ ctx, input }) => readTimeline(ctx.scope, input)),
  thank: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/contacts/{contactId}/thank', tags, summary: 'Its gifts are thanked' } })
    .input(thankSchema)
    .output(thankedSchema)
    .mutation(async ({ ctx, input }) => {
      const { contactId, giftIds } = await thankContact(ctx.scope, input.contactId, input.giftIds)
      return { contactId, giftIds: [...giftIds] }
    }),
  unthank: workspaceProcedure('gifts.write')
    .input(unthankSchema)
    .mutation(({ ctx, input }) => unthankGifts(ctx.scope, input)),
  remind: workspaceProcedure('tasks.write')
    .input(remindSchema)
    .mutation(({ ctx, input }) => remindOfContact(ctx.scope, input.contactId, createTranslatorFor(ctx.locale, 'UTC'))),
  pause: workspaceProcedure('pledges.write')
    .input(z.object({ pledgeId: z.uuid() }))
    .mutation(({ ctx, input }) =>
      actOnSignal(ctx.scope, 'pause', input.pledgeId, createTranslatorFor(ctx.locale, 'UTC')),
    ),
  alerts: workspaceProcedure('pledges.read')
    .meta({
      openapi: { method: 'GET', path: '/pledges/{pledgeId}/alerts', tags, summary: 'Why it was told, or was not' },
    })
    .input(z.object({ pledgeId: z.uuid() }))
    .output(pledgeAlertsSchema)
    .query(({ ctx, input }) => explainAlerts(ctx.scope, input.pledgeId)),
  settings: workspaceProcedure('contacts.read').query(({ ctx }) => readSettings(ctx.scope)),
  saveSettings: workspaceProcedure('giving.settings')
    .input(careSettingsSchema)
    .mutation(({ ctx, input }) => saveSettings(ctx.scope, input)),
  preferences: workspaceProcedure('contacts.read').query(({ ctx }) => readPreferences(ctx.scope)),
  savePreferences: workspaceProcedure('contacts.read')
    .input(changePreferencesSchema)
    .mutation(({ ctx, input }) => savePreferences(ctx.scope, input)),
  preview: workspaceProcedure('contacts.read').query(({ ctx }) =>
    previewSummary(ctx.scope, {
      ...{ locale: ctx.locale, appUrl: ctx.deps.outlets.appUrl },
      other: ctx.deps.otherWeek,
    }),
  ),
  changes: gateProcedure('contacts.read').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) {
      if (['connected', 'care', 'gifts', 'touches', 'tasks', 'pledges'].includes(note.topic)) yield note.topic
    }
  }),
})
