import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { EditWatch } from '@/bargains/watches/ui/edit-watch'
import { PageHeader } from '@/ui/page-header'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../../shell-data'
import { readWatch } from '../read-watch'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await readWatch((await params).id)
  return { title: (await getTranslations('watches'))('form.editTitle', { name }) }
}

export default async function EditWatchPage({ params }: Props) {
  const { id } = await params
  const { workspace } = await requireMember()
  if (!may(workspace.role, 'watches.write')) redirect(`/watches/${id}`)
  const { name } = await readWatch(id)
  const t = await getTranslations('watches')
  await Promise.all([prefetch(trpc.watches.get.queryOptions({ id })), prefetch(trpc.channels.list.queryOptions())])
  return (
    <>
      <PageHeader title={t('form.editTitle', { name })} back={{ href: `/watches/${id}`, label: name }} />
      <HydrateClient>
        <EditWatch id={id} />
      </HydrateClient>
    </>
  )
}
