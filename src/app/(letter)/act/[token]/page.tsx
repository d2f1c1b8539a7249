import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { askLetterLink } from '@/giving/care/act-by-letter'
import { isAppError } from '@/kernel/app-error'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { EmptyState } from '@/ui/empty-state'
import { LinkButton } from '@/ui/link-button'
import { runtime } from '@/wiring/runtime'

type Props = {
  readonly params: Promise<{ readonly token: string }>
  /** `why`: the button was pressed, and that is why nothing was done. */
  readonly searchParams: Promise<{ readonly why?: string | string[] }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts.act'))('title'), robots: { index: false } }
}

/** Asks once more; nothing is done before the button is pressed. */
export default async function ActPage({ params, searchParams }: Props) {
  const [{ token }, { why }] = await Promise.all([params, searchParams])
  const t = await getTranslations('alerts.act')
  const asked = await ask(token)
  if ('reason' in asked) return <Refused reason={asked.reason} />
  const home = <LinkButton href="/care">{t('open')}</LinkButton>
  if (typeof why === 'string' && !asked.used) return <Refused reason={why} />
  if (asked.settled && !asked.used) return <Refused reason="care.settled" />
  if (asked.used) return <EmptyState title={t('did')} description={t('didHint')} action={home} />
  return (
    <Card title={t(`ask.${asked.verb}`, { name: asked.name })} hint={t('as', { member: asked.member })}>
      <form action={`/api/act/${token}`} method="post">
        <Button type="submit" variant="primary">
          {t('confirm')}
        </Button>
      </form>
    </Card>
  )
}

async function ask(token: string) {
  const { deps } = await runtime()
  try {
    return await askLetterLink(deps, token)
  } catch (error) {
    if (!isAppError(error)) throw error
    return { reason: error.reason ?? 'codes.not_found' }
  }
}

async function Refused({ reason }: { reason: string }) {
  const [t, errors] = [await getTranslations('alerts.act'), await getTranslations('errors')]
  // The reason of an error is a key of these texts.
  const text = errors.has(reason as never) ? errors(reason as never) : errors('codes.not_found')
  return <EmptyState title={t('title')} description={text} action={<LinkButton href="/care">{t('open')}</LinkButton>} />
}
