'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { factsOf } from '@/trpc/client-errors'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { ErrorState } from '@/ui/error-state'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import type { ShownContact } from '../schema'
import { ContactForm } from './contact-form'
import type { ContactFormOutput } from './contact-form-schema'
import { changedParts, filledContact, loadContactForm } from './contact-form-values'
import { EditConflict } from './edit-conflict'
import { SaveFailure } from './save-failure'

export function EditContact({ id }: { id: string }) {
  const contact = useQuery(useTRPC().contacts.get.queryOptions({ id }))
  if (contact.isPending) return <Skeleton className="h-60 w-full max-w-180" />
  if (!contact.data) return <ErrorState onRetry={() => contact.refetch()} />
  return <EditForm contact={contact.data} />
}

/** The form keeps what it was opened with: what comes meanwhile must not change it under somebody's hands. */
function EditForm({ contact: current }: { contact: ShownContact }) {
  const t = useTranslations('contacts')
  const network = useTranslations('errors')('network')
  const [toast, router, trpc, client] = [useToast(), useRouter(), useTRPC(), useQueryClient()]
  const [opened] = useState(current)
  const [newer, setNewer] = useState<ShownContact | null>(null)
  const { id } = opened
  const form = useSchemaForm(loadContactForm, filledContact(opened))
  const change = useMutation(
    trpc.contacts.update.mutationOptions({
      meta: { quiet: true },
      onError: async (error) => {
        showServerErrors(form, error, network)
        if (factsOf(error)?.reason !== 'contact.changed') return
        setNewer(await client.fetchQuery({ ...trpc.contacts.get.queryOptions({ id }), staleTime: 0 }))
      },
      onSuccess: () => {
        toast.done(t('done.saved', { name: opened.displayName }))
        client.invalidateQueries({ queryKey: trpc.contacts.pathKey() })
        router.push(`/contacts/${id}`)
      },
    }),
  )
  async function save(values: ContactFormOutput, version: number) {
    const schema = await loadContactForm()
    const { kind: _kind, ...parts } = changedParts(schema.parse(filledContact(opened)), values)
    change.mutate({ id, version, ...parts })
  }
  const saveOver = newer && form.handleSubmit((values) => save(values, newer.version))
  return (
    <ContactForm
      form={form}
      id={id}
      onSave={(values) => save(values, opened.version)}
      busy={change.isPending || change.isSuccess}
      save={t('form.saveChanges')}
      failure={
        <>
          <SaveFailure form={form} />
          {newer && saveOver && <EditConflict before={opened} after={newer} onSave={() => saveOver()} />}
        </>
      }
    />
  )
}
