'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Bookmark, BookmarkPlus, Trash2 } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { IconButton } from '@/ui/icon-button'
import { late } from '@/ui/late'
import { Menu, type MenuEntry } from '@/ui/menu'
import { useToast } from '@/ui/toast'
import type { LISTS } from '../schema'

const SaveView = late(() => import('./save-view').then((module) => module.SaveView))

type SavedViewsProps = { list: (typeof LISTS)[number]; path: string }

/** Goes to a list as it was saved, and saves it as it stands. */
export function SavedViews({ list, path }: SavedViewsProps) {
  const t = useTranslations('contacts.views')
  const [trpc, client, toast] = [useTRPC(), useQueryClient(), useToast()]
  const [saving, setSaving] = useState(false)
  const current = useSearchParams().toString()
  const views = useQuery(trpc.views.list.queryOptions({ list })).data ?? []
  const shown = views.find((view) => view.query === current && current !== '')
  const deleting = useMutation(
    trpc.views.delete.mutationOptions({
      onSuccess: () => toast.done(t('deleted', { name: shown?.name ?? '' })),
      onSettled: () => client.invalidateQueries({ queryKey: trpc.views.pathKey() }),
    }),
  )
  const items: MenuEntry[] = [
    ...(views.length === 0 ? [{ label: t('none'), disabled: true }] : []),
    ...views.map(({ name, query }) => ({ label: name, href: `${path}?${query}`, checked: query === current })),
    { kind: 'separator' },
    {
      label: t('save'),
      icon: <BookmarkPlus aria-hidden />,
      disabled: current === '',
      onSelect: () => setSaving(true),
    },
    ...(shown?.own
      ? [
          {
            label: t('delete'),
            icon: <Trash2 aria-hidden />,
            danger: true,
            onSelect: () => deleting.mutate({ id: shown.id }),
          },
        ]
      : []),
  ]
  return (
    <>
      <Menu
        label={t('label')}
        items={items}
        trigger={<IconButton label={t('label')} icon={<Bookmark aria-hidden />} />}
      />
      {saving && <SaveView list={list} query={current} onClose={() => setSaving(false)} />}
    </>
  )
}
