'use client'

import { useQuery } from '@tanstack/react-query'
import { UsersRound } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import type { ContactFormState } from './contact-form'
import type { ContactFormInput } from './contact-form-schema'

const PAUSE_MS = 400

/** Names who may be the same before they are entered twice. */
export function SimilarWarning({ form, except }: { form: ContactFormState; except?: string | undefined }) {
  const t = useTranslations('contacts.similar')
  const asked = useSettled(JSON.stringify(askedOf(form.watch())))
  const trpc = useTRPC()
  const input = { ...JSON.parse(asked), except }
  const worth = input.emails.length + input.phones.length > 0 || input.firstName + input.lastName + input.name !== ''
  const similar = useQuery(trpc.contacts.similar.queryOptions(input, { enabled: worth, meta: { quiet: true } }))
  const found = worth ? (similar.data ?? []) : []
  return (
    <div aria-live="polite" className="empty:hidden">
      {found.length > 0 && (
        <div className="rounded-control bg-warn-fill px-3 py-2 text-table text-warn-ink">
          <p className="flex items-center gap-1.5 font-medium">
            <UsersRound aria-hidden className="size-4" />
            {t('title')}
          </p>
          <ul className="mt-0.5">
            {found.map(({ id, displayName, same }) => (
              <li key={id}>
                <Link href={`/contacts/${id}`} className="underline underline-offset-3">
                  <bdi>{displayName}</bdi>
                </Link>{' '}
                · {t(same)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function askedOf({ kind, firstName, lastName, name, points }: ContactFormInput) {
  const typed = (of: 'email' | 'phone') =>
    points.filter((point) => point.kind === of && point.value.trim().length > 3).map(({ value }) => value.slice(0, 320))
  const cutTo = (text: string) => text.slice(0, 120)
  return {
    ...{ kind, firstName: cutTo(firstName), lastName: cutTo(lastName), name: cutTo(name) },
    ...{ emails: typed('email'), phones: typed('phone') },
  }
}

/** What was typed once nobody types any more. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
