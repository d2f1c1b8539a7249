'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { useToast } from '@/ui/toast'
import { ContactForm } from './contact-form'
import { emptyContact, loadContactForm } from './contact-form-values'
import { SaveFailure } from './save-failure'

/** `householdId` comes from the page of a household, where a person is added. */
export function NewContact({ memberId, householdId }: { memberId: string; householdId: string | null }) {
  const t = useTranslations('contacts')
  const network = useTranslations('errors')('network')
  const [toast, router, trpc, client] = [useToast(), useRouter(), useTRPC(), useQueryClient()]
  const form = useSchemaForm(loadContactForm, emptyContact(memberId, householdId ?? ''))
  const create = useMutation(
    trpc.contacts.create.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess: ({ id }, { kind, firstName = '', lastName = '', name = '' }) => {
        toast.done(t('done.saved', { name: kind === 'person' ? `${firstName} ${lastName}`.trim() : name }))
        client.invalidateQueries({ queryKey: trpc.contacts.pathKey() })
        router.push(`/contacts/${id}`)
      },
    }),
  )
  return (
    <ContactForm
      form={form}
      onSave={(values) => create.mutate(values)}
      busy={create.isPending || create.isSuccess}
      save={t('form.save')}
      failure={<SaveFailure form={form} />}
    />
  )
}
