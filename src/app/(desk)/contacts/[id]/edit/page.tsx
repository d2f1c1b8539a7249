import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { EditContact } from '@/giving/contacts/ui/edit-contact'
import { PageHeader } from '@/ui/page-header'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../../shell-data'
import { readContact } from '../read-contact'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { displayName } = await readContact((await params).id)
  return { title: (await getTranslations('contacts'))('form.editTitle', { name: displayName }) }
}

export default async function EditContactPage({ params }: Props) {
  const { id } = await params
  const { workspace } = await requireMember()
  if (!may(workspace.role, 'contacts.write')) redirect(`/contacts/${id}`)
  const { displayName } = await readContact(id)
  const t = await getTranslations('contacts')
  await Promise.all([
    prefetch(trpc.contacts.get.queryOptions({ id })),
    prefetch(trpc.contacts.owners.queryOptions()),
    prefetch(trpc.contacts.fields.queryOptions()),
    prefetch(trpc.groups.list.queryOptions()),
  ])
  return (
    <>
      <PageHeader
        title={t('form.editTitle', { name: displayName })}
        back={{ href: `/contacts/${id}`, label: displayName }}
      />
      <HydrateClient>
        <EditContact id={id} />
      </HydrateClient>
    </>
  )
}
